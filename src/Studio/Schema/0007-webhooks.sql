-- Who acted, by the name they had then; null where Studio did by itself.
alter table connection_event add column by_name text;
create index connection_event_renewed on connection_event (at) where kind = 'Renewed' and attempts <= 1;

-- TikTok told of a removal that may be about this token pair or the one before it: the token endpoint decides.
alter table connection add column removal_told text;

-- What TikTok told, each once however often it came: TikTok sends no delivery id, so the key is a digest of what it says.
create table webhook_event (
  id text primary key,
  event text not null,
  open_id text,
  happened_at bigint not null,
  received_at bigint not null,
  last_at bigint not null,
  times bigint not null,
  outcome text not null
);
create index webhook_event_recent on webhook_event (received_at);

create index post_publish on post (publish_id) where publish_id is not null;
