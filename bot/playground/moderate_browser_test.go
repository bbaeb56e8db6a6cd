package playground_test

import (
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// command sends a slash command, the value of whose first option may be given.
func (b *browser) command(name, value string) {
	b.t.Helper()
	b.is(`document.getElementById("text")`)
	b.script(`document.getElementById("text").focus()`)
	b.keys(name + " ")
	b.see("#composer .command", name)
	if value != "" {
		b.keys(value)
	}
	b.click("#composer [type=submit]", "Send "+name)
}

// TestBrowserModerate is a day of a moderator with a phone: a member asks what the texts
// do not answer, the moderator answers it, adds a text that speaks of it, and looks at the
// settings.
func TestBrowserModerate(t *testing.T) {
	b := newBrowser(t, 390, 800)
	b.choose("#locale", "en-US")
	b.command("/ask", "Combien coûte la pension du chat ?")
	b.see(".message", "Les textes ne répondent pas à cette question", "Me prévenir de la réponse")

	b.choose("#as", moderator)
	b.command("/questions", "")
	b.see(".message.ephemeral", "Combien coûte la pension du chat")
	b.picture("question")
	b.click(".message.ephemeral .button", "Answer")
	b.see("dialog", "Answer the question", "Other ways to ask it")
	b.is(`document.activeElement.value === "Combien coûte la pension du chat ?"`)
	b.keys(kb.Tab + "**Douze** euros par jour.")
	b.picture("form")
	b.click("dialog [type=submit]", "Submit")
	b.see(".message.ephemeral", "Preview", "Douze euros")
	b.is(`document.documentElement.scrollWidth <= 390`)
	b.picture("preview")
	b.click(".message.ephemeral .button", "Store")
	b.see(".message.ephemeral", "Stored: “Combien coûte la pension du chat ?”")
	b.picture("answered")

	b.command("/corpus add", "")
	b.see("#problem", "required")
	b.script(`(() => {
		const files = new DataTransfer();
		files.items.add(new File(["---\ntitle: Le chat du phare\n---\nLe chat du phare dort dans la lanterne éteinte.\n"], "chat.md"));
		document.querySelector("#composer input[type=file]").files = files.files;
	})()`)
	b.click("#composer [type=submit]", "Send /corpus add")
	b.see(".message.ephemeral", "Le chat du phare", "Nothing is stored yet")
	b.picture("file")
	b.click(".message.ephemeral .button", "Add to the texts")
	b.see(".message.ephemeral .button", "Undo")

	b.command("/settings", "")
	b.see(".message.ephemeral", "Settings of this server", "Excerpts in a reply")
	b.is(`document.documentElement.scrollWidth <= 390`)
	b.picture("settings")

	b.choose("#as", student)
	b.command("/ask", "Combien coûte la pension du chat ?")
	b.see(".message", "Douze euros par jour")
	b.command("/ask", "Où dort le chat ?")
	b.see(".embed", "dans la lanterne éteinte")
	b.picture("answers")
}

// TestBrowserOtherGuild asks in the second server what only the texts of the first answer:
// the no is honest, and names what was searched.
func TestBrowserOtherGuild(t *testing.T) {
	b := newBrowser(t, 390, 800)
	b.click("#drawer", "")
	b.is(`getComputedStyle(document.getElementById("side")).visibility === "visible"`)
	b.click("#rail a", "Pep")
	b.is(`document.querySelector("#place").textContent.includes("Partis et primaires")`)
	b.loaded()
	b.command("/demander", "Qui allume la lampe du phare ?")
	b.see(".message", "Les textes ne répondent pas à cette question", "Cherché dans 1 texte")
	b.picture("no")
}
