-- An account elsewhere that opens an account here. The provider's subject is the key; the e-mail is what the provider
-- said then, for people to know the link by, and opens nothing.
create table external_login (
  provider text not null,
  subject text not null,
  person_id text not null references person (id) on delete cascade,
  email_at_link text,
  linked_at bigint not null,
  primary key (provider, subject)
);
create index external_login_of_person on external_login (person_id);

-- One trip to a provider and back. Its nonce and its PKCE verifier are not here: both come from the browser's cookie.
-- person_id is set when somebody signed in wants to link; returned_at once an answer was taken; the four columns after it
-- once the provider has said who it is; finished_at once that was used.
create table external_attempt (
  id text primary key,
  state_digest text not null unique,
  browser_digest text not null,
  provider text not null,
  person_id text references person (id) on delete cascade,
  next_path text not null,
  expires_at bigint not null,
  returned_at bigint,
  subject text,
  email text,
  email_verified boolean not null default false,
  display_name text,
  finished_at bigint
);
create index external_attempt_ends on external_attempt (expires_at);
