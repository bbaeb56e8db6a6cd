package playground_test

import (
	"fmt"
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
	take := func(name string) { b.take(folder, name) }
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

// TestPicturesModerate is TestPictures for what moderators do.
func TestPicturesModerate(t *testing.T) {
	folder := os.Getenv("VERBATIM_PICTURES")
	if folder == "" {
		t.Skip("VERBATIM_PICTURES is not set")
	}
	s := newStageOn(t, map[string]fs.FS{playground.FirstGuild: sample.Notes(), playground.SecondGuild: otherTexts})
	b := newBrowserOn(t, s, 860, 560)
	take := func(name string) {
		t.Helper()
		b.script(`document.getElementById("messages").scrollTo(0, 99999)`)
		b.take(folder, name)
	}
	b.choose("#locale", "en-US")
	b.command("/propose", "")
	b.see("dialog", "Propose an answer")
	b.keys("When is the library open?" + kb.Tab + "On **weekdays** from 9 to 19, on Saturdays from 10 to 16." + kb.Tab + "opening hours of the library")
	b.click("dialog [type=submit]", "Submit")
	b.click(".message.ephemeral .button", "Send to the moderators")
	b.see(".message.ephemeral", "Thank you")
	b.command("/ask", "How many plums ripen behind the gymnasium?")
	b.see(".message", "The texts do not answer")

	b.choose("#as", moderator)
	b.command("/review", "")
	b.see(".message.ephemeral", "When is the library open?")
	take("review")
	b.command("/questions", "")
	b.see(".message.ephemeral", "How many plums ripen behind the gymnasium?")
	b.click(".message.ephemeral .button", "Answer")
	b.see("dialog", "Answer the question")
	b.keys(kb.Tab + "**Forty**, in a good year.")
	b.click("dialog [type=submit]", "Submit")
	b.see(".message.ephemeral", "Preview", "Forty")
	take("preview")
	b.command("/corpus add", "")
	b.script(`(() => {
		const files = new DataTransfer();
		files.items.add(new File(["---\ntitle: Lecture on the July Days\nauthor: A. Rosmer\ncourse: Revolution\n---\n\n<!-- page 1 -->\n\n# The demonstration\n\nThe demonstration begins in the Vyborg district.[^1] The machine gunners call it.\n\n<!-- page 2 -->\n\n# What follows\n\nThe soviet refuses the power that it is offered.\n\n[^1]: On the evening of 3 July.\n\n[^2]: Compare the lecture before.\n"], "july-days.md"));
		document.querySelector("#composer input[type=file]").files = files.files;
	})()`)
	b.click("#composer [type=submit]", "Send /corpus add")
	b.see(".message.ephemeral .button", "Add to the texts")
	take("report")
	b.command("/settings", "")
	b.see(".message.ephemeral", "Settings of this server")
	for _, value := range []string{"excerpts", "2"} {
		b.is(fmt.Sprintf(`document.querySelector(".message:last-child select option[value='%s']")`, value))
		b.choose(".message:last-child select", value)
	}
	b.click(".message:last-child .button", "All settings")
	b.see(".message.ephemeral", "Changed here")
	b.run(chromedp.EmulateViewport(860, 640))
	take("settings")
}

// take takes a picture of the page into a folder.
func (b *browser) take(folder, name string) {
	b.t.Helper()
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if len(picture) > 150_000 {
		b.t.Errorf("%s has %d bytes, want at most 150,000", name, len(picture))
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
