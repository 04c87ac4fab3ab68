-- Who follows whom. Counts are made of these rows; creator.follower_count and following_count hold what is only counted:
-- the rest of the figures that the demo gives its people.
create table follow (
  follower_id text not null references person (id) on delete cascade,
  followed_id text not null references person (id) on delete cascade,
  followed_at bigint not null,
  primary key (follower_id, followed_id)
);
-- Unique, so that a cursor of milliseconds never steps over somebody.
create unique index follow_of_followed on follow (followed_id, followed_at);
create unique index follow_of_follower on follow (follower_id, followed_at);

-- The demo's app has every scope, also the one that comes with this table.
insert into app_scope (app_id, scope) select id, 'platform.follow.list' from app where is_demo = true;
