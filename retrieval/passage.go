package retrieval

import (
	"context"
	"slices"
	"strings"
	"sync"

	"verbatim/config/database"
	"verbatim/corpus"
)

// A passage is one as it was read from the store, with its analysis. Nothing of it changes.
type passage struct {
	corpus.Found
	head     database.Head // of the guild's data, at which it was so
	changes  *lastChanges  // of the index for which it was read
	language string        // in which it is analysed
	tokens   packedTokens  // of its headings, then of each sentence
}

// heading is what stands above a passage: the title of its document, and its headings.
func heading(f corpus.Found) string {
	return strings.Join(append([]string{f.Document.Title}, f.Section...), "\n")
}

// keptPassageBytes is how much memory passages may take up that are kept, of all guilds
// together.
const keptPassageBytes = 32 << 20

// keptPassages keeps passages for the next question that they may answer: those read lately.
// To read one from the store and to analyse it takes far longer than to choose what to quote.
// It is safe for concurrent use.
type keptPassages struct {
	mutex    sync.Mutex
	passages generations[passageKey, *passage]
}

func newKeptPassages() *keptPassages {
	return &keptPassages{passages: generations[passageKey, *passage]{room: keptPassageBytes}}
}

type passageKey struct {
	store *corpus.Store
	guild string
	corpus.PassageID
}

// A passageReader reads passages that can be seen. Those that are kept serve at the head of the
// guild's data, and where the index knows that their documents did not change since.
type passageReader struct {
	kept    *keptPassages
	store   *corpus.Store
	access  corpus.Access
	head    database.Head
	changes *lastChanges // nil if the index does not stand at the head
}

func (x *Indexes) passageReader(g *guildIndex, store *corpus.Store, access corpus.Access, head database.Head) passageReader {
	r := passageReader{kept: x.passages, store: store, access: access, head: head}
	changes := g.lastChanges.Load() // before it is seen where the index stands: others come once that is left
	if at := g.at.Load(); at != nil && *at == head {
		r.changes = changes
	}
	return r
}

// serves reports whether a passage that was read before is as it would be read now.
func (r passageReader) serves(p *passage, language string) bool {
	if p == nil || p.language != language {
		return false
	}
	return p.head == r.head || r.changes != nil && p.changes == r.changes && r.changes.same(p.Document.ID, p.head.Revision)
}

// A passageIn names a passage, and the language in which it is analysed.
type passageIn struct {
	corpus.PassageID
	language string
}

// read returns passages in the order asked for. Those that are not there, removed, or not
// shown by the access are left out.
func (r passageReader) read(ctx context.Context, wanted []passageIn) ([]*passage, error) {
	found := make([]*passage, len(wanted)) // nil for what is to be read
	before := r.kept.get(r, wanted)
	var ids []corpus.PassageID
	for i, p := range before {
		if r.serves(p, wanted[i].language) {
			found[i] = p
		} else {
			ids = append(ids, wanted[i].PassageID)
		}
	}
	if ids != nil {
		read, head, err := r.store.PassagesAt(ctx, r.access, ids) // of a copy it may be an earlier head
		if err != nil {
			return nil, err
		}
		for i := range found {
			at := slices.IndexFunc(read, func(f corpus.Found) bool {
				return f.Document.ID == wanted[i].Document && f.Ordinal == wanted[i].Ordinal
			})
			if found[i] == nil && at >= 0 {
				found[i] = before[i].now(read[at], wanted[i].language)
				if found[i].head = head; head == r.head { // else the index did not follow, or never follows, what led there
					found[i].changes = r.changes
				}
			}
		}
		r.kept.keep(r, found)
	}
	return slices.DeleteFunc(found, func(p *passage) bool { return p == nil || !r.access.Sees(p.Document.Course) }), nil
}

// now returns a passage as it is now. Where that is as it was before, it is not analysed again.
func (before *passage) now(f corpus.Found, language string) *passage {
	p := &passage{Found: f, language: language}
	if before != nil && before.language == language && slices.Equal(before.Texts, f.Texts) && heading(before.Found) == heading(f) {
		p.tokens = before.tokens
		return p
	}
	p.tokens.add(Analyze(language, heading(f)))
	for _, text := range f.Texts {
		p.tokens.add(Analyze(language, text))
	}
	return p
}

// bytes is about what a passage takes up in memory.
func (p *passage) bytes() int {
	return 1000 + 3*len(p.Source) + 40*len(p.Sentences) + p.tokens.bytes()
}

func (k *keptPassages) get(r passageReader, wanted []passageIn) []*passage {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	found := make([]*passage, len(wanted))
	for i, w := range wanted {
		found[i], _ = k.passages.get(passageKey{r.store, r.access.Guild(), w.PassageID})
	}
	return found
}

// keep keeps passages; nil ones are passed over.
func (k *keptPassages) keep(r passageReader, found []*passage) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	for _, p := range found {
		if p != nil {
			k.passages.put(passageKey{r.store, r.access.Guild(), corpus.PassageID{Document: p.Document.ID, Ordinal: p.Ordinal}}, p)
		}
	}
}

// forget drops the passages of a guild.
func (k *keptPassages) forget(guild string) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.passages.forget(func(key passageKey) bool { return key.guild == guild })
}
