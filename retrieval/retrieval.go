// Package retrieval finds and ranks the passages of a guild that bear on a
// question, and chooses the sentences to quote. It is the only importer of bleve.
//
// There is one Bleve index for each guild, so that no guild's words change
// another's ranking. An index is a copy that can be deleted at any time: it follows
// a Source by the guild's revision, which it stores with the data. One that an earlier version
// of the program has made answers until the new one beside it is whole.
//
// What stands in an index: each passage is a Bleve document called
// "<document>/<ordinal>". For the language it is analysed in it has a field of its
// words, with their positions; and it has one of its words as they are typed, where these
// differ, one of its names, one of its length, and fields that filters look at, such as its
// course. Each document has a record of its own that says how many passages it has. Nothing
// else is stored; texts are read from the corpus.
//
// Words are read by the package analysis inside this one, which gets Bleve's stemmers from here
// (languages.go).
//
// A question is understood as students type it: its words that no text holds which the
// asker may see are read as words that those texts hold (repair).
//
// Ranking is BM25 computed here from the postings, and for the best passages a closer
// look at where the question's words stand. Bleve's own scores are not used, for they
// change with the layout of its segments. Postings are read from Bleve once and kept for
// later questions; passages that can't be among the best are not scored (docs/performance.md).
package retrieval
