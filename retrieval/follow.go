package retrieval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"verbatim/config/database"
)

// batchPassages is how many passages are written at a time.
const batchPassages = 4000

// textField is the field of the passages that are analysed in a language.
func textField(language string) string { return "text_" + language }

// passageID names a passage in the index.
func passageID(document string, ordinal int) string {
	return document + "/" + strconv.Itoa(ordinal)
}

// splitID is the reverse of passageID.
func splitID(id string) (document string, ordinal int, err error) {
	i := strings.LastIndexByte(id, '/')
	ordinal, err = strconv.Atoi(id[i+1:])
	if i < 0 || err != nil {
		return "", 0, fmt.Errorf("not the name of a passage: %q", id)
	}
	return id[:i], ordinal, nil
}

// follow brings the index up to the head of the guild's data. After an error in the
// middle of a revision the index holds what no revision is, and the next call begins
// anew.
func (x *guildIndex) follow(ctx context.Context, source Source, head database.Head) error {
	if x.failed.Load() {
		return errFailed
	}
	if x.state.Revision == head.Revision && x.state.Stamp == head.Stamp {
		x.at.Store(&head)
		return nil
	}
	if err := x.catchUp(ctx, source, head); err != nil {
		if x.state.Partial {
			x.state.Stamp = brokenStamp
		}
		return err
	}
	x.at.Store(&head)
	return nil
}

// brokenStamp is the stamp of no change.
const brokenStamp = "broken"

func (x *guildIndex) catchUp(ctx context.Context, source Source, head database.Head) error {
	if err := x.ensureHistory(ctx, source); err != nil {
		return err
	}
	w, err := x.newWriter()
	if err != nil {
		return err
	}
	defer func() { w.reader.Close() }() // the last one
	for err == nil && w.state.Revision < head.Revision {
		err = w.next(ctx, source, head)
	}
	if !w.whole || w.state.Revision == x.state.Revision {
		return err
	}
	return errors.Join(err, w.commit(w.batch, w.state))
}

// ensureHistory empties an index that followed other data than the source has: those
// of another database, or from before a backup was restored or the guild's data were
// erased.
func (x *guildIndex) ensureHistory(ctx context.Context, source Source) error {
	if x.state.Revision == 0 && x.state.Stamp == "" {
		return nil
	}
	stamp, err := source.Stamp(ctx, x.guild, x.state.Revision)
	if err != nil || stamp != "" && stamp == x.state.Stamp {
		return err
	}
	return x.clear()
}

// clear empties the index. Where what is in it is of these data, if only of no whole
// revision, it is still searched if there is no room to empty it.
func (x *guildIndex) clear() error {
	// It is left first: nobody finds the new last changes while it seems to stand where it stood.
	at, broken := x.at.Swap(nil), x.state.Stamp == brokenStamp
	x.lastChanges.Store(newLastChanges(0))
	reader, err := x.reader()
	if err != nil {
		return err
	}
	defer reader.Close()
	all, err := reader.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer all.Close()
	batch := x.bleve.NewBatch()
	for {
		number, err := all.Next()
		if err != nil {
			return err
		}
		if number == nil {
			err := x.commit(batch, state{})
			if broken && errors.Is(err, ErrFull) {
				x.at.Store(at)
			}
			return err
		}
		id, err := reader.ExternalID(number)
		if err != nil {
			return err
		}
		batch.Delete(id)
	}
}

// A writer gathers changes into batches.
type writer struct {
	*guildIndex
	reader  index.IndexReader // the index as it was before
	written map[string]record // since then, by IDs of things
	batch   *bleve.Batch
	added   int   // passages in the batch
	state   state // that the index is in with the batch
	whole   bool  // it and the batch end with a revision, and nothing is lost before
}

func (x *guildIndex) newWriter() (*writer, error) {
	reader, err := x.reader()
	if err != nil {
		return nil, err
	}
	return &writer{
		guildIndex: x, reader: reader, written: map[string]record{}, batch: x.bleve.NewBatch(), state: x.state.clone(), whole: true,
	}, nil
}

// next brings the next changes into the batch, and the batch into the index when it is full.
func (w *writer) next(ctx context.Context, source Source, head database.Head) error {
	changes, err := source.Changes(ctx, w.guild, w.state.Revision)
	if err != nil {
		return err
	}
	at := head // changes of other things than texts lead there
	if len(changes) > 0 {
		at.Revision = changes[len(changes)-1].Revision
		if at.Stamp, err = source.Stamp(ctx, w.guild, at.Revision); err != nil {
			return err
		}
	}
	if w.added > 0 && w.added+passagesOf(changes) > batchPassages { // it would be written half-way
		if err := w.put(w.state); err != nil {
			return err
		}
	}
	w.lastChanges.Load().note(changes)
	w.whole = false
	for _, c := range changes {
		if err := ctx.Err(); err != nil && !w.guildIndex.state.Partial { // what is half written would have to begin anew
			return err
		}
		if err := w.change(c); err != nil {
			return fmt.Errorf("index %s: %w", c.Name, err)
		}
	}
	w.state.Revision, w.state.Stamp, w.state.Partial, w.whole = at.Revision, at.Stamp, false, true
	if w.guildIndex.state.Partial || w.batch.Size() >= batchPassages || ctx.Err() != nil { // deletions count too
		return w.put(w.state)
	}
	return nil
}

// passagesOf returns how many passages changes bring.
func passagesOf(changes []database.Change) int {
	sum := 0
	for _, c := range changes {
		sum += len(c.Texts)
	}
	return sum
}

// put writes the batch, and begins another.
func (w *writer) put(s state) error {
	if err := w.commit(w.batch, s); err != nil {
		w.whole = false
		return err
	}
	reader, err := w.guildIndex.reader()
	if err != nil {
		w.whole = false
		return err
	}
	w.reader.Close()
	w.reader, w.batch, w.added = reader, w.bleve.NewBatch(), 0
	clear(w.written)
	return nil
}

// change replaces what the index holds of a thing.
func (w *writer) change(c database.Change) error {
	old, known := w.written[c.ID]
	if !known {
		var err error
		if old, err = readRecord(w.reader, c.ID); err != nil {
			return err
		}
	}
	for ordinal := len(c.Texts); ordinal < old.Passages; ordinal++ {
		w.batch.Delete(passageID(c.ID, ordinal))
	}
	now := record{Passages: len(c.Texts), Languages: map[string]lengths{}}
	same := []*field{ // of all its passages
		newSetField(courseField, []string{c.Course}),
		newSetField(documentField, []string{c.ID}),
		newSetField(authorField, nameWords(c.Author)),
		newSetField(dateField, []string{dateTerm(c.Date)}),
	}
	for _, t := range c.Texts {
		if err := w.passage(c, t, same, now); err != nil {
			return err
		}
	}
	w.count(old, -1)
	w.count(now, +1)
	w.written[c.ID] = now
	if now.Passages == 0 {
		w.batch.Delete(recordID(c.ID))
		return nil
	}
	return w.record(c.ID, now)
}

// passage adds a passage to the batch, and its length to the record.
func (w *writer) passage(c database.Change, t database.Text, same []*field, r record) error {
	code := languageOf(t.Language).Code()
	text := analyze(code, t)
	doc := document.NewDocument(passageID(c.ID, t.Ordinal))
	doc.AddField(newTextField(textField(code), text.terms))
	doc.AddField(newLengthField(len(text.terms)))
	doc.AddField(newSetField(wordField, text.forms))
	doc.AddField(newSetField(nameField, text.names))
	doc.AddField(newSetField(initialsField, text.heads))
	doc.AddField(newSetField(languageField, []string{strings.ToLower(t.Language)}))
	for _, f := range same {
		doc.AddField(f)
	}
	if w.added == batchPassages {
		if err := w.partly(); err != nil {
			return err
		}
	}
	if err := w.batch.IndexAdvanced(doc); err != nil {
		return err
	}
	w.added++
	r.Languages[code] = r.Languages[code].plus(lengths{1, len(text.terms)}, +1)
	return nil
}

// count adds the passages of a record to the state, or takes them off.
func (w *writer) count(r record, sign int) {
	w.state.Records += sign * r.Passages
	if r.Passages > 0 {
		w.state.Records += sign
	}
	for code, l := range r.Languages {
		if sum := w.state.Languages[code].plus(l, sign); sum.Passages > 0 {
			w.state.Languages[code] = sum
		} else {
			delete(w.state.Languages, code)
		}
	}
}

func (w *writer) record(id string, r record) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	doc := document.NewDocument(recordID(id))
	doc.AddField(document.NewTextFieldCustom(recordField, nil, data, index.StoreField, nil))
	return w.batch.IndexAdvanced(doc)
}

// partly writes the batch in the middle of a revision, with the sums of the documents that
// are whole in it. Should the program end before the rest is written, the index is built anew.
func (w *writer) partly() error {
	s := w.state.clone()
	s.Partial = true
	return w.put(s)
}

// commit writes a batch, and with it the state that the index is in then.
func (x *guildIndex) commit(batch *bleve.Batch, s state) error {
	s.Format, s.Guild = formatVersion, x.guild
	data, err := s.encode()
	if err != nil {
		return err
	}
	batch.SetInternal(stateKey, data)
	if err := ensureRoom(x.dir, leastRoom+2*batch.TotalDocsSize()); err != nil {
		if err = explain(err); !errors.Is(err, ErrFull) {
			x.fail() // its folder may be gone
		}
		return fmt.Errorf("write index of guild %s: %w", x.guild, err)
	}
	if err := x.bleve.Batch(batch); err != nil {
		x.fail()
		return fmt.Errorf("write index of guild %s: %w", x.guild, explain(err))
	}
	x.state = s.clone() // who writes goes on counting
	return nil
}
