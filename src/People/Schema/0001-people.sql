create table person (
  id text primary key,
  user_name text not null unique,
  email text unique,
  display_name text not null,
  password_hash text not null,
  created_at bigint not null
);

-- Only the digest of what the cookie holds: a copy of this table signs nobody in.
create table session (
  digest text primary key,
  person_id text not null references person (id) on delete cascade,
  created_at bigint not null,
  last_seen_at bigint not null,
  ends_at bigint not null,
  user_agent text not null,
  address text not null
);
create index session_of_person on session (person_id);

-- Failed sign-ins per account, per address and altogether.
create table sign_in_failure (
  subject text primary key,
  failures bigint not null,
  last_at bigint not null
);
