package analysis

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestUsualWords: words that are in none of the lists are read as they would be by asking all of
// them, in real texts and beside all words of the lists.
func TestUsualWords(t *testing.T) {
	for code := range rules {
		l := New(code, Base{Stem: func(word string) string { return strings.TrimRight(word, "s") }, Stop: strings.Fields("une de the est")})
		text, err := os.ReadFile("testdata/" + code + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		usual := 0
		for _, text := range append(l.listed(), string(bytes.ToValidUTF8(text, nil))) {
			a := analyzer{Language: l, text: text}
			a.split()
			for i, w := range a.words {
				asked := *w.loneWord
				if asked.usual {
					usual++
				}
				asked.usual = false
				a.words[i].loneWord = &asked
			}
			for i := 0; i < len(a.words); {
				i += a.read(i)
			}
			if got := l.Analyze(text); !slices.Equal(got, a.tokens) {
				t.Errorf("%s: Analyze(%.60q) = %v, by all lists %v", code, text, got, a.tokens)
			}
		}
		if usual == 0 {
			t.Errorf("%s has no usual words", code)
		}
	}
}

// listed returns texts of the words of the lists, each between others.
func (l *Language) listed() (texts []string) {
	texts = []string{"J.-C. et P. C. au XVIII e siècle, s. XIX, 5 %, le P.C.F."}
	add := func(word string) {
		for _, w := range []string{word, strings.ToUpper(word), strings.ToUpper(word[:1]) + word[1:]} {
			texts = append(texts, fmt.Sprintf("La chose %s marche, l'%s 12 %s siècle XIV %s.", w, w, w, w))
		}
	}
	for _, list := range []Set{l.stop, l.names, l.elidedNouns, l.participle.words, l.numberHeads, l.mistakable, l.centuries, l.ranked, l.units,
		l.months, l.percentages, l.romanEndings, l.ordinalEndings} {
		for word := range list {
			add(word)
		}
	}
	for word, before := range l.meant {
		add(word)
		for b := range before {
			texts = append(texts, b+" "+word+" ici")
		}
	}
	for word := range l.cardinals {
		add(word)
	}
	for word := range l.ordinals {
		add(word)
	}
	for word := range l.decades {
		add(word)
		texts = append(texts, "Les années "+word+" et "+word+", "+word+" Jahre")
	}
	for word := range l.counts {
		texts = append(texts, "guerre de "+word+" ans, "+word+" years, "+word+" Jahre, "+word+"jähriger Krieg, "+word+"'anni")
	}
	for word := range l.namedCenturies {
		add(word)
		texts = append(texts, "nel "+word)
	}
	for n := range 120 {
		add(romanNumeral(n + 1))
	}
	add(l.per + " " + l.cent)
	add(l.per + l.cent)
	return texts
}
