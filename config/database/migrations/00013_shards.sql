-- +goose Up

-- What running processes tell each other: who answers for which part of Discord. It is of
-- the moment: backups leave out all tables whose names begin with live_. Times are by the
-- database's clock.

CREATE TABLE live_process (
    process  TEXT   NOT NULL, -- made at each start
    name     TEXT   NOT NULL, -- for people: machine and number
    started  BIGINT NOT NULL, -- time
    expires  BIGINT NOT NULL, -- time
    draining BIGINT NOT NULL, -- 1: it is to give its shards away; else 0
    PRIMARY KEY (process)
);

CREATE TABLE live_shard (
    shard   BIGINT NOT NULL,
    shards  BIGINT NOT NULL, -- how many there are
    owner   TEXT   NOT NULL, -- process; '' for none
    epoch   BIGINT NOT NULL, -- raised with each owner
    expires BIGINT NOT NULL, -- time at which others may take it
    heard   BIGINT NOT NULL, -- time until which an owner has heard Discord; 0 for never
    claimed BIGINT NOT NULL, -- time until which all that was asked is claimed; 0 for never
    guilds  BIGINT NOT NULL, -- in it
    PRIMARY KEY (shard)
);

-- When a session may begin next, for each of the sequences in which Discord lets them.
CREATE TABLE live_identify (
    sequence BIGINT NOT NULL,
    free     BIGINT NOT NULL, -- time
    PRIMARY KEY (sequence)
);
