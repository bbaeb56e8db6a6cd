-- +goose Up

-- Which process takes a shard over next, as planned: it hears Discord before the owner ends.
ALTER TABLE live_shard ADD COLUMN heir TEXT NOT NULL DEFAULT ''; -- process; '' for none
ALTER TABLE live_shard ADD COLUMN heir_hears BIGINT NOT NULL DEFAULT 0; -- time until which the heir is known to hear Discord
