-- Before its audit an app may only post to private accounts, for their owner's eyes (§5.10).
alter table app add column is_audited boolean not null default true;
alter table creator add column banned_from_posting_at bigint;

-- One direct post on its way in: what was announced, how many bytes are on disk, what comes next and when.
-- received_bytes only ever says what can be read back; next_step_at is the upload's end while bytes come, the checks after that.
create table upload (
  id text primary key,
  publish_id text not null unique,
  token_digest bytea not null,
  creator_id text not null references creator (person_id) on delete cascade,
  app_id text not null references app (id) on delete cascade,
  consent_id text not null references consent (id) on delete cascade,
  blob_key text not null,
  video_size bigint not null,
  chunk_size bigint not null,
  chunk_count bigint not null,
  received_bytes bigint not null default 0,
  state text not null,
  fail_reason text,
  video_id text,
  caption text not null,
  privacy_level text not null,
  comment_disabled boolean not null,
  duet_disabled boolean not null,
  stitch_disabled boolean not null,
  cover_at_ms bigint not null,
  brand_content boolean not null,
  brand_organic boolean not null,
  is_aigc boolean not null,
  created_at bigint not null,
  url_expires_at bigint not null,
  next_step_at bigint,
  lease_until bigint,
  fence bigint not null default 0
);
create index upload_due on upload (next_step_at) where next_step_at is not null;
create index upload_of_creator on upload (creator_id, created_at);
create index upload_of_app on upload (app_id, created_at);

-- A video on a profile. Others see it from public_at on, when moderation is done; null for videos that are not public.
create table video (
  id text primary key,
  creator_id text not null references creator (person_id) on delete cascade,
  app_id text references app (id) on delete set null,
  blob_key text not null,
  content_type text not null,
  cover_key text,
  caption text not null,
  privacy_level text not null,
  comment_disabled boolean not null,
  brand_content boolean not null,
  brand_organic boolean not null,
  is_aigc boolean not null,
  size_bytes bigint not null,
  duration_ms bigint not null,
  width bigint not null,
  height bigint not null,
  view_count bigint not null default 0,
  like_count bigint not null default 0,
  comment_count bigint not null default 0,
  share_count bigint not null default 0,
  created_at bigint not null,
  public_at bigint
);
-- Unique, so that a cursor of milliseconds never steps over a video.
create unique index video_of_creator on video (creator_id, created_at);

create table video_like (
  video_id text not null references video (id) on delete cascade,
  person_id text not null references person (id) on delete cascade,
  liked_at bigint not null,
  primary key (video_id, person_id)
);

-- Who played a video last and when, so that one pair of eyes is not counted with every press of the button.
create table video_view (
  video_id text not null references video (id) on delete cascade,
  viewer text not null,
  viewed_at bigint not null,
  primary key (video_id, viewer)
);

-- Calls per second of clock, for limits over a sliding minute.
create table call_count (
  subject text not null,
  at_second bigint not null,
  calls bigint not null,
  primary key (subject, at_second)
);
create index call_count_age on call_count (at_second);
