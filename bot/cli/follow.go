package cli

import (
	"context"
	"path/filepath"

	"verbatim/corpus/extract/worker"
	"verbatim/corpus/follow"
)

// follow keeps the texts as the folders are that the settings name, until ctx is done. It
// reads files in processes of its own, so that moderators need not wait for it.
func (p *program) follow(ctx context.Context, l *library) {
	if len(p.settings.Follow.Folders) == 0 {
		return
	}
	files := &worker.Reader{Cache: filepath.Join(p.settings.Cache, "engines")}
	defer files.Close()
	f := &follow.Follower{
		Store: l.store, Extractor: files, Log: p.log,
		Settle: p.settings.Follow.Settle, Every: p.settings.Follow.Every, Linger: p.settings.Follow.RemoveAfter,
		Changed: func(ctx context.Context, guild string) error {
			followed, err := l.curated.FollowTexts(ctx, guild)
			p.log.Info("quotes of curated answers", "guild", guild, "moved", followed.Taken, "stale", followed.Stale)
			return err
		},
	}
	var folders []follow.Folder
	for _, x := range p.settings.Follow.Folders {
		if x.Guild == p.settings.Discord.SingleGuild {
			x.Guild = localGuild // from whose texts it is answered
		}
		folders = append(folders, follow.Folder{Path: x.Path, Guild: x.Guild, Course: x.Course})
	}
	f.Run(ctx, folders)
}

// followQuotes gives quotes of curated answers their new places after texts changed, and
// says which answers need somebody.
func (p *program) followQuotes(ctx context.Context, l *library) error {
	f, err := l.curated.FollowTexts(ctx, l.guild)
	if f.Taken > 0 {
		p.warn("quotes moved in their texts, and curated answers follow: %s", count(f.Taken, "answer"))
	}
	if f.Stale > 0 {
		p.warn("quotes of %s changed or are gone: verbatim curated stale shows them", count(f.Stale, "curated answer"))
	}
	return err
}
