package answers_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// busy lets a member do everything of which something is stored.
func (d desk) busy(t *testing.T, member string) {
	t.Helper()
	ctx := t.Context()
	q := d.gather(t, everything, "Qui a signé le traité de Brest ?")
	must(t, d.curated.Follow(ctx, everything, q.ID, answers.Follower{Member: member, Place: "c1", Text: "qui a signé"}))
	d.vote(t, d.shown(t, everything, "Où est "+member+" ?", false), "reply of "+member, member, false, "bof")
	d.propose(t, member, content("Où est Riga ?", "Au nord."))
	p := d.propose(t, "someone", content("Où est Omsk ?", "À l'est."))
	must(t, d.curated.Decline(ctx, everything, p.ID, member, "non"))
	_, err := d.curated.Add(ctx, guild, member, content("Où est Kiev ?", "Au sud."))
	must(t, err)
}

func TestForget(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx, s := t.Context(), d.curated
		d.busy(t, "ana")
		d.busy(t, "ben")
		p, err := s.Personal(ctx, everything, "ana")
		if err != nil || len(p.Proposals) != 1 || len(p.Followed) != 1 || len(p.Votes) != 1 || len(p.Written) != 1 || p.Settled != 1 ||
			p.Written[0].Question != "Où est Kiev ?" || p.Votes[0].Comment != "bof" || p.Followed[0].Text != "qui a signé" {
			t.Errorf("Personal = %+v, %v, want one of each", p, err)
		}
		if got, err := s.Forget(ctx, "g2", "ana"); err != nil || got.Rows() != 0 {
			t.Errorf("Forget in another guild = %v, %v, want nothing", got, err)
		}
		must(t, second(s.Forget(ctx, guild, "")))
		got, err := s.Forget(ctx, guild, "ana")
		want := answers.Forgotten{"curated_revision": 1, "open_follower": 1, "proposal": 2, "reply_vote": 1}
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("Forget = %v, %v, want %v", got, err, want)
		}
		if p, err := s.Personal(ctx, everything, "ana"); err != nil || fmt.Sprint(p) != fmt.Sprint(answers.Personal{}) {
			t.Errorf("after Forget Personal = %+v, %v", p, err)
		}
		if p, err := s.Personal(ctx, everything, "ben"); err != nil || len(p.Proposals)+len(p.Followed)+len(p.Votes)+len(p.Written)+p.Settled != 5 {
			t.Errorf("after Forget of another Personal = %+v, %v", p, err)
		}
		d.wantOpen(t, "2: Qui a signé le traité de Brest ? unanswered 2", "1: Où est ben ? unhelpful 1")
		list, err := s.List(ctx, everything, false)
		must(t, err)
		var authors []string
		for _, c := range list {
			authors = append(authors, c.Author)
		}
		slices.Sort(authors)
		if !slices.Equal(authors, []string{"ben", answers.FormerMember}) {
			t.Errorf("authors = %q", authors)
		}
		head, err := s.Head(ctx, guild)
		must(t, err)
		changes, err := s.Changes(ctx, guild, head.Revision-1)
		if err != nil || len(changes) != 1 || changes[0].Author != answers.FormerMember {
			t.Errorf("Changes of the index = %+v, %v, want the answer without its author", changes, err)
		}
		must(t, second(s.Forget(ctx, guild, "ana")))
		if again, err := s.Head(ctx, guild); err != nil || again != head {
			t.Errorf("Forget of nothing is a change: %v, %v", again, err)
		}
	})
}

// noUsers lists the columns that hold no member's ID. A new column stands here, or is
// one of those that answers.UserColumns names, so that none is forgotten by Forget.
const noUsers = `
	guild.guild guild.revision
	guild_change.guild guild_change.revision guild_change.stamp
	guild_setting.guild guild_setting.name guild_setting.value
	course_limit.guild course_limit.course course_limit.roles course_limit.channels
	glossary.guild glossary.entry glossary.revision glossary.terms glossary.edited
	document.guild document.document document.name document.origin document.content document.revision document.title
	document.author document.date document.language document.course document.licence document.link document.bytes
	document.passages document.added document.replaced document.removed document.changed document.file document.stated document.missing
	document.instead document.file_title document.file_author
	document_sketch.guild document_sketch.document document_sketch.sketch
	document_text.guild document_text.document document_text.start document_text.body document_text.quiet
	passage.guild passage.document passage.passage passage.structure
	curated.guild curated.curated curated.revision curated.uses curated.used curated.changed
	curated_revision.guild curated_revision.curated curated_revision.revision curated_revision.action curated_revision.made
	curated_revision.content
	open_question.guild open_question.question open_question.scope open_question.language open_question.text
	open_question.first open_question.dismissed open_question.reason
	open_wording.guild open_wording.question open_wording.wording open_wording.text open_wording.reason open_wording.times
	open_wording.asked
	open_follower.guild open_follower.question open_follower.place open_follower.text open_follower.since
	open_follower.outcome open_follower.curated open_follower.reason open_follower.asked_in
	voted_reply.guild voted_reply.reply voted_reply.scope voted_reply.language voted_reply.text voted_reply.private
	voted_reply.curated voted_reply.quotes voted_reply.question voted_reply.wording voted_reply.voted
	moderation_log.guild moderation_log.entry moderation_log.made moderation_log.via moderation_log.kind moderation_log.action
	moderation_log.subject moderation_log.name moderation_log.detail moderation_log.course moderation_log.scope moderation_log.told
	reply_vote.guild reply_vote.reply reply_vote.helpful reply_vote.comment reply_vote.voted
	proposal.guild proposal.proposal proposal.state proposal.content proposal.made proposal.settled proposal.reason
	proposal.curated
	asker.guild asker.asked answered_forum.guild answered_forum.channel
	quote_limit.guild quote_limit.kind quote_limit.name quote_limit.runes
	channel_course.guild channel_course.channel channel_course.course
	guild_life.guild guild_life.joined guild_life.departed guild_life.digest
	forgotten.salt forgotten.digest forgotten.made
	live_process.process live_process.name live_process.started live_process.expires live_process.draining
	live_shard.shard live_shard.shards live_shard.owner live_shard.epoch live_shard.expires live_shard.heard live_shard.claimed live_shard.guilds live_shard.heir live_shard.heir_hears
	live_identify.sequence live_identify.free live_pause.what live_pause.until
	live_question.guild live_question.question live_question.kind live_question.channel live_question.epoch live_question.claimed
	live_question.state live_question.content` // the content says who asks, for the minutes until they are answered

// TestUserColumns: each column of the schema is known to hold members, or not to.
func TestUserColumns(t *testing.T) {
	queries := map[database.Engine]string{
		database.SQLite: `SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
			WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'goose_%'`,
		database.PostgreSQL: `SELECT table_name || '.' || column_name FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name NOT LIKE 'goose_%'`,
	}
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		known := map[string]bool{}
		for _, column := range strings.Fields(noUsers) {
			known[column] = true
		}
		for _, c := range answers.UserColumns() {
			if name := c.Table + "." + c.Column; known[name] {
				t.Errorf("%s holds members, and is listed among those that don't", name)
			} else {
				known[name] = true
			}
		}
		err := db.Read(t.Context(), func(tx *sql.Tx) error {
			rows, err := tx.QueryContext(t.Context(), queries[db.Engine()])
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var column string
				if err := rows.Scan(&column); err != nil {
					return err
				}
				if !known[column] {
					t.Errorf("column %s: does it hold the ID of a member? Then answers.UserColumns must name it, else noUsers", column)
				}
				delete(known, column)
			}
			return rows.Err()
		})
		must(t, err)
		for column := range known {
			t.Errorf("there is no column %s", column)
		}
	})
}

// TestPurgeKeepsWishes: who wants to be told of a proposal is told, however long it waits.
func TestPurgeKeepsWishes(t *testing.T) {
	const keep = 90 * 24 * time.Hour
	eachDesk(t, func(t *testing.T, d desk) {
		ctx, s := t.Context(), d.curated
		p := d.propose(t, "ana", content("Où est Riga ?", "Au nord."))
		must(t, s.FollowProposal(ctx, guild, p.ID, "ana"))
		purge := func(want answers.Purged) {
			t.Helper()
			if got, err := s.Purge(ctx, guild, keep); err != nil || got != want {
				t.Errorf("Purge = %+v, %v, want %+v", got, err, want)
			}
		}
		d.pass(2 * keep)
		purge(answers.Purged{}) // it waits
		must(t, s.Decline(ctx, everything, p.ID, "mo", "trop vague"))
		d.pass(time.Hour)
		purge(answers.Purged{}) // it is settled, and nobody was told yet
		notices, err := s.Notices(ctx, guild, 9)
		if err != nil || len(notices) != 1 || notices[0].Member != "ana" {
			t.Errorf("Notices = %+v, %v, want that of ana", notices, err)
		}
		d.pass(keep)
		purge(answers.Purged{Proposals: 1, Followers: 1})
	})
}

func TestPurge(t *testing.T) {
	const keep = 90 * 24 * time.Hour
	eachDesk(t, func(t *testing.T, d desk) {
		ctx, s := t.Context(), d.curated
		d.busy(t, "ana")
		dismissed := d.gather(t, everything, "Quel temps fait-il ?")
		must(t, s.Dismiss(ctx, everything, dismissed.ID, ""))
		d.pass(keep - time.Hour)
		if got, err := s.Purge(ctx, guild, keep); err != nil || got != (answers.Purged{}) {
			t.Errorf("Purge before the time = %+v, %v, want nothing", got, err)
		}
		d.gather(t, everything, "le traité de brest signé par qui")
		d.pass(2 * time.Hour)
		got, err := s.Purge(ctx, guild, keep)
		if want := (answers.Purged{Wordings: 3, Followers: 1, Replies: 1, Proposals: 1}); err != nil || got != want {
			t.Errorf("Purge = %+v, %v, want %+v", got, err, want)
		}
		d.wantOpen(t, "1: le traité de brest signé par qui unanswered 1")
		if list, err := s.OpenQuestions(ctx, everything, false); err != nil || list[0].Text != "le traité de brest signé par qui" {
			t.Errorf("the text that is gone is still that of %+v, %v", list, err)
		}
		if list, err := s.OpenQuestions(ctx, everything, true); err != nil || len(list) != 0 {
			t.Errorf("dismissed questions = %v, %v, want none", list, err)
		}
		p, err := s.Personal(ctx, everything, "ana")
		if err != nil || len(p.Proposals) != 1 || len(p.Written) != 1 || len(p.Votes)+len(p.Followed)+p.Settled != 0 {
			t.Errorf("Personal = %+v, %v, want the pending proposal and the answer", p, err)
		}
		if _, err := s.Purge(ctx, "g2", keep); err != nil {
			t.Error(err)
		}
		d.wantOpen(t, "1: le traité de brest signé par qui unanswered 1")
	})
}
