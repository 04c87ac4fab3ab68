create table workspace (
  id text primary key,
  name text not null,
  zone text not null,
  -- How late a post may still go out by itself; later ones wait for a person.
  late_minutes bigint not null,
  created_at bigint not null
);

create table member (
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null references person (id) on delete cascade,
  role text not null,
  joined_at bigint not null,
  primary key (workspace_id, person_id)
);
create index member_of_person on member (person_id);

-- The app this installation is at TikTok. The secret is sealed; configuration may stand in for the row.
create table tiktok_app (
  id text primary key,
  client_key text not null,
  client_secret bytea not null,
  authorize_base text not null,
  api_base text not null,
  saved_at bigint not null
);

-- A workspace's authorization for one account. The row is the job: renew_at and check_at say when it is due.
create table connection (
  id text primary key,
  workspace_id text not null references workspace (id),
  open_id text not null,

  state text not null,
  state_reason text,
  state_since bigint not null,
  state_log_id text,

  display_name text not null,
  username text,
  is_verified boolean not null,
  profile_link text,
  avatar_key text,
  avatar_source text,
  follower_count bigint,
  following_count bigint,
  likes_count bigint,
  video_count bigint,
  profile_at bigint,

  scopes text not null,
  access_token bytea,
  refresh_token bytea,
  granted_at bigint not null,
  access_ends_at bigint not null,
  refresh_ends_at bigint,

  -- Renewal: one claim (lease and fence) for workers and for callers that need a token now.
  renew_at bigint,
  lease_until bigint not null,
  fence bigint not null,
  failures bigint not null,
  asked_at bigint,
  unanswered_at bigint,
  forced_at bigint,
  forced_before_at bigint,
  renewed_at bigint,
  refused_at bigint,

  -- Looking at the profile and the videos, which also finds out that access was removed.
  check_at bigint,
  check_lease_until bigint not null,
  check_failures bigint not null,

  connected_by text not null,
  connected_at bigint not null,
  created_at bigint not null,
  unique (workspace_id, open_id)
);
create index connection_renewal on connection (renew_at) where renew_at is not null;
create index connection_check on connection (check_at) where check_at is not null;
create index connection_account on connection (open_id);

-- "Why did it disconnect?", line by line; never changed.
create table connection_event (
  id text primary key,
  workspace_id text not null,
  connection_id text not null references connection (id) on delete cascade,
  at bigint not null,
  kind text not null,
  cause text not null,
  tiktok_reason text,
  log_id text,
  attempts bigint not null
);
create index connection_event_of on connection_event (connection_id, at);

-- The account's latest public videos as TikTok lists them, with covers of our own.
create table connection_video (
  connection_id text not null references connection (id) on delete cascade,
  video_id text not null,
  workspace_id text not null,
  title text not null,
  posted_at bigint,
  cover_key text,
  share_url text,
  views bigint,
  likes bigint,
  comments bigint,
  place bigint not null,
  primary key (connection_id, video_id)
);

-- One press of "Connect": bound to the session that pressed it, answered once.
create table connect_attempt (
  id text primary key,
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null,
  session_digest text not null,
  -- Set when an existing connection shall be revived: no other account is taken for it.
  connection_id text,
  -- Named by the page that opened the window, so that it can ask how things stand.
  ticket text,
  state_digest text not null unique,
  verifier bytea,
  client_key text not null,
  redirect_uri text not null,
  status text not null,
  error text,
  error_text text,
  log_id text,
  expected_name text,
  got_name text,
  result_id text,
  created_at bigint not null,
  ends_at bigint not null,
  finished_at bigint
);
create unique index connect_attempt_ticket on connect_attempt (session_digest, ticket) where ticket is not null;

-- One problem of the app explains many failures; nothing is marked on accounts.
create table incident (
  id text primary key,
  cause text not null,
  log_id text,
  began_at bigint not null,
  last_at bigint not null,
  times bigint not null,
  ended_at bigint
);
create unique index incident_open on incident (cause) where ended_at is null;
