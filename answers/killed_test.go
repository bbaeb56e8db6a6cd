package answers_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
)

// childVariable names the database that this test binary writes to, for ever, in place
// of running the tests.
const childVariable = "ANSWERS_TEST_CHILD"

func TestMain(m *testing.M) {
	address, isChild := os.LookupEnv(childVariable)
	if !isChild {
		os.Exit(m.Run())
	}
	fmt.Fprintln(os.Stderr, write(address))
	os.Exit(1)
}

// A writer changes two answers and two groups together, again and again, each time to the
// next number, and prints a line when the store says that it is done.
type writer struct {
	store *answers.Store
	state
}

// A state is what a writer wrote last.
type state struct {
	answers []answers.Curated
	groups  []answers.Group
	number  int // of answers and groups
	uses    int
}

// readState reads what stands in the store. It returns an error where it is half.
func readState(ctx context.Context, s *answers.Store) (state, error) {
	var now state
	var err1, err2 error
	now.answers, err1 = s.List(ctx, corpus.Everything(guild), true)
	now.groups, err2 = s.Glossary(ctx, corpus.Everything(guild))
	if err := errors.Join(err1, err2); err != nil || len(now.answers) == 0 {
		return now, err
	}
	if len(now.answers) != 2 {
		return now, fmt.Errorf("%d answers", len(now.answers))
	}
	one, two := now.answers[0], now.answers[1]
	history, err := s.History(ctx, corpus.Everything(guild), one.ID)
	if err != nil || one.Answer != two.Answer || one.Revision != two.Revision || len(history) != one.Revision || history[len(history)-1].Answer != one.Answer {
		return now, fmt.Errorf("half written: %+v, %+v, with %d revisions, %v", one, two, len(history), err)
	}
	if now.number, err = strconv.Atoi(one.Answer); err != nil || now.number != one.Revision {
		return now, fmt.Errorf("revision %d says %s", one.Revision, one.Answer)
	}
	now.uses = one.Uses
	if len(now.groups) > 0 && (len(now.groups) != 2 || now.groups[0].Revision != now.groups[1].Revision ||
		!strings.HasSuffix(now.groups[0].Terms[1], fmt.Sprint(" ", now.groups[0].Revision))) {
		return now, fmt.Errorf("half written: %+v", now.groups)
	}
	return now, nil
}

// write is what the child does.
func write(address string) error {
	ctx := context.Background()
	db, err := database.Open(ctx, address)
	if err != nil {
		return err
	}
	w := writer{store: answers.NewStore(db, corpus.NewStore(db, time.Now), time.Now)}
	for {
		if w.state, err = readState(ctx, w.store); err != nil {
			return err
		}
		if err := w.next(ctx); err != nil {
			return err
		}
	}
}

func (w *writer) next(ctx context.Context) error {
	n := w.number + 1
	changes := []answers.Change{{}, {}}
	for i := range changes {
		changes[i].Content = content(fmt.Sprint("Question ", i, " ?"), fmt.Sprint(n))
		if w.number > 0 {
			changes[i].ID, changes[i].Base = w.answers[i].ID, w.number
		}
	}
	made, err := w.store.ChangeAnswers(ctx, guild, "ana", changes, false)
	if err != nil {
		return err
	}
	fmt.Println("answers", n)
	groups := []answers.GroupChange{{}, {}}
	revision := 1
	for i := range groups {
		if len(w.groups) > 0 {
			groups[i].ID, revision = w.groups[i].ID, w.groups[i].Revision+1
		}
		groups[i].Terms = []string{fmt.Sprint("terme ", i), fmt.Sprint("mot ", i, " ", revision)}
	}
	if _, err := w.store.ChangeGroups(ctx, guild, "ana", groups, false); err != nil {
		return err
	}
	fmt.Println("groups", revision)
	if err := w.store.Used(ctx, guild, made[0].ID); err != nil {
		return err
	}
	fmt.Println("uses", w.uses+1)
	return nil
}

// TestKilledWhileWriting kills a process that writes at moments it does not expect. What
// the store had said to be done is there, and nothing is half.
func TestKilledWhileWriting(t *testing.T) {
	kills := 20
	if os.Getenv("VERBATIM_LONG") != "" {
		kills = 500
	}
	for _, engine := range []database.Engine{database.SQLite, database.PostgreSQL} {
		t.Run(fmt.Sprint(engine), func(t *testing.T) {
			address := databasetest.Address(t, engine)
			written := 0
			for n := range kills {
				done := kill(t, address)
				db, err := database.Open(t.Context(), address)
				if err != nil {
					t.Fatal(err)
				}
				now, err := readState(t.Context(), answers.NewStore(db, corpus.NewStore(db, time.Now), time.Now))
				db.Close()
				if err != nil {
					t.Fatalf("after kill %d: %v", n, err)
				}
				revision := 0
				if len(now.groups) > 0 {
					revision = now.groups[0].Revision
				}
				if now.number < done["answers"] || revision < done["groups"] || now.uses < done["uses"] {
					t.Fatalf("after kill %d there are answers %d, groups %d, uses %d, but done was %v", n, now.number, revision, now.uses, done)
				}
				written = now.number
			}
			if written < kills {
				t.Errorf("%d changes were written in %d runs", written, kills)
			}
		})
	}
}

// kill runs a writer, kills it a little after some line that it printed, and returns the
// last number that it printed of each kind.
func kill(t *testing.T, address string) map[string]int {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Env = append(os.Environ(), childVariable+"="+address)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := 3 + rand.IntN(6)
	done := map[string]int{}
	scanner := bufio.NewScanner(stdout)
	for n := 1; scanner.Scan(); n++ {
		kind, number, _ := strings.Cut(scanner.Text(), " ")
		done[kind], _ = strconv.Atoi(number)
		if n == lines {
			time.AfterFunc(time.Duration(rand.IntN(5000))*time.Microsecond, func() { cmd.Process.Kill() })
		}
	}
	cmd.Wait()
	if stderr.Len() > 0 {
		t.Fatalf("the writer failed: %s", stderr.String())
	}
	return done
}
