-- +goose Up

-- What people changed of a guild, and who did it. Rows are added in the transaction of the
-- change, and never changed but for who did it and whether it was told.
CREATE TABLE moderation_log (
    guild   TEXT   NOT NULL REFERENCES guild (guild),
    entry   BIGINT NOT NULL, -- ordinal, from 1; those that are removed leave gaps
    made    BIGINT NOT NULL, -- time
    actor   TEXT   NOT NULL, -- who did it: a member, or as the command line names them
    via     TEXT   NOT NULL, -- discord, or command line
    kind    TEXT   NOT NULL, -- of what was changed: document, course, setting, answer, question, proposal, glossary
    action  TEXT   NOT NULL, -- what was done with it
    subject TEXT   NOT NULL, -- identifier of what was changed
    name    TEXT   NOT NULL, -- as people call it; '' where that is a member's own words
    detail  TEXT   NOT NULL, -- what it is now, where that is short
    course  TEXT   NOT NULL, -- who does not see it sees nothing of the entry; '' for what has none
    scope   TEXT   NOT NULL, -- of a question, as of open_question; '' for others
    told    BIGINT NOT NULL, -- 1: in the guild's channel, or not to be told there
    PRIMARY KEY (guild, entry)
);

CREATE INDEX moderation_log_told ON moderation_log (guild, told);
