package retrieval

import (
	"context"
	"slices"
)

// sharedEnding is how many letters of two words are the same at the end where they are no two
// forms of a word: these differ in their endings.
const sharedEnding = 2

// otherForm looks at a word of which the texts hold other forms, but not the one that was typed.
// They may happen not to hold it, or it is misspelt: a slip of the fingers for another form of the
// word, for a stop word, or, where that alone stands with what is asked besides, for another word.
func (r *repair) otherForm(ctx context.Context, w *questionWord) error {
	if len(w.folded) < oneWrong {
		return nil
	}
	w.lacking, r.beside = true, nil // it does not stand beside itself
	defer func() { r.beside = nil }()
	found, err := r.candidates(ctx, w, 1)
	if err != nil {
		return err
	}
	slips := slipsOf(found)
	if at := slices.IndexFunc(slips, func(c like) bool { return !c.stop && r.isForm(w, c.form) }); at >= 0 {
		if form := slips[at].form; w.folded[len(w.folded)-sharedEnding:] == form[len(form)-sharedEnding:] {
			w.folded = form
		}
		slips = nil
	}
	if len(slips) > 0 && slips[0].stop {
		r.choose(w, slips)
		return nil
	}
	if len(slips) > 0 && r.isSureBeside(w.folded, slips) {
		stands, err := r.standsBeside(ctx, w)
		if err != nil {
			return err
		}
		if !stands {
			r.choose(w, slips[:1])
			return nil
		}
	}
	w.lacking = false
	return nil
}

// isForm reports whether a form is one of a word, in a language of the texts.
func (r *repair) isForm(w *questionWord, form string) bool {
	return slices.ContainsFunc(r.asked.languages, func(code string) bool {
		term, isTerm := w.terms[code]
		return isTerm && term == languageOf(code).Term(form)
	})
}

// standsBeside reports whether a word, in any form, stands in a passage with the heaviest other
// word of the question.
func (r *repair) standsBeside(ctx context.Context, w *questionWord) (stands bool, err error) {
	if err := r.readBeside(ctx); err != nil {
		return false, err
	}
	for code, text := range w.terms {
		err := r.reader.each(term{textField(code), text}, func(number uint64) bool {
			stands = r.seen.sees(number) && r.beside[number] == r.highest
			return !stands
		})
		if stands || err != nil {
			return stands, err
		}
	}
	return false, nil
}
