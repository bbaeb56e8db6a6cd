package playground_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/playground"
	"verbatim/bot/reader"
	"verbatim/config"
	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

var quiet = slog.New(slog.DiscardHandler)

// patience bounds what tests wait for.
const patience = 2 * time.Minute

// The people and the places of the playground.
const (
	student   = "1200000000000000001"
	moderator = "1200000000000000002"
	newcomer  = "1200000000000000003"

	questions  = "1400000000000000101"
	discussion = "1400000000000000102"
	forum      = "1400000000000000103"
	closed     = "1400000000000000104" // moderators only
)

// texts are those of the first guild. The second has another.
var texts = fstest.MapFS{
	"phare.md": {Data: []byte("---\ntitle: Le phare de l'île\nauthor: A. Gardien\nlanguage: fr\n---\n<!-- page 12 -->\n\n# La lampe\n\n" +
		"Le gardien Anselme allume la lampe du phare à la tombée de la nuit.[^1] Il monte pour cela deux cents marches.\n\n" +
		"<!-- page 13 -->\n\n# Le bateau\n\nLe bateau de ravitaillement vient le mardi. Il apporte de l'huile et du pain.\n\n[^1]: Selon le registre du port.\n")},
	"hostile.md": {Data: []byte("---\ntitle: \"<img src=x onerror=document.title='owned'>\"\nlanguage: fr\n---\n" +
		"Le crocodile <script>document.title='owned'</script> mange <b onclick=alert(1)>des poissons</b> **rouges** et [clique](javascript:alert(1)).\n")},
}

var otherTexts = fstest.MapFS{
	"moulin.md": {Data: []byte("---\ntitle: Le moulin\nlanguage: fr\n---\nLe meunier Barnabé moud le seigle au moulin du village.\n")},
}

// A stage is a playground with the real bot in it.
type stage struct {
	*playground.Playground
	t     *testing.T
	texts *corpus.Store  // nil without a bot
	reads *reader.Reader // likewise
}

// newEmptyStage starts a playground without a bot.
func newEmptyStage(t *testing.T) *stage {
	t.Helper()
	page, err := playground.New(playground.Options{Port: playground.AnyPort, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- page.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := errors.Join(<-ended, page.Close()); err != nil {
			t.Error(err)
		}
	})
	return &stage{Playground: page, t: t}
}

// newStage starts a playground, and waits until the bot has registered its commands.
func newStage(t *testing.T) *stage {
	t.Helper()
	return newStageOn(t, map[string]fs.FS{playground.FirstGuild: texts, playground.SecondGuild: otherTexts})
}

// newStageOn is newStage with the texts of each guild.
func newStageOn(t *testing.T, of map[string]fs.FS) *stage {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})) // shown if the test fails
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "verbatim.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	store := corpus.NewStore(db, time.Now)
	for guild, files := range of {
		folder, err := corpus.NewFolder("texts", files)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Import(t.Context(), guild, folder, corpus.ImportOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	curated := answers.NewStore(db, store, time.Now)
	open := func(source retrieval.Source) *retrieval.Indexes {
		indexes, err := retrieval.OpenIndexes(t.TempDir(), source, log)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { indexes.Close() })
		return indexes
	}
	answerer := answers.New(store, open(store), log).WithCurated(curated, open(curated))
	page, err := playground.New(playground.Options{Port: playground.AnyPort, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := page.Close(); err != nil {
			t.Error(err)
		}
	})
	reads, err := reader.New(reader.Options{Base: page.TextsAddress(), Key: make([]byte, 32), Life: time.Hour, Texts: store})
	if err != nil {
		t.Fatal(err)
	}
	page.ShowTexts(reads)
	ready := make(chan struct{}, 10)
	b, err := bot.New(bot.Options{
		Token: page.Token(), API: page.API(), LocalGuild: "local",
		Answerer: page.Watch(answerer), Texts: store, Curated: curated,
		Homes: bot.NewHomes(db, time.Now), Settings: config.NewGuildSettings(db), Log: log,
		MessageContent: true,
		Link: func(guild string, asker corpus.Asker, quotes []corpus.Reference) string {
			return reads.Link(reader.Ground{Guild: guild, Asker: asker}, quotes)
		},
		Ready: func(is bool) {
			if is {
				ready <- struct{}{}
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	go func() { ended <- page.Run(ctx) }()
	go func() { ended <- b.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		for range 2 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
	})
	select {
	case <-ready:
	case <-time.After(patience):
		t.Fatal("the bot does not connect")
	}
	return &stage{page, t, store, reads}
}

// link returns a link to quotes of a text of the first guild.
func (s *stage) link(name string, quotes ...string) string {
	s.t.Helper()
	all := corpus.Everything(playground.FirstGuild)
	document, err := s.texts.DocumentNamed(s.t.Context(), all, name)
	if err != nil {
		s.t.Fatal(err)
	}
	source, err := s.texts.Text(s.t.Context(), all, document.ID, corpus.Range{End: document.Bytes})
	if err != nil {
		s.t.Fatal(err)
	}
	var references []corpus.Reference
	for _, quote := range quotes {
		at := strings.Index(source, quote)
		references = append(references, corpus.Reference{Document: document.ID, Revision: document.Revision, Ranges: []corpus.Range{{Start: at, End: at + len(quote)}}})
	}
	return s.reads.Link(reader.Ground{Guild: playground.FirstGuild, Everything: true}, references)
}

// get reads from the server, and checks the status.
func (s *stage) get(path string, status int) []byte {
	s.t.Helper()
	return s.do("GET", path, nil, status)
}

// act does something as a person.
func (s *stage) act(person string, action map[string]any, status int) []byte {
	s.t.Helper()
	body, err := json.Marshal(action)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.do("POST", "api/do?as="+person, body, status)
}

func (s *stage) do(method, path string, body []byte, status int) []byte {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.Address()+path, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if answer.StatusCode != status {
		s.t.Fatalf("%s %s = %d %s, want %d", method, path, answer.StatusCode, content, status)
	}
	return content
}
