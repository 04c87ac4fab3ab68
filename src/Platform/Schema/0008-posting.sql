-- From an app's audit form (§5.10): how many creators may post through it in 24 hours; null for the server's setting.
alter table app add column active_creators_per_day bigint;

-- What a post on its way in is (video or photos), which way it comes (file: the app sends bytes; url: we fetch them) and where it ends
-- (profile, or inbox as a draft that its creator finishes). On the way of a url received_bytes counts what was fetched and
-- url_expires_at is when fetching ends. What the checks found stands here until the post is made of it.
alter table upload add column kind text not null default 'video';
alter table upload add column way text not null default 'file';
alter table upload add column goal text not null default 'profile';
alter table upload add column source_url text;
alter table upload add column title text not null default '';
alter table upload add column cover_index bigint not null default 0;
alter table upload add column content_type text not null default '';
alter table upload add column cover_key text;
alter table upload add column duration_ms bigint not null default 0;
alter table upload add column width bigint not null default 0;
alter table upload add column height bigint not null default 0;
alter table upload add column delivered_at bigint;
create index upload_in_inbox on upload (creator_id, delivered_at) where delivered_at is not null;
create index upload_of_video on upload (video_id) where video_id is not null;

-- The pictures of a photo post: an address until blob_key says where the bytes are.
create table upload_photo (
  upload_id text not null references upload (id) on delete cascade,
  number bigint not null,
  source_url text not null,
  blob_key text,
  content_type text not null default '',
  size_bytes bigint not null default 0,
  width bigint not null default 0,
  height bigint not null default 0,
  primary key (upload_id, number)
);

-- A post of photos is a row in video with its pictures here; its blob and cover are the picture chosen for it.
-- told_public is what its app was last told (§6.3); announce_at is when a public post becomes one, null once that is done.
alter table video add column kind text not null default 'video';
alter table video add column title text not null default '';
alter table video add column told_public boolean not null default false;
alter table video add column announce_at bigint;
create index video_to_announce on video (announce_at) where announce_at is not null;
update video set told_public = true where public_at is not null;

create table video_photo (
  video_id text not null references video (id) on delete cascade,
  number bigint not null,
  blob_key text not null,
  content_type text not null,
  width bigint not null,
  height bigint not null,
  primary key (video_id, number)
);

-- What is decided about posts to come: for one app, one creator, both, or everybody (null); the narrowest row counts. Delays replace the
-- settings where they are given; fail_reason ends a post at its checks, times_left posts long (null: until the row goes).
create table post_verdict (
  id text primary key,
  app_id text references app (id) on delete cascade,
  creator_id text references creator (person_id) on delete cascade,
  processing_ms bigint,
  moderation_ms bigint,
  fail_reason text,
  times_left bigint,
  created_at bigint not null
);

-- What an app took from the research lists on one day of UTC (§8).
create table research_use (
  app_id text not null references app (id) on delete cascade,
  day bigint not null,
  requests bigint not null,
  records bigint not null,
  primary key (app_id, day)
);
