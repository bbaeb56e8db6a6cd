-- +goose Up

-- The course that a question in a channel is about, unless its asker names another.
CREATE TABLE channel_course (
    guild   TEXT NOT NULL REFERENCES guild (guild),
    channel TEXT NOT NULL,
    course  TEXT NOT NULL, -- its name
    PRIMARY KEY (guild, channel)
);

-- Since when the bot is in a server of Discord, and since when not any more.
CREATE TABLE guild_life (
    guild    TEXT   NOT NULL REFERENCES guild (guild),
    joined   BIGINT NOT NULL, -- time, as Discord tells it
    departed BIGINT NOT NULL, -- time at which it was seen to be gone; 0: it is there
    digest   BIGINT NOT NULL, -- time of the last digest; 0: none yet
    PRIMARY KEY (guild)
);
