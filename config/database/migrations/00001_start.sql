-- The same text runs on SQLite and on PostgreSQL. Times are Unix milliseconds.
-- Every table of a guild's data has the guild first in its primary key.

-- +goose Up

-- A guild is made by its first change. Its revision counts its changes, of
-- whatever kind, one for each committed transaction.
CREATE TABLE guild (
    guild    TEXT   NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (guild)
);

-- Which change led to a revision. The last thousand or so of each guild are kept.
CREATE TABLE guild_change (
    guild    TEXT   NOT NULL REFERENCES guild (guild),
    revision BIGINT NOT NULL,
    stamp    TEXT   NOT NULL, -- made up by the change: no other has it, in any database
    PRIMARY KEY (guild, revision)
);

-- A setting that stands at its default has no row.
CREATE TABLE guild_setting (
    guild TEXT NOT NULL REFERENCES guild (guild),
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (guild, name)
);

CREATE TABLE document (
    guild     TEXT   NOT NULL REFERENCES guild (guild),
    document  TEXT   NOT NULL, -- identifier, made by the program
    name      TEXT   NOT NULL, -- as people call it, unique in the guild
    origin    TEXT   NOT NULL, -- where it came from
    content   TEXT   NOT NULL, -- SHA-256 of the file's bytes and sidecar and of the reader's version: tells an unchanged file
    revision  TEXT   NOT NULL, -- SHA-256 of the source text
    title     TEXT   NOT NULL,
    author    TEXT   NOT NULL,
    date      TEXT   NOT NULL,
    language  TEXT   NOT NULL,
    course    TEXT   NOT NULL, -- '' for none
    licence   TEXT   NOT NULL,
    link      TEXT   NOT NULL,
    bytes     BIGINT NOT NULL, -- of the source text
    passages  BIGINT NOT NULL, -- how many
    added     BIGINT NOT NULL, -- time
    replaced  BIGINT NOT NULL, -- time
    removed   BIGINT NOT NULL, -- time; 0: not removed
    changed   BIGINT NOT NULL, -- the guild's revision at the last change
    PRIMARY KEY (guild, document)
);

CREATE UNIQUE INDEX document_name ON document (guild, name);
CREATE INDEX document_changed ON document (guild, changed);

-- The source text of a document in chunks.
CREATE TABLE document_text (
    guild    TEXT   NOT NULL,
    document TEXT   NOT NULL,
    start    BIGINT NOT NULL, -- byte offset of the chunk in the source text
    body     BYTEA  NOT NULL,
    PRIMARY KEY (guild, document, start),
    FOREIGN KEY (guild, document) REFERENCES document (guild, document)
);

CREATE TABLE passage (
    guild     TEXT   NOT NULL,
    document  TEXT   NOT NULL,
    passage   BIGINT NOT NULL, -- ordinal in the document, from 0
    structure TEXT   NOT NULL, -- JSON, described in package corpus
    PRIMARY KEY (guild, document, passage),
    FOREIGN KEY (guild, document) REFERENCES document (guild, document)
);

-- A migration is recorded once: of two programs that apply it at the same
-- moment, the second is stopped here and its transaction undone.
CREATE UNIQUE INDEX goose_db_version_once ON goose_db_version (version_id);
