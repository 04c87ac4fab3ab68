-- What a person shows to the world. Name and display name stand in person; a row appears with the account.
create table creator (
  person_id text primary key references person (id) on delete cascade,
  bio text not null default '',
  avatar_key text,
  is_verified boolean not null default false,
  is_private boolean not null default false,
  allows_comments boolean not null default true,
  allows_duets boolean not null default true,
  allows_stitches boolean not null default true,
  longest_video_seconds bigint not null default 600,
  follower_count bigint not null default 0,
  following_count bigint not null default 0,
  likes_count bigint not null default 0,
  created_at bigint not null
);

-- A developer's app. The secret is machine-made, so its SHA-256 is as good as a slow hash and costs nothing per request.
create table app (
  id text primary key,
  owner_id text not null references person (id) on delete cascade,
  name text not null,
  client_key text not null unique,
  secret_digest bytea not null,
  refresh_mode text,
  is_demo boolean not null default false,
  created_at bigint not null,
  disabled_at bigint
);
create index app_of_owner on app (owner_id);

create table app_redirect (
  app_id text not null references app (id) on delete cascade,
  platform text not null,
  uri text not null,
  primary key (app_id, platform, uri)
);

create table app_scope (
  app_id text not null references app (id) on delete cascade,
  scope text not null,
  primary key (app_id, scope)
);

-- Who an account is to one app (open_id) and to one developer's apps (union_id): random, kept for ever, never derived.
create table app_account (
  app_id text not null references app (id) on delete cascade,
  person_id text not null references person (id) on delete cascade,
  open_id text not null unique,
  primary key (app_id, person_id)
);

create table developer_account (
  owner_id text not null references person (id) on delete cascade,
  person_id text not null references person (id) on delete cascade,
  union_id text not null unique,
  primary key (owner_id, person_id)
);

-- One account's consent to one app (a grant). Ending this row ends every token below it: all of them are read through it.
create table consent (
  id text primary key,
  app_id text not null references app (id) on delete cascade,
  person_id text not null references person (id) on delete cascade,
  open_id text not null,
  scopes text not null,
  granted_at bigint not null,
  ended_at bigint,
  ended_reason bigint
);
create unique index consent_living on consent (app_id, person_id) where ended_at is null;
create index consent_of_person on consent (person_id);

-- An authorization request between its page and its answer, bound to the session that opened the page.
create table authorization_request (
  id text primary key,
  session_digest text not null,
  person_id text not null references person (id) on delete cascade,
  app_id text not null references app (id) on delete cascade,
  platform text not null,
  redirect_uri text not null,
  scopes text not null,
  state text,
  code_challenge text,
  expires_at bigint not null,
  answered_at bigint
);
create index authorization_request_end on authorization_request (expires_at);

-- Single use is redeemed_at, set by one conditional statement.
create table authorization_code (
  digest bytea primary key,
  app_id text not null references app (id) on delete cascade,
  consent_id text not null references consent (id) on delete cascade,
  platform text not null,
  redirect_uri text not null,
  scopes text not null,
  code_challenge text,
  created_at bigint not null,
  expires_at bigint not null,
  misses bigint not null default 0,
  redeemed_at bigint,
  family_id text
);
create index authorization_code_end on authorization_code (expires_at);

-- Everything that descends from one code exchange.
create table token_family (
  id text primary key,
  consent_id text not null references consent (id) on delete cascade,
  scopes text not null,
  created_at bigint not null,
  ended_at bigint,
  ended_cause text
);
create index token_family_of_consent on token_family (consent_id);

-- One access token and the refresh token that came with it (none of its own in Legacy mode). Only digests.
create table token_pair (
  access_digest bytea primary key,
  family_id text not null references token_family (id) on delete cascade,
  access_expires_at bigint not null,
  refresh_digest bytea unique,
  refresh_expires_at bigint not null,
  created_at bigint not null,
  superseded_at bigint,
  successor bytea,
  ended_at bigint
);
create index token_pair_of_family on token_pair (family_id, created_at);
create index token_pair_end on token_pair (refresh_expires_at);

-- An app's own token: opens nothing of any person.
create table client_token (
  digest bytea primary key,
  app_id text not null references app (id) on delete cascade,
  expires_at bigint not null
);
create index client_token_end on client_token (expires_at);

-- What happened to a consent, for the person, the developer and (later) webhooks.
create table authorization_event (
  id text primary key,
  app_id text not null references app (id) on delete cascade,
  person_id text not null references person (id) on delete cascade,
  open_id text not null,
  kind text not null,
  reason bigint,
  scopes text not null,
  log_id text not null,
  at bigint not null
);
create index authorization_event_of_person on authorization_event (person_id, at);
create index authorization_event_of_app on authorization_event (app_id, at);
