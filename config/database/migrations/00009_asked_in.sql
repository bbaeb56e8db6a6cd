-- +goose Up

-- Where a question was asked of whose answer somebody wants to be told: an answer may be
-- limited to places.
ALTER TABLE open_follower ADD COLUMN asked_in TEXT NOT NULL DEFAULT '[]'; -- JSON array of IDs of channels
