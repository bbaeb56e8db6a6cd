package retrieval_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"verbatim/retrieval"
)

func terms(language, text string) []string {
	var found []string
	for _, t := range retrieval.Analyze(language, text) {
		found = append(found, t.Term)
	}
	return found
}

// TestSameTerms has pairs of wordings that must be indexed alike.
func TestSameTerms(t *testing.T) {
	tests := []struct{ language, one, other string }{
		{"fr", "l'État", "etat"},
		{"fr", "L’ÉTAT", "État"},
		{"fr", "qu'il aujourd'hui", "aujourd’hui"},
		{"fr", "jusqu'au congrès", "Congres"},
		{"fr", "Noël âme prêt œuvre", "noel ame pret oeuvre"},
		{"fr", "re\u0301volution", "révolution"},
		{"fr", "élections primaires", "election primaire"},
		{"fr", "journaux", "journal"},
		{"fr", "Humbert-Droz", "Humbert Droz"},
		{"fr", "partis¹", "parti"},
		{"fr", "révo\u00ADlution", "révolution"},
		{"fr", "ﬁn de siècle", "fin siecle"},
		{"es", "las revoluciones", "revolucion"},
		{"es", "¿Quién fundó la revista?", "fundo revista"},
		{"en", "Lenin's theories", "Lenin theory"},
		{"en", "founded", "founding"},
		{"en", "doesn't matter", "matter"},
		{"de", "Die Straße", "strasse"},
		{"it", "dell'Internazionale", "internazionale"},
		{"xx", "Ελλάδα", "ελλαδα"},
	}
	for _, test := range tests {
		one, other := terms(test.language, test.one), terms(test.language, test.other)
		if !slices.Equal(one, other) || len(one) == 0 {
			t.Errorf("Analyze(%s, %q) = %q, Analyze(%q) = %q, want the same", test.language, test.one, one, test.other, other)
		}
	}
}

// TestDifferentTerms has pairs that must not be confused.
func TestDifferentTerms(t *testing.T) {
	tests := []struct{ language, one, other string }{
		{"fr", "né", "ne"},
		{"fr", "XVIIe", "XVIIIe"},
		{"fr", "XXe", "Xe"},
		{"fr", "été", "est"},
		{"fr", "1917", "1971"},
	}
	for _, test := range tests {
		if one, other := terms(test.language, test.one), terms(test.language, test.other); slices.Equal(one, other) {
			t.Errorf("Analyze(%s, %q) = %q = Analyze(%q), want them different", test.language, test.one, one, test.other)
		}
	}
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
		text := rapid.StringOf(rapid.RuneFrom([]rune("aeéEÉœßlLdqu sS'’.-\u0301\u00A0\u00AD«»12😀日م\u200f\n"))).Draw(t, "text")
		language := rapid.SampledFrom([]string{"fr", "es", "en", "de", "it", "pt", "und"}).Draw(t, "language")
		at := 0
		for _, token := range retrieval.Analyze(language, text) {
			if token.Start < at || token.End <= token.Start || token.End > len(text) {
				t.Fatalf("token %+v after %d in %q", token, at, text)
			}
			word := text[token.Start:token.End]
			if !utf8.ValidString(word) || strings.ContainsFunc(word, unicode.IsSpace) || token.Term == "" {
				t.Fatalf("token %+v of %q is %q", token, text, word)
			}
			at = token.End
		}
	})
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
