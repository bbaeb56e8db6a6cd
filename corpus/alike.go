package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// An Alike is a document that has much of its text in common with another text, such as
// the same in another format, or another edition.
type Alike struct {
	Document Document
	Same     float64 // share of the words of the text that stand in the document too, in the same rows
	Covered  float64 // share of the words of the document that stand in the text
}

// Percent returns the share of the text that stands in the document too in hundredths: 100 is
// all of it.
func (a Alike) Percent() int { return percent(a.Same) }

// Percent returns the share of the first document that stands in the other too in
// hundredths: 100 is all of it.
func (p Pair) Percent() int { return percent(p.Same) }

func percent(share float64) int { return int(100 * share) }

// AlikeWarnings returns a warning for each document that has much in common with a text.
func AlikeWarnings(found []Alike) []Warning {
	var warnings []Warning
	for _, a := range found {
		w := Warning{Kind: AlikeText, Value: a.Document.Name, Percent: a.Percent(), Text: a.String()}
		switch {
		case a.Same < worthSaying:
			w.Kind, w.Percent = HeldText, percent(a.Covered)
		case a.Covered < worthSaying:
			w.Kind = PartText
		}
		warnings = append(warnings, w)
	}
	return warnings
}

// String says how much of which text stands in the other.
func (a Alike) String() string {
	if a.Same < worthSaying {
		return fmt.Sprintf("%d %% of %s stands in it", percent(a.Covered), a.Document.Name)
	}
	return fmt.Sprintf("%d %% of it stands in %s too", a.Percent(), a.Document.Name)
}

const (
	// worthSketch is the likeness of sketches from which on texts are compared. Texts on
	// one subject that quote each other stay far below.
	worthSketch = 0.2
	// worthPart is the share of a sketch from which on texts are compared of which one may
	// stand in the other, and leastPart how many hashes tell that.
	worthPart = 0.4
	leastPart = 2
	// worthSaying is the share of words from which on somebody should look.
	worthSaying = 0.5
	// fewShingles: of texts that are shorter, only those that are the same are spoken of.
	fewShingles = 30
	// maxAlike is how many documents are compared with a text.
	maxAlike = 5
)

// Alike returns the documents that can be seen and have much in common with a draft, those
// with most of it first, at most some. The document of the draft's name is not among them.
func (s *Store) Alike(ctx context.Context, access Access, d Draft) ([]Alike, error) {
	var found []Alike
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		type candidate struct {
			Document
			like float64
		}
		var candidates []candidate
		own := d.sketch()
		err := querySketches(ctx, tx, access, func(other Document, s sketch) {
			if like := worth(own, s); like > 0 && other.Name != d.Name {
				candidates = append(candidates, candidate{other, like})
			}
		})
		if err != nil || len(candidates) == 0 {
			return err
		}
		slices.SortFunc(candidates, func(a, b candidate) int { return cmp.Or(cmp.Compare(b.like, a.like), cmp.Compare(a.Name, b.Name)) })
		found = nil
		words := d.shingler()
		for _, c := range candidates[:min(len(candidates), maxAlike)] {
			other, _, err := readDraft(ctx, tx, access.Guild(), c.Name)
			if err != nil {
				return err
			}
			if a := compare(words, other.shingler()); max(a.Same, a.Covered) >= worthSaying {
				a.Document = c.Document
				found = append(found, a)
			}
		}
		return nil
	})
	slices.SortStableFunc(found, func(a, b Alike) int { return cmp.Compare(b.Same, a.Same) })
	return found, err
}

// Alike is like that of Store for drafts that are not stored yet. Of the documents in what it
// returns only the name is known.
func (d Draft) Alike(others []Draft) []Alike {
	var found []Alike
	own, words := d.sketch(), d.shingler()
	for _, other := range others {
		if other.Name == d.Name || worth(own, other.sketch()) == 0 {
			continue
		}
		if a := compare(words, other.shingler()); max(a.Same, a.Covered) >= worthSaying {
			a.Document.Name = other.Name
			found = append(found, a)
		}
	}
	return found
}

// worth returns how much two texts with these sketches, or a part of the one and the whole
// other, seem to be the same, 0 where they are not worth comparing.
func worth(a, b sketch) float64 {
	like := a.likeness(b)
	if len(a) < fewShingles || len(b) < fewShingles {
		if len(a) > 0 && like == 1 {
			return 1
		}
		return 0
	}
	part, of := a.containment(b)
	switch {
	case of >= leastPart && part >= worthPart:
		return max(like, part)
	case like >= worthSketch:
		return like
	}
	return 0
}

// compare returns how much of two texts is the same.
func compare(a, b shingler) Alike {
	return Alike{Same: a.within(b), Covered: b.within(a)}
}

// within returns the share of words that stand in shingles that another text has, too.
func (s shingler) within(other shingler) float64 {
	if s.n == 0 {
		return 0
	}
	has := make(map[uint64]bool, len(other.hashes))
	for _, h := range other.hashes {
		has[h] = true
	}
	words, upTo := 0, 0 // covered; before which all are counted
	for i, h := range s.hashes {
		if has[h] {
			end := min(i+shingleWords, s.n)
			words += end - max(i, upTo)
			upTo = end
		}
	}
	return float64(words) / float64(s.n)
}

// querySketches calls yield for each document that can be seen, is not removed and has a
// sketch.
func querySketches(ctx context.Context, tx *sql.Tx, access Access, yield func(Document, sketch)) error {
	rows, err := tx.QueryContext(ctx, `SELECT `+documentColumns+`, sketch FROM document JOIN document_sketch USING (guild, document)
		WHERE guild = $1 AND removed = 0`, access.Guild())
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var data []byte
		d, err := scanDocument(rows, &data)
		if err != nil {
			return err
		}
		if access.Sees(d.Course) {
			yield(d, parseSketch(data))
		}
	}
	return rows.Err()
}

// fillSketches makes the sketches of documents that were stored before there were any.
func (s *Store) fillSketches(ctx context.Context, guild string) error {
	for {
		var name, id string
		err := s.db.Read(ctx, func(tx *sql.Tx) error {
			name, id = "", ""
			return queryDocuments(ctx, tx, Everything(guild), `AND NOT EXISTS (SELECT 1 FROM document_sketch
				WHERE document_sketch.guild = document.guild AND document_sketch.document = document.document) LIMIT 1`,
				func(d Document) { name, id = d.Name, d.ID })
		})
		if err != nil || id == "" {
			return err
		}
		err = s.db.Write(ctx, guild, func(tx *sql.Tx) error {
			d, _, err := readDraft(ctx, tx, guild, name)
			if err == nil {
				_, err = tx.ExecContext(ctx, `INSERT INTO document_sketch (guild, document, sketch) VALUES ($1, $2, $3)
					ON CONFLICT (guild, document) DO NOTHING`, guild, id, d.sketch().bytes())
			}
			return err
		})
		if err != nil {
			return err
		}
	}
}
