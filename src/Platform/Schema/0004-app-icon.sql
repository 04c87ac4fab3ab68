-- An app's picture: a blob's key, or built-in/… for one that travels in the assembly.
alter table app add column icon_key text;

-- What a person was asked for and left unticked, so that the next page remembers it; and when the app last called for them.
alter table consent add column declined_scopes text not null default '';
alter table consent add column last_used_at bigint;
