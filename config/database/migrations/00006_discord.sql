-- +goose Up

-- The servers in which a member of Discord has asked, so that direct messages are answered
-- from the one of the last question. No index follows these tables.
CREATE TABLE asker (
    guild  TEXT   NOT NULL REFERENCES guild (guild),
    member TEXT   NOT NULL,
    asked  BIGINT NOT NULL, -- time of the last question, or of its choice
    PRIMARY KEY (guild, member)
);

CREATE INDEX asker_member ON asker (member);

-- The forums whose new posts are answered.
CREATE TABLE answered_forum (
    guild   TEXT NOT NULL REFERENCES guild (guild),
    channel TEXT NOT NULL,
    PRIMARY KEY (guild, channel)
);

-- How much may be quoted of the texts of a licence or a course.
CREATE TABLE quote_limit (
    guild TEXT   NOT NULL REFERENCES guild (guild),
    kind  TEXT   NOT NULL, -- licence or course
    name  TEXT   NOT NULL, -- in lower case
    runes BIGINT NOT NULL, -- characters of one quote
    PRIMARY KEY (guild, kind, name)
);
