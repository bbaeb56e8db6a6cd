package reader

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/answers"
	"verbatim/corpus"
)

// A view is what a page shows.
type view struct {
	Words   words
	Refusal string // nothing else is shown then

	Title    string
	About    string // author, date
	Section  string // of the quote
	Language string // of the text
	Original string // address of the text elsewhere
	Limited  string // why so little is shown

	Parts  [][]paragraph // with a jump between them
	Notes  []note        // that are called here and stand elsewhere
	Before string        // address of the text before
	After  string

	Place          string // which of the quotes is shown
	Previous, Next string // addresses of the others
}

// Start and End report whether the text begins or ends on this page.
func (v view) Start() bool { return v.Before == "" && v.Limited == "" }

// End reports whether the text ends on this page.
func (v view) End() bool { return v.After == "" && v.Limited == "" }

// A note is the body of a footnote below the text.
type note struct {
	ID, Call int
	Label    string
	Text     string
}

// How much of a text one page shows, in bytes, and within how much of its ends it is cut at
// the end of a paragraph.
const (
	bytesBefore = 6 << 10
	bytesAfter  = 10 << 10
	pageBytes   = bytesBefore + bytesAfter
	slack       = 3 << 10
)

// view finds what the page of a link shows. It returns errNoLink, errExpired,
// corpus.ErrNotFound or corpus.ErrStale where nothing is to be shown.
func (r *Reader) view(ctx context.Context, token string, request *http.Request) (view, error) {
	l, err := r.read(token)
	if err != nil {
		return view{}, err
	}
	access := corpus.Everything(l.ground.Guild)
	if !l.ground.Everything {
		if access, err = r.options.Texts.AccessOf(ctx, l.ground.Guild, l.ground.Asker); err != nil {
			return view{}, err
		}
	}
	limits, err := r.options.Texts.QuoteLimits(ctx, access)
	if err != nil {
		return view{}, err
	}
	o := opening{reader: r, ctx: ctx, access: access, link: l, query: request.URL.Query(), words: wordsFor(request)}
	head, err := o.window(corpus.Range{})
	if err != nil {
		return view{}, err
	}
	o.document = head.Document
	o.hit = min(max(number(o.query, "hit"), 1), len(l.quotes))
	v := o.head()
	if most := limits.Most(o.document); most > 0 {
		err = o.limited(&v, most)
	} else {
		err = o.whole(&v)
	}
	return v, err
}

// An opening is one use of a link.
type opening struct {
	reader   *Reader
	ctx      context.Context
	access   corpus.Access
	link     link
	query    url.Values
	words    words
	document corpus.Document
	hit      int // which of the quotes, from 1
}

// window reads a part of the text, which is of the revision that the link is for: it may be
// replaced between two parts.
func (o *opening) window(r corpus.Range) (corpus.Window, error) {
	w, err := o.reader.options.Texts.Window(o.ctx, o.access, o.link.document, r)
	if err == nil && shortRevision(w.Document.Revision) != o.link.revision {
		return corpus.Window{}, corpus.ErrStale
	}
	return w, err
}

// number returns a number of a query, -1 for none.
func number(query url.Values, name string) int {
	n, err := strconv.Atoi(query.Get(name))
	if err != nil || n < 0 {
		return -1
	}
	return n
}

func (o *opening) head() view {
	d := o.document
	v := view{Words: o.words, Title: answers.Title(d), Language: d.Language}
	v.About = strings.Join(slices.DeleteFunc([]string{d.Author, d.Date}, func(s string) bool { return s == "" }), ", ")
	if link, err := url.Parse(d.Link); err == nil && (link.Scheme == "https" || link.Scheme == "http") {
		v.Original = d.Link
	}
	if n := len(o.link.quotes); n > 0 {
		v.Place = o.words.quote(o.hit, n)
	}
	quote := func(n int) string { return fmt.Sprintf("?hit=%d#quote", n) }
	if o.hit > 1 {
		v.Previous = quote(o.hit - 1)
	}
	if o.hit < len(o.link.quotes) {
		v.Next = quote(o.hit + 1)
	}
	return v
}

// quoted returns the ranges of the quote that is shown, and all that lies between them.
func (o *opening) quoted() ([]corpus.Range, corpus.Range) {
	ranges := o.link.quotes[o.hit-1]
	return ranges, corpus.Range{Start: ranges[0].Start, End: ranges[len(ranges)-1].End}
}

// whole shows some pages of the text, with the way to those before and after.
func (o *opening) whole(v *view) error {
	from, to := number(o.query, "from"), number(o.query, "to")
	_, quote := o.quoted()
	asked, start, end := corpus.Range{Start: max(0, quote.Start-bytesBefore), End: quote.End + bytesAfter}, true, true
	switch { // an end that the page beside this one has set stays
	case from >= 0:
		asked, start = corpus.Range{Start: from, End: from + pageBytes}, false
	case to >= 0:
		asked, end = corpus.Range{Start: max(0, to-pageBytes), End: to}, false
	}
	w, err := o.window(asked)
	if err != nil {
		return err
	}
	w = w.Cut(settle(w, start, end))
	if w.Start > 0 {
		v.Before = fmt.Sprintf("?to=%d#end", w.Start)
	}
	if w.End < w.Document.Bytes {
		v.After = fmt.Sprintf("?from=%d", w.End)
	}
	if from >= 0 || to >= 0 {
		v.Place = ""
		v.Previous, v.Next = "", fmt.Sprintf("?hit=%d#quote", o.hit)
	}
	v.Section = sectionAt(w, quote.Start)
	v.Parts = [][]paragraph{o.render(w)}
	v.Notes, err = o.notes(w)
	return err
}

// settle returns the range of a window without what is cut at its ends: paragraphs, or
// else lines, or else characters.
func settle(w corpus.Window, start, end bool) corpus.Range {
	r := w.Range
	if start && r.Start > 0 {
		r.Start += behind(w.Text[:min(slack, len(w.Text))])
	}
	if end && r.End < w.Document.Bytes {
		tail := w.Text[max(0, len(w.Text)-slack):]
		switch i := max(strings.LastIndex(tail, "\n\n")+1, strings.LastIndex(tail, "\n")); {
		case strings.Contains(tail, "\n\n"):
			r.End -= len(tail) - strings.LastIndex(tail, "\n\n") - 2
		case i >= 0:
			r.End -= len(tail) - i - 1
		}
	}
	return characters(w, r)
}

// behind returns where the first paragraph of a text begins, or else its first line.
func behind(text string) int {
	if i := strings.Index(text, "\n\n"); i >= 0 {
		return i + 2
	}
	return strings.Index(text, "\n") + 1
}

// characters narrows a range of a window to whole characters.
func characters(w corpus.Window, r corpus.Range) corpus.Range {
	for r.Start < r.End && !utf8.RuneStart(w.Text[r.Start-w.Start]) {
		r.Start++
	}
	for n := 1; n < utf8.UTFMax && r.End-n >= r.Start; n++ { // the last character may lack bytes
		if tail := w.Text[r.End-n-w.Start : r.End-w.Start]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRuneInString(tail) {
				r.End -= n
			}
			break
		}
	}
	return r
}

// mostLimited bounds what a quote limit lets one page show.
const mostLimited = 8000

// limited shows the quote with no more around it than makes up a number of characters.
func (o *opening) limited(v *view, most int) error {
	v.Limited = o.words.limited(most)
	most = min(most, mostLimited)
	ranges, quote := o.quoted()
	w, err := o.window(corpus.Range{Start: max(0, quote.Start-utf8.UTFMax*most), End: min(quote.End, quote.Start+corpus.MaxWindow/2) + utf8.UTFMax*most})
	if err != nil {
		return err
	}
	w = w.Cut(characters(w, w.Range))
	v.Section = sectionAt(w, quote.Start)
	if quote.End > w.End || utf8.RuneCountInString(w.Text[quote.Start-w.Start:quote.End-w.Start]) > most {
		for _, r := range first(w, ranges, most) {
			v.Parts = append(v.Parts, o.render(w.Cut(r)))
		}
		return nil
	}
	v.Parts = [][]paragraph{o.render(w.Cut(widen(w, quote, most)))}
	return nil
}

// first returns the ranges as far as they hold so many characters.
func first(w corpus.Window, ranges []corpus.Range, most int) []corpus.Range {
	var kept []corpus.Range
	for _, r := range ranges {
		if r.End > w.End || most <= 0 {
			break
		}
		end := r.Start
		for end < r.End && most > 0 {
			_, n := utf8.DecodeRuneInString(w.Text[end-w.Start:])
			end += n
			most--
		}
		kept = append(kept, corpus.Range{Start: r.Start, End: end})
	}
	return kept
}

// widen returns a range with as much on both sides as makes up so many characters, in whole
// words.
func widen(w corpus.Window, r corpus.Range, most int) corpus.Range {
	room := most - utf8.RuneCountInString(w.Text[r.Start-w.Start:r.End-w.Start])
	before, after := w.Text[:r.Start-w.Start], w.Text[r.End-w.Start:]
	start := len(before)
	for n := room / 2; n > 0 && start > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(before[:start])
		start -= size
		room--
	}
	if i := strings.IndexFunc(before[start:], unicode.IsSpace); start > 0 && i >= 0 {
		start += i
	} else if start > 0 {
		start = len(before)
	}
	end := 0
	for ; room > 0 && end < len(after); room-- {
		_, size := utf8.DecodeRuneInString(after[end:])
		end += size
	}
	if end < len(after) {
		end = strings.LastIndexFunc(after[:end], unicode.IsSpace) + 1
	}
	return corpus.Range{Start: w.Start + start, End: r.End + end}
}

// sectionAt returns the section of an offset.
func sectionAt(w corpus.Window, at int) string {
	for _, p := range w.Passages {
		if p.Start() <= at && at < p.End() {
			return strings.Join(p.Section, " › ")
		}
	}
	return ""
}

// notes returns the notes that are called in a window and whose bodies stand elsewhere.
func (o *opening) notes(w corpus.Window) ([]note, error) {
	var ids []corpus.PassageID
	calls := map[int]corpus.Call{}
	for _, p := range w.Passages {
		for _, c := range p.Calls {
			isHere := slices.ContainsFunc(w.Passages, func(p corpus.Passage) bool { return p.Ordinal == c.Note })
			if _, known := calls[c.Note]; c.Note >= 0 && !isHere && !known && c.At >= w.Start && c.At < w.End {
				calls[c.Note] = c
				ids = append(ids, corpus.PassageID{Document: o.document.ID, Ordinal: c.Note})
			}
		}
	}
	found, err := o.reader.options.Texts.Passages(o.ctx, o.access, ids)
	var all []note
	for _, f := range found {
		all = append(all, note{ID: f.Ordinal, Call: calls[f.Ordinal].At, Label: f.Note, Text: strings.Join(f.Texts, " ")})
	}
	return all, err
}
