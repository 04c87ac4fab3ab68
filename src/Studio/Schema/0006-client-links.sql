-- How far a press of "Connect" came: for the page that waits, and for whoever asks why nothing happened.
-- Where it was sent: no other platform's answer completes it.
alter table connect_attempt add column issuer text;
-- page, window, qr or link.
alter table connect_attempt add column via text not null default 'page';
-- Our start page was asked for, and the browser was sent on to TikTok.
alter table connect_attempt add column reached_at bigint;
alter table connect_attempt add column sent_at bigint;
-- The start page still stood long after it had sent the browser on.
alter table connect_attempt add column stuck_at bigint;
-- The waiting page reached us and could not reach TikTok.
alter table connect_attempt add column unreachable_at bigint;
alter table connect_attempt add column link_id text;
create index connect_attempt_recent on connect_attempt (workspace_id, created_at);

-- The QR code of an attempt that a phone shall confirm.
create table connect_qr (
  attempt_id text primary key references connect_attempt (id) on delete cascade,
  link text not null,
  ticket text not null,
  token bytea not null,
  -- How many were drawn so far: they lapse after minutes and are made anew.
  codes bigint not null,
  made_at bigint not null,
  scanned_at bigint,
  -- The last one was refused on the phone or lapsed after it was scanned.
  was_refused boolean not null,
  next_poll_at bigint not null
);

-- An invitation for a person without a seat: one slot, so many days.
create table client_link (
  id text primary key,
  workspace_id text not null references workspace (id) on delete cascade,
  token_digest text not null unique,
  -- The one account that may sign in by it; null until the first has.
  connection_id text,
  -- It was made to sign in again with an account the member chose, so its name is no news to who holds it.
  is_renewal boolean not null,
  note text not null,
  made_by text not null,
  made_at bigint not null,
  ends_at bigint not null,
  revoked_at bigint,
  uses bigint not null,
  used_at bigint
);
create index client_link_recent on client_link (workspace_id, made_at);

-- Opened links and begun sign-ins by network and minute.
create table client_link_try (
  network text not null,
  minute bigint not null,
  tries bigint not null,
  primary key (network, minute)
);
