-- +goose Up

-- What a moderator gave a document in the place of what its file has.
ALTER TABLE document ADD COLUMN instead TEXT NOT NULL DEFAULT ''; -- revision of the text of its file in a folder, in the place of which another was given; '' where it has its file's
ALTER TABLE document ADD COLUMN file_title TEXT NOT NULL DEFAULT ''; -- that its text has; where title is another, a moderator gave that
ALTER TABLE document ADD COLUMN file_author TEXT NOT NULL DEFAULT ''; -- the same of the author

UPDATE document SET file_title = title, file_author = author;
