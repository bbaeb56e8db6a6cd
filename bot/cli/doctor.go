package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// doctor is the command that looks for what is wrong with an instance.
func (p *program) doctor() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Look for what is wrong with the settings, the data and the way to Discord",
		Long: `Look for what is wrong with the settings, the data and the way to Discord, whether the
bot runs or not, and say what to do about it. Nothing is changed. "ok" is well, "note"
is worth knowing, "WRONG" keeps the bot from running, or from running safely.

Exit status: 0 if nothing is wrong, else 3.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			findings := p.checkData()
			stored := p.checkDatabase(ctx)
			findings = append(findings, stored)
			if stored.state == fine {
				findings = append(findings, p.checkStored(ctx))
			}
			findings = append(findings, p.checkIndexes(), p.checkWorker(ctx))
			findings = append(findings, p.checkRunning())
			discord, _ := p.checkDiscord(ctx)
			findings = append(findings, discord...)
			findings = append(findings, p.checkReader(ctx))
			well, err := p.printFindings(findings)
			if err == nil && !well {
				p.status = statusFailure
			}
			return err
		},
	}
}

func (p *program) checkDatabase(ctx context.Context) finding {
	looking, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	i, err := database.Inspect(looking, p.settings.DatabaseAddress())
	if err != nil {
		return finding{"database", wrong, err.Error(), databaseRemedy(err)}
	}
	switch {
	case !i.Exists:
		return finding{"database", note, "nothing is stored yet", "verbatim index FOLDER stores texts"}
	case i.Schema < i.Known:
		return finding{"database", note, fmt.Sprintf("%v of schema %d", i.Engine, i.Schema), fmt.Sprintf("the next command backs it up and brings it to schema %d", i.Known)}
	}
	return finding{check: "database", state: fine, what: fmt.Sprintf("%v, schema %d", i.Engine, i.Schema)}
}

// checkStored reads all texts and curated answers, and compares the texts with their
// checksums.
func (p *program) checkStored(ctx context.Context) finding {
	reading, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	documents, damaged, err := p.readStored(reading)
	switch {
	case errors.Is(err, database.ErrStored):
		return finding{"texts", wrong, err.Error(), "verbatim restore brings back a backup"}
	case err != nil:
		return finding{"texts", wrong, err.Error(), databaseRemedy(err)}
	case len(damaged) > 0:
		return finding{"texts", wrong, "damaged, and left out of all answers: " + some(damaged),
			"verbatim restore brings back a backup; without one, verbatim corpus replace DOCUMENT FILE reads the file of each again"}
	}
	return finding{check: "texts", state: fine, what: count(documents, "document") + ", as stored"}
}

// readStored returns how many documents there are, and the names of those that are damaged,
// with the options that name their guilds.
func (p *program) readStored(ctx context.Context) (documents int, damaged []string, err error) {
	l, err := p.openStore(ctx, p.settings.DatabaseAddress(), localGuild)
	if err != nil {
		return 0, nil, err
	}
	defer closeInto(&err, l)
	guilds, err := l.db.Guilds(ctx)
	if err != nil {
		return 0, nil, err
	}
	for _, guild := range guilds {
		n, names, err := readAll(ctx, l.store, guild)
		if err != nil {
			return 0, nil, err
		}
		if _, _, err := readAll(ctx, l.curated, guild); err != nil {
			return 0, nil, err
		}
		documents += n
		for _, name := range names {
			if guild != localGuild {
				name += " (--guild " + guild + ")"
			}
			damaged = append(damaged, name)
		}
	}
	return documents, damaged, nil
}

// readAll reads all that an index of a guild would be made of, and returns how many things
// that is, and which of them are damaged.
func readAll(ctx context.Context, source retrieval.Source, guild string) (n int, damaged []string, err error) {
	for revision := int64(0); ; {
		changes, err := source.Changes(ctx, guild, revision)
		if err != nil || len(changes) == 0 {
			return n, damaged, err
		}
		for _, c := range changes {
			if c.Damaged != nil {
				damaged = append(damaged, c.Name)
			}
		}
		n += len(changes)
		revision = changes[len(changes)-1].Revision
	}
}

func databaseRemedy(err error) string {
	switch {
	case errors.Is(err, database.ErrDamaged):
		return "verbatim restore brings back a backup, and keeps the damaged file"
	case errors.Is(err, database.ErrNewerSchema):
		return "install the version that made it, or a newer one"
	case errors.Is(err, database.ErrReadOnly), errors.Is(err, database.ErrForeign):
		return "" // the error says it
	}
	return "check the address in the setting database, and that the server runs and lets this user in"
}

// checkIndexes says how large the indexes are, and whether they can be written. It builds
// none.
func (p *program) checkIndexes() finding {
	size := int64(0)
	for _, name := range []string{indexName, curatedName} {
		dir := filepath.Join(p.settings.Data, name)
		if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
			continue
		}
		indexes, err := retrieval.OpenIndexes(dir, (*corpus.Store)(nil), p.log)
		if err == nil {
			err = indexes.Close()
		}
		if err != nil && !errors.Is(err, retrieval.ErrLocked) { // a bot that runs has it
			return finding{"indexes", wrong, err.Error(), "delete " + dir + ": it is made again"}
		}
		filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
			if err == nil && !info.IsDir() {
				size += info.Size()
			}
			return nil // what goes meanwhile does not count
		})
	}
	if size == 0 {
		return finding{check: "indexes", state: fine, what: "made with the first question"}
	}
	return finding{check: "indexes", state: fine, what: fmt.Sprintf("%.1f MB", float64(size)/1e6)}
}

// checkWorker lets the process read a file that reads those of others.
func (p *program) checkWorker(ctx context.Context) finding {
	reading, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	page := []byte("<html><head><title>A page</title></head><body><p>Verbatim reads this page.</p></body></html>")
	text, err := p.files().File(reading, "page.html", page, nil)
	if err == nil && !strings.Contains(string(text.Source), "Verbatim reads this page.") {
		err = errors.New("it read something else than what was given")
	}
	if err != nil {
		return finding{"extraction", wrong, "the process that reads HTML, Word and PDF files does not: " + err.Error(), "check that the program may start itself, and limits on processes and memory"}
	}
	return finding{check: "extraction", state: fine, what: "files are read in a process of their own"}
}

func (p *program) checkRunning() finding {
	state, err := p.readHealth()
	switch {
	case errors.Is(err, errNoBot):
		return finding{"bot", note, "does not run on this data folder", "verbatim run starts it"}
	case err != nil:
		return finding{"bot", wrong, err.Error(), ""}
	}
	return finding{check: "bot", state: fine, what: strings.TrimSpace(state)}
}

// checkReader gets a file from the address at which members read texts.
func (p *program) checkReader(ctx context.Context) finding {
	base := strings.TrimSuffix(p.settings.Reader.URL, "/")
	if base == "" {
		return finding{check: "reader.url", state: fine, what: "not set: replies have no links to the texts"}
	}
	if _, err := p.readHealth(); errors.Is(err, errNoBot) {
		return finding{"reader.url", note, base + " is not tried, for the bot does not run", "verbatim run, then verbatim doctor again"}
	}
	remedy := fmt.Sprintf("let what serves %s send requests on to %s, and open its port", base, p.settings.Reader.Listen)
	getting, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(getting, http.MethodGet, base+"/-/reader.css", nil)
	if err != nil {
		return finding{"reader.url", wrong, err.Error(), remedy}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return finding{"reader.url", wrong, err.Error(), remedy}
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK || !strings.HasPrefix(response.Header.Get("Content-Type"), "text/css") {
		return finding{"reader.url", wrong, fmt.Sprintf("%s answers %q, which is not Verbatim", base, response.Status), remedy}
	}
	if strings.HasPrefix(base, "http://") && !strings.Contains(base, "//127.0.0.1") && !strings.Contains(base, "//localhost") {
		return finding{"reader.url", note, base + " is not encrypted: whoever is in between can read the texts", "serve it with https"}
	}
	return finding{check: "reader.url", state: fine, what: base}
}
