-- +goose Up

-- A curated answer. What it says stands in its revisions: it is what its current one
-- says, and removed if that one says so.
CREATE TABLE curated (
    guild    TEXT   NOT NULL REFERENCES guild (guild),
    curated  TEXT   NOT NULL, -- identifier, made by the program
    revision BIGINT NOT NULL, -- its current one, from 1
    uses     BIGINT NOT NULL, -- how often it was a reply
    used     BIGINT NOT NULL, -- time of the last one; 0: never
    changed  BIGINT NOT NULL, -- the guild's revision at the last change
    PRIMARY KEY (guild, curated)
);

CREATE INDEX curated_changed ON curated (guild, changed);

-- Rows are added, and never changed but for who made them.
CREATE TABLE curated_revision (
    guild    TEXT   NOT NULL,
    curated  TEXT   NOT NULL,
    revision BIGINT NOT NULL, -- ordinal, from 1
    action   TEXT   NOT NULL, -- added, edited, removed, restored, reverted
    author   TEXT   NOT NULL, -- who made the revision
    made     BIGINT NOT NULL, -- time
    content  TEXT   NOT NULL, -- all of the answer, JSON described in package answers
    PRIMARY KEY (guild, curated, revision),
    FOREIGN KEY (guild, curated) REFERENCES curated (guild, curated)
);
