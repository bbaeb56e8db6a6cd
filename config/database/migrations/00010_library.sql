-- +goose Up

-- What a document is called may differ from its file, and its course from what that states.
ALTER TABLE document ADD COLUMN file TEXT NOT NULL DEFAULT ''; -- path of its file below its origin, '' for none
ALTER TABLE document ADD COLUMN stated TEXT NOT NULL DEFAULT ''; -- course that its file stated when it was read; where course is another, a moderator chose that
ALTER TABLE document ADD COLUMN missing BIGINT NOT NULL DEFAULT 0; -- time since when its file is gone from a folder that is followed; 0: it is there

UPDATE document SET file = name, stated = course;

-- What tells texts that have much in common, as package corpus describes it.
CREATE TABLE document_sketch (
    guild    TEXT  NOT NULL,
    document TEXT  NOT NULL,
    sketch   BYTEA NOT NULL,
    PRIMARY KEY (guild, document),
    FOREIGN KEY (guild, document) REFERENCES document (guild, document)
);
