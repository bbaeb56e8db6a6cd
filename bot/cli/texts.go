package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/corpus/sample"
)

// localGuild is the guild of the command line.
const localGuild = "local"

// Texts says which texts a command answers from.
type texts struct {
	docs  string // --docs
	guild string // --guild
}

func (t *texts) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&t.docs, "docs", "", "answer from the texts below `DIR`")
	cmd.Flags().StringVar(&t.guild, "guild", localGuild, "answer from the texts of guild `ID`")
}

// check refuses flags that name two kinds of texts.
func (t *texts) check(cmd *cobra.Command) error {
	if t.docs != "" && cmd.Flags().Changed("guild") {
		return usage("--docs and --guild can't be given together: the texts of a folder belong to no server")
	}
	return nil
}

// open opens the texts: those of a folder if one is named, else those of the guild
// in the data folder, else the sample.
func (t *texts) open(ctx context.Context, p *program) (*library, error) {
	if t.docs != "" {
		folder, err := p.folder(t.docs)
		if err != nil {
			return nil, err
		}
		return p.openKept(ctx, folder)
	}
	if err := checkGuild(t.guild); err != nil {
		return nil, err
	}
	l, err := p.openData(ctx, t.guild)
	if err != nil || l != nil {
		return l, err
	}
	folder, err := corpus.NewFolder("sample", sample.Notes())
	if err != nil {
		return nil, err
	}
	p.warn("no documents of guild %s in %s: answering from the built-in sample notes; add yours with verbatim index DIR", t.guild, p.settings.Data)
	return p.openKept(ctx, folder)
}

// folder opens a folder of texts. Parts of it that can't be listed are named on
// standard error.
func (p *program) folder(dir string) (*corpus.Folder, error) {
	folder, err := corpus.OpenFolder(dir)
	if err != nil && (folder == nil || len(folder.Names) == 0) {
		return nil, err
	}
	if err != nil {
		p.warn("%v", err)
	}
	return folder, nil
}

// openKept opens a library of the documents of a folder that is kept in the cache: one for each
// schema of the database, so that versions of the program leave each other's alone.
func (p *program) openKept(ctx context.Context, folder *corpus.Folder) (*library, error) {
	schema, err := database.KnownSchema()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(folder.Path))
	earlier := filepath.Join(p.settings.Cache, "docs", hex.EncodeToString(sum[:8])) // as it was named before schemas were
	cache := fmt.Sprintf("%s-%d", earlier, schema)
	if _, err := os.Stat(cache); errors.Is(err, fs.ErrNotExist) {
		if err := os.RemoveAll(earlier); err != nil {
			p.log.Info("earlier cache stays", "dir", earlier, "err", err)
		}
	}
	return p.openFolder(ctx, folder, cache, p.showProgress)
}

// noData reports whether there is no database in the data folder yet.
func (p *program) noData() bool {
	if p.settings.Database != "" {
		return false
	}
	_, err := os.Stat(p.settings.DatabaseAddress())
	return errors.Is(err, fs.ErrNotExist)
}

// openData opens the library of a guild in the data folder, nil if there is no
// document in it.
func (p *program) openData(ctx context.Context, guild string) (*library, error) {
	if p.noData() {
		return nil, nil
	}
	l, err := p.openStore(ctx, p.settings.DatabaseAddress(), guild)
	if err != nil {
		return nil, err
	}
	documents, err := l.store.Documents(ctx, corpus.Everything(guild), false)
	if err == nil && len(documents) > 0 {
		err = p.openIndexes(l, p.settings.Data)
		if err == nil {
			return l, nil
		}
	}
	return nil, errors.Join(err, l.close())
}
