-- "Are others refused too, and is nobody renewed?" must not read a million rows.
create index connection_refused on connection (refused_at) where refused_at is not null;
create index connection_renewed on connection (renewed_at) where renewed_at is not null;
