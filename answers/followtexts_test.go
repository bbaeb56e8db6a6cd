package answers_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/corpus"
)

const (
	canals = "Les éclusiers logent dans une maison basse au bord de l'eau.[^1] La compagnie la reprend quand ils partent.\n\n" +
		"Les mariniers attendent parfois trois jours que l'eau monte assez dans le bief.\n\n[^1]: Voir le rapport de l'ingénieur en chef."
	keeper = "Les éclusiers logent dans une maison basse au bord de l'eau."
)

// docx returns a Word file with these paragraphs.
func docx(t *testing.T, paragraphs ...string) string {
	t.Helper()
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	add := func(name, text string) {
		w, err := archive.Create(name)
		must(t, err)
		_, err = w.Write([]byte(text))
		must(t, err)
	}
	add("[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)
	add("word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>`+
		strings.Join(paragraphs, `</w:t></w:r></w:p><w:p><w:r><w:t>`)+`</w:t></w:r></w:p></w:body></w:document>`)
	must(t, archive.Close())
	return file.String()
}

// TestFollowTexts: when a text is replaced, by another format of it too, curated answers show
// the quotes that it still has, word for word, and the others wait for a moderator.
func TestFollowTexts(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		quote            string
		want             string // that is shown of it, "" for nothing
		then             answers.QuotesFollowed
	}{
		{"the same", "a.md", canals, keeper, keeper, answers.QuotesFollowed{}},
		{"something before it", "a.md", "Une préface.\n\n" + canals, keeper, keeper, answers.QuotesFollowed{Taken: 1}},
		{"plain text with other lines", "a.txt", "48\n\nLes éclusiers logent dans une mai-\nson basse au bord\nde l'eau.¹ La compagnie la reprend quand ils\npartent.\n\n1. Voir le rapport.",
			keeper, keeper, answers.QuotesFollowed{Taken: 1}},
		{"HTML with other apostrophes", "a.html", "<h1>Canaux</h1><p>Les éclusiers logent dans une maison basse au bord de l’eau. La compagnie la reprend.</p>",
			keeper, strings.ReplaceAll(keeper, "'", "’"), answers.QuotesFollowed{Taken: 1}},
		{"Word", "a.docx", docx(t, "Canaux", "Les éclusiers logent dans une maison basse au bord de l’eau. La compagnie la reprend."),
			keeper, strings.ReplaceAll(keeper, "'", "’"), answers.QuotesFollowed{Taken: 1}},
		{"over a call that is gone", "a.html", "<h1>Canaux</h1><p>Les éclusiers logent dans une maison basse au bord de l'eau. La compagnie la reprend quand ils partent.</p>",
			keeper + " La compagnie la reprend quand ils partent.", keeper + " La compagnie la reprend quand ils partent.", answers.QuotesFollowed{Taken: 1}},
		{"a note", "a.md", "Une préface.\n\n" + canals, "Voir le rapport de l'ingénieur en chef.", "Voir le rapport de l'ingénieur en chef.", answers.QuotesFollowed{Taken: 1}},
		{"other words", "a.md", strings.Replace(canals, "basse", "haute", 1), keeper, "", answers.QuotesFollowed{Stale: 1}},
		{"another text", "a.md", "Tout autre chose.", keeper, "", answers.QuotesFollowed{Stale: 1}},
		{"words that go on", "a.md", "Au sud, au bord de l'eaux. Les éclusiers logent au bord de l'eau.", "au bord de l'eau", "au bord de l'eau", answers.QuotesFollowed{Taken: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachDesk(t, func(t *testing.T, d desk) {
				doc := putText(t, d.texts, "a.md", canals)
				c := content("Où logent les éclusiers ?", "Au bord de l'eau.")
				source := quoteOf(doc, test.quote)
				if strings.Contains(test.quote, "compagnie") { // given by its place, over the call
					text, err := d.texts.Text(t.Context(), everything, doc.ID, corpus.Range{End: doc.Bytes})
					must(t, err)
					first := strings.Index(text, keeper)
					second := strings.Index(text, "La compagnie")
					source = answers.Source{Reference: corpus.Reference{Document: doc.ID, Revision: doc.Revision, Ranges: []corpus.Range{
						{Start: first, End: first + len(keeper)}, {Start: second, End: second + len("La compagnie la reprend quand ils partent.")}}}}
				}
				c.Sources = []answers.Source{source}
				a := add(t, d.curated, guild, c)
				draft, err := corpus.Read(corpus.File{Name: test.file, Data: []byte(test.text)})
				must(t, err)
				draft.Name = "a.md"
				_, err = d.texts.Put(t.Context(), guild, []corpus.Draft{draft}, true)
				must(t, err)
				got, err := d.curated.FollowTexts(t.Context(), guild)
				must(t, err)
				if got != test.then {
					t.Errorf("FollowTexts = %+v, want %+v; stale are %q", got, test.then, d.fates(t, everything, true))
				}
				now, err := d.curated.Curated(t.Context(), everything, a.ID)
				must(t, err)
				if shown := strings.Join(d.shownOf(t, now), "|"); shown != test.want {
					t.Errorf("a reply shows %q, want %q", shown, test.want)
				}
				if again, err := d.curated.FollowTexts(t.Context(), guild); err != nil || again.Taken != 0 {
					t.Errorf("again FollowTexts = %+v, %v, want nothing taken", again, err)
				}
			})
		})
	}
}

// TestOmissionInText: a text may itself have the sign of what is left out, and quotes of it
// are found and followed.
func TestOmissionInText(t *testing.T) {
	const quote = "[…] La compagnie […] reprend la maison."
	eachDesk(t, func(t *testing.T, d desk) {
		doc := putText(t, d.texts, "a.md", "Les éclusiers partent. "+quote+" Ils reviennent.")
		c := content("Qui reprend la maison ?", "La compagnie.")
		c.Sources = []answers.Source{quoteOf(doc, quote)}
		a := add(t, d.curated, guild, c)
		putText(t, d.texts, "a.md", "Une préface.\n\nLes éclusiers partent. "+quote+" Ils reviennent.")
		got, err := d.curated.FollowTexts(t.Context(), guild)
		must(t, err)
		now, err := d.curated.Curated(t.Context(), everything, a.ID)
		must(t, err)
		if shown := strings.Join(d.shownOf(t, now), "|"); got.Taken != 1 || shown != quote {
			t.Errorf("FollowTexts = %+v, a reply shows %q, want %q", got, shown, quote)
		}
		putText(t, d.texts, "a.md", "Tout autre chose.")
		if got, err := d.curated.FollowTexts(t.Context(), guild); err != nil || got.Stale != 1 {
			t.Errorf("FollowTexts = %+v, %v, want one stale", got, err)
		}
	})
}
