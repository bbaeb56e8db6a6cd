//go:build unix

package cli_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"verbatim/bot/fakediscord"
	"verbatim/bot/shards"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
)

// A fleet is several processes of the bot on one PostgreSQL database, and a Discord that is
// divided into shards.
type fleet struct {
	*fakediscord.Server
	t         *testing.T
	wire      *databasetest.Wire
	db        *database.DB
	home      string
	lease     time.Duration
	shards    int
	guilds    []string
	channels  []string                // one in each guild
	people    [][]*fakediscord.Person // of each guild
	processes []*member

	mutex  sync.Mutex
	course courseOfEvents
	asked  []question
	trips  []*fakediscord.Interaction
}

// A question is one that somebody has asked.
type question struct {
	id, guild string
	at        time.Time
}

// A member of a fleet is a process.
type member struct {
	running
	name string
}

// newFleet makes a Discord with guilds, each with a text, and a database that is reached
// through a wire that a test can cut.
func newFleet(t *testing.T, o fakediscord.Options, guilds int, lease time.Duration) *fleet {
	t.Helper()
	address := databasetest.Address(t, database.PostgreSQL)
	return newFleetOn(t, address, address, o, guilds, lease)
}

// newFleetOn makes one on a database, which its processes reach at another address perhaps.
func newFleetOn(t *testing.T, address, through string, o fakediscord.Options, guilds int, lease time.Duration) *fleet {
	t.Helper()
	db, err := database.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	o.LimitIdentify = true
	server, err := fakediscord.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	through += "&default_query_exec_mode=exec" // as behind a pooler that keeps no prepared statements
	f := &fleet{Server: server, t: t, db: db, wire: databasetest.NewWire(t, through), home: t.TempDir(), lease: lease, shards: o.Shards}
	f.watch()
	store := corpus.NewStore(db, time.Now)
	for n := range guilds {
		// One after the other in the shards.
		guild := f.NewGuild(fakediscord.Guild{ID: fmt.Sprint(int64(1e9+n) << 22), Name: fmt.Sprintf("Cours %d", n)})
		f.guilds = append(f.guilds, guild.ID)
		f.channels = append(f.channels, f.NewChannel(fakediscord.Channel{GuildID: guild.ID, Name: "questions"}).ID)
		var people []*fakediscord.Person // more than one, for what one may ask is limited
		for range 8 {
			people = append(people, f.NewPerson("Inès", "fr").Join(guild.ID))
		}
		f.people = append(f.people, people)
		f.store(store, guild.ID, fmt.Sprintf("Le soviet numéro %d siège au palais de Tauride.", n))
	}
	return f
}

func (f *fleet) store(store *corpus.Store, guild, text string) {
	f.t.Helper()
	f.storeIn(store, guild, "a.txt", "", text)
}

// storeIn stores a file of a course, "" for none.
func (f *fleet) storeIn(store *corpus.Store, guild, name, course, text string) {
	f.t.Helper()
	folder, err := corpus.NewFolder("course", fstest.MapFS{name: {Data: []byte(text)}})
	if err != nil {
		f.t.Fatal(err)
	}
	if _, err := store.Import(f.t.Context(), guild, folder, corpus.ImportOptions{Extractor: corpus.InProcess{}, Course: course}); err != nil {
		f.t.Fatal(err)
	}
}

// join starts a process.
func (f *fleet) join(flags ...string) *member {
	f.t.Helper()
	return f.joinThrough(f.wire, flags...)
}

// joinThrough starts a process that reaches the database through a wire of its own.
func (f *fleet) joinThrough(w *databasetest.Wire, flags ...string) *member {
	f.t.Helper()
	m := &member{running: running{Server: f.Server, t: f.t, home: f.home, ended: make(chan struct{})}}
	cmd := m.command(append([]string{
		"run", "--log-level", "info", "--ops-listen", "off", "--shards-lease", f.lease.String(),
		"--database", w.Address(),
	}, flags...)...)
	m.begin(cmd)
	host, _ := os.Hostname()
	m.name = fmt.Sprintf("%d %s", cmd.Process.Pid, host)
	f.processes = append(f.processes, m)
	f.t.Cleanup(func() {
		if f.t.Failed() {
			f.t.Logf("log of %s:\n%s", m.name, &m.err)
		}
	})
	return m
}

// await waits until something is so.
func (f *fleet) await(what string, is func() bool) time.Duration {
	f.t.Helper()
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if is() {
			return time.Since(begun)
		}
		if time.Since(begun) > patience {
			f.t.Fatalf("not in %v: %s", patience, what)
		}
	}
}

// heard reports whether each of so many shards has a session.
func (f *fleet) heard(shards int) bool {
	connected := map[int]bool{}
	for _, s := range f.Sessions() {
		connected[s.Shard] = connected[s.Shard] || s.Connected
	}
	for shard := range shards {
		if !connected[shard] {
			return false
		}
	}
	return true
}

// watchSessions counts, until it is told to end, how often a shard is seen without a session.
func (f *fleet) watchSessions(shards int) (gaps *atomic.Int32, end func()) {
	gaps = new(atomic.Int32)
	ctx, cancel := context.WithCancel(f.t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		for ; ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
			if !f.heard(shards) {
				gaps.Add(1)
			}
		}
	})
	return gaps, func() { cancel(); group.Wait() }
}

// divided reports whether each process answers for so many shards at least.
func (f *fleet) divided(least int, among ...*member) func() bool {
	return func() bool {
		status, stdout, stderr := run(f.t, f.tool("shards"))
		if status != 0 {
			f.t.Fatalf("verbatim shards: status %d\n%s%s", status, stdout, stderr)
		}
		for _, m := range among {
			var held int
			_, after, found := strings.Cut(stdout, "process "+m.name+": ")
			if fmt.Sscan(after, &held); !found || held < least {
				return false
			}
		}
		return !strings.Contains(stdout, ": nobody")
	}
}

// who returns who asks the n-th question, and where.
func (f *fleet) who(n int) (channel string, p *fakediscord.Person) {
	people := f.people[n%len(f.people)]
	return f.channels[n%len(f.channels)], people[n/len(f.channels)%len(people)]
}

// holds reports whether a process answers for any shard.
func (f *fleet) holds(m *member) bool {
	o, err := shards.NewTable(f.db).Read(f.t.Context())
	if err != nil {
		f.t.Fatal(err)
	}
	for _, s := range o.Shards {
		for _, p := range o.Processes {
			if p.ID == s.Owner && p.Name == m.name && !s.Free {
				return true
			}
		}
	}
	return false
}

// mention asks in a guild by a message.
func (f *fleet) mention(n int) {
	f.t.Helper()
	channel, person := f.who(n)
	m, err := person.Post(channel, fakediscord.Post{Content: "<@" + f.Bot().ID + "> Où siège le soviet ?"})
	if err != nil {
		f.t.Error(err)
		return
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.asked = append(f.asked, question{m.ID, f.guilds[n%len(f.guilds)], time.Now()})
}

// slash asks in a guild by the command.
func (f *fleet) slash(n int) {
	f.t.Helper()
	channel, person := f.who(n)
	i, err := person.Slash(channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?"})
	if err != nil {
		f.t.Error(err)
		return
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.trips = append(f.trips, i)
}

// A tally is what became of questions.
type tally struct {
	asked, lost, doubled, wrong int
	took                        []time.Duration // sorted
	said                        []string        // wrong replies
	missing                     []question      // those without one
}

func (f *fleet) tally() tally {
	f.mutex.Lock()
	asked := slices.Clone(f.asked)
	f.mutex.Unlock()
	replies := map[string][]fakediscord.Message{} // by what they reply to
	for _, channel := range f.channels {
		for _, m := range f.Messages(channel) {
			if m.Author.Bot && m.Reference != nil {
				replies[m.Reference.MessageID] = append(replies[m.Reference.MessageID], m)
			}
		}
	}
	t := tally{asked: len(asked)}
	for _, q := range asked {
		switch got := replies[q.id]; {
		case len(got) == 0:
			t.lost++
			t.missing = append(t.missing, q)
		case len(got) > 1:
			t.doubled++
		default:
			if !strings.Contains(fmt.Sprint(got[0].Content, got[0].Embeds), "Tauride") {
				t.wrong++
				t.said = append(t.said, got[0].Content)
			}
			t.took = append(t.took, got[0].Timestamp.Sub(q.at))
		}
	}
	slices.Sort(t.took)
	return t
}

func (t tally) percentile(p int) time.Duration {
	if len(t.took) == 0 {
		return 0
	}
	return t.took[min(len(t.took)-1, len(t.took)*p/100)].Round(time.Millisecond)
}

// settled waits until all questions have a reply, and judges them. Other replies than
// quotes, such as that there is no room, are wrong unless they are allowed.
func (f *fleet) settled(others bool) {
	f.t.Helper()
	var t tally
	for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		if t = f.tally(); t.lost == 0 {
			break
		}
		if time.Since(begun) > patience {
			f.t.Errorf("%d of %d questions have no reply", t.lost, t.asked)
			for _, q := range t.missing {
				f.t.Log(f.explain(q, f.shards))
			}
			break
		}
	}
	if t.doubled > 0 || t.wrong > 0 && !others {
		f.t.Errorf("%d of %d questions have two replies, %d a wrong one", t.doubled, t.asked, t.wrong)
		f.t.Log(t.said)
	}
	answered, unheard := f.tripsEnd()
	f.t.Logf("commands: %d answered, %d that nobody heard, which Discord says", answered, unheard)
	f.t.Logf("%d asked, lost %d, doubled %d, %d with another reply than a quote; p50 %v, p95 %v, p99 %v, at most %v", t.asked, t.lost, t.doubled, t.wrong, t.percentile(50), t.percentile(95), t.percentile(99), t.percentile(100))
}

// asking asks all the time until it is stopped, one time in five by the command.
func (f *fleet) asking(every time.Duration) (stop func()) {
	ctx, cancel := context.WithCancel(f.t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		for n := 0; ctx.Err() == nil; n++ {
			if n%5 == 4 {
				f.slash(n)
			} else {
				f.mention(n)
			}
			time.Sleep(every)
		}
	})
	stop = func() { cancel(); group.Wait() }
	f.t.Cleanup(stop)
	return stop
}

// answered waits until so many questions more have a reply than now.
func (f *fleet) answered(more int) {
	f.t.Helper()
	replies := func() int { t := f.tally(); return t.asked - t.lost }
	before := replies()
	f.await("questions are answered", func() bool { return replies() >= before+more })
}

// change stores the text of the n-th guild anew, with more in it, and waits until that is
// quoted, while the guild is asked.
func (f *fleet) change(n int) {
	f.t.Helper()
	more := fmt.Sprintf("depuis %d jours", 1000+time.Now().UnixMicro()%1000)
	f.store(corpus.NewStore(f.db, time.Now), f.guilds[n], fmt.Sprintf("Le soviet numéro %d siège au palais de Tauride %s.", n, more))
	f.await("what is new is quoted", func() bool {
		return slices.ContainsFunc(f.Messages(f.channels[n]), func(m fakediscord.Message) bool {
			return m.Author.Bot && strings.Contains(fmt.Sprint(m.Embeds), more)
		})
	})
}

// wipeIndexes deletes the indexes of all processes, with the folders in which they stand.
func (f *fleet) wipeIndexes() {
	f.t.Helper()
	wiped := 0
	for _, pattern := range []string{"index*", "process-*/index*"} {
		folders, err := filepath.Glob(filepath.Join(f.home, "share", "verbatim", pattern))
		if err != nil {
			f.t.Fatal(err)
		}
		for _, folder := range folders {
			if err := os.RemoveAll(folder); err != nil {
				f.t.Fatal(err)
			}
			wiped++
		}
	}
	if wiped < len(f.processes) {
		f.t.Errorf("%d folders of indexes of %d processes", wiped, len(f.processes))
	}
}

func (m *member) signal(s syscall.Signal) { m.cmd.Process.Signal(s) }

// tool returns a command on the database itself.
func (f *fleet) tool(args ...string) *exec.Cmd {
	return command(f.t, f.home, append(args, "--database", f.wire.Target())...)
}

// tripsEnd waits for the replies to the commands that were used. Those that nobody
// acknowledged Discord tells their askers itself.
func (f *fleet) tripsEnd() (answered, unheard int) {
	f.t.Helper()
	for _, i := range f.trips {
		f.await("an answer to "+i.ID, func() bool {
			s := i.State()
			return s.Failed || s.Original != nil && s.Original.Flags&fakediscord.Loading == 0
		})
		if i.State().Failed {
			unheard++
		} else {
			answered++
		}
	}
	return answered, unheard
}
