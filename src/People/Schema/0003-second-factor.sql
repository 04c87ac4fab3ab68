-- The seed an authenticator app shares with us, sealed. It counts once a code has confirmed it, and each 30-second step counts once.
create table totp (
  person_id text primary key references person (id) on delete cascade,
  seed bytea not null,
  created_at bigint not null,
  confirmed_at bigint,
  last_step bigint not null default 0
);

-- Spare keys for a lost phone. Machine-made, so a plain SHA-256 is enough; used_at makes each work once.
create table recovery_code (
  person_id text not null references person (id) on delete cascade,
  digest text not null,
  created_at bigint not null,
  used_at bigint,
  primary key (person_id, digest)
);

-- Wrong codes per person. Only who got past the first factor can add one.
create table code_attempt (
  person_id text primary key references person (id) on delete cascade,
  failures bigint not null,
  next_at bigint not null
);

-- A sign-in between its first and its second factor, bound to the browser by a cookie of which this is the digest.
create table sign_in_step (
  digest text primary key,
  person_id text not null references person (id) on delete cascade,
  method text not null,
  next text not null,
  misses bigint not null default 0,
  expires_at bigint not null
);
create index sign_in_step_of_person on sign_in_step (person_id);
create index sign_in_step_end on sign_in_step (expires_at);

create table passkey (
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  credential_id bytea not null unique,
  public_key bytea not null,
  name text not null,
  sign_count bigint not null,
  transports text not null,
  is_backup_eligible boolean not null,
  is_backed_up boolean not null,
  created_at bigint not null,
  last_used_at bigint
);
create index passkey_of_person on passkey (person_id);

-- What a browser was asked to sign; taken once. No person where the user name was unknown.
create table passkey_challenge (
  digest text primary key,
  person_id text references person (id) on delete cascade,
  purpose text not null,
  state text not null,
  detail text not null,
  expires_at bigint not null
);
create index passkey_challenge_end on passkey_challenge (expires_at);
