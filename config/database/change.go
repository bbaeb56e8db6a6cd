package database

// A Change is one thing of a guild that changed, as it stands now: the texts to
// be searched in it. The packages that store things give them out in this form,
// and the package that searches follows them without knowing what they are.
//
// A thing that changed several times since a revision is one Change, with its
// last revision.
type Change struct {
	Revision int64  // of the guild, when the thing changed last
	ID       string // of the thing, such as a document or a curated answer; unique in the guild for its kind
	Name     string // as people call it
	Course   string // "" for none
	Author   string // "" when unknown
	Title    string // "" when it has none
	Date     string // as it is written, "" when unknown
	Texts    []Text // in the order of their ordinals; none: the thing is gone, or damaged
	Damaged  error  // why its texts can't be given, which wraps ErrStored; nil when they can
}

// A Text is a piece of a [Change] that is found and ranked by itself.
type Text struct {
	Ordinal  int      // position in the Change, from 0
	Body     string   // what is searched
	Context  []string // title and headings it stands under, outermost first
	Language string   // ISO 639-1 code such as "fr" or "es"; "" when unknown
}
