-- What the console makes go wrong. remaining is counted down by one conditional statement; a row without it acts until its end or until it is taken away.
create table fault (
  id text primary key,
  story text,
  place text not null,
  app_id text references app (id) on delete cascade,
  person_id text references person (id) on delete cascade,
  kind text not null,
  status bigint not null,
  code text not null,
  message text not null,
  retry_after_seconds bigint,
  delay_ms bigint not null,
  remaining bigint,
  ends_at bigint,
  used bigint not null default 0,
  last_used_at bigint,
  created_at bigint not null
);

-- What the console set while the Platform runs, over what it was configured with. A story's word stands over a person's (story '') until it ends.
create table platform_setting (
  name text not null,
  story text not null default '',
  value text not null,
  ends_at bigint,
  primary key (name, story)
);

create table weather (
  story text primary key,
  started_at bigint not null,
  ends_at bigint not null
);

-- What awaits posts may end, and may belong to a story: rows whose end has come are removed.
alter table post_verdict add column story text;
alter table post_verdict add column ends_at bigint;

-- Calls of the API and the OAuth endpoints, for the developers whose apps made them. Names, numbers and nothing that was sent.
create table api_call (
  log_id text primary key,
  at bigint not null,
  place text not null,
  method text not null,
  app_id text,
  open_id text,
  status bigint not null,
  code text not null,
  duration_us bigint not null,
  fault text,
  user_agent text not null
);
create index api_call_at on api_call (at);
create index api_call_of_app on api_call (app_id, at);
