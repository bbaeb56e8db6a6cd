-- +goose Up

-- Which process answers which question, so that none is answered twice or by nobody.
CREATE TABLE live_question (
    guild    TEXT   NOT NULL, -- on Discord; '' for a direct message
    question TEXT   NOT NULL, -- ID of the message, the interaction or the post
    kind     TEXT   NOT NULL, -- message, interaction or post
    channel  TEXT   NOT NULL,
    epoch    BIGINT NOT NULL, -- of the shard, when it was claimed
    claimed  BIGINT NOT NULL, -- time, by the database's clock
    state    TEXT   NOT NULL, -- claimed, answered or expired
    content  TEXT   NOT NULL, -- the interaction, as long as it is claimed; else ''
    PRIMARY KEY (guild, question)
);
