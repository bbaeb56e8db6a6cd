-- +goose Up

-- What moderators are to look at. No index follows these tables: they change without a
-- new revision of the guild. Each column with a member's ID is listed in package
-- answers, which removes what is a member's.

-- A question that found no answer, or none that helped: what was asked alike in places
-- with the same courses.
CREATE TABLE open_question (
    guild     TEXT   NOT NULL REFERENCES guild (guild),
    question  TEXT   NOT NULL, -- identifier, made by the program
    scope     TEXT   NOT NULL, -- the courses that could be seen where it was asked: JSON described in package answers
    language  TEXT   NOT NULL,
    text      TEXT   NOT NULL, -- the wording that others are compared with
    first     BIGINT NOT NULL, -- time
    dismissed BIGINT NOT NULL, -- time; 0: open
    reason    TEXT   NOT NULL, -- why it was dismissed
    PRIMARY KEY (guild, question)
);

-- How an open question was asked.
CREATE TABLE open_wording (
    guild    TEXT   NOT NULL,
    question TEXT   NOT NULL,
    wording  BIGINT NOT NULL, -- identifier, made by the program, from 1
    text     TEXT   NOT NULL,
    reason   TEXT   NOT NULL, -- unanswered, unhelpful, sent
    times    BIGINT NOT NULL, -- how often it was asked so
    asked    BIGINT NOT NULL, -- time of the last
    PRIMARY KEY (guild, question, wording),
    FOREIGN KEY (guild, question) REFERENCES open_question (guild, question)
);

-- Who wants to be told what became of a question. The row goes when they are.
CREATE TABLE open_follower (
    guild    TEXT   NOT NULL REFERENCES guild (guild),
    question TEXT   NOT NULL, -- may be gone from open_question
    member   TEXT   NOT NULL,
    place    TEXT   NOT NULL, -- channel; '': a direct message
    text     TEXT   NOT NULL, -- what they asked
    since    BIGINT NOT NULL, -- time
    outcome  TEXT   NOT NULL, -- '': not known yet; answered, dismissed
    curated  TEXT   NOT NULL, -- the answer, '' for none
    reason   TEXT   NOT NULL, -- why it was dismissed
    PRIMARY KEY (guild, question, member)
);

-- A reply that someone voted on, and what it showed.
CREATE TABLE voted_reply (
    guild    TEXT   NOT NULL REFERENCES guild (guild),
    reply    TEXT   NOT NULL, -- identifier, made by the caller
    scope    TEXT   NOT NULL, -- as of open_question
    language TEXT   NOT NULL,
    text     TEXT   NOT NULL, -- the question
    private  BIGINT NOT NULL, -- 1: asked in private
    curated  TEXT   NOT NULL, -- the curated answer, '' for none
    quotes   TEXT   NOT NULL, -- JSON described in package answers
    question TEXT   NOT NULL, -- the open question it was added to, '' for none
    wording  BIGINT NOT NULL, -- of it, 0 for none
    voted    BIGINT NOT NULL, -- time of the last vote
    PRIMARY KEY (guild, reply)
);

CREATE TABLE reply_vote (
    guild   TEXT   NOT NULL,
    reply   TEXT   NOT NULL,
    member  TEXT   NOT NULL,
    helpful BIGINT NOT NULL, -- 1 or 0
    comment TEXT   NOT NULL,
    voted   BIGINT NOT NULL, -- time
    PRIMARY KEY (guild, reply, member),
    FOREIGN KEY (guild, reply) REFERENCES voted_reply (guild, reply)
);

-- An answer that a member suggests.
CREATE TABLE proposal (
    guild     TEXT   NOT NULL REFERENCES guild (guild),
    proposal  TEXT   NOT NULL, -- identifier, made by the program
    member    TEXT   NOT NULL, -- who made it
    state     TEXT   NOT NULL, -- pending, accepted, declined, withdrawn
    content   TEXT   NOT NULL, -- JSON as of curated_revision
    made      BIGINT NOT NULL, -- time
    settled   BIGINT NOT NULL, -- time; 0: pending
    moderator TEXT   NOT NULL, -- who settled it, '' for nobody
    reason    TEXT   NOT NULL, -- why it was declined
    curated   TEXT   NOT NULL, -- what it became, '' for nothing
    PRIMARY KEY (guild, proposal)
);

CREATE INDEX proposal_member ON proposal (guild, member);
