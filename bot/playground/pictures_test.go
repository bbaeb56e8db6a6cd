package playground_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"verbatim/bot/playground"
	"verbatim/corpus/sample"
)

// TestPictures takes the pictures that stand in the documentation, into the folder that
// VERBATIM_PICTURES names: docs/playground.md has the command. They are of the sample notes.
func TestPictures(t *testing.T) {
	folder := os.Getenv("VERBATIM_PICTURES")
	if folder == "" {
		t.Skip("VERBATIM_PICTURES is not set")
	}
	s := newStageOn(t, map[string]fs.FS{playground.FirstGuild: sample.Notes(), playground.SecondGuild: otherTexts})
	b := newBrowserOn(t, s, 1000, 640)
	take := func(name string) {
		t.Helper()
		picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if len(picture) > 150_000 {
			t.Errorf("%s has %d bytes, want at most 150,000", name, len(picture))
		}
		if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b.is(`document.activeElement.id === "text"`)
	b.keys("/")
	b.see(".suggest:not([hidden])", "/demander", "/chercher")
	take("commands")
	b.keys(kb.Escape + kb.Backspace)
	b.ask("Qui dirigeait le Secrétariat sud-américain ?")
	b.see(".embed", "Codovilla")
	b.see(".embed a", "Lire dans le texte")
	take("answer")
	href := b.evaluate(`document.querySelector(".embed a[href*='/texts/']").href`)
	b.run(chromedp.EmulateViewport(390, 700))
	b.dark()
	b.script(`document.getElementById("messages").scrollBy(0, 9999)`)
	take("phone")
	b.light()
	b.run(chromedp.EmulateViewport(1000, 560))
	b.click("#inspect", "Look inside")
	b.see("#list-why", "score")
	take("why")
	b.click("#inspect", "")
	b.run(chromedp.EmulateViewport(1000, 640))
	b.click(".message:last-child .button", "Plus")
	b.see(".message.ephemeral", "En contexte")
	take("more")
	b.run(chromedp.EmulateViewport(1000, 640), chromedp.Navigate(href))
	b.see("mark", "Codovilla")
	b.script(`scrollTo(0, 0)`)
	take("reader")
}
