-- Steps follow each other within a millisecond: the history keeps their order.
alter table post_event add column place bigint not null default 0;
