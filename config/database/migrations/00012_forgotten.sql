-- +goose Up

-- Who was forgotten, and which guilds were erased, so that a backup from before does not
-- bring them back. It holds no IDs: see forgotten.go.
CREATE TABLE forgotten (
    salt   TEXT   NOT NULL, -- of the digest, made by the program
    digest TEXT   NOT NULL, -- of the guild and the member, in hexadecimal
    made   BIGINT NOT NULL, -- time
    PRIMARY KEY (salt, digest)
);
