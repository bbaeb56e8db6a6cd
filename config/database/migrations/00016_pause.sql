-- +goose Up

-- For how long Discord wants nothing of the bot, whichever process it told: see 00013.

CREATE TABLE live_pause (
    what  TEXT   NOT NULL, -- requests
    until BIGINT NOT NULL, -- time
    PRIMARY KEY (what)
);
