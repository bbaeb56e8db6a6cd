package analysis_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"verbatim/retrieval"
	"verbatim/retrieval/analysis"
)

func terms(language, text string) []string {
	var found []string
	for _, t := range retrieval.Analyze(language, text) {
		found = append(found, t.Term)
	}
	return found
}

// TestForms reads testdata/LANGUAGE.txt: lines of forms that find each other,
// and do not find what stands after ≠.
func TestForms(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 6 {
		t.Fatalf("files of forms: %v, %v", files, err)
	}
	for _, file := range files {
		language := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(language, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
					testForms(t, language, line)
				}
			}
		})
	}
}

func testForms(t *testing.T, language, line string) {
	same, other, _ := strings.Cut(line, "≠")
	forms := strings.Split(same, "=")
	for _, form := range forms {
		for _, with := range forms {
			if !finds(language, form, with) || !finds(language, form, norm.NFD.String(with)) {
				t.Errorf("%s: %q %q does not find %q %q", language, form, show(language, form), with, show(language, with))
			}
		}
		for with := range strings.SplitSeq(other, "≠") {
			if other != "" && finds(language, form, with) {
				t.Errorf("%s: %q %q finds %q %q", language, form, show(language, form), with, show(language, with))
			}
		}
	}
}

// none stands for a text without words.
const none = "∅"

// finds reports whether a text holds each word of a question in one form or another,
// or neither has any.
func finds(language, question, text string) bool {
	words, held := analyze(language, question), map[string]bool{}
	for _, token := range analyze(language, text) {
		held[token.Term] = true
	}
	if len(words) == 0 {
		return len(held) == 0
	}
	for _, word := range words {
		found := word.Also || held[word.Term] || slices.ContainsFunc(words, func(also analysis.Token) bool {
			return also.Also && held[also.Term] && also.Start <= word.Start && word.End <= also.End
		})
		if !found {
			return false
		}
	}
	return true
}

func analyze(language, text string) []analysis.Token {
	if strings.TrimSpace(text) == none {
		return nil
	}
	return retrieval.Analyze(language, strings.TrimSpace(text))
}

func show(language, text string) []string {
	if strings.TrimSpace(text) == none {
		return nil
	}
	return terms(language, text)
}

func TestStopWords(t *testing.T) {
	for language, text := range map[string]string{
		"fr": "Qu'est-ce que c'est que la, le et les ? Comment, pourquoi, où, quand était-il",
		"es": "¿Qué es lo que no está en la de los?",
		"en": "What is the of and how was it, who's that?",
	} {
		if got := terms(language, text); len(got) > 0 {
			t.Errorf("Analyze(%s, %q) = %q, want nothing", language, text, got)
		}
	}
}

// TestTokenOffsets: whatever the text, tokens are words of it, in order, and their
// offsets lie on character boundaries.
func TestTokenOffsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SampledFrom(strings.Split("a e é E É œ ß l L ' ’ . , - – \u0301 \u00A0 \u00AD \u200B « 1 2 000 1914 % ° º ᵉ XVI v Ie e siècle "+
			"₂ ² km années 70 quatre vingt seventies novecento dix huitième anti pour cent est ne t il Louis tome s 😀 日 م ﬁ Ｘ \u200f \n \xff", " "))
		text := strings.Join(rapid.SliceOf(rapid.OneOf(pieces, rapid.Just(" "))).Draw(t, "text"), "")
		checkTokens(t, rapid.SampledFrom(languages).Draw(t, "language"), text)
	})
}

var languages = []string{"fr", "es", "en", "de", "it", "pt", "und"}

func FuzzAnalyze(f *testing.F) {
	for _, seed := range []string{
		"l'U.R.S.S. au XVIIIᵉ siècle", "80\u202F000 %", "Humbert-Droz-", "a-t-il", "VI° 18 ème e", "re\u0301vo\u00ADlution",
		"ŉ'ﬁ Ⅷ １９１７", "1914-18.", "\xffé\xc3", "I. L'", "dix-huit-ième", "%%", "1.º", "s. X", "İI", "ẞe",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, language := range languages {
			checkTokens(t, language, text)
		}
	})
}

// checkTokens checks that tokens stand in order on whole characters of a text, and that
// the further forms cover only what goes before them.
func checkTokens(t interface{ Fatalf(string, ...any) }, language, text string) {
	end, position := 0, 0
	var before []analysis.Token
	for _, token := range retrieval.Analyze(language, text) {
		if token.Term == "" || token.Start < 0 || token.End <= token.Start || token.End > len(text) {
			t.Fatalf("token %+v of %q", token, text)
		}
		if !onBoundary(text, token.Start) || !onBoundary(text, token.End) {
			t.Fatalf("token %+v of %q is %q", token, text, text[token.Start:token.End])
		}
		if token.Also {
			covers := slices.ContainsFunc(before, func(b analysis.Token) bool {
				return !b.Also && b.Start >= token.Start && b.End <= token.End && b.Position >= token.Position
			})
			if !covers || token.End < end {
				t.Fatalf("token %+v of %q stands beside none", token, text)
			}
		} else if token.Start < end || token.Position <= position {
			t.Fatalf("token %+v after %d, position %d, in %q", token, end, position, text)
		} else {
			position = token.Position
		}
		end = token.End
		before = append(before, token)
	}
}

// onBoundary reports whether no character is cut at an offset: no byte sequence, and no
// letter from the accent on it.
func onBoundary(text string, at int) bool {
	for i, r := range text {
		if i == at {
			return !unicode.Is(unicode.Mn, r)
		}
	}
	return at == len(text)
}

// TestFoldingKeepsTerms: without accents, a French word is still indexed alike.
func TestFoldingKeepsTerms(t *testing.T) {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(s))
	}
	text := `Les élections législatives de 1993 amenèrent le Premier secrétaire à démissionner ; après la défaite,
		la création d'une coalition européenne fut envisagée, révélée par l'Assemblée, et l'âpreté des débats grandit.`
	if got, want := terms("fr", plain(text)), terms("fr", text); !slices.Equal(got, want) {
		t.Errorf("without accents %q, want %q", got, want)
	}
}
