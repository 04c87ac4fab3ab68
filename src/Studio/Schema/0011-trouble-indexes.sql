-- "Are others refused right after renewing too?", and those that wait after a failure: neither may read a million rows.
create index connection_forced on connection (forced_at) where forced_at is not null;
create index connection_failing on connection (renew_at) where failures > 0;
