// Package answers decides what to say to a question: a curated answer, excerpts of the
// guild's texts with their citations, or an honest no with the nearest passages. It keeps
// the curated answers, and what waits for those who write them: open questions, votes,
// proposals, quotes that are stale.
//
// It quotes nothing that it has not read again from the store, and knows nothing of
// where the reply is shown.
package answers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// MaxQuestion is the length of the longest question, in code points.
const MaxQuestion = 6000

// Errors of Ask about the question itself.
var (
	ErrEmpty   = errors.New("the question is empty: write what you want to know")
	ErrTooLong = fmt.Errorf("the question is longer than %d characters: shorten it to what you want to know", MaxQuestion)
)

// A Question is what someone asks, with what they may see.
type Question struct {
	Text     string
	Access   corpus.Access
	Filter   retrieval.Filter // narrows what is searched
	Caution  Caution
	Excerpts int // the most excerpts to show; 0 stands for retrieval.MaxExcerpts

	// Previous is the question, as it was read, that this one may follow up: the asker's
	// last one, or that of the message replied to. "" if this one stands alone. See
	// Conversations.
	Previous string
}

// An Outcome is the kind of a reply.
type Outcome string

// The outcomes.
const (
	ByHand   Outcome = "curated"  // a curated answer, and perhaps a quote that adds something
	Excerpts Outcome = "excerpts" // quotes that answer
	None     Outcome = "none"     // no answer; what is quoted is only near
)

// A Reply is what there is to say to a question.
type Reply struct {
	Outcome    Outcome
	ReadAs     string            // the question as it was read together with the previous one; "" if it was read as typed
	Language   string            // of the question, or if unknown of most texts; "" if there are none, and for small talk in no language that can be told
	Belongs    float64           // probability that the texts speak of what the question is about; 0 without Quotes
	Confidence float64           // that an answer stands in Quotes, from 0 to 1
	Hedged     bool              // the reply should say "perhaps", or of a curated answer that it is to a wider question
	Signals    retrieval.Signals // what Belongs and Confidence are computed from
	Curated    *CuratedReply     // with outcome ByHand; else nil
	Quotes     []Excerpt         // best first; with outcome None the nearest passages
	SmallTalk  bool              // it is said to the bot, not asked of the texts; there are no Quotes then
	Empty      bool              // there is no text at all that the asker could be answered from

	Times Times `json:"-"` // it took, which is no part of what is said

	SearchedAlso []retrieval.Reading // what words were read as that the texts lack, in the order of the question; then terms of the glossary that helped
	DidYouMean   []string            // with outcome None, words of the texts like those that they lack
	Lacking      []string            // with outcome None, words of the question that no text holds, as typed
}

// Excerpts returns the quotes that answer the question.
func (r Reply) Excerpts() []Excerpt {
	if r.Outcome == None {
		return nil
	}
	return r.Quotes
}

// Near returns the quotes that stand nearest to a question without an answer.
func (r Reply) Near() []Excerpt {
	if r.Outcome != None {
		return nil
	}
	return r.Quotes
}

// An Excerpt is a quote with its source.
type Excerpt struct {
	retrieval.Excerpt
	Citation string // author, title, year, section, pages, note
}

// An Answerer answers questions from the texts of a store, and from curated answers if
// it has some.
type Answerer struct {
	store          *corpus.Store
	indexes        *retrieval.Indexes
	curated        *Store             // nil without curated answers, and then without a glossary
	curatedIndexes *retrieval.Indexes // nil likewise
	log            *slog.Logger
	gauges         gauges
	glossaries     glossaries
}

// New returns an Answerer. The indexes follow the store.
func New(store *corpus.Store, indexes *retrieval.Indexes, log *slog.Logger) *Answerer {
	a := &Answerer{store: store, indexes: indexes, log: log}
	a.gauges.answerer = a
	return a
}

// WithCurated returns an Answerer that looks for a curated answer first, and uses the
// glossaries of the same store. The indexes
// follow the curated answers, and nothing else.
func (a *Answerer) WithCurated(curated *Store, indexes *retrieval.Indexes) *Answerer {
	with := New(a.store, a.indexes, a.log)
	with.curated, with.curatedIndexes = curated, indexes
	return with
}

// Ask returns the reply to a question. It returns ErrEmpty or ErrTooLong for a
// question that can't be asked; other errors are faults of the machine.
func (a *Answerer) Ask(ctx context.Context, q Question) (Reply, error) {
	if err := Check(q.Text); err != nil {
		return Reply{}, err
	}
	follows, err := a.followUp(ctx, q)
	if err != nil {
		return Reply{}, err
	}
	if follows != nil {
		return *follows, nil
	}
	return a.ask(ctx, q)
}

// ask is Ask of a question that stands alone.
func (a *Answerer) ask(ctx context.Context, q Question) (Reply, error) {
	glossary, err := a.glossaries.of(ctx, a.curated, q.Access.Guild())
	if err != nil {
		return Reply{}, fmt.Errorf("read the glossary: %w", err)
	}
	asked := retrieval.Query{Text: q.Text, Access: q.Access, Filter: q.Filter, Glossary: glossary}
	reply, err := a.fromTexts(ctx, q, asked)
	if err != nil {
		return Reply{}, err
	}
	begun := time.Now()
	curated, probability, err := a.curatedAnswer(ctx, asked)
	if err != nil {
		return Reply{}, err
	}
	reply.Times.Curated = time.Since(begun)
	if curated != nil {
		reply.setCurated(curated, probability)
	}
	return reply, nil
}

// setCurated puts a curated answer before what the texts say. Of them the best quote
// stays if it adds something and the texts answer firmly, or the answer is to a wider
// question.
func (r *Reply) setCurated(c *CuratedReply, probability float64) {
	wider := len(c.Likeness.Beyond) > 0
	stays := r.Outcome == Excerpts && (wider || !r.Hedged)
	var left []Excerpt
	if stays && r.Quotes[0].addsTo(c) {
		left = r.Quotes[:1]
	}
	r.Outcome, r.Curated, r.Confidence, r.Hedged, r.Quotes, r.Empty = ByHand, c, probability, wider, left, false
	r.SmallTalk, r.DidYouMean, r.Lacking = false, nil, nil
	if r.Language == "" {
		r.Language = c.Language
	}
}

// fromTexts is Ask without curated answers.
func (a *Answerer) fromTexts(ctx context.Context, q Question, asked retrieval.Query) (reply Reply, err error) {
	found, err := a.indexes.Search(ctx, asked, a.store)
	if err != nil {
		return Reply{}, err
	}
	reply = Reply{Outcome: None, Language: found.Language, SearchedAlso: found.SearchedAlso, Times: Times{Times: found.Times}}
	begun := time.Now()
	defer func() { reply.Times.Confidence = time.Since(begun) - reply.Times.Check }()
	if isSmallTalk(q.Text, found) {
		reply.SmallTalk, found.Excerpts = true, nil
		if !found.Told { // then the texts say nothing of who speaks
			reply.Language = talk.languageOf(q.Text)
		}
	}
	if reply.Quotes, err = a.quotes(ctx, q, found.Excerpts); err != nil {
		return Reply{}, err
	}
	reply.Times.Check = time.Since(begun)
	if len(reply.Quotes) == 0 {
		documents, err := a.store.Documents(ctx, q.Access, false)
		if reply.Empty = len(documents) == 0; reply.Empty || reply.SmallTalk || err != nil {
			return reply, err
		}
	} else if reply.Quotes[0].Reference.Document == found.Excerpts[0].Reference.Document { // else what was judged is gone
		g, err := a.gauges.of(ctx, q.Access.Guild(), found.Language, found.Passages, found.Earlier)
		if err != nil {
			return Reply{}, err
		}
		reply.judge(found.Signals, g, q.Caution)
		if reply.Outcome == Excerpts && reply.Confidence >= sure && !found.Explains {
			reply.Quotes = withoutSlight(reply.Quotes)
		}
	}
	if reply.Outcome == Excerpts {
		reply.SearchedAlso = append(reply.SearchedAlso, found.Equal...)
	}
	if reply.Outcome == None {
		if reply.DidYouMean, err = a.indexes.Near(ctx, asked, a.store); err == nil {
			reply.Lacking, err = a.indexes.Lacking(ctx, asked, a.store)
		}
	}
	return reply, err
}

// Check returns ErrEmpty or ErrTooLong for a text that can't be asked.
func Check(text string) error {
	if utf8.RuneCountInString(text) > MaxQuestion {
		return ErrTooLong
	}
	blank := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	if strings.TrimFunc(text, blank) == "" {
		return ErrEmpty
	}
	return nil
}

// quotes reads the excerpts again from the store. One that is not there any more as
// it was chosen is left out, and the log says so.
func (a *Answerer) quotes(ctx context.Context, q Question, chosen []retrieval.Excerpt) ([]Excerpt, error) {
	if q.Excerpts > 0 {
		chosen = chosen[:min(len(chosen), q.Excerpts)]
	}
	if len(chosen) == 0 {
		return nil, nil
	}
	refs := make([]corpus.Reference, len(chosen))
	for i, e := range chosen {
		refs[i] = e.Reference
	}
	again, err := a.store.Quotes(ctx, q.Access, refs)
	if err != nil {
		return nil, err
	}
	var quotes []Excerpt
	for i, e := range chosen {
		switch now := again[i]; {
		case now.Err != nil:
			a.log.Warn("excerpt dropped", "document", e.Document.ID, "ranges", e.Reference.Ranges, "err", now.Err)
			continue
		case now.Text != e.Text:
			a.log.Error("excerpt dropped: the store has another text", "document", e.Document.ID, "ranges", e.Reference.Ranges)
			continue
		}
		quotes = append(quotes, Excerpt{Excerpt: e, Citation: cite(e)})
	}
	return quotes, nil
}
