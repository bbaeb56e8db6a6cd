package playground

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// Texts are the documents of the guilds.
type Texts interface {
	Document(ctx context.Context, access corpus.Access, id string) (corpus.Document, error)
	Text(ctx context.Context, access corpus.Access, document string, r corpus.Range) (string, error)
}

var _ Texts = (*corpus.Store)(nil)

// textView is a source text, cut where quotes begin and end.
type textView struct {
	Title  string      `json:"title"`
	Pieces []pieceView `json:"pieces"`
}

type pieceView struct {
	Text   string `json:"text"`
	Quoted bool   `json:"quoted"`
}

// text returns the source text of a document with the quoted ranges set apart. Who looks
// inside sees all of a guild that the person is in.
func (p *Playground) text(person *fakediscord.Person, r *http.Request) (any, error) {
	asked := r.URL.Query()
	guild := asked.Get("guild")
	isIn := false
	for _, g := range person.Guilds() {
		isIn = isIn || g.ID == guild
	}
	if !isIn || p.texts == nil {
		return nil, errors.New("there is no such text")
	}
	access := corpus.Everything(guild)
	document, err := p.texts.Document(r.Context(), access, asked.Get("document"))
	if err != nil {
		return nil, err
	}
	whole, err := p.texts.Text(r.Context(), access, document.ID, corpus.Range{End: document.Bytes})
	if err != nil {
		return nil, err
	}
	return textView{answers.Title(document), pieces(whole, asked["range"])}, nil
}

// pieces cuts a text at ranges of the form "12-40", which ascend; others are left out.
func pieces(text string, ranges []string) []pieceView {
	var all []pieceView
	add := func(text string, quoted bool) {
		if text != "" {
			all = append(all, pieceView{text, quoted})
		}
	}
	at := 0
	for _, one := range ranges {
		first, last, _ := strings.Cut(one, "-")
		start, startErr := strconv.Atoi(first)
		end, endErr := strconv.Atoi(last)
		if errors.Join(startErr, endErr) != nil || start < at || end < start || end > len(text) {
			continue
		}
		add(text[at:start], false)
		add(text[start:end], true)
		at = end
	}
	add(text[at:], false)
	return all
}
