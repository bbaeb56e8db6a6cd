package bot

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// curatedCommand answers /curated.
func (b *Bot) curatedCommand(ctx context.Context, t *turn, c command) error {
	name, c := c.sub()
	of := c.text(curatedAnswer)
	switch name {
	case curatedAdd:
		return b.openWindow(ctx, t, &draft{purpose: toAdd, form: newForm(answers.Content{}, nil)}, onWrite)
	case curatedList:
		return b.openDesk(ctx, t, &answerList{words: c.text(nameWords)})
	case curatedStale:
		return b.openDesk(ctx, t, &staleQueue{})
	case curatedEdit:
		return b.editCommand(ctx, t, of)
	case curatedRemove, curatedRestore, curatedHistory, curatedRevert:
		n, _ := strconv.Atoi(c.text(curatedRevision))
		return b.openAnswer(ctx, t, of, name, n)
	}
	return b.tell(ctx, t, t.words().say("unknown", "ID", t.ID))
}

// windowTime is how long what is to stand in a window may take to be read.
const windowTime = time.Second

// editCommand opens the window with the answer that is to be edited. A window must be the
// first response: where the answer can't be read that fast, it is shown first, with a
// button that opens the window.
func (b *Bot) editCommand(ctx context.Context, t *turn, of string) error {
	s := b.benchAt(t, "", &desk{})
	s.access = corpus.Everything(s.guild)
	looking, cancel := context.WithTimeout(ctx, windowTime)
	defer cancel()
	if c, err := s.find(looking, of); err == nil && c.Removed.IsZero() {
		at := &card{of: c.ID}
		if at.load(looking, s) == nil {
			return b.openWindow(ctx, t, at.draft(), onWrite)
		}
	}
	return b.openAnswer(ctx, t, of, curatedEdit, 0)
}

// openAnswer looks for the answer that a command names, does what it says, and shows it.
func (b *Bot) openAnswer(ctx context.Context, t *turn, of, then string, revision int) error {
	return b.beginDesk(ctx, t, &finished{text: t.words().say("answer_unknown")}, func(ctx context.Context, s *bench) error {
		c, err := s.find(ctx, of)
		if errors.Is(err, answers.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		at := &card{of: c.ID, seen: c}
		s.work = at
		switch then {
		case curatedRemove:
			return at.remove(ctx, s)
		case curatedRestore:
			return at.restore(ctx, s)
		case curatedHistory:
			at.view = cardHistory
		case curatedRevert:
			at.view, at.revision = cardRevision, revision
		}
		return nil
	})
}

// find returns the curated answer with an ID, or with a question, also a removed one.
func (s *bench) find(ctx context.Context, of string) (answers.Curated, error) {
	c, err := s.bot.options.Curated.Curated(ctx, s.access, of)
	if !errors.Is(err, answers.ErrNotFound) {
		return c, err
	}
	list, err := s.bot.options.Curated.List(ctx, s.access, true)
	if err != nil {
		return c, err
	}
	for _, c := range list {
		if alike(c.Question, of) {
			return c, nil
		}
	}
	return c, answers.ErrNotFound
}

// An answerList shows curated answers, a page at a time, and opens them.
type answerList struct {
	plain
	pages
	words string // that are looked for, "" for all
}

// What the buttons of lists do, and the one that leads back to them.
const (
	onOpen = deskPrefix + "open"
	onBack = deskPrefix + "list"
)

// answersPage is how many answers a page of a list shows.
const answersPage = 10

func (l *answerList) press(_ context.Context, s *bench, action string, p press) error {
	if !l.turn(action, answersPage) && action == onOpen && p.one() != "" {
		s.work = &card{of: p.one(), back: l}
	}
	return nil
}

func (l *answerList) show(ctx context.Context, s *bench) (reply, error) {
	store := s.bot.options.Curated
	list, err := store.List(ctx, s.access, true)
	if strings.TrimSpace(l.words) != "" {
		list, err = store.Search(ctx, s.access, l.words)
	}
	if err != nil {
		return reply{}, err
	}
	if len(list) == 0 && strings.TrimSpace(l.words) != "" {
		return reply{content: s.say("answers_without", "Words", escape(cut(l.words, maxWords, escapedLen)))}, nil
	}
	if len(list) == 0 {
		return reply{content: s.say("answers_none")}, nil
	}
	from, to := l.at(answersPage, len(list))
	text := []string{s.words.count("answers_title", len(list), "From", from+1, "To", to)}
	var options []discordgo.SelectMenuOption
	for i, c := range list[from:to] {
		entry := "answers_entry"
		if !c.Removed.IsZero() {
			entry = "answers_removed"
		}
		text = append(text, s.say(entry, "Number", from+i+1, "Question", escape(cut(c.Question, maxEntry, escapedLen)), "Uses", c.Uses))
		options = append(options, discordgo.SelectMenuOption{Label: label(c.Question), Value: c.ID, Description: label(c.Answer)})
	}
	rows := []discordgo.MessageComponent{s.choose(onOpen, "answers_choose", options)}
	return reply{content: lines(text...), rows: rowOf(rows, l.buttons(s, answersPage, len(list))...)}, nil
}

// maxEntry is how much of a question stands in a list.
const maxEntry = 150

// saveAs answers the command on a message that makes a curated answer of it: the window
// opens with its text, and a link to it as the source.
func (b *Bot) saveAs(ctx context.Context, t *turn, c command) error {
	return b.draftOf(ctx, t, c, toAdd)
}

// proposeAs is saveAs for members, who propose.
func (b *Bot) proposeAs(ctx context.Context, t *turn, c command) error {
	return b.draftOf(ctx, t, c, toPropose)
}

func (b *Bot) draftOf(ctx context.Context, t *turn, c command, p purpose) error {
	m := c.Resolved.Messages[c.TargetID]
	text := withoutMentions(m.Content)
	if answers.Check(text) == answers.ErrEmpty {
		return b.tell(ctx, t, t.words().say("no_text_in_message"))
	}
	at := t.seat()
	characters := []rune(gaps.ReplaceAllString(text, " "))
	f := newForm(answers.Content{Answer: string(characters[:min(len(characters), answers.MaxAnswer)])}, nil)
	f.sources = "https://discord.com/channels/" + at.discordGuild + "/" + cmp.Or(m.ChannelID, at.channel) + "/" + c.TargetID
	return b.openWindow(ctx, t, &draft{purpose: p, form: f}, onWrite)
}

// gaps are what mentions leave that were taken out of a text.
var gaps = regexp.MustCompile(` {2,}`)

// nearest returns the curated answers whose wordings share most words with a text, those
// first that share more; of the others none, unless there are few.
func nearest(list []answers.Curated, text string, most int) []answers.Curated {
	words := strings.Fields(fold(text))
	shares := map[string]int{}
	for _, c := range list {
		all := fold(strings.Join(append([]string{c.Question}, c.Wordings...), " "))
		for _, word := range words {
			if len(word) > 3 && strings.Contains(all, word) {
				shares[c.ID]++
			}
		}
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(x, y answers.Curated) int { return shares[y.ID] - shares[x.ID] })
	return list[:min(len(list), most)]
}

// answerChoices proposes curated answers to moderators: those that were removed where one
// is to be restored.
func (b *Bot) answerChoices(ctx context.Context, at seat, curatedSub string, c command) ([]choice, error) {
	if moderates, err := b.moderates(ctx, at); err != nil || !moderates || c.focused() != curatedAnswer {
		return nil, err
	}
	list, err := b.options.Curated.List(ctx, corpus.Everything(b.guild(at.discordGuild)), true)
	if err != nil {
		return nil, err
	}
	p := proposals{typed: c.text(curatedAnswer)}
	for _, a := range list {
		removed := !a.Removed.IsZero()
		if (curatedSub == curatedRestore) == removed || curatedSub == curatedHistory || curatedSub == curatedRevert {
			p.add(a.Question, a.ID)
		}
	}
	return p.choices, nil
}
