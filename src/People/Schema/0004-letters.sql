-- email signs in and belongs to one person; it is proven from email_verified_at on.
-- wanted_email was only named: several people may name the same address, and it opens nothing.
alter table person add column email_verified_at bigint;
alter table person add column wanted_email text;

-- A letter on its way, or in the local outbox. The text stands in clear only where the outbox is local;
-- for a mail server it is sealed, and gone once it is sent or of no use any more.
create table letter (
  id text primary key,
  recipient text not null,
  subject text not null,
  body text,
  sealed_body bytea,
  made_at bigint not null,
  good_until bigint not null,
  sent_at bigint,
  tries bigint not null default 0,
  problem text,
  next_step_at bigint,
  lease_until bigint,
  fence bigint not null default 0
);
create index letter_due on letter (next_step_at) where next_step_at is not null;
create index letter_age on letter (made_at);

-- A six-digit code in a letter. The browser that asked holds the handle, and the code's digest is salted with it:
-- this table alone opens nothing. Asking for an unknown account leaves a row like any other, without a person.
create table email_code (
  handle_digest text primary key,
  purpose text not null,
  person_id text references person (id) on delete cascade,
  address text not null,
  code_digest text not null,
  link_digest text not null,
  asked_from text not null,
  tries bigint not null default 0,
  made_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create unique index email_code_link on email_code (link_digest);
create index email_code_of_person on email_code (person_id, made_at);
create index email_code_asked on email_code (asked_from, made_at);
create index email_code_age on email_code (made_at);

-- Where an account has signed in lately: tries from there do not wait for what strangers do elsewhere.
create table familiar_address (
  account text not null,
  address text not null,
  last_at bigint not null,
  primary key (account, address)
);

-- Files of a deleted account that are still to be removed.
create table blob_removal (
  blob_key text primary key,
  next_step_at bigint not null
);
