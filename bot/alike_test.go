package bot_test

import (
	"strings"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
	"verbatim/config/database"
)

// TestAlikeTexts: who brings a text that is there already, or twice, is told so in their
// language, and may add it all the same.
func TestAlikeTexts(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	const text = "Les éclusiers ouvrent les portes au lever du jour et les ferment à la nuit. Ils logent dans une maison basse au bord de l'eau, que la compagnie entretient et qu'elle reprend quand ils partent. Leur salaire dépend du nombre de bateaux qui passent, et de rien d'autre."
	const other = "Le meunier paie chaque année une redevance en grains au propriétaire du barrage, et garde pour lui un seizième de ce qu'il moud, qu'il mesure devant le paysan qui l'apporte."
	s.put(s.guild.ID, "canaux.txt", text)
	s.start()
	for locale, want := range map[string]string{
		"fr":    "100\u00a0% de ce texte se trouve aussi dans canaux.txt\u00a0: c’est peut-être le même",
		"en-US": "100\u00a0% of it stands in canaux.txt too: perhaps it is the same text",
		"es-ES": "100\u00a0% de este texto está también en canaux.txt: quizá sea el mismo",
	} {
		ada := s.curator("Ada "+locale, locale)
		m, _ := s.brings(ada, "add", fakediscord.Values{"file": file("nouveau.html", "<p>"+text+"</p>"), "file-2": file("moulins.txt", other), "file-3": file("moulins.html", "<p>"+other+"</p>")})
		got := shown(m)
		if !strings.Contains(got, want) || strings.Count(got, "100\u00a0%") != 2 || len(m.Components) == 0 {
			t.Errorf("%s: the report is %q, want %q, the like of the texts brought together, and that they can be added", locale, got, want)
		}
	}
}

// TestFolderLog: the log says of texts that a folder changed which they are.
func TestFolderLog(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	room := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "journal"}).ID
	for name, value := range map[string]string{"log_channel": room, "language": "fr"} {
		if err := s.options.Settings.Set(t.Context(), s.guild.ID, name, value); err != nil {
			t.Fatal(err)
		}
	}
	folder := database.By(t.Context(), database.Actor{Who: database.ViaFolder, Via: database.ViaFolder, Now: time.Now})
	d := s.named("cours.md")
	if err := s.store.Rename(folder, s.guild.ID, d.ID, "histoire.md"); err != nil {
		t.Fatal(err)
	}
	if err := s.store.Remove(folder, s.guild.ID, d.ID); err != nil {
		t.Fatal(err)
	}
	s.start()
	got := ""
	s.waitFor("the log is written", func() bool {
		got = ""
		for _, m := range s.Messages(room) {
			got += m.Content + "\n"
		}
		return strings.Contains(got, "retiré")
	})
	if want := "Un dossier suivi a renommé le texte cours.md\u00a0: histoire.md\nUn dossier suivi a retiré le texte histoire.md\n"; got != want {
		t.Errorf("the log is\n%swant\n%s", got, want)
	}
}
