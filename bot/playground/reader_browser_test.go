package playground_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBrowserReader opens a quote in its text from a message, and reads there: with keys, in
// the width of a phone, in the dark, and without scripts.
func TestBrowserReader(t *testing.T) {
	b := newBrowser(t, 1280, 800)
	b.is(`document.activeElement.id === "text"`)
	b.ask("Qui allume la lampe du phare ?")
	b.see(".embed a", "Lire dans le texte")
	href := b.evaluate(`document.querySelector(".embed a[href*='/texts/']").href`)
	b.is(`document.querySelector(".embed a[href*='/texts/']").rel.includes("noreferrer")`)
	b.run(chromedp.Navigate(href))
	b.see("h1", "Le phare de l'île")
	b.see("mark", "Le gardien Anselme allume la lampe")
	b.see("main h2", "Le bateau")
	b.see(".page", "p. 12")
	b.see("sup", "1")
	b.see(".note", "Selon le registre du port")
	inView := `((box) => box.top >= 0 && box.bottom <= innerHeight)(%s.getBoundingClientRect())`
	b.is(fmt.Sprintf(inView, `document.querySelector("mark")`))
	b.picture("page")

	b.run(chromedp.Navigate(b.link("phare.md", "Il monte pour cela deux cents marches.", "Le bateau de ravitaillement vient le mardi.")))
	b.see(".hits", "1 of 2")
	b.keys("n")
	b.is(`document.activeElement.id === "quote-2"`)
	b.keys("p")
	b.is(`document.activeElement.id === "quote-1"`)
	b.click(".hits a[rel=next]", "") // by touch, and without a script
	b.is(`location.search === "?hit=2" && document.querySelector("#quote + mark")?.id === "quote-2"`)
	b.click(".hits a[rel=prev]", "")
	b.is(`location.search === "?hit=1"`)

	b.run(chromedp.EmulateViewport(360, 740))
	b.is(`document.documentElement.scrollWidth <= 360`)
	b.is(`[...document.querySelectorAll(".hits a")].every((a) => a.getBoundingClientRect().height >= 44)`)
	light := b.evaluate(`getComputedStyle(document.body).backgroundColor`)
	b.picture("phone")
	b.dark()
	b.is(`getComputedStyle(document.body).backgroundColor !== "` + light + `"`)
	b.picture("dark")
	b.is(`document.cookie === ""`)
}

// TestBrowserDropped drops a file on the page, takes one out again, and sends the other.
func TestBrowserDropped(t *testing.T) {
	b := newBare(t, 1280, 800)
	b.script(`((transfer) => {
		for (const name of ["one.txt", "two.txt"]) transfer.items.add(new File(["text of " + name], name, { type: "text/plain" }));
		const main = document.getElementById("main");
		main.dispatchEvent(new DragEvent("dragover", { dataTransfer: transfer, bubbles: true, cancelable: true }));
		if (!main.classList.contains("drop")) throw new Error("it does not show that files can be dropped");
		main.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
	})(new DataTransfer())`)
	b.see("#files li", "one.txt", "two.txt")
	b.click("#files button[aria-label='Remove one.txt']", "")
	b.script(`document.getElementById("text").focus()`)
	b.keys("Here it is" + kb.Enter)
	b.see(".message .attachment", "two.txt", "15 B")
	b.is(`!document.getElementById("messages").innerText.includes("one.txt")`)
	b.is(`document.querySelectorAll("#files li").length === 0`)
	b.picture("attachment")
}
