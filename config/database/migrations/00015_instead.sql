-- +goose Up

-- A document whose file stands in a folder may have another text, that a moderator gave.
ALTER TABLE document ADD COLUMN instead TEXT NOT NULL DEFAULT ''; -- revision of the text of its file, in the place of which another was given; '' where it has its file's
