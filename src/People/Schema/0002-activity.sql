-- What happened to an account, for its person to read. Added to, never changed; old rows go by age.
create table activity (
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  kind text not null,
  detail text not null,
  address text not null,
  user_agent text not null,
  at bigint not null
);
create index activity_of_person on activity (person_id, at);
