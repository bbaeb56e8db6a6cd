package extract_test

import (
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"verbatim/corpus/extract"
)

// encoded are texts as people write them, each of which is read in every encoding that
// has its characters.
var encoded = []string{
	"L’été, les élèves révisèrent à Étampes ; « déjà », répéta Noël, où çà ? L'œuvre coûte 12 €.",
	"El año pasado, ¿quién leyó «El señor»? ¡Nadie! La educación pública…",
	"Die Straße führt über Köln; „Größe“ und Übermut, schöne Äpfel.",
	"Perché la città è così; però l'università non dà più nulla.",
	"A educação não é só técnica: ações, irmãos e avós.",
	"The café’s “naïve” résumé — a cliché.",
	"Révolution",
	"ÉTUDES SUR LA RÉVOLUTION FRANÇAISE À L'ÉPOQUE",
}

func TestEncodings(t *testing.T) {
	for _, want := range encoded {
		for name, data := range map[string][]byte{
			"UTF-8":              []byte(want),
			"Windows-1252":       charmapped(charmap.Windows1252, want),
			"MacRoman":           charmapped(charmap.Macintosh, want),
			"UTF-16LE":           utf16Bytes(want, false, false),
			"UTF-16BE":           utf16Bytes(want, true, false),
			"UTF-16LE with mark": utf16Bytes(want, false, true),
			"UTF-16BE with mark": utf16Bytes(want, true, true),
		} {
			text, err := extract.File("a.txt", data, nil)
			if err != nil || text.Source != want {
				t.Errorf("%s: File(%q) = %q, %v, want %q", name, data, text.Source, err, want)
			}
		}
	}
}

// TestDamagedText: what a text lost is shown as lost; the rest is read.
func TestDamagedText(t *testing.T) {
	long := ""
	for range 20 {
		long += "L'été des élèves dura jusqu'à la rentrée. "
	}
	for _, test := range []struct{ name, data, want string }{
		{"one broken sequence", long + "\xFF fin", long + "\uFFFD fin"},
		{"cut within a character", long + "\xC3", long + "\uFFFD"},
		{"one NUL", long + long + "\x00 fin", long + long + "\uFFFD fin"},
	} {
		text, err := extract.File("a.txt", []byte(test.data), nil)
		if err != nil || text.Source != test.want {
			t.Errorf("%s: File = %q, %v, want %q", test.name, text.Source, err, test.want)
		}
	}
}

func charmapped(m *charmap.Charmap, s string) []byte {
	data, err := m.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return data
}

func utf16Bytes(s string, big, mark bool) []byte {
	units := utf16.Encode([]rune(s))
	if mark {
		units = append([]uint16{0xFEFF}, units...)
	}
	var out []byte
	for _, u := range units {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}
