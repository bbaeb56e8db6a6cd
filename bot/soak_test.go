package bot_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/config/database"
	"verbatim/corpus"
)

// A load is how much a soak asks of the bot.
type load struct {
	interactions, users, guilds int
	atOnce                      int // how many of the users do something at the same time
}

// TestSoak lets members ask, press and mention the bot while requests to Discord fail,
// the gateway breaks off and the store fails and is slow. Each of what they do is answered,
// once, and in the end the process is as it was before.
//
//	VERBATIM_LONG=1 go test ./bot -run TestSoak -v -timeout 2h
func TestSoak(t *testing.T) {
	l := load{1000, 100, 8, 12}
	switch {
	case os.Getenv("VERBATIM_LONG") != "":
		l = load{20_000, 500, 50, 24}
	case testing.Short():
		l = load{150, 20, 3, 8}
	}
	t.Run("before", func(t *testing.T) { newSoak(t, load{40, 10, 2, 4}).run() }) // what is made once is there
	before := use()
	t.Run("soak", func(t *testing.T) { newSoak(t, l).run() })
	after := use()
	for begun := time.Now(); (after.goroutines > before.goroutines || after.heap > before.heap+slack) && time.Since(begun) < patience; after = use() {
		time.Sleep(50 * time.Millisecond) // what ends, ends by itself
	}
	t.Logf("before %d goroutines, heap of %.1f MB; after %d goroutines, %.1f MB", before.goroutines, before.megabytes(), after.goroutines, after.megabytes())
	if after.goroutines > before.goroutines || after.heap > before.heap+slack {
		t.Error("that is more than before")
	}
}

// slack is by how many bytes the heap may grow: the log of the tests, pools of buffers.
const slack = 8 << 20

type usage struct {
	goroutines int
	heap       uint64 // bytes
}

func (u usage) megabytes() float64 { return float64(u.heap) / 1e6 }

func use() usage {
	runtime.GC()
	runtime.GC() // pools are emptied by the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return usage{runtime.NumGoroutine(), m.HeapAlloc}
}

// palaces are where soviets sit, each in a text of its own.
var palaces = strings.Fields("Tauride Smolny Anitchkov Mikhaïlovski Stroganov Menchikov Ioussoupov Chouvalov Vorontsov Gatchina Peterhof Oranienbaum")

// Thousandths of the requests and questions that fail in some way.
const (
	faultyRequests  = 80
	faultyQuestions = 20
	slowQuestions   = 30
)

// A soak is a stage with members who do things, and the account of what came of it.
type soak struct {
	*stage
	load    load
	members []*member
	faults  *wireFaults
	store   *storeFaults

	quiet sync.RWMutex // held for reading while something is answered

	mutex   sync.Mutex
	replies map[string][]fakediscord.Message // to be pressed, by guilds
	taken   []*fakediscord.Interaction       // all that were used
	posts   []fakediscord.Message            // that mention the bot
	voted   map[string]int                   // members who were thanked for a vote, by replies
	counts  map[string]int                   // of what was done
}

// A member is a person in one guild.
type member struct {
	*fakediscord.Person
	guild   int
	channel string
}

// newSoak builds a Discord with guilds, texts and members, and a bot. On a slow machine the
// 3 s in which Discord wants an acknowledgement may be over with nobody at fault: so its
// clock, and the bot's, goes at a tenth of the speed.
func newSoak(t *testing.T, l load) *soak {
	begun := time.Now()
	now := func() time.Time { return begun.Add(time.Since(begun) / 10) }
	s := &soak{
		stage: newStage(t, fakediscord.Options{Now: now, Keep: 2000}), load: l,
		replies: map[string][]fakediscord.Message{}, voted: map[string]int{}, counts: map[string]int{},
	}
	s.options.Now = now
	var guilds []string
	for n := range l.guilds {
		g := s.NewGuild(fakediscord.Guild{Name: fmt.Sprint("Cours ", n)})
		var texts []corpus.Draft
		for i, palace := range palaces {
			d, err := corpus.Read(corpus.File{Name: fmt.Sprintf("%s.txt", palace), Data: fmt.Appendf(nil, "Le soviet %s siège au palais %s de la ville %d. Il vote %d motions.", numerals[i], palace, n, i+3)})
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, d)
		}
		if _, err := s.stage.store.Put(t.Context(), g.ID, texts, false); err != nil {
			t.Fatal(err)
		}
		guilds = append(guilds, g.ID)
	}
	channels := map[string][]string{}
	for _, g := range guilds {
		for n := range 2 {
			channels[g] = append(channels[g], s.NewChannel(fakediscord.Channel{GuildID: g, Name: fmt.Sprint("questions-", n)}).ID)
		}
	}
	for n := range l.users {
		g := guilds[n%len(guilds)]
		s.members = append(s.members, &member{s.NewPerson(fmt.Sprint("Membre ", n), "fr").Join(g), n % len(guilds), channels[g][n/len(guilds)%2]})
	}
	s.store = &storeFaults{Answerer: s.options.Answerer}
	s.options.Answerer = s.store
	return s
}

// numerals name soviets: words that no two of them share.
var numerals = strings.Fields("rouge vert bleu jaune noir blanc violet orange rose gris brun pourpre")

// run lets the members do what they do, and then looks at the whole.
func (s *soak) run() {
	begun := time.Now()
	b := s.bot()
	b.SetSteady(time.Second) // else it waits longer each time that the connection breaks off
	b.SetAcknowledges(10 * discords)
	stop := s.stage.run(b)
	s.faults = &wireFaults{played: map[string]int{}}
	s.Always("", "", s.faults.play)
	around, end := context.WithCancel(s.t.Context())
	var disturbing sync.WaitGroup
	disturbing.Go(func() { s.disturbGateway(around) })
	disturbing.Go(func() { s.disturbStore(around) })
	left := atomic.Int64{}
	left.Store(int64(s.load.interactions))
	var busy sync.WaitGroup
	for n := range s.load.atOnce {
		busy.Go(func() {
			for i := n; left.Add(-1) >= 0 && !s.t.Failed(); i += s.load.atOnce {
				s.quiet.RLock()
				s.act(s.members[i%len(s.members)])
				s.quiet.RUnlock()
			}
		})
	}
	busy.Wait()
	end()
	disturbing.Wait()
	s.account()
	if err := stop(); err != nil {
		s.t.Errorf("the bot ends with %v", err)
	}
	s.t.Logf("%d interactions in %v: %v; faults: requests %v; questions that failed %d, slow %d", s.load.interactions, time.Since(begun).Round(time.Second), s.counts, s.faults.played, s.store.failed.Load(), s.store.slowed.Load())
}

// recent is how many replies of a channel are pressed, the last ones: the bot forgets replies
// when it has given thousands of others.
const recent = 10

// act lets a member do one thing, and checks what comes of it.
func (s *soak) act(m *member) {
	s.mutex.Lock()
	known := s.replies[fmt.Sprint(m.guild, m.channel)]
	known = known[max(0, len(known)-recent):]
	s.mutex.Unlock()
	dice := rand.IntN(100)
	switch {
	case dice < 15 && len(known) > 0:
		s.votes(m, known[rand.IntN(len(known))])
	case dice < 30 && len(known) > 0:
		s.opens(m, known[rand.IntN(len(known))])
	case dice < 40:
		s.mentions(m)
	default:
		s.asks(m)
	}
}

func (s *soak) count(what string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.counts[what]++
}

// question returns a question and what its reply holds.
func (m *member) question() (question, want string) {
	i := rand.IntN(len(palaces))
	return fmt.Sprintf("Où siège le soviet %s ?", numerals[i]), fmt.Sprintf("palais %s de la ville %d", palaces[i], m.guild)
}

// waited is the text that stands in the answer to an interaction.
func (s *soak) waited(i *fakediscord.Interaction, err error) (fakediscord.Message, string, bool) {
	if err != nil {
		s.t.Errorf("Discord's own client would not do this: %v", err)
		return fakediscord.Message{}, "", false
	}
	s.mutex.Lock()
	s.taken = append(s.taken, i)
	s.mutex.Unlock()
	ctx, cancel := context.WithTimeout(s.t.Context(), 2*patience)
	defer cancel()
	answer, err := i.Answer(ctx)
	if err != nil {
		s.t.Errorf("lost: %v", err)
		return answer, "", false
	}
	return answer, strings.ReplaceAll(shown(answer), "*", ""), true
}

// isBusy reports whether a text says that too much is asked at the same time, and counts it:
// a place is free again only when what comes after a reply is stored.
func (s *soak) isBusy(text string) bool {
	busy := strings.HasPrefix(text, "Trop de questions à la fois")
	if busy {
		s.count("told that it is busy")
	}
	return busy
}

// isFailure reports whether a text says that something went wrong, and counts it.
func (s *soak) isFailure(text string) bool {
	failed := strings.HasPrefix(text, "Quelque chose n’a pas marché")
	if failed {
		s.count("told that it failed")
	}
	return failed
}

func (s *soak) asks(m *member) {
	question, want := m.question()
	answer, text, ok := s.waited(m.Slash(m.channel, "ask", fakediscord.Values{"question": question}))
	if ok && s.isBusy(text) {
		return
	}
	if s.count("asked"); !ok || s.isFailure(text) {
		return
	}
	if !strings.Contains(text, want) {
		s.t.Errorf("reply to %q is %q, want %q", question, text, want)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	key := fmt.Sprint(m.guild, m.channel)
	s.replies[key] = append(s.replies[key], answer)
}

// votes finds a reply useful: each member does so once, for a second time would take it back.
func (s *soak) votes(m *member, on fakediscord.Message) {
	s.mutex.Lock()
	key := on.ID + " " + m.ID
	_, already := s.voted[key]
	if !already {
		s.voted[key] = 0
	}
	s.mutex.Unlock()
	if already {
		s.asks(m)
		return
	}
	_, text, ok := s.waited(m.Press(on.ID, customID(on, "Utile")))
	if s.count("voted"); !ok || s.isBusy(text) || s.isFailure(text) {
		return
	}
	if !strings.HasPrefix(text, "Merci") {
		s.t.Errorf("a vote is answered with %q", text)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.voted[key] = 1
}

func (s *soak) opens(m *member, on fakediscord.Message) {
	_, text, ok := s.waited(m.Press(on.ID, customID(on, "Plus")))
	if s.count("opened"); ok && !s.isBusy(text) && !s.isFailure(text) && !strings.Contains(text, "palais") {
		s.t.Errorf("a panel shows %q", text)
	}
}

func (s *soak) mentions(m *member) {
	question, want := m.question()
	post, err := m.Post(m.channel, fakediscord.Post{Content: s.mention() + question})
	if err != nil {
		s.t.Error(err)
		return
	}
	s.mutex.Lock()
	s.posts = append(s.posts, post)
	s.mutex.Unlock()
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if reply := s.repliesTo(post); len(reply) > 0 {
			text := strings.ReplaceAll(shown(reply[0]), "*", "")
			if s.isBusy(text) {
				return
			}
			if s.count("mentioned"); !s.isFailure(text) && !strings.Contains(text, want) {
				s.t.Errorf("reply to the mention %q is %q, want %q", question, text, want)
			}
			return
		}
		if time.Since(begun) > 2*patience {
			s.t.Errorf("lost: no reply to the mention %s", post.ID)
			return
		}
	}
}

func (s *soak) repliesTo(post fakediscord.Message) []fakediscord.Message {
	var all []fakediscord.Message
	for _, m := range s.Messages(post.ChannelID) {
		if m.Author.ID == s.Bot().ID && m.Reference != nil && m.Reference.MessageID == post.ID {
			all = append(all, m)
		}
	}
	return all
}

// account looks for what was answered twice, or stored otherwise than was said.
func (s *soak) account() {
	for _, i := range s.taken {
		if state := i.State(); len(state.Followups) > 0 || state.Failed {
			s.t.Errorf("interaction %s has %d further messages, not acknowledged: %v", i.ID, len(state.Followups), state.Failed)
		}
	}
	for _, post := range s.posts {
		if n := len(s.repliesTo(post)); n > 1 {
			s.t.Errorf("the mention %s has %d replies", post.ID, n)
		}
	}
	asked := int64(s.counts["asked"] + s.counts["mentioned"])
	if got := s.store.asked.Load(); got != asked {
		s.t.Errorf("%d questions were answered, but %d asked", got, asked)
	}
	thanked := 0
	for _, n := range s.voted {
		thanked += n
	}
	if stored := s.storedVotes(); stored != thanked {
		s.t.Errorf("%d votes are stored, but the bot has thanked for %d", stored, thanked)
	}
	for line := range strings.Lines(s.log.String()) {
		if strings.Contains(line, "interaction failed") && !strings.Contains(line, errStore.Error()) {
			s.t.Logf("failed: %s", line)
		}
	}
	if told := int64(s.counts["told that it failed"]); told != s.store.failed.Load() {
		s.t.Errorf("%d were told that it failed, but %d questions and votes did", told, s.store.failed.Load())
	}
}

func (s *soak) storedVotes() int {
	sum := 0
	for n := range s.load.guilds {
		guild := s.members[n].Guilds()[0].ID
		up, down, err := s.curated.VotesSince(s.t.Context(), corpus.Everything(guild), time.Time{})
		if err != nil {
			s.t.Fatal(err)
		}
		sum += up + down
	}
	return sum
}

// WireFaults let requests fail, each at most twice: the third time Discord answers.
type wireFaults struct {
	mutex  sync.Mutex
	tries  map[string]int
	played map[string]int // by what was played
}

func (f *wireFaults) play(x *fakediscord.Exchange) {
	r := x.Request
	key := r.Method + r.Path + string(r.Body)
	f.mutex.Lock()
	if f.tries == nil || len(f.tries) > 10_000 {
		f.tries = map[string]int{}
	}
	name := ""
	if f.tries[key] < 2 && rand.IntN(1000) < faultyRequests {
		f.tries[key]++
		name = faultNames[rand.IntN(len(faultNames))]
		f.played[name]++
	}
	f.mutex.Unlock()
	if play := wirePlays[name]; play != nil {
		play()(x)
		return
	}
	x.Handle()
}

var faultNames = []string{"500", "502", "429", "429 for all", "lost", "answer lost", "slow"}

var wirePlays = map[string]func() fakediscord.Play{
	"500":         func() fakediscord.Play { return fakediscord.Fails(500) },
	"502":         func() fakediscord.Play { return fakediscord.Fails(502) },
	"429":         func() fakediscord.Play { return fakediscord.RateLimited(50*time.Millisecond, fakediscord.UserScope) },
	"429 for all": func() fakediscord.Play { return fakediscord.RateLimited(20*time.Millisecond, fakediscord.GlobalScope) },
	"lost":        fakediscord.LostBefore,
	"answer lost": fakediscord.LostAnswer,
	"slow":        func() fakediscord.Play { return fakediscord.Delay(200 * time.Millisecond) },
}

// disturbGateway breaks the connection off now and then, in all the ways after which the
// session goes on. Where it does not, Discord itself drops what happens meanwhile: that
// comes when nobody waits for anything.
func (s *soak) disturbGateway(ctx context.Context) {
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-time.After(1500 * time.Millisecond):
		}
		name := [...]string{"op 7", "cut", "op 9, goes on", "closed", "op 9"}[n%5]
		switch name {
		case "op 7":
			s.Reconnect()
		case "cut":
			s.CutGateway()
		case "op 9, goes on":
			s.InvalidateSessions(true)
		case "closed":
			s.CloseGateway(4000, "")
		case "op 9":
			s.quiet.Lock()
			identified := s.Identifies()
			s.InvalidateSessions(false)
			waiting, cancel := context.WithTimeout(s.t.Context(), 2*patience)
			if _, err := s.WaitSession(waiting, func(fakediscord.Session) bool { return true }); err != nil {
				s.t.Errorf("the bot does not connect again: %v", err)
			}
			for s.Identifies() == identified && waiting.Err() == nil {
				time.Sleep(10 * time.Millisecond)
			}
			if _, err := s.WaitSession(waiting, nil); err != nil {
				s.t.Errorf("the bot does not connect again: %v", err)
			}
			cancel()
			s.quiet.Unlock()
		}
		s.count(name)
	}
}

// disturbStore keeps others from writing now and then, as a command beside the bot does.
func (s *soak) disturbStore(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(500 * time.Millisecond):
		}
		err := s.db.Change(context.WithoutCancel(ctx), "elsewhere", func(*sql.Tx, int64) error {
			time.Sleep(200 * time.Millisecond)
			return database.ErrUnchanged
		})
		if err != nil {
			s.t.Error(err)
		}
		s.count("store locked")
	}
}

// StoreFaults fail now and then, or take their time.
type storeFaults struct {
	bot.Answerer
	asked, failed, slowed atomic.Int64
}

var errStore = errors.New("the store fails")

func (f *storeFaults) disturb() error {
	switch dice := rand.IntN(1000); {
	case dice < faultyQuestions:
		f.failed.Add(1)
		return errStore
	case dice < faultyQuestions+slowQuestions:
		f.slowed.Add(1)
		time.Sleep(150 * time.Millisecond)
	}
	return nil
}

// Ask is that of the answerer behind it.
func (f *storeFaults) Ask(ctx context.Context, q answers.Question) (answers.Reply, error) {
	f.asked.Add(1)
	if err := f.disturb(); err != nil {
		return answers.Reply{}, err
	}
	return f.Answerer.Ask(ctx, q)
}

// Vote is that of the answerer behind it.
func (f *storeFaults) Vote(ctx context.Context, guild string, v answers.Vote, shown answers.Shown) error {
	if err := f.disturb(); err != nil {
		return err
	}
	return f.Answerer.Vote(ctx, guild, v, shown)
}
