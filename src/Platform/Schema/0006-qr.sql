-- A device without a browser waits to be let in by a signed-in phone (§1.9). The app polls with a token of which only the digest is here;
-- the id stands in the QR code. Each step is one conditional statement: scanned by one person, answered once, its code handed out once.
create table qr_request (
  id text primary key,
  token_digest bytea not null unique,
  app_id text not null references app (id) on delete cascade,
  redirect_uri text not null,
  scopes text not null,
  state text,
  address text not null,
  user_agent text not null,
  created_at bigint not null,
  expires_at bigint not null,
  next_poll_at bigint not null,
  client_ticket text not null default '',
  person_id text references person (id) on delete cascade,
  session_digest text,
  granted text,
  answered_at bigint,
  utilised_at bigint
);
create index qr_request_end on qr_request (expires_at);
create index qr_request_of_person on qr_request (person_id);

-- An app that asked with iss=1 gets this Platform's name back (RFC 9207).
alter table authorization_request add column wants_issuer boolean not null default false;
