-- A small measuring script on a developer's own pages, and what it told. Of visitors nothing is kept: no address, no cookie, no query.
create table pixel (
  id text primary key,
  owner_id text not null references person (id) on delete cascade,
  name text not null,
  created_at bigint not null
);
create index pixel_of_owner on pixel (owner_id);

create table pixel_event (
  id text primary key,
  pixel_id text not null references pixel (id) on delete cascade,
  name text not null,
  page text not null,
  properties text not null,
  is_test boolean not null default false,
  at bigint not null
);
create index pixel_event_of_pixel on pixel_event (pixel_id, id);
create index pixel_event_age on pixel_event (at);
