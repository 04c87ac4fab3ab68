-- How TikTok answers this installation's app, over all accounts: one row for renewals, one for every other call.
create table breaker (
  lane text primary key,
  -- The run of failures that no answer has ended yet, and the first few accounts it met.
  failing_since bigint,
  failed_at bigint,
  failures bigint not null,
  failing text not null,
  answered_at bigint,
  -- While it is open one renewal at a time tries; probe_until is its lease.
  opened_at bigint,
  probes bigint not null,
  probe_at bigint,
  probe_until bigint not null,
  -- TikTok asked everybody to wait.
  quiet_until bigint,
  -- Renewals leave at a pace: each moves this on by one step.
  paced_until bigint not null
);
insert into breaker (lane, failures, failing, probes, probe_until, paced_until) values ('tokens', 0, '', 0, 0, 0), ('calls', 0, '', 0, 0, 0);

-- Which connections an incident met; healed_at is set when one works again.
create table incident_felt (
  incident_id text not null references incident (id) on delete cascade,
  connection_id text not null references connection (id) on delete cascade,
  felt_at bigint not null,
  healed_at bigint,
  primary key (incident_id, connection_id)
);
create index incident_felt_by on incident_felt (connection_id);
create index incident_past on incident (began_at);

-- What is known about the installation: its clock against TikTok's, and how far its database had come.
create table installation (
  id text primary key,
  clock_skew_ms bigint,
  clock_seen_at bigint,
  beat_at bigint,
  -- The database is older than it once was: tokens granted before this instant may have been renewed since, by a database that is gone.
  restored_at bigint
);
insert into installation (id) values ('studio');

-- The client key of the app the access was granted to; null for connections from before this was kept.
alter table connection add column client_key text;
