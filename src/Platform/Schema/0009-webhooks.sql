-- Where an app hears about its people; null for nowhere. Events that come while there is no address are not kept.
alter table app add column webhook_url text;

-- One event for one app (§6). body is what is sent, byte for byte, at every attempt; next_step_at is the next one, null when it was heard or given up.
-- attempts counts all of them, tries those since it was queued or last asked for: the waits grow with tries.
create table webhook_delivery (
  id text primary key,
  app_id text not null references app (id) on delete cascade,
  event text not null,
  body text not null,
  is_test boolean not null default false,
  created_at bigint not null,
  state text not null,
  held_for text,
  attempts bigint not null default 0,
  tries bigint not null default 0,
  next_step_at bigint,
  give_up_at bigint not null,
  lease_until bigint,
  fence bigint not null default 0
);
create index webhook_delivery_due on webhook_delivery (next_step_at) where next_step_at is not null;
create index webhook_delivery_busy on webhook_delivery (lease_until) where lease_until is not null;
create index webhook_delivery_of_app on webhook_delivery (app_id, id);
create index webhook_delivery_age on webhook_delivery (created_at);

create table webhook_attempt (
  delivery_id text not null references webhook_delivery (id) on delete cascade,
  number bigint not null,
  at bigint not null,
  took_ms bigint not null,
  url text not null,
  status bigint,
  failure text,
  excerpt text not null default '',
  primary key (delivery_id, number)
);

-- A host or an address prefix that a developer has shown to be theirs (§5.9): for one app, or for all of theirs where app_id is null.
create table url_property (
  id text primary key,
  owner_id text not null references person (id) on delete cascade,
  app_id text references app (id) on delete cascade,
  kind text not null,
  value text not null,
  token text not null,
  created_at bigint not null,
  verified_at bigint,
  checked_at bigint,
  problem text
);
create unique index url_property_once on url_property (owner_id, kind, value, coalesce(app_id, ''));
