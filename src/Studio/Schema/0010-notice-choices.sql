-- Letters about what is theirs alone: an account they connected, a post they made. Counts where email is set.
alter table notice_choice add column only_theirs boolean not null default false;
