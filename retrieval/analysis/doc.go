// Package analysis reads texts and questions as words that find each other: it divides them
// into words, folds accents, takes off endings, and gives what is written in several ways
// (numbers, numerals, centuries, initials, compounds, irregular words) one form.
//
// It knows six languages by their rules. What a library knows of them, stemmers and lists of
// stop words, it is given, so that it depends on no engine.
//
// The files of testdata hold what finds what, a line each.
package analysis
