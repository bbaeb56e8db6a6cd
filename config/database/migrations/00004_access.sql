-- +goose Up

-- A course that not everybody may see. A course without a row is open to all.
CREATE TABLE course_limit (
    guild    TEXT NOT NULL REFERENCES guild (guild),
    course   TEXT NOT NULL, -- its name in lower case; '' for documents without one
    roles    TEXT NOT NULL, -- whose members see it, JSON array of IDs
    channels TEXT NOT NULL, -- where it is seen, JSON array of IDs
    PRIMARY KEY (guild, course)
);

-- A group of equal terms. No two groups of a guild share a term.
CREATE TABLE glossary (
    guild    TEXT   NOT NULL REFERENCES guild (guild),
    entry    TEXT   NOT NULL, -- identifier, made by the program
    revision BIGINT NOT NULL, -- how often it was made or changed, from 1
    terms    TEXT   NOT NULL, -- JSON array
    author   TEXT   NOT NULL, -- who changed it last
    edited   BIGINT NOT NULL, -- time
    PRIMARY KEY (guild, entry)
);
