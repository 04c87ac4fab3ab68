-- Developers who work together. The last admin stays: one conditional statement says so, not the page.
create table organization (
  id text primary key,
  name text not null,
  created_at bigint not null
);

-- Who joined; role is admin or member.
create table organization_member (
  organization_id text not null references organization (id) on delete cascade,
  person_id text not null references person (id) on delete cascade,
  role text not null,
  joined_at bigint not null,
  primary key (organization_id, person_id)
);
create index organization_member_of_person on organization_member (person_id);

-- By user name, or by an e-mail that some account has or not: who invites does not learn which. Whoever has it proven may accept.
create table organization_invitation (
  id text primary key,
  organization_id text not null references organization (id) on delete cascade,
  person_id text references person (id) on delete cascade,
  email text,
  role text not null,
  invited_at bigint not null
);
create unique index organization_invitation_of_person on organization_invitation (organization_id, person_id);
create unique index organization_invitation_of_email on organization_invitation (organization_id, email);

-- An app row stays the client that the token endpoints know: one client key, one row. A sandbox is a row of its own below its app,
-- with the app's owner. What counts now stands in app, app_redirect and app_scope; what is only wanted stands in app_draft.
-- owner_id is who made it; where there is an organization, that owns it.
alter table app add column organization_id text references organization (id);
alter table app add column sandbox_of text references app (id) on delete cascade;
alter table app add column kind text not null default 'other';
-- Of the newest configuration: draft, in_review, live or not_approved. approved_at is since when any configuration counts; never for a sandbox, which nobody reviews.
alter table app add column review_state text not null default 'draft';
alter table app add column approved_at bigint;
-- Besides secret_digest, until then. Two columns, so there are never three.
alter table app add column previous_secret_digest bytea;
alter table app add column previous_secret_ends_at bigint;
-- The present secret, sealed: webhooks are signed with it. Null for apps from before this, until their next rotation.
alter table app add column secret_sealed bytea;
create index app_of_organization on app (organization_id) where organization_id is not null;
create index app_sandbox on app (sandbox_of) where sandbox_of is not null;
update app set review_state = 'live', approved_at = created_at;

-- What people and reviewers read of an app and no protocol asks: JSON of AppDetails. No row is an empty one.
create table app_details (
  app_id text primary key references app (id) on delete cascade,
  document text not null
);

-- The configuration that is being written or reviewed: JSON of AppConfiguration. Approval copies it to where it counts and removes it.
create table app_draft (
  app_id text primary key references app (id) on delete cascade,
  document text not null,
  saved_at bigint not null
);

-- Submitted, recalled, approved, not approved: what reviewers and developers told one another. No person where the rule decided.
create table review_event (
  id text primary key,
  app_id text not null references app (id) on delete cascade,
  person_id text references person (id) on delete set null,
  kind text not null,
  comments text not null default '',
  at bigint not null
);
create index review_event_of_app on review_event (app_id, at);

-- An app on its way to an organization, until one of its admins accepts.
create table app_transfer (
  app_id text primary key references app (id) on delete cascade,
  organization_id text not null references organization (id) on delete cascade,
  asked_by text not null references person (id) on delete cascade,
  asked_at bigint not null
);

-- Who may sign in to a sandbox: they said so themselves, through a link that works once.
create table target_user (
  app_id text not null references app (id) on delete cascade,
  person_id text not null references person (id) on delete cascade,
  added_at bigint not null,
  primary key (app_id, person_id)
);
create table target_invitation (
  digest bytea primary key,
  app_id text not null references app (id) on delete cascade,
  made_by text not null references person (id) on delete cascade,
  expires_at bigint not null
);

-- What happened to an app or an organization (chain is its id; a sandbox's events stand with its app's). Rows are only added, and each holds the hash of the one before.
-- No foreign keys: nothing that goes takes its history along. People by id, so that a deleted account leaves no name behind.
create table app_audit (
  chain text not null,
  number bigint not null,
  kind text not null,
  actor_id text,
  subject_id text,
  detail text not null,
  at bigint not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (chain, number)
);

--- on SQLite
create trigger app_audit_is_never_changed before update on app_audit begin select raise(abort, 'app_audit is append-only'); end;
create trigger app_audit_is_never_deleted before delete on app_audit begin select raise(abort, 'app_audit is append-only'); end;
--- on PostgreSql
create function app_audit_refuse() returns trigger language plpgsql as $$ begin raise exception 'app_audit is append-only'; end $$;
create trigger app_audit_is_never_changed before update or delete on app_audit for each row execute function app_audit_refuse();
create trigger app_audit_is_never_emptied before truncate on app_audit for each statement execute function app_audit_refuse();
