// Package sample holds the study notes that are built into the program, so that it
// answers on a fresh machine. The questions beside them, in questions/, measure how
// well; they are not built in.
package sample

import (
	"embed"
	"io/fs"
)

//go:embed notes
var files embed.FS

// Notes returns the notes, one Markdown file each.
func Notes() fs.FS {
	notes, err := fs.Sub(files, "notes")
	if err != nil {
		panic(err) // only for a path that is not valid
	}
	return notes
}
