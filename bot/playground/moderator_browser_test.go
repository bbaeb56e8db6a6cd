package playground_test

import (
	"testing"

	"verbatim/bot/playground"
	"verbatim/corpus"
)

// TestBrowserDemoted takes the role of a moderator away in the middle of what they do, on
// the page: what they press and send after that does nothing, until they have it again.
func TestBrowserDemoted(t *testing.T) {
	b := newBrowser(t, 390, 800)
	b.choose("#locale", "fr")
	b.is(`!document.getElementById("moderates").checked`)
	b.choose("#as", moderator)
	b.choose("#locale", "fr")
	b.is(`document.getElementById("moderates").checked`)
	b.command("/corpus renommer", "Le phare de l'île")
	b.see(".message.ephemeral .button", "Titre et auteur")
	b.click(".message.ephemeral .button", "Titre et auteur")
	b.see("dialog", "Titre et auteur du texte")
	b.script(`document.getElementById("moderates").click()`)
	b.is(`!document.getElementById("moderates").checked && !document.getElementById("channels").innerText.includes("moderators")`)
	b.script(`(document.querySelector("dialog input").value = "La lampe")`)
	b.click("dialog [type=submit]", "")
	b.see(".message.ephemeral:last-child", "réservé aux modérateurs", "voici ce que vous avez écrit", "La lampe")
	d, err := b.texts.DocumentNamed(t.Context(), corpus.Everything(playground.FirstGuild), "phare.md")
	if err != nil || d.Title != "Le phare de l'île" {
		t.Errorf("the text is called %q, %v, by somebody who does not moderate", d.Title, err)
	}
	b.picture("demoted")
}
