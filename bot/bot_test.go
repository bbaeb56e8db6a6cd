package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/bot/fakediscord/contract"
	"verbatim/config"
	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// What tests hold the bot to, with room for a machine that does much else.
const (
	patience = time.Minute     // bounds what they wait for
	discords = 3 * time.Second // for which Discord waits for an acknowledgement
	endTime  = 6 * time.Second // within which the bot ends, which wants at most 5 s
)

// TestMain lets more tests run at a time than there are processors: they mostly wait.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err) // unreachable: there is this flag
	}
	os.Exit(m.Run())
}

// A stage is a Discord with one guild and a bot, which a test starts.
type stage struct {
	*fakediscord.Server
	t       *testing.T
	guild   fakediscord.Guild
	channel string
	student *fakediscord.Person
	db      *database.DB
	store   *corpus.Store
	curated *answers.Store
	options bot.Options
	silence time.Duration // that the bot bears of the gateway; its own if 0
	log     *lockedBuffer
}

var checker = sync.OnceValues(contract.New)

// registered holds the commands that were found to be as Discord takes them: every bot
// sends the same, and they are long.
var registered sync.Map

// emptyDatabase is the file of a database in which nothing is, to be copied: to make one
// takes longer than what most tests do.
var emptyDatabase = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "verbatim-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "empty.db")
	db, err := database.Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// newStage builds a Discord on which every request is checked against Discord's own
// description of its API, and a bot that is not started yet.
func newStage(t *testing.T, o fakediscord.Options) *stage {
	t.Helper()
	check, err := checker()
	if err != nil {
		t.Fatal(err)
	}
	o.Check = func(r fakediscord.Request) error {
		commands := r.Method == "PUT" && r.Route == registeredCommands
		if _, known := registered.Load(string(r.Body)); commands && known {
			return nil
		}
		u := url.URL{Path: "/api/v10" + r.Path, RawQuery: r.Query.Encode()}
		err := errors.Join(check.Check(contract.Request{Method: r.Method, Path: u.String(), Header: r.Header, Body: r.Body})...)
		if commands && err == nil {
			registered.Store(string(r.Body), true)
		}
		return err
	}
	server, err := fakediscord.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Close()
	})
	s := &stage{Server: server, t: t, log: new(lockedBuffer)}
	t.Cleanup(s.inspect)
	s.guild = s.NewGuild(fakediscord.Guild{Name: "Cours"})
	s.channel = s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "questions"}).ID
	s.student = s.NewPerson("Inès", "fr").Join(s.guild.ID)
	s.open()
	return s
}

// inspect looks at what a test has left behind: every request is one that Discord
// takes, every message pings nobody, and nothing secret stands in the log.
func (s *stage) inspect() {
	for _, fault := range s.Faults() {
		s.t.Errorf("a request that Discord does not take: %v", fault)
	}
	for _, r := range s.Requests("", "") {
		if !pingsNobody(r) {
			s.t.Errorf("%s %s may ping: %s", r.Method, r.Route, r.Payload)
		}
	}
	secrets := []string{s.Token()}
	for _, i := range s.Interactions() {
		secrets = append(secrets, i.Token)
	}
	for _, secret := range secrets {
		if strings.Contains(s.log.String(), secret) {
			s.t.Errorf("the token %s stands in the log:\n%s", secret, s.log)
		}
	}
}

// pingsNobody reports whether a request, if it sends a message, says that it mentions
// nobody.
func pingsNobody(r fakediscord.Request) bool {
	if r.Method == "GET" || r.Method == "DELETE" || strings.HasPrefix(r.Route, "/applications/") || r.Route == "/users/@me/channels" {
		return true
	}
	type message struct {
		AllowedMentions *struct{ Parse *[]string } `json:"allowed_mentions"`
	}
	var body struct {
		message
		Type fakediscord.CallbackType
		Data *message
	}
	if json.Unmarshal(r.Payload, &body) != nil {
		return false
	}
	if strings.HasSuffix(r.Route, "/callback") {
		if body.Type == fakediscord.ProposeChoices || body.Type == fakediscord.UpdateLater || body.Type == fakediscord.ShowModal {
			return true
		}
		body.message = *body.Data
	}
	allowed := body.AllowedMentions
	return allowed != nil && allowed.Parse != nil && len(*allowed.Parse) == 0
}

// open opens the store and what answers from it.
func (s *stage) open() {
	t := s.t
	empty, err := emptyDatabase()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(path, empty, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := database.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s.db, s.store = db, corpus.NewStore(db, time.Now)
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	indexes, err := retrieval.OpenIndexes(t.TempDir(), s.store, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { indexes.Close() })
	s.curated = answers.NewStore(db, s.store, time.Now)
	curatedIndexes, err := retrieval.OpenIndexes(t.TempDir(), s.curated, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { curatedIndexes.Close() })
	s.options = bot.Options{
		Token:      s.Token(),
		API:        s.URL() + "/api",
		LocalGuild: "local",
		Answerer:   answers.New(s.store, indexes, log).WithCurated(s.curated, curatedIndexes),
		Texts:      s.store,
		Curated:    s.curated,
		Homes:      bot.NewHomes(db, time.Now),
		Settings:   config.NewGuildSettings(db),
		Log:        log,
	}
}

// put stores a text of a guild.
func (s *stage) put(guild, name, text string) {
	s.t.Helper()
	d, err := corpus.Read(corpus.File{Name: name, Data: []byte(text)})
	if err == nil {
		_, err = s.store.Put(s.t.Context(), guild, []corpus.Draft{d}, false)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// bot returns a bot with the stage's options, which waits less than it should.
func (s *stage) bot() *bot.Bot {
	s.t.Helper()
	b, err := bot.New(s.options)
	if err != nil {
		s.t.Fatal(err)
	}
	b.Quicken()
	if s.silence > 0 {
		b.SetSilence(s.silence)
	}
	return b
}

// start runs the bot until the test ends, and waits until it is connected. Stop ends
// it before and returns what Run returned.
func (s *stage) start() (stop func() error) {
	s.t.Helper()
	return s.run(s.bot())
}

// learning is how long a stage waits for the bot to know what the guild has set.
const learning = 10 * time.Second

// run is start with a bot that is made already.
func (s *stage) run(b *bot.Bot) (stop func() error) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx) }()
	stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-done:
			return err
		case <-time.After(patience):
			return errors.New("the bot does not end")
		}
	})
	s.t.Cleanup(func() { stop() })
	waiting, end := context.WithTimeout(s.t.Context(), patience)
	defer end()
	if _, err := s.WaitSession(waiting, nil); err != nil {
		s.t.Fatalf("the bot does not connect: %v\n%s", err, s.log)
	}
	// On a slow machine settings may else come too late for the first question, and a
	// reply before all be a private one. Where the test has a slow database, they do.
	for begun := time.Now(); !b.Knows(s.guild.ID) && time.Since(begun) < learning; {
		time.Sleep(time.Millisecond)
	}
	return stop
}

// ask lets a person use /ask and returns the reply.
func (s *stage) ask(who *fakediscord.Person, channel, question string) fakediscord.Message {
	s.t.Helper()
	i, err := who.Slash(channel, "ask", fakediscord.Values{"question": question})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.answer(i)
}

func (s *stage) answer(i *fakediscord.Interaction) fakediscord.Message {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	m, err := i.Answer(ctx)
	if err != nil {
		s.t.Fatalf("no answer: %v\n%s", err, s.log)
	}
	return m
}

// shown returns all that a message shows.
func shown(m fakediscord.Message) string {
	parts := []string{m.Content}
	for _, e := range m.Embeds {
		data, _ := json.Marshal(e)
		var fields struct {
			Description string
			Footer      struct{ Text string }
		}
		json.Unmarshal(data, &fields)
		parts = append(parts, fields.Description, fields.Footer.Text)
	}
	return strings.TrimSpace(strings.Join(parts, "\n"))
}

// A replaced answerer does something before it answers as the one behind it does.
type replaced struct {
	bot.Answerer
	before func(question string)
}

func (r replaced) Ask(ctx context.Context, q answers.Question) (answers.Reply, error) {
	r.before(q.Text)
	return r.Answerer.Ask(ctx, q)
}

// before lets something happen before each answer.
func (s *stage) before(do func(question string)) {
	s.options.Answerer = replaced{s.options.Answerer, do}
}

type lockedBuffer struct {
	mutex sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.String()
}

func TestAsk(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "soviet.md", "---\nauthor: A. Rosmer\ntitle: Les *soviets*\ndate: 1932\n---\n<!-- page 12 -->\n\nLe soviet de Petrograd siège au palais de Tauride_ et @everyone l'écoute.")
	s.start()
	got := shown(s.ask(s.student, s.channel, "Où siège le soviet de Petrograd ?"))
	want := "Un extrait de «\u00A0Les \\*soviets\\*\u00A0»\u00A0:\n> Le **soviet** de **Petrograd** **siège** au palais de Tauride\\_ et \\@everyone l'écoute.\nA. Rosmer, Les *soviets*, 1932, p.\u00A012"
	if got != want {
		t.Errorf("reply\n%s\nwant\n%s", got, want)
	}
	if strings.Contains(s.log.String(), "siège") || strings.Contains(s.log.String(), "Inès") {
		t.Errorf("the log holds the question or a name:\n%s", s.log)
	}
}

// TestUnseenTitle: a text of whose title nothing can be seen is cited by its name.
func TestUnseenTitle(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours/a.md", "---\ntitle: \"\u200b\"\n---\n\nLe soviet siège au palais.")
	s.start()
	got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?"))
	if !strings.HasPrefix(got, "Un extrait de «\u00a0cours\\/a.md\u00a0»") || !strings.HasSuffix(got, "\ncours/a.md") {
		t.Errorf("reply %q, want it to name cours/a.md", got)
	}
}

func TestHonestNo(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "soviet.txt", "Le soviet de Petrograd siège au palais de Tauride.")
	s.start()
	got := shown(s.ask(s.student, s.channel, "Comment cuire un rôti au palais ?"))
	if !strings.HasPrefix(got, "Les textes ne répondent pas à cette question.\n-# Cherché dans 1 texte. Absent des textes\u00A0: cuire, rôti.\nPassages les plus proches\u00A0:\n> Le soviet") {
		t.Errorf("reply %q, want a no with what is near", got)
	}
	if got := shown(s.ask(s.student, s.channel, "photosynthèse")); got != "Les textes ne répondent pas à cette question.\n-# Cherché dans 1 texte. Absent des textes\u00A0: photosynthèse." {
		t.Errorf("reply %q, want a no", got)
	}
}

// TestGuilds: a guild is answered from its own texts only; one without texts gets a
// message that says what to do; one guild can be given the local texts.
func TestGuilds(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	other := s.NewGuild(fakediscord.Guild{Name: "Autre"})
	otherChannel := s.NewChannel(fakediscord.Channel{GuildID: other.ID, Name: "questions"}).ID
	single := s.NewGuild(fakediscord.Guild{Name: "Seul"})
	singleChannel := s.NewChannel(fakediscord.Channel{GuildID: single.ID, Name: "questions"}).ID
	s.student.Join(other.ID).Join(single.ID)
	s.options.SingleGuild = single.ID
	s.put(s.guild.ID, "a.txt", "Le soviet de Petrograd siège au palais.")
	s.put("local", "b.txt", "Le soviet de Moscou siège au Kremlin.")
	s.start()
	tests := []struct{ channel, want, not string }{
		{s.channel, "palais", "Kremlin"},
		{singleChannel, "Kremlin", "palais"},
		{otherChannel, "verbatim index --guild " + other.ID + " DOSSIER", "soviet"},
	}
	for _, test := range tests {
		got := shown(s.ask(s.student, test.channel, "Où siège le soviet ?"))
		got = strings.ReplaceAll(got, "*", "")
		if !strings.Contains(got, test.want) || strings.Contains(got, test.not) {
			t.Errorf("reply %q, want %q and not %q", got, test.want, test.not)
		}
	}
}

// TestEmptyServer: where there are no texts, who asks reads which line the person who hosts
// the bot needs, in the server's language, else in that of the asker's Discord.
func TestEmptyServer(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		locale, language, question string
		single                     bool
		want                       string
	}{
		{"fr", "auto", "photosynthèse", false, "Ce serveur n’a pas encore de textes. … `verbatim index --guild ID DOSSIER`"},
		{"es-419", "auto", "1905", false, "Este servidor aún no tiene textos. … `verbatim index --guild ID CARPETA`"},
		{"en-GB", "auto", "1905", false, "This server has no texts yet. … `verbatim index --guild ID FOLDER`"},
		{"de", "auto", "1905", false, "This server has no texts yet. … `verbatim index --guild ID FOLDER`"},
		{"en-US", "fr", "1905", false, "Ce serveur n’a pas encore de textes. … `verbatim index --guild ID DOSSIER`"},
		{"fr", "auto", "1905", true, "Ce serveur n’a pas encore de textes. … `verbatim index DOSSIER`"},
	} {
		t.Run(test.locale+" "+test.question, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			guild := s.guild.ID
			if test.single {
				s.options.SingleGuild, guild = s.guild.ID, "local"
			}
			if err := s.options.Settings.Set(t.Context(), guild, "language", test.language); err != nil {
				t.Fatal(err)
			}
			s.student.SetLocale(test.locale)
			s.start()
			got := shown(s.ask(s.student, s.channel, test.question))
			begin, line, _ := strings.Cut(strings.ReplaceAll(test.want, "ID", s.guild.ID), " … ")
			if !strings.HasPrefix(got, begin) || !strings.HasSuffix(got, "\n"+line) {
				t.Errorf("reply %q, want %q … %q", got, begin, line)
			}
		})
	}
}

// TestRegistersOnlyWhenChanged starts the bot twice, and again each time after somebody
// changed the commands.
func TestRegistersOnlyWhenChanged(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	registrations := func() int { return len(s.Requests("PUT", "/applications/{application_id}/commands")) }
	compared := func() int {
		log := s.log.String()
		return strings.Count(log, "commands are registered") + strings.Count(log, "commands registered anew")
	}
	restart := func() {
		t.Helper()
		before := compared()
		stop := s.start()
		for begun := time.Now(); compared() == before; time.Sleep(5 * time.Millisecond) {
			if time.Since(begun) > patience {
				t.Fatalf("the bot does not look at its commands\n%s", s.log)
			}
		}
		if err := stop(); err != nil {
			t.Fatal(err)
		}
	}
	restart()
	wanted := s.Commands("")
	if got := registrations(); got != 1 || len(wanted) == 0 {
		t.Errorf("%d registrations, %d commands, want 1 and some", got, len(wanted))
	}
	restart()
	if got := registrations(); got != 1 {
		t.Errorf("%d registrations after a second start, want still 1", got)
	}
	ask := "/" + wanted[0].ID
	for _, change := range []struct{ name, method, path, body string }{
		{"description", "PATCH", ask, `{"description": "Ask"}`},
		{"option gone", "PATCH", ask, `{"options": []}`},
		{"option added", "PATCH", ask, `{"options": [{"type": 3, "name": "question", "description": "What do you want to know?", "required": true, "max_length": 6000}, {"type": 5, "name": "aloud", "description": "Read it"}]}`},
		{"limit gone", "PATCH", ask, `{"options": [{"type": 3, "name": "question", "description": "What do you want to know?", "required": true}]}`},
		{"languages gone", "PATCH", ask, `{"description_localizations": {}}`},
		{"language changed", "PATCH", ask, `{"description_localizations": {"fr": "Demander", "es-ES": "Preguntar", "es-419": "Preguntar"}}`},
		{"name in a language", "PATCH", ask, `{"name_localizations": {"fr": "demander"}}`},
		{"moderators only", "PATCH", ask, `{"default_member_permissions": "8192"}`},
		{"everywhere", "PATCH", ask, `{"contexts": [0, 1, 2]}`},
		{"another command", "POST", "", `{"name": "old", "description": "Of an earlier version", "type": 1}`},
		{"command gone", "DELETE", ask, ``},
	} {
		before := registrations()
		s.manage(change.method, "/commands"+change.path, change.body)
		restart()
		if got := registrations() - before; got != 1 {
			t.Errorf("%s: %d registrations, want 1", change.name, got)
		}
		if got := s.Commands(""); len(got) != len(wanted) || got[0].Description != wanted[0].Description || len(got[0].Options) != len(wanted[0].Options) {
			t.Errorf("%s: %d commands afterwards, the first %q with %d options", change.name, len(got), got[0].Description, len(got[0].Options))
		}
	}
}

// TestEntryPoint: the command that Discord makes for an Activity stays as it is, and is no
// reason to register anew.
func TestEntryPoint(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.manage("POST", "/commands", `{"name": "launch", "type": 4, "handler": 2, "description": "Start", "contexts": [0, 2], "name_localizations": {"fr": "lancer"}}`)
	before := s.Commands("")[0]
	for range 2 {
		stop := s.start()
		stop()
	}
	commands := s.Commands("")
	if last := commands[len(commands)-1]; len(commands) < 2 || !reflect.DeepEqual(last, before) {
		t.Errorf("the last of %d commands is %+v, want %+v", len(commands), last, before)
	}
	if n := len(s.Requests("PUT", registeredCommands)); n != 1 {
		t.Errorf("%d registrations, want 1", n)
	}
}

// manage changes the application as somebody else with its token would.
func (s *stage) manage(method, path, body string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.URL()+"/api/v10/applications/"+s.ApplicationID()+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header = http.Header{"Authorization": {"Bot " + s.Token()}, "Content-Type": {"application/json"}}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode >= 300 {
		s.t.Fatalf("%s %s: %s", method, path, response.Status)
	}
}

// TestSameCommands: the order of commands and the ways to write the same do not count,
// all else does.
func TestSameCommands(t *testing.T) {
	least := 1.0
	wanted := []*discordgo.ApplicationCommand{
		{
			Name: "ask", Description: "Ask",
			DescriptionLocalizations: &map[discordgo.Locale]string{"id": "Tanya"},
			Contexts:                 &[]discordgo.InteractionContextType{1, 0},
			Options: []*discordgo.ApplicationCommandOption{{
				Type: discordgo.ApplicationCommandOptionInteger, Name: "n", Description: "N", MinValue: &least,
				Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "one", Value: 1}},
			}},
		},
		{Type: discordgo.MessageApplicationCommand, Name: "ask"},
	}
	const option = `{"type": 4, "name": "n", "description": "N", "min_value": 1, "choices": [{"name": "one", "name_localizations": null, "value": 1}]}`
	const slash = `{"id": "1", "application_id": "2", "version": "3", "type": 1, "name": "ask", "nsfw": false, "dm_permission": true,
		"name_localizations": null, "description": " Ask\n", "description_localizations": {"id": "Tanya"}, "default_member_permissions": null,
		"contexts": [0, 1], "options": [` + option + `], "something_new": 5}`
	const menu = `{"id": "4", "type": 3, "name": "ask", "description": "", "options": [], "contexts": null, "nsfw": false}`
	changed := func(from, to string) string {
		if !strings.Contains(slash, from) {
			t.Fatalf("%q is not there", from)
		}
		return "[" + strings.ReplaceAll(slash, from, to) + "," + menu + "]"
	}
	for registered, want := range map[string]bool{
		"[" + slash + "," + menu + "]":   true,
		"[" + menu + "," + slash + "]":   true,
		"[" + slash + "]":                false,
		"[]":                             false,
		changed(`"Tanya"`, `"Bertanya"`): false,
		changed(`{"id": "Tanya"}`, `{"id": "Tanya", "fr": "Demander"}`):                    false,
		changed(`{"id": "Tanya"}`, `null`):                                                 false,
		changed(`"contexts": [0, 1]`, `"contexts": [0]`):                                   false,
		changed(`"nsfw": false`, `"nsfw": true`):                                           false,
		changed(`"default_member_permissions": null`, `"default_member_permissions": "0"`): false,
		changed(option, ``):                            false,
		changed(option, option+`,`+option):             false,
		changed(`"min_value": 1`, `"min_value": 0`):    false,
		changed(`"min_value": 1,`, ``):                 false,
		changed(`"value": 1`, `"value": 2`):            false,
		changed(`"name": "ask"`, `"name": "question"`): false,
	} {
		if got, err := bot.SameCommands(registered, wanted); got != want || err != nil {
			t.Errorf("%s: same is %v, %v, want %v", registered, got, err, want)
		}
	}
}

// TestTokenOfARequest: a token is taken also with the "Bot " of requests before it.
func TestTokenOfARequest(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.options.Token = "Bot " + s.Token()
	s.put(s.guild.ID, "a.txt", "Le soviet siège.")
	s.start()
	s.ask(s.student, s.channel, "Où siège le soviet ?") // the bot has read READY
	s.CutGateway()                                      // to see that the session can go on
	s.waitSession(func(session fakediscord.Session) bool { return session.Resumes == 1 })
	if id, err := bot.Application(t.Context(), s.options.API, s.options.Token); err != nil || id != s.ApplicationID() {
		t.Errorf("Application = %q, %v", id, err)
	}
}

func TestWrongToken(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.options.Token = "wrong"
	b, err := bot.New(s.options)
	if err != nil {
		t.Fatal(err)
	}
	var final *bot.FinalError
	if err := b.Run(t.Context()); !errors.As(err, &final) || !strings.Contains(err.Error(), "token") || strings.Contains(err.Error(), "wrong") {
		t.Errorf("Run = %v, want a FinalError about the token", err)
	}
}

// TestStrangeInteractions: what the client can't read, what the bot does not know, and
// a panic cost one reply and not the process.
func TestStrangeInteractions(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège.")
	s.start()
	first := s.ask(s.student, s.channel, "Où siège le soviet ?")
	for _, data := range []string{
		`{"component_type": 18, "custom_id": "x", "values": {"a": 1}}`,
		`{"component_type": 99, "custom_id": "x"}`,
		`{"component_type": 2, "custom_id": "unknown"}`,
		`{}`,
	} {
		i, err := s.student.Raw(s.channel, first.ID, 3, json.RawMessage(data))
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(s.answer(i)); !strings.Contains(got, "ne connaît pas") || !strings.Contains(got, i.ID) {
			t.Errorf("reply to %s is %q, want that it is not known, with %s", data, got, i.ID)
		}
		s.logs("interaction=" + i.ID)
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "soviet") {
		t.Errorf("afterwards the reply is %q", got)
	}
}

// TestUnreadable: what the client can't read of an interaction costs nobody a reply, be it
// the permissions of a later year, or a component on the message that was pressed.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
	s.start()
	first := s.ask(s.student, s.channel, "Où siège le soviet ?")
	permissions := map[string]json.RawMessage{"app_permissions": json.RawMessage(`"18446744073709551615"`)}
	s.NextInteraction(permissions)
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
		t.Errorf("reply to a question with unknown permissions %q", got)
	}
	message := map[string]json.RawMessage{"message": json.RawMessage(`{"id": "1", "components": [{"type": 1, "components": [{"type": 99}]}]}`)}
	strange := map[string]json.RawMessage{"message": json.RawMessage(`5`), "data": json.RawMessage(`[]`)}
	for _, test := range []struct {
		kind   fakediscord.InteractionType
		fields map[string]json.RawMessage
	}{
		{fakediscord.ComponentInteraction, message},
		{fakediscord.ComponentInteraction, permissions},
		{fakediscord.ComponentInteraction, strange},
		{fakediscord.CommandInteraction, strange},
		{fakediscord.ModalInteraction, permissions},
	} {
		s.NextInteraction(test.fields)
		i, err := s.student.Raw(s.channel, first.ID, test.kind, json.RawMessage(`{"custom_id": "x", "component_type": 2}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(s.answer(i)); !strings.Contains(got, i.ID) || !strings.HasPrefix(got, "Le bot") {
			t.Errorf("reply to %s is %q, want one in French with %s", test.fields, got, i.ID)
		}
		s.logs("interaction=" + i.ID)
	}
}

// TestForgedAutocomplete: an autocomplete for which the bot has no proposals gets none,
// which is the one form that Discord takes; what has a type that is not known gets
// nothing at all.
func TestForgedAutocomplete(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.start()
	strange, err := s.student.Raw(s.channel, "", 6, json.RawMessage(`{"name": "ask"}`))
	if err != nil {
		t.Fatal(err)
	}
	i, err := s.student.Raw(s.channel, "", fakediscord.AutocompleteInteraction,
		json.RawMessage(`{"id": "1", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": "Où", "focused": true}]}`))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if choices, err := i.Choices(ctx); err != nil || len(choices) != 0 {
		t.Errorf("proposals %v, %v, want none\n%s", choices, err, s.log)
	}
	s.logs("interaction=" + strange.ID)
	sent := s.Requests("POST", callback)
	if len(sent) != 1 || string(sent[0].Payload) != `{"data":{"choices":[]},"type":8}` || sent[0].Status != 204 {
		t.Errorf("sent %+v, want no proposals and nothing else", sent)
	}
	if state := strange.State(); state.Callback != 0 {
		t.Errorf("acknowledged what is not known with %d", state.Callback)
	}
}

// logs waits until something stands in the log.
func (s *stage) logs(want string) {
	s.t.Helper()
	for begun := time.Now(); !strings.Contains(s.log.String(), want); time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > patience {
			s.t.Fatalf("the log does not tell of %q:\n%s", want, s.log)
		}
	}
}

// TestFaultsOfREST: the reply comes, once, whatever happens on the way.
func TestFaultsOfREST(t *testing.T) {
	t.Parallel()
	for name, plays := range map[string]struct {
		method, route string
		plays         []fakediscord.Play
	}{
		"429 on the edit":        {"PATCH", original, []fakediscord.Play{fakediscord.RateLimited(100*time.Millisecond, "user")}},
		"shared 429 on the edit": {"PATCH", original, []fakediscord.Play{fakediscord.RateLimited(100*time.Millisecond, "shared")}},
		"global 429 on the edit": {"PATCH", original, []fakediscord.Play{fakediscord.RateLimited(100*time.Millisecond, "global")}},
		"HTML 429 on the edit":   {"PATCH", original, []fakediscord.Play{fakediscord.Cloudflare(time.Second)}},
		"500 on the edit":        {"PATCH", original, []fakediscord.Play{fakediscord.Fails(500), fakediscord.Fails(503)}},
		"502 on the edit":        {"PATCH", original, []fakediscord.Play{fakediscord.Fails(502)}},
		"lost before the edit":   {"PATCH", original, []fakediscord.Play{fakediscord.LostBefore()}},
		"lost after the edit":    {"PATCH", original, []fakediscord.Play{fakediscord.LostAnswer()}},
		"429 on the callback":    {"POST", callback, []fakediscord.Play{fakediscord.RateLimited(100*time.Millisecond, "user")}},
		"500 on the callback":    {"POST", callback, []fakediscord.Play{fakediscord.Fails(500)}},
		"lost before callback":   {"POST", callback, []fakediscord.Play{fakediscord.LostBefore()}},
		"lost after callback":    {"POST", callback, []fakediscord.Play{fakediscord.LostAnswer()}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{})
			s.put(s.guild.ID, "a.txt", "Le soviet siège au palais.")
			s.start()
			s.Next(plays.method, plays.route, plays.plays...)
			if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "palais") {
				t.Errorf("reply %q", got)
			}
			if n := len(s.Messages(s.channel)); n != 1 {
				t.Errorf("%d messages in the channel, want 1", n)
			}
		})
	}
}
