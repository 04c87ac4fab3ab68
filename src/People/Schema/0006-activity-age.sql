-- Old rows go by age.
create index activity_age on activity (at);
