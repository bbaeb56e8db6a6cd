package retrieval_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

var words = strings.Fields(`parti congrès soviet vote primaire révolution blé terre paix usine grève lettre
	Lénine Trotsky Mariátegui Pérou Berlin 1917 1928 2011 le la de et pour dans`)

func randomText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 40).Draw(t, "text"), " ") + "."
}

// TestBM25 compares the scores with the formula worked out over all texts, after
// documents have come, changed and gone, which leaves several segments behind.
func TestBM25(t *testing.T) {
	l := open(t)
	guilds := 0
	rapid.Check(t, func(r *rapid.T) {
		guilds++
		g := fmt.Sprint("guild", guilds)
		texts := map[string]string{}
		for range rapid.IntRange(1, 4).Draw(r, "steps") {
			l.change(t, r, g, texts)
			l.ranking(t, corpus.Everything(g), "soviet") // follows
		}
		question := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 5).Draw(r, "question"), " ")
		got := l.wordScores(t, corpus.Everything(g), question)
		if want := reference(titled(texts), question); !slices.Equal(got, want) {
			r.Fatalf("ranking of %q is\n%s\nwant\n%s", question, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// wordScores returns the part of the scores that is BM25, as "name/ordinal score" in
// the order of the names.
func (l *library) wordScores(t *testing.T, access corpus.Access, text string) []string {
	t.Helper()
	hits, err := l.Rank(t.Context(), retrieval.Query{Text: text, Access: access}, 20, nil)
	check(t, err)
	var found []string
	for _, h := range hits {
		if h.Explanation.Words > 0 { // else only the beginnings of words match
			found = append(found, fmt.Sprintf("%s/%d %.9f", l.name(t, access, h.Document), h.Ordinal, h.Explanation.Words))
		}
	}
	slices.Sort(found)
	return found
}

// change puts, replaces or removes a document.
func (l *library) change(t *testing.T, r *rapid.T, g string, texts map[string]string) {
	name := fmt.Sprintf("%d.txt", rapid.IntRange(0, 3).Draw(r, "name"))
	if _, there := texts[name]; there && rapid.Bool().Draw(r, "remove") {
		d, err := l.DocumentNamed(t.Context(), corpus.Everything(g), name)
		check(t, err)
		check(t, l.Remove(t.Context(), g, d.ID))
		delete(texts, name)
		return
	}
	text := randomText(r)
	d, err := corpus.Read(corpus.File{Name: name, Data: []byte("---\nlanguage: fr\n---\n" + text)})
	check(t, err)
	_, err = l.Put(t.Context(), g, []corpus.Draft{d}, true)
	check(t, err)
	texts[name] = text
}

// TestOrder: the best comes first, and passages of one score stand in one order
// whatever the layout of the index.
func TestOrder(t *testing.T) {
	l := open(t)
	for i := range 30 {
		l.put(t, guild, map[string]string{fmt.Sprintf("%02d.txt", i): strings.Repeat("Le soviet. ", 1+i/10)})
		if i%7 == 0 {
			l.ranking(t, corpus.Everything(guild), "soviet")
		}
	}
	grown := l.ranking(t, corpus.Everything(guild), "soviet")
	l.reopen(t, func() { check(t, os.RemoveAll(l.dir)) })
	if fresh := l.ranking(t, corpus.Everything(guild), "soviet"); !slices.Equal(fresh, grown) {
		t.Errorf("fresh index ranks\n%q\nthe grown one\n%q", fresh, grown)
	}
	for i := 1; i < len(grown); i++ {
		if score(grown[i-1]) < score(grown[i]) {
			t.Errorf("%s before %s", grown[i-1], grown[i])
		}
	}
}

func score(hit string) (s float64) {
	fmt.Sscan(hit[strings.IndexByte(hit, ' ')+1:], &s)
	return s
}

// titled returns what is indexed of each text: its title, which is the name without
// its extension, and the text.
func titled(texts map[string]string) map[string]string {
	all := map[string]string{}
	for name, text := range texts {
		all[name] = strings.TrimSuffix(name, ".txt") + " " + text
	}
	return all
}

// reference is BM25 from the textbook, with k1 = 0.9 and b = 0.4.
func reference(texts map[string]string, question string) []string {
	const k1, b = 0.9, 0.4
	frequencies, lengths, total := map[string]map[string]float64{}, map[string]float64{}, 0.0
	for name, text := range texts {
		frequencies[name] = map[string]float64{}
		for _, term := range terms("fr", text) {
			frequencies[name][term]++
			lengths[name]++
			total++
		}
	}
	n, average := float64(len(texts)), total/float64(len(texts))
	scores := map[string]float64{}
	asked := terms("fr", question)
	slices.Sort(asked)
	for _, term := range slices.Compact(asked) {
		df := 0.0
		for name := range texts {
			if frequencies[name][term] > 0 {
				df++
			}
		}
		for name := range texts {
			if tf := frequencies[name][term]; tf > 0 {
				scores[name] += math.Log(1+(n-df+0.5)/(df+0.5)) * tf * (k1 + 1) / (tf + k1*(1-b+b*lengths[name]/average))
			}
		}
	}
	var ranked []string
	for name, score := range scores {
		ranked = append(ranked, fmt.Sprintf("%s/0 %.9f", name, score))
	}
	slices.Sort(ranked)
	return ranked
}

// damage are ways in which an index can come to be unusable.
var damage = map[string]func(t *testing.T, dir string){
	"gone":             func(t *testing.T, dir string) { check(t, os.RemoveAll(dir)) },
	"segment deleted":  func(t *testing.T, dir string) { check(t, os.Remove(file(t, dir, "*.zap"))) },
	"segment zeroed":   func(t *testing.T, dir string) { zero(t, file(t, dir, "*.zap"), 40, 60) },
	"segment cut":      func(t *testing.T, dir string) { check(t, os.Truncate(file(t, dir, "*.zap"), 100)) },
	"root zeroed":      func(t *testing.T, dir string) { zero(t, file(t, dir, "root.bolt"), 0, 16384) },
	"root page zeroed": func(t *testing.T, dir string) { zero(t, file(t, dir, "root.bolt"), 8192, 12288) },
	"root deleted":     func(t *testing.T, dir string) { check(t, os.Remove(file(t, dir, "root.bolt"))) },
	"meta deleted":     func(t *testing.T, dir string) { check(t, os.Remove(file(t, dir, "index_meta.json"))) },
	"seal damaged":     func(t *testing.T, dir string) { check(t, os.WriteFile(file(t, dir, "seal.json"), []byte("{"), 0o600)) },
	"a file too many": func(t *testing.T, dir string) {
		check(t, os.WriteFile(filepath.Join(filepath.Dir(file(t, dir, "root.bolt")), "x.zap"), []byte("x"), 0o600))
	},
	"unsealed, segment zeroed": func(t *testing.T, dir string) {
		check(t, os.Remove(file(t, dir, "seal.json")))
		zero(t, file(t, dir, "*.zap"), 40, 60)
	},
	"unsealed, segment deleted": func(t *testing.T, dir string) {
		check(t, os.Remove(file(t, dir, "seal.json")))
		check(t, os.Remove(file(t, dir, "*.zap")))
	},
}

func TestDamagedIndexIsRebuilt(t *testing.T) {
	for name, harm := range damage {
		t.Run(name, func(t *testing.T) {
			l := open(t)
			for i := range 20 {
				l.put(t, guild, map[string]string{fmt.Sprintf("%d.txt", i): fmt.Sprintf("Le soviet numéro %d siège à Petrograd.", i)})
			}
			want := l.ranking(t, corpus.Everything(guild), "soviet numéro 7")
			l.reopen(t, func() { harm(t, l.dir) })
			if got := l.ranking(t, corpus.Everything(guild), "soviet numéro 7"); !slices.Equal(got, want) {
				t.Errorf("ranking is %q, want %q", got, want)
			}
		})
	}
}

// TestRestoredStore: when a backup of the database is put back, and as many changes
// follow as were lost, the index knows that it followed others.
func TestRestoredStore(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "Le soviet."})
	var backup = filepath.Join(t.TempDir(), "backup.db")
	_, err := l.sql.Exec(`VACUUM INTO '` + backup + `'`)
	check(t, err)
	l.put(t, guild, map[string]string{"b.txt": "Le soviet encore."})
	if got := l.ranking(t, corpus.Everything(guild), "soviet"); len(got) != 2 {
		t.Fatalf("found %q", got)
	}
	check(t, l.Indexes.Close())
	restored := openAt(t, backup, l.dir)
	restored.put(t, guild, map[string]string{"c.txt": "Le soviet enfin, et le parti."})
	if got := restored.ranking(t, corpus.Everything(guild), "soviet"); len(got) != 2 || restored.first(t, "parti") != "c.txt" {
		t.Errorf("after the restore %q, want a.txt and c.txt", got)
	}
}

// TestIndexAhead: an index that knows more than the store begins anew.
func TestIndexAhead(t *testing.T) {
	l := open(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	l.put(t, guild, map[string]string{"a.txt": "Le soviet."})
	_, err := l.sql.Exec(`VACUUM INTO '` + backup + `'`)
	check(t, err)
	l.put(t, guild, map[string]string{"b.txt": "Le soviet encore."})
	l.ranking(t, corpus.Everything(guild), "soviet")
	check(t, l.Indexes.Close())
	restored := openAt(t, backup, l.dir)
	if got := restored.ranking(t, corpus.Everything(guild), "soviet"); len(got) != 1 {
		t.Errorf("after the restore %q, want a.txt alone", got)
	}
}

// TestInterruptedUpdate: an update of the index that is cut short leaves nothing
// behind that counts.
func TestInterruptedUpdate(t *testing.T) {
	l := open(t)
	texts := map[string]string{}
	for i := range 60 {
		texts[fmt.Sprintf("%d.txt", i)] = strings.Repeat(fmt.Sprintf("Le soviet numéro %d vote la motion et rejette le reste du texte.\n\n", i), 400)
	}
	l.put(t, guild, map[string]string{"first.txt": "Le soviet."})
	l.ranking(t, corpus.Everything(guild), "soviet")
	l.put(t, guild, texts)
	for n := range 4 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(20+40*n)*time.Millisecond)
		l.Rank(ctx, retrieval.Query{Text: "soviet", Access: corpus.Everything(guild)}, 1, nil)
		cancel()
	}
	grown := l.ranking(t, corpus.Everything(guild), "soviet numéro 7")
	l.reopen(t, func() { check(t, os.RemoveAll(l.dir)) })
	if fresh := l.ranking(t, corpus.Everything(guild), "soviet numéro 7"); !slices.Equal(fresh, grown) {
		t.Errorf("after interruptions\n%q\na fresh index\n%q", grown, fresh)
	}
}

// TestOtherLife: when a guild's data are erased and begin anew while its index is
// open, nothing of the old data is found.
func TestOtherLife(t *testing.T) {
	l := open(t)
	old := map[string]string{}
	for i := range 30 {
		old[fmt.Sprintf("%d.txt", i)] = "Le soviet."
	}
	l.put(t, guild, old)
	l.ranking(t, corpus.Everything(guild), "soviet")
	l.forget(t)
	for i := range 3 {
		l.put(t, guild, map[string]string{fmt.Sprintf("new%d.txt", i): "Le soviet nouveau."})
		if got := l.ranking(t, corpus.Everything(guild), "soviet"); len(got) != i+1 {
			t.Errorf("%d found, want %d: %q", len(got), i+1, got)
		}
	}
}

// TestOtherLifeWaits: where a question need not wait for what changed, it does when what was
// indexed before is of other data.
func TestOtherLifeWaits(t *testing.T) {
	l := open(t)
	l.WaitAtMost(20 * time.Millisecond)
	l.put(t, guild, map[string]string{"old.txt": "Le soviet."})
	l.ranking(t, corpus.Everything(guild), "soviet")
	l.forget(t)
	texts := map[string]string{}
	for i := range 40 {
		texts[fmt.Sprintf("%d.txt", i)] = strings.Repeat(fmt.Sprintf("Le soviet numéro %d vote la motion et rejette le reste du texte.\n\n", i), 100)
	}
	l.put(t, guild, texts)
	if got := l.ranking(t, corpus.Everything(guild), "soviet"); len(got) != 20 {
		t.Errorf("found %q, want 20 passages", got)
	}
}

func TestDirectoryBelongsToOne(t *testing.T) {
	l := open(t)
	_, err := retrieval.OpenIndexes(l.dir, l.Store, slog.New(slog.DiscardHandler))
	if !errors.Is(err, retrieval.ErrLocked) {
		t.Errorf("second OpenIndexes: %v, want ErrLocked", err)
	}
	l.reopen(t, func() {})
}

// TestManyGuilds opens more indexes than stay open.
func TestManyGuilds(t *testing.T) {
	l := open(t)
	for range 2 {
		for i := range 70 {
			g := fmt.Sprintf("guild%d", i)
			l.put(t, g, map[string]string{"a.txt": fmt.Sprintf("Le soviet %d.", i)})
			if got := l.ranking(t, corpus.Everything(g), "soviet"); len(got) != 1 {
				t.Fatalf("guild %d finds %q", i, got)
			}
		}
	}
}

// TestManyGuildsAtOnce: indexes are opened and closed while others ask, also of the same guilds.
func TestManyGuildsAtOnce(t *testing.T) {
	l := open(t)
	const guilds = 68
	for i := range guilds {
		l.put(t, fmt.Sprint(i), map[string]string{"a.txt": fmt.Sprintf("Le mot%d est ici.", i)})
	}
	var asking sync.WaitGroup
	for n := range 4 {
		asking.Go(func() {
			for i := range guilds {
				i = (i + n/2*guilds/2) % guilds // each two ask the same
				hits, err := l.Rank(t.Context(), retrieval.Query{Text: fmt.Sprintf("mot%d", i), Access: corpus.Everything(fmt.Sprint(i))}, 5, nil)
				if len(hits) != 1 || err != nil {
					t.Errorf("guild %d: %d hits (%v), want 1", i, len(hits), err)
				}
				if i%10 == n {
					if err := l.Erase(fmt.Sprint(i)); err != nil && !errors.Is(err, retrieval.ErrBusy) {
						t.Errorf("erase guild %d: %v", i, err)
					}
				}
			}
		})
	}
	asking.Wait()
}

func TestCancelled(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "Le soviet."})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.Rank(ctx, retrieval.Query{Text: "soviet", Access: corpus.Everything(guild)}, 1, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Rank = %v, want context.Canceled", err)
	}
	if got := l.first(t, "soviet"); got != "a.txt" {
		t.Errorf("afterwards first is %q, want a.txt", got)
	}
}

// endless is a source whose changes can't be read.
type endless struct{ *corpus.Store }

func (endless) Changes(context.Context, string, int64) ([]database.Change, error) {
	return nil, context.DeadlineExceeded
}

// TestStoppedBeforeTheFirstWrite: an index that was closed before anything was written to it
// is no damaged one, and goes on.
func TestStoppedBeforeTheFirstWrite(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "Le soviet."})
	dir := t.TempDir()
	stopped, err := retrieval.OpenIndexes(dir, endless{l.Store}, slog.New(slog.DiscardHandler))
	check(t, err)
	question := retrieval.Query{Text: "soviet", Access: corpus.Everything(guild)}
	if _, err := stopped.Rank(t.Context(), question, 1, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("Rank = %v", err)
	}
	check(t, stopped.Close())
	var log strings.Builder
	again, err := retrieval.OpenIndexes(dir, l.Store, slog.New(slog.NewTextHandler(&log, nil)))
	check(t, err)
	defer again.Close()
	if hits, err := again.Rank(t.Context(), question, 1, nil); err != nil || len(hits) != 1 || log.Len() > 0 {
		t.Errorf("Rank = %v, %v, with the log %q", hits, err, log.String())
	}
}

// file returns a file below dir whose name fits the pattern.
func file(t *testing.T, dir, pattern string) string {
	t.Helper()
	var found string
	check(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if ok, _ := filepath.Match(pattern, entry.Name()); ok {
			found = path
		}
		return err
	}))
	if found == "" {
		t.Fatalf("no %s below %s", pattern, dir)
	}
	return found
}

// zero writes zeros over bytes of a file.
func zero(t *testing.T, name string, from, to int) {
	t.Helper()
	data, err := os.ReadFile(name)
	check(t, err)
	clear(data[min(from, len(data)):min(to, len(data))])
	check(t, os.WriteFile(name, data, 0o600))
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func terms(language, text string) []string {
	var found []string
	for _, t := range retrieval.Analyze(language, text) {
		found = append(found, t.Term)
	}
	return found
}
