-- Something people should know: one row per cause. The row is the job: next_step_at says when members, and later a second person, are told.
create table notice (
  id text primary key,
  workspace_id text not null references workspace (id) on delete cascade,
  kind text not null,
  -- The one occurrence this is about: told once, whoever reports it again.
  key text not null,
  -- While a notice of this name is open there is no second one.
  open_key text,
  cause text,
  connection_id text,
  post_id text,
  log_id text,
  -- A JSON array of the few short strings its sentence needs.
  facts text not null,
  useful_until bigint,
  made_at bigint not null,
  next_step_at bigint,
  told_at bigint,
  escalated_at bigint,
  solved_at bigint
);
create unique index notice_key on notice (workspace_id, key);
create unique index notice_open on notice (workspace_id, open_key) where open_key is not null and solved_at is null;
create index notice_recent on notice (workspace_id, made_at);
create index notice_unsolved on notice (workspace_id) where solved_at is null;
create index notice_due on notice (next_step_at) where next_step_at is not null;
create index notice_of_connection on notice (connection_id) where connection_id is not null and solved_at is null;
create index notice_of_post on notice (post_id) where post_id is not null and solved_at is null;
create index notice_age on notice (made_at);

-- Who has seen it.
create table notice_read (
  notice_id text not null references notice (id) on delete cascade,
  person_id text not null,
  read_at bigint not null,
  primary key (notice_id, person_id)
);

-- One notice on its way to one recipient through one channel; its id is what the receiver knows it by.
create table notice_delivery (
  id text primary key,
  notice_id text not null references notice (id) on delete cascade,
  workspace_id text not null,
  channel text not null,
  -- The person for e-mail, the hook for a webhook.
  recipient text not null,
  made_at bigint not null,
  next_step_at bigint,
  lease_until bigint not null,
  fence bigint not null,
  tries bigint not null,
  -- Given to the letter box, or taken by the member's own server.
  done_at bigint,
  withdrawn_at bigint,
  problem text
);
create unique index notice_delivery_once on notice_delivery (notice_id, channel, recipient);
create index notice_delivery_due on notice_delivery (next_step_at) where next_step_at is not null;
create index notice_delivery_of on notice_delivery (workspace_id, channel, made_at);

-- A member's own https address that gets every notice they chose. The secret is sealed.
create table notice_hook (
  id text primary key,
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null references person (id) on delete cascade,
  url text not null,
  secret bytea not null,
  created_at bigint not null
);
create unique index notice_hook_of on notice_hook (workspace_id, person_id);

-- What a member chose; without a row the defaults of the program hold.
create table notice_choice (
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null references person (id) on delete cascade,
  kind text not null,
  email boolean not null,
  webhook boolean not null,
  primary key (workspace_id, person_id, kind)
);

-- Hours in which a member wants no e-mail, as minutes of their day.
create table notice_quiet (
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null references person (id) on delete cascade,
  from_minute bigint not null,
  to_minute bigint not null,
  -- IANA name.
  zone text not null,
  primary key (workspace_id, person_id)
);

-- When nobody has solved it by then a second person is told: after how long (null: never), and who (null: whoever has been here longest and was not told).
alter table workspace add column escalate_hours bigint default 24;
alter table workspace add column escalate_to text;

-- Looking ahead at a planned post: a day and an hour before its time.
alter table post add column precheck_at bigint;
alter table post add column precheck_lease_until bigint not null default 0;
alter table post add column precheck_problem text;
create index post_precheck on post (precheck_at) where precheck_at is not null;

-- The next day of 30, 14, 7, 3 and 1 before the sign-in ends on which people are told: nothing writes it, the state and the end make it.
--- on SQLite
alter table connection add column ending_at bigint generated always as (
  case
    when state in ('connecting', 'live') then refresh_ends_at - 2592000000
    when state = 'ending-soon' then refresh_ends_at - case state_reason when '30' then 1209600000 when '14' then 604800000 when '7' then 259200000 when '3' then 86400000 end
  end) virtual;
create index connection_ending on connection (ending_at) where ending_at is not null;
--- on PostgreSql
alter table connection add column ending_at bigint generated always as (
  case
    when state in ('connecting', 'live') then refresh_ends_at - 2592000000
    when state = 'ending-soon' then refresh_ends_at - case state_reason when '30' then 1209600000 when '14' then 604800000 when '7' then 259200000 when '3' then 86400000 end
  end) stored;
create index connection_ending on connection (ending_at) where ending_at is not null;
