package retrieval

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"

	"verbatim/corpus"
	"verbatim/retrieval/analysis"
)

// A Reading says what a piece of a question was read as that the texts lack.
type Reading struct {
	Typed string
	Read  []string // as it stands in the texts, the likeliest first
}

// A reading is a Reading in forms of words.
type reading struct {
	typed string
	words [][]string                  // each is one or more words
	at    map[string]corpus.PassageID // where each of them stands
}

// Near returns words that texts that can be seen hold and that are most like those of a
// question that they lack, as they stand there, the likeliest first, at most five.
func (x *Indexes) Near(ctx context.Context, q Query, store *corpus.Store) ([]string, error) {
	var words []string
	err := x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
		asked, err := g.near(ctx, q, store)
		if err != nil {
			return err
		}
		readings, err := asked.shown(ctx, q.Access, store)
		for _, r := range readings {
			for _, word := range r.Read {
				if len(words) < maxNear && !slices.Contains(words, word) {
					words = append(words, word)
				}
			}
		}
		return err
	})
	return words, err
}

const maxNear = 5

// near analyses a query, with readings of all words that the texts lack.
func (g *guildIndex) near(ctx context.Context, q Query, store *corpus.Store) (*question, error) {
	reader, err := g.reader()
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	r, err := g.understand(ctx, reader, q, store)
	if err != nil {
		return nil, err
	}
	for _, form := range r.unknown {
		words, err := r.near(ctx, form)
		if err != nil {
			return nil, err
		}
		for _, word := range words {
			r.read(form, []string{word})
		}
	}
	return r.asked, r.place(ctx)
}

// place finds a passage for each word that was read.
func (r *repair) place(ctx context.Context) error {
	for i := range r.asked.readings {
		reading := &r.asked.readings[i]
		reading.at = map[string]corpus.PassageID{}
		for _, form := range slices.Concat(reading.words...) {
			id, found, err := r.passageWith(form)
			if err != nil {
				return err
			}
			if found {
				reading.at[form] = id
			}
		}
	}
	return nil
}

// passageWith returns a passage that can be seen and holds a form, or if there is none,
// another form of the same word.
func (r *repair) passageWith(form string) (id corpus.PassageID, found bool, err error) {
	w := r.asked.newWord(form, form)
	number, found, err := r.firstWith(wordField, form)
	for _, code := range r.asked.languages {
		if term, isTerm := w.terms[code]; isTerm && !found && err == nil {
			number, found, err = r.firstWith(textField(code), term)
		}
	}
	if err != nil || !found {
		return id, false, err
	}
	id, err = r.idOf(number)
	return id, err == nil, err
}

// idOf names the passage that has a number.
func (r *repair) idOf(number uint64) (id corpus.PassageID, err error) {
	name, err := r.reader.ExternalID(index.NewIndexInternalID(nil, number))
	if err == nil {
		id.Document, id.Ordinal, err = splitID(name)
	}
	return id, err
}

// firstWith returns the number of the first passage that can be seen and holds a term.
func (r *repair) firstWith(field, text string) (number uint64, found bool, err error) {
	err = r.reader.each(term{field, text}, func(n uint64) bool {
		number, found = n, r.seen.sees(n)
		return !found
	})
	return number, found, err
}

// shown returns the readings with the words as they stand in the texts. What is gone
// from the store meanwhile is left out.
func (q *question) shown(ctx context.Context, access corpus.Access, store *corpus.Store) ([]Reading, error) {
	var ids []corpus.PassageID
	for _, r := range q.readings {
		for _, id := range r.at {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	passages, err := store.Passages(ctx, access, ids)
	if err != nil {
		return nil, err
	}
	texts := map[corpus.PassageID]string{}
	for _, p := range passages {
		all := slices.Concat(p.Texts, p.Section, []string{p.Document.Title})
		texts[corpus.PassageID{Document: p.Document.ID, Ordinal: p.Ordinal}] = strings.Join(all, "\n")
	}
	var shown []Reading
	for _, r := range q.readings {
		now := Reading{Typed: r.typed}
		for _, words := range r.words {
			var standing []string
			for _, form := range words {
				if word := q.standing(form, texts[r.at[form]]); word != "" {
					standing = append(standing, word)
				}
			}
			if phrase := strings.Join(standing, " "); len(standing) == len(words) && !slices.Contains(now.Read, phrase) {
				now.Read = append(now.Read, phrase)
			}
		}
		if len(now.Read) > 0 {
			shown = append(shown, now)
		}
	}
	return shown, nil
}

// standing returns a word as it stands in a text, in lower case where it does so once,
// "" if it does not stand there.
func (q *question) standing(form, text string) string {
	same, akin := "", ""
	for _, code := range q.languages {
		term := languageOf(code).Term(form)
		for _, t := range Analyze(code, text) {
			word := analysis.Plain(text[t.Start:t.End])
			switch {
			case foldsTo(word, form):
				if first, _ := utf8.DecodeRuneInString(word); same == "" || unicode.IsLower(first) {
					same = word
				}
			case akin == "" && t.Term == term:
				akin = word
			}
		}
	}
	if same == "" {
		return akin
	}
	return same
}
