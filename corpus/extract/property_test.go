package extract_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/corpus/extract"
)

// TestMixedPieces: whatever pieces of texts stand together, the marks are sound and
// nothing but furniture is lost.
func TestMixedPieces(t *testing.T) {
	var pieces []string
	for _, s := range fixtures(t, "*.txt") {
		if !strings.HasPrefix(s, "---") && !strings.Contains(s, "<!--") {
			pieces = append(pieces, strings.SplitAfter(s, "\n")...)
		}
	}
	pieces = append(pieces, "\n", "\n\n", "\f", "1\n", "2\n", "¹\n", " ", "-\n")
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 80).Draw(t, "text"), "")
		text, err := extract.File("a.txt", []byte(source), nil)
		if err != nil {
			t.SkipNow()
		}
		checkText(t, text)
		checkNothingLost(t, text)
	})
}

// TestTornFixtures: the same holds for texts of which lines are missing, come twice or
// have changed places.
func TestTornFixtures(t *testing.T) {
	texts := fixtures(t, "*.txt")
	rapid.Check(t, func(t *rapid.T) {
		lines := strings.SplitAfter(rapid.SampledFrom(texts).Draw(t, "text"), "\n")
		for range rapid.IntRange(1, 6).Draw(t, "changes") {
			i := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
			j := rapid.IntRange(0, len(lines)-1).Draw(t, "other")
			switch rapid.IntRange(0, 3).Draw(t, "change") {
			case 0:
				lines[i] = ""
			case 1:
				lines[i] += lines[j]
			case 2:
				lines[i], lines[j] = lines[j], lines[i]
			case 3:
				lines[i] = strings.TrimSuffix(lines[i], "\n")
			}
		}
		text, err := extract.File("a.txt", []byte(strings.Join(lines, "")), nil)
		if err != nil {
			t.SkipNow()
		}
		checkText(t, text)
	})
}

// TestPlainSentences: a text of sentences without digits has neither pages nor notes,
// and nothing of it is skipped.
func TestPlainSentences(t *testing.T) {
	word := rapid.SampledFrom(strings.Fields(`la laine des tisserands fut vendue au marché par leurs familles quand vint
		printemps et que rivière dégelée reprit son cours dans toute vallée où on attendait depuis longtemps`))
	sentence := rapid.Custom(func(t *rapid.T) string {
		words := rapid.SliceOfN(word, 3, 25).Draw(t, "words")
		end := rapid.SampledFrom([]string{".", " !", "…", " ».", ".)"}).Draw(t, "end")
		return "Or " + strings.Join(words, " ") + end
	})
	paragraph := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(sentence, 1, 8).Draw(t, "sentences"), " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOfN(paragraph, 1, 12).Draw(t, "paragraphs"), "\n\n")
		text, err := extract.File("a.txt", []byte(source), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(text.Pages)+len(text.Notes)+len(text.Calls)+len(text.Skipped)+len(text.Headings) > 0 {
			t.Fatalf("File(%q) has the marks %s", source, render(text))
		}
	})
}
