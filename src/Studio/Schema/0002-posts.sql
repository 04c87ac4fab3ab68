-- A video that a workspace may post. Its bytes are in the blob store; a sample's are in the program.
create table media (
  id text primary key,
  workspace_id text not null,
  file_name text not null,
  content_type text not null,
  bytes bigint not null,
  duration_ms bigint,
  width bigint,
  height bigint,
  sample text,
  has_cover boolean not null,
  uploaded_by text not null,
  created_at bigint not null,
  -- Null while the bytes arrive; what never becomes ready is swept.
  ready_at bigint
);
create unique index media_sample on media (workspace_id, sample) where sample is not null;
create index media_recent on media (workspace_id, created_at);
create index media_abandoned on media (created_at) where ready_at is null;

-- One video for one account. The row is the job: next_step_at says when it is due.
create table post (
  id text primary key,
  workspace_id text not null,
  connection_id text,
  media_id text,
  -- Made with the form: the second press of the same button finds the first post.
  form_key text not null,
  caption text not null,
  -- TikTok's word for the audience, empty until a person has chosen.
  privacy text not null,
  allow_comment boolean not null,
  allow_duet boolean not null,
  allow_stitch boolean not null,
  is_commercial boolean not null,
  is_own_brand boolean not null,
  is_branded_content boolean not null,
  zone text not null,
  due_at bigint,
  state text not null,
  hold text,
  failure_remedy text,
  failure_code text,
  failure_text text,
  next_step_at bigint,
  -- How far publishing has come: saved before each step is taken.
  init_sent_at bigint,
  initialised_at bigint,
  publish_id text,
  upload_url bytea,
  bytes_sent bigint not null,
  address_gone boolean not null,
  received_at bigint,
  video_id text,
  link text,
  inits bigint not null,
  looks bigint not null,
  failures bigint not null,
  slot bigint,
  -- Rises with every change that people or the worker make to what is shown.
  version bigint not null,
  lease_until bigint not null,
  fence bigint not null,
  created_by text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create unique index post_form on post (workspace_id, form_key);
create index post_next_step on post (next_step_at) where next_step_at is not null;
create index post_planned on post (workspace_id, due_at);
create index post_recent on post (workspace_id, updated_at);
create index post_connection on post (connection_id);
create index post_media on post (media_id);

-- A post's own history, for "what happened?".
create table post_event (
  id text primary key,
  workspace_id text not null,
  post_id text not null,
  at bigint not null,
  state text not null,
  cause text not null,
  code text,
  log_id text,
  -- The member who did it; null for the worker.
  by_person text
);
create index post_event_of on post_event (post_id, at);
