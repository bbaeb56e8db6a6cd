package bot

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"verbatim/answers"
	"verbatim/corpus"
)

// Limits of autocomplete: docs.discord.com/developers/interactions/application-commands#autocomplete.
const (
	maxChoices = 25
	maxChoice  = 100
	// proposeTime is how long proposals may take, so that there is time to send them.
	proposeTime = 1500 * time.Millisecond
)

// propose answers typing in an option. It proposes only what the asker sees, and nothing
// when that takes too long or fails.
func (b *Bot) propose(ctx context.Context, t *turn, c command) error {
	at := t.seat()
	if _, wait := b.limits.press(at.user); wait > 0 {
		return b.proposeChoices(ctx, t, nil)
	}
	looking, cancel := context.WithTimeout(ctx, proposeTime)
	defer cancel()
	found := make(chan []choice, 1)
	t.shift.group.Go(func() { // for which the end waits, too
		defer func() {
			if v := recover(); v != nil {
				b.options.Log.Error("panic", "interaction", t.ID, "in", "proposals")
				found <- nil
			}
		}()
		choices, err := b.choices(looking, at, c)
		if err != nil && looking.Err() == nil {
			b.options.Log.Warn("propose", "interaction", t.ID, "err", err)
		}
		found <- choices
	})
	select {
	case choices := <-found:
		return b.proposeChoices(ctx, t, choices)
	case <-looking.Done():
		return b.proposeChoices(ctx, t, nil)
	}
}

func (b *Bot) choices(ctx context.Context, at seat, c command) ([]choice, error) {
	if at.direct {
		home, text, err := b.homeOf(ctx, at, wordsIn(at.language()))
		if err != nil || text != "" {
			return nil, err
		}
		at = home
	}
	if c.Name == nameCorpus {
		return b.corpusChoices(ctx, at, c)
	}
	// A public reply shows less than a private one.
	private := c.yes(namePrivate) || at.direct || c.Name == nameSearch || c.Name == nameSources
	access, err := b.access(ctx, at, !private)
	if err != nil {
		return nil, err
	}
	if name, sub := c.sub(); c.Name == nameCurated {
		return b.answerChoices(ctx, at, name, sub)
	}
	option := c.focused()
	typed := c.text(option)
	switch option {
	case nameQuestion:
		return b.questionChoices(ctx, access, typed)
	case nameCourse, nameDocument:
		documents, err := b.options.Texts.Documents(ctx, access, false)
		if err != nil {
			return nil, err
		}
		if option == nameCourse {
			return courseChoices(documents, typed), nil
		}
		return documentChoices(documents, c.text(nameCourse), typed), nil
	}
	return nil, nil
}

// corpusChoices proposes to moderators all texts and courses.
func (b *Bot) corpusChoices(ctx context.Context, at seat, c command) ([]choice, error) {
	may, err := b.moderates(ctx, at)
	if err != nil || !may {
		return nil, err
	}
	_, c = c.sub()
	option := c.focused()
	documents, err := b.options.Texts.Documents(ctx, corpus.Everything(b.guild(at.discordGuild)), option == nameDocument)
	if err != nil {
		return nil, err
	}
	if option == nameCourse {
		return courseChoices(documents, c.text(option)), nil
	}
	return documentChoices(documents, "", c.text(option)), nil
}

// questionChoices proposes what moderators have answered already.
func (b *Bot) questionChoices(ctx context.Context, access corpus.Access, typed string) ([]choice, error) {
	list, err := b.options.Curated.List(ctx, access, false)
	if err != nil {
		return nil, err
	}
	p := proposals{typed: typed}
	for _, c := range list {
		for _, wording := range append([]string{c.Question}, c.Wordings...) {
			if p.add(wording, wording) {
				break // one wording of each answer is enough
			}
		}
	}
	return p.choices, nil
}

func courseChoices(documents []corpus.Document, typed string) []choice {
	p := proposals{typed: typed}
	for _, d := range documents {
		if d.Course != "" {
			p.add(d.Course, d.Course)
		}
	}
	return p.choices
}

func documentChoices(documents []corpus.Document, course, typed string) []choice {
	p := proposals{typed: typed}
	for _, d := range documents {
		if course == "" || alike(course, d.Course) {
			name := answers.Title(d)
			if d.Author != "" {
				name += ", " + d.Author
			}
			p.add(name, d.ID)
		}
	}
	return p.choices
}

// Proposals are choices that hold all words that somebody has typed, in whatever case and
// with or without accents.
type proposals struct {
	typed   string
	choices []choice
}

// add adds a choice if it is like what was typed, is not there yet, and there is room. A
// value that is longer than it may be can't be chosen.
func (p *proposals) add(name, value string) bool {
	if len(p.choices) >= maxChoices || utf16Len(value) > maxChoice || visible(value) != value {
		return false
	}
	folded := fold(name)
	for _, word := range strings.Fields(fold(p.typed)) {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	for _, c := range p.choices {
		if c.Value == value {
			return true
		}
	}
	p.choices = append(p.choices, choice{Name: label(cut(name, maxChoice, utf16.RuneLen)), Value: value})
	return true
}

// fold returns a text in lower case and without accents.
func fold(text string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), text)
	if err != nil {
		plain = text
	}
	return strings.ToLower(plain)
}
