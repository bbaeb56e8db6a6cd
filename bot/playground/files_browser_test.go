//go:build !race

// The race detector makes the PDF engine many times slower, and has nothing to find in it.

package playground_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestBrowserCourseFiles drops a real PDF and a Word file on /corpus add, stores them, asks,
// and looks at why the answer came and at its notes, and takes it away, on a phone.
func TestBrowserCourseFiles(t *testing.T) {
	b := newBrowser(t, 360, 740)
	b.choose("#as", moderator)
	b.choose("#locale", "fr")
	b.command("/corpus ajouter", "")
	b.click(".chip", "fichier-2")
	for i, name := range []string{"groff.pdf", "office.docx"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "corpus", "extract", "testdata", "made", name))
		if err != nil {
			t.Fatal(err)
		}
		b.script(fmt.Sprintf(`(() => {
			const files = new DataTransfer();
			files.items.add(new File([Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))], %q));
			document.querySelectorAll("#composer input[type=file]")[%d].dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
		})()`, base64.StdEncoding.EncodeToString(data), name, i))
	}
	b.click("#composer [type=submit]", "Send /corpus ajouter")
	b.see(".message.ephemeral", "Voici ce que je comprends des 2 textes", "groff.pdf", "office.docx", "Hélène Vasseur", "100\u00a0% de ce texte")
	b.is(fitsPhone)
	b.picture("report")
	b.click(".message.ephemeral .button", "Ajouter aux textes")
	b.see(".message.ephemeral", "2 textes ajoutés")
	b.picture("stored")
	b.choose("#as", student)
	b.command("/demander", "Qui dirigea les travaux du chantier de la Sambre ?")
	b.see(".embed", "Louvrier")
	b.picture("answer")
	b.click(".message:last-child .button", "Plus")
	b.see(".message.ephemeral .button", "Pourquoi")
	b.picture("panel")
	b.click(".message.ephemeral .button", "Pourquoi")
	b.see(".message.ephemeral", "Pourquoi cet extrait")
	b.is(fitsPhone)
	b.picture("why")
	b.click(".message.ephemeral .button", "Retirer")
	b.is(`![...document.querySelectorAll(".message:not(.ephemeral) .embed")].some((e) => e.innerText.includes("Louvrier"))`)
	b.is(fitsPhone)
	b.picture("removed")
	b.command("/demander", "Quand la navigation sur la Sambre devint-elle régulière ?")
	b.see(".embed", "1835")
	b.click(".message:last-child .button", "Plus")
	b.click(".message.ephemeral .button", "Notes")
	b.see(".message.ephemeral", "Notes de ce passage")
	b.is(fitsPhone)
	b.picture("notes")
}

// fitsPhone is true where nothing is wider than a phone of 360 pixels.
const fitsPhone = `document.documentElement.scrollWidth <= 360 && [...document.querySelectorAll("#messages, .message, #composer, #bar")].every((e) => e.scrollWidth <= e.clientWidth + 1 && e.getBoundingClientRect().right <= 361)`
