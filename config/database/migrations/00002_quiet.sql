-- +goose Up

-- What a quote may jump over without a sign: the starts and ends, as a JSON array, of
-- the ranges of the source text that begin in the chunk.
ALTER TABLE document_text ADD COLUMN quiet TEXT NOT NULL DEFAULT '[]';
