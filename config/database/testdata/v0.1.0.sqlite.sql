PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-23 03:02:26');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-23 03:02:27');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-23 03:02:27');
INSERT INTO goose_db_version VALUES(4,3,1,'2026-11-23 03:02:27');
INSERT INTO goose_db_version VALUES(5,4,1,'2026-11-23 03:02:27');
INSERT INTO goose_db_version VALUES(6,5,1,'2026-11-23 03:02:27');
INSERT INTO goose_db_version VALUES(7,6,1,'2026-11-23 03:02:27');
INSERT INTO goose_db_version VALUES(8,7,1,'2026-11-23 03:02:27');
INSERT INTO goose_db_version VALUES(9,8,1,'2026-11-23 03:02:27');
INSERT INTO goose_db_version VALUES(10,9,1,'2026-11-23 03:02:27');
CREATE TABLE guild (
    guild    TEXT   NOT NULL,
    revision BIGINT NOT NULL,
    PRIMARY KEY (guild)
);
INSERT INTO guild VALUES('local',5);
INSERT INTO guild VALUES('112233445566778899',2);
CREATE TABLE guild_change (
    guild    TEXT   NOT NULL REFERENCES guild (guild),
    revision BIGINT NOT NULL,
    stamp    TEXT   NOT NULL, -- made up by the change: no other has it, in any database
    PRIMARY KEY (guild, revision)
);
INSERT INTO guild_change VALUES('local',1,'FMJYC6O3AIHNZZ3JROFHQJBGA5');
INSERT INTO guild_change VALUES('112233445566778899',1,'N7RQOLT6U6YHN7NAPRKMLWETXO');
INSERT INTO guild_change VALUES('local',2,'XMCGX2AFQN55ZNKUF7DK5WB3WL');
INSERT INTO guild_change VALUES('112233445566778899',2,'SDOL6QST4HE5VE3A66YGVXRSBM');
INSERT INTO guild_change VALUES('local',3,'EFSA5TLIL4QJ6LJ3F24YE25FAL');
INSERT INTO guild_change VALUES('local',4,'MTFXKO3WAZGNAIBRDVJSVVWP5Q');
INSERT INTO guild_change VALUES('local',5,'BRLYBW42R6MUIL7BD2ZB3VJTUA');
CREATE TABLE guild_setting (
    guild TEXT NOT NULL REFERENCES guild (guild),
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (guild, name)
);
INSERT INTO guild_setting VALUES('local','language','fr');
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
INSERT INTO document VALUES('local','1-0','a.md','/srv/course','90356dca483ef6920d68658526133da987e7c0f91ec0bf0006a5b33c209428f3','929a3436b5c55a4b0f993f96a758d7696d0181cc508b366bd4ed5e80fc058366','Le soviet de Petrograd','Ana Ruiz','','fr','Russie','CC-BY-4.0','',156,2,1795402947055,0,0,1);
INSERT INTO document VALUES('local','1-1','b.txt','/srv/course','0bbbfdde4efbdcdc4f57e20a88451250fae1fc6ae824a22ad7da255454251212','153f6d4bafa4af658c5bbd5ba460be16c68913b968849c55a627293e8c45eafe','b','','','en','','','',49,1,1795402947055,0,1795402948338,2);
INSERT INTO document VALUES('112233445566778899','1-0','a.md','/srv/course','90356dca483ef6920d68658526133da987e7c0f91ec0bf0006a5b33c209428f3','929a3436b5c55a4b0f993f96a758d7696d0181cc508b366bd4ed5e80fc058366','Le soviet de Petrograd','Ana Ruiz','','fr','Russie','CC-BY-4.0','',156,2,1795402947280,0,0,1);
INSERT INTO document VALUES('112233445566778899','1-1','b.txt','/srv/course','0bbbfdde4efbdcdc4f57e20a88451250fae1fc6ae824a22ad7da255454251212','153f6d4bafa4af658c5bbd5ba460be16c68913b968849c55a627293e8c45eafe','b','','','en','','','',49,1,1795402947280,0,0,1);
CREATE TABLE document_text (
    guild    TEXT   NOT NULL,
    document TEXT   NOT NULL,
    start    BIGINT NOT NULL, -- byte offset of the chunk in the source text
    body     BYTEA  NOT NULL, quiet TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (guild, document, start),
    FOREIGN KEY (guild, document) REFERENCES document (guild, document)
);
INSERT INTO document_text VALUES('local','1-0',0,X'4c65207369c3a867650a0a4c6520736f7669657420646520506574726f67726164207369c3a867652061752070616c61697320646520546175726964652e20496c2072c3a9756e6974206c65732064c3a96cc3a96775c3a97320646573207573696e6573206574206465732063617365726e65732e0a0a4c652070616c616973206675742062c3a2746920706f757220506f74656d6b696e652e0a0a','[119,154]');
INSERT INTO document_text VALUES('local','1-1',0,X'54686520636f6e666572656e6365206d657420696e204275656e6f7320416972657320696e204a756e6520313932392e0a','[]');
INSERT INTO document_text VALUES('112233445566778899','1-0',0,X'4c65207369c3a867650a0a4c6520736f7669657420646520506574726f67726164207369c3a867652061752070616c61697320646520546175726964652e20496c2072c3a9756e6974206c65732064c3a96cc3a96775c3a97320646573207573696e6573206574206465732063617365726e65732e0a0a4c652070616c616973206675742062c3a2746920706f757220506f74656d6b696e652e0a0a','[119,154]');
INSERT INTO document_text VALUES('112233445566778899','1-1',0,X'54686520636f6e666572656e6365206d657420696e204275656e6f7320416972657320696e204a756e6520313932392e0a','[]');
CREATE TABLE passage (
    guild     TEXT   NOT NULL,
    document  TEXT   NOT NULL,
    passage   BIGINT NOT NULL, -- ordinal in the document, from 0
    structure TEXT   NOT NULL, -- JSON, described in package corpus
    PRIMARY KEY (guild, document, passage),
    FOREIGN KEY (guild, document) REFERENCES document (guild, document)
);
INSERT INTO passage VALUES('local','1-0',0,'{"s":[[11,62],[63,117]],"h":["Le siège"],"p":[{"at":11,"label":"3"}],"c":[{"at":61,"to":2,"label":"1"}]}');
INSERT INTO passage VALUES('local','1-0',1,'{"s":[[119,154]],"h":["Le siège"],"p":[{"at":119,"label":"3"}],"n":"1"}');
INSERT INTO passage VALUES('local','1-1',0,'{"s":[[0,48]]}');
INSERT INTO passage VALUES('112233445566778899','1-0',0,'{"s":[[11,62],[63,117]],"h":["Le siège"],"p":[{"at":11,"label":"3"}],"c":[{"at":61,"to":2,"label":"1"}]}');
INSERT INTO passage VALUES('112233445566778899','1-0',1,'{"s":[[119,154]],"h":["Le siège"],"p":[{"at":119,"label":"3"}],"n":"1"}');
INSERT INTO passage VALUES('112233445566778899','1-1',0,'{"s":[[0,48]]}');
CREATE TABLE curated (
    guild    TEXT   NOT NULL REFERENCES guild (guild),
    curated  TEXT   NOT NULL, -- identifier, made by the program
    revision BIGINT NOT NULL, -- its current one, from 1
    uses     BIGINT NOT NULL, -- how often it was a reply
    used     BIGINT NOT NULL, -- time of the last one; 0: never
    changed  BIGINT NOT NULL, -- the guild's revision at the last change
    PRIMARY KEY (guild, curated)
);
INSERT INTO curated VALUES('local','0aca5a43f2',1,0,0,4);
CREATE TABLE curated_revision (
    guild    TEXT   NOT NULL,
    curated  TEXT   NOT NULL,
    revision BIGINT NOT NULL, -- ordinal, from 1
    action   TEXT   NOT NULL, -- added, edited, removed, restored, reverted
    author   TEXT   NOT NULL, -- who made the revision
    made     BIGINT NOT NULL, -- time
    content  TEXT   NOT NULL, -- all of the answer, JSON described in package answers
    PRIMARY KEY (guild, curated, revision),
    FOREIGN KEY (guild, curated) REFERENCES curated (guild, curated)
);
INSERT INTO curated_revision VALUES('local','0aca5a43f2',1,'added','mo',1795402951043,'{"question":"C''est quoi un soviet ?","wordings":["définition de soviet"],"answer":"Un conseil.","language":"fr","sources":[{"document":"1-0","revision":"929a3436b5c55a4b0f993f96a758d7696d0181cc508b366bd4ed5e80fc058366","ranges":[[11,40]],"quote":"Le soviet de Petrograd siège"}]}');
CREATE TABLE course_limit (
    guild    TEXT NOT NULL REFERENCES guild (guild),
    course   TEXT NOT NULL, -- its name in lower case; '' for documents without one
    roles    TEXT NOT NULL, -- whose members see it, JSON array of IDs
    channels TEXT NOT NULL, -- where it is seen, JSON array of IDs
    PRIMARY KEY (guild, course)
);
INSERT INTO course_limit VALUES('112233445566778899','russie','["11"]','[]');
CREATE TABLE glossary (
    guild    TEXT   NOT NULL REFERENCES guild (guild),
    entry    TEXT   NOT NULL, -- identifier, made by the program
    revision BIGINT NOT NULL, -- how often it was made or changed, from 1
    terms    TEXT   NOT NULL, -- JSON array
    author   TEXT   NOT NULL, -- who changed it last
    edited   BIGINT NOT NULL, -- time
    PRIMARY KEY (guild, entry)
);
INSERT INTO glossary VALUES('local','9ac94f5664',1,'["soviet","conseil","council"]','mo',1795402951450);
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
INSERT INTO open_question VALUES('local','b718f3aaa5','*','fr','Quel temps fait-il à Riga ?',1795402952279,0,'');
INSERT INTO open_question VALUES('local','1c80cd4ced','*','fr','Où siège le soviet ?',1795402952912,0,'');
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
INSERT INTO open_wording VALUES('local','b718f3aaa5',814897826805394,'Quel temps fait-il à Riga ?','unanswered',1,1795402952279);
INSERT INTO open_wording VALUES('local','1c80cd4ced',8465200145928486,'Où siège le soviet ?','unhelpful',1,1795402952912);
CREATE TABLE open_follower (
    guild    TEXT   NOT NULL REFERENCES guild (guild),
    question TEXT   NOT NULL, -- may be gone from open_question
    member   TEXT   NOT NULL,
    place    TEXT   NOT NULL, -- channel; '': a direct message
    text     TEXT   NOT NULL, -- what they asked
    since    BIGINT NOT NULL, -- time
    outcome  TEXT   NOT NULL, -- '': not known yet; answered, dismissed
    curated  TEXT   NOT NULL, -- the answer, '' for none
    reason   TEXT   NOT NULL, asked_in TEXT NOT NULL DEFAULT '[]', -- why it was dismissed
    PRIMARY KEY (guild, question, member)
);
INSERT INTO open_follower VALUES('local','b718f3aaa5','223344556677889900','','Quel temps fait-il à Riga ?',1795402952805,'','','','[]');
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
INSERT INTO voted_reply VALUES('local','command line b3c592c2ef817f5d','*','fr','Où siège le soviet ?',0,'','[{"document":"1-0","revision":"929a3436b5c55a4b0f993f96a758d7696d0181cc508b366bd4ed5e80fc058366","ranges":[[11,117]]}]','1c80cd4ced',8465200145928486,1795402952912);
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
INSERT INTO reply_vote VALUES('local','command line b3c592c2ef817f5d','223344556677889900',0,'à côté',1795402952912);
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
INSERT INTO proposal VALUES('local','d5fda39461','223344556677889900','pending','{"question":"Qui siège ?","answer":"Les délégués.","language":"fr"}',1795402953025,0,'','','');
CREATE TABLE asker (
    guild  TEXT   NOT NULL REFERENCES guild (guild),
    member TEXT   NOT NULL,
    asked  BIGINT NOT NULL, -- time of the last question, or of its choice
    PRIMARY KEY (guild, member)
);
CREATE TABLE answered_forum (
    guild   TEXT NOT NULL REFERENCES guild (guild),
    channel TEXT NOT NULL,
    PRIMARY KEY (guild, channel)
);
CREATE TABLE quote_limit (
    guild TEXT   NOT NULL REFERENCES guild (guild),
    kind  TEXT   NOT NULL, -- licence or course
    name  TEXT   NOT NULL, -- in lower case
    runes BIGINT NOT NULL, -- characters of one quote
    PRIMARY KEY (guild, kind, name)
);
INSERT INTO quote_limit VALUES('local','licence','cc-by-4.0',300);
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
INSERT INTO moderation_log VALUES('local',1,1795402947055,'command line','command line','document','added','1-0','a.md','','Russie','',0);
INSERT INTO moderation_log VALUES('local',2,1795402947055,'command line','command line','document','added','1-1','b.txt','','','',0);
INSERT INTO moderation_log VALUES('112233445566778899',1,1795402947280,'command line','command line','document','added','1-0','a.md','','Russie','',0);
INSERT INTO moderation_log VALUES('112233445566778899',2,1795402947280,'command line','command line','document','added','1-1','b.txt','','','',0);
INSERT INTO moderation_log VALUES('local',3,1795402948338,'command line','command line','document','removed','1-1','b.txt','','','',0);
INSERT INTO moderation_log VALUES('112233445566778899',3,1795402948810,'command line','command line','course','limited','russie','russie','<@&11> ','russie','',0);
INSERT INTO moderation_log VALUES('local',4,1795402950692,'command line','command line','licence','quotes limited','cc-by-4.0','cc-by-4.0','300','','',0);
INSERT INTO moderation_log VALUES('local',5,1795402951001,'command line','command line','setting','set','language','language','fr','','',0);
INSERT INTO moderation_log VALUES('local',6,1795402951043,'mo','command line','answer','added','0aca5a43f2','C''est quoi un soviet ?','','','',0);
INSERT INTO moderation_log VALUES('local',7,1795402951450,'mo','command line','glossary','added','9ac94f5664','soviet = conseil = council','','','',0);
CREATE TABLE channel_course (
    guild   TEXT NOT NULL REFERENCES guild (guild),
    channel TEXT NOT NULL,
    course  TEXT NOT NULL, -- its name
    PRIMARY KEY (guild, channel)
);
CREATE TABLE guild_life (
    guild    TEXT   NOT NULL REFERENCES guild (guild),
    joined   BIGINT NOT NULL, -- time, as Discord tells it
    departed BIGINT NOT NULL, -- time at which it was seen to be gone; 0: it is there
    digest   BIGINT NOT NULL, -- time of the last digest; 0: none yet
    PRIMARY KEY (guild)
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',10);
CREATE UNIQUE INDEX document_name ON document (guild, name);
CREATE INDEX document_changed ON document (guild, changed);
CREATE UNIQUE INDEX goose_db_version_once ON goose_db_version (version_id);
CREATE INDEX curated_changed ON curated (guild, changed);
CREATE INDEX proposal_member ON proposal (guild, member);
CREATE INDEX asker_member ON asker (member);
CREATE INDEX moderation_log_told ON moderation_log (guild, told);
COMMIT;
