package corpus

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/extract"
)

// A File is a file to be read into a document.
type File struct {
	Name    string // path below its folder, with slashes
	Origin  string // absolute path of the folder
	Data    []byte
	Sidecar []byte // metadata in YAML from beside it, nil for none

	Course   string    // of the document, if nothing in the file states one
	Modified time.Time // of a file of a folder: when it last changed
}

// Errors of a Folder.
var (
	ErrNoFolder = errors.New("no such folder")
	ErrNoFiles  = errors.New("holds no file that is read (" + extract.Names() + "): put some in it, or name another folder")
)

// A Folder is a tree of files, of which those in formats that are read are documents. Files and folders
// whose names begin with a dot or a tilde are left alone; links are followed to files within the
// folder, never to folders, so that no link leads out of it or round in a circle.
type Folder struct {
	Path    string   // where it is, absolute and without links; tells it from other folders
	Names   []string // of the files that can be read, paths with slashes, sorted
	Folders []string // below it, "." for itself
	Other   []string // files that are not read: of other formats, or with line ends in their names
	Partial bool     // parts of it could not be listed
	files   fs.FS
	root    *os.Root // nil for what is no directory
}

// Close gives back what an open folder holds.
func (f *Folder) Close() error {
	if f.root == nil {
		return nil
	}
	return f.root.Close()
}

// OpenFolder lists the files below a directory. Where parts of it can't be listed,
// it returns the rest, and an error that names them.
func OpenFolder(dir string) (*Folder, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: %w", dir, ErrNoFolder)
	case err != nil:
		return nil, readError(dir, err)
	case !info.IsDir():
		return nil, fmt.Errorf("%s is a file: name the folder it is in", dir)
	}
	if abs, err = filepath.EvalSymlinks(abs); err != nil {
		return nil, readError(dir, err)
	}
	if !utf8.ValidString(abs) {
		return nil, fmt.Errorf("%q: the path is not valid UTF-8: rename the folder", abs)
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return nil, readError(dir, err)
	}
	f, err := NewFolder(abs, root.FS())
	f.root = root
	return f, err
}

// NewFolder lists the files of a file system, such as one built into the program.
// It returns as OpenFolder does.
func NewFolder(path string, files fs.FS) (*Folder, error) {
	f := &Folder{Path: path, files: files}
	if err := f.list(); err != nil {
		f.Partial = true
		return f, err
	}
	if len(f.Names) == 0 {
		return f, fmt.Errorf("folder %s %w", path, ErrNoFiles)
	}
	return f, nil
}

func (f *Folder) list() error {
	var failed []error
	err := fs.WalkDir(f.files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			failed = append(failed, readError(name, err))
			return fs.SkipDir
		case name == ".":
			f.Folders = append(f.Folders, name)
		case isHidden(entry.Name()) && entry.IsDir():
			return fs.SkipDir
		case !isHidden(entry.Name()):
			if entry.IsDir() {
				f.Folders = append(f.Folders, name)
			}
			f.consider(name, entry)
		}
		return nil
	})
	return errors.Join(append(failed, err)...)
}

// isHidden reports whether a file is nobody's text by its name: that of a hidden file, or
// one that an editor or a program that copies puts beside a text while it works on it, such
// as ~$thesis.docx.
func isHidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") }

// consider adds a file to the list if it can be read.
func (f *Folder) consider(name string, entry fs.DirEntry) {
	if strings.ContainsFunc(name, unicode.IsControl) {
		f.Other = append(f.Other, name)
		return
	}
	if entry.Type()&fs.ModeSymlink != 0 {
		if info, err := fs.Stat(f.files, name); err == nil && !info.Mode().IsRegular() {
			return // a link to a folder, a device, …; a broken link is an error when read
		}
	} else if !entry.Type().IsRegular() {
		return
	}
	switch {
	case extract.Readable(name) || isCollection(name):
		f.Names = append(f.Names, name)
	case !isSidecar(name):
		f.Other = append(f.Other, name)
	}
}

// Read reads a file of the folder and its sidecar. An error names the file.
func (f *Folder) Read(name string) (File, error) {
	data, modified, err := f.readBounded(name)
	if err != nil {
		return File{}, readError(name, err)
	}
	file := File{Name: name, Origin: f.Path, Data: data, Modified: modified}
	for _, beside := range sidecars(name) {
		file.Sidecar, _, err = f.readBounded(beside)
		if err == nil {
			break
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return File{}, readError(beside, err)
		}
	}
	return file, nil
}

// sidecars returns the names that the metadata of a file may have, the first that is there
// counts.
func sidecars(name string) []string {
	bare := strings.TrimSuffix(name, path.Ext(name))
	return []string{name + ".yaml", bare + ".yaml", name + ".yml", bare + ".yml"}
}

// A State tells whether a file and its sidecar are what they were.
type State string

// State returns the state of a file of the folder, from its size, times and what stands
// beside it, without reading it; it is never "".
func (f *Folder) State(name string) State {
	state := ""
	for i, one := range append([]string{name}, sidecars(name)...) {
		info, err := fs.Stat(f.files, one)
		switch {
		case err == nil:
			state += fmt.Sprintf("%d:%d:%d ", i, info.Size(), info.ModTime().UnixNano())
		case i == 0:
			return State(err.Error())
		}
	}
	return State(state)
}

// Bytes returns the size of a file of the folder, 0 for one that can't be looked at.
func (f *Folder) Bytes(name string) int64 {
	info, err := fs.Stat(f.files, name)
	if err != nil {
		return 0
	}
	return info.Size()
}

// errChanging is returned for a file that is written while it is read.
var errChanging = errors.New("it changed while it was read: read it again when it is complete")

// readBounded reads a file, but not more of it than is taken.
func (f *Folder) readBounded(name string) (data []byte, modified time.Time, err error) {
	file, err := f.files.Open(name)
	if err != nil {
		return nil, modified, err
	}
	defer file.Close()
	before, err := file.Stat()
	if err != nil {
		return nil, modified, err
	}
	data, err = io.ReadAll(io.LimitReader(file, extract.MaxBytes+1))
	if err != nil {
		return nil, modified, err
	}
	after, err := file.Stat()
	switch {
	case err != nil:
		return nil, modified, err
	case len(data) > extract.MaxBytes:
		return nil, modified, extract.ErrTooLarge
	case after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()):
		return nil, modified, errChanging
	}
	return data, after.ModTime(), nil
}

// stillThere reports whether a folder has a file of that name.
func stillThere(folder, name string) bool {
	if !filepath.IsAbs(folder) { // it is no folder's
		return false
	}
	_, err := os.Stat(filepath.Join(folder, filepath.FromSlash(name)))
	return err == nil
}

func isSidecar(name string) bool {
	return path.Ext(name) == ".yaml" || path.Ext(name) == ".yml"
}

// readError names the file once and says what to do about the usual failures.
func readError(name string, err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: %w: give the account that runs verbatim the right to read it", name, err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w: it is gone, or a link to nothing", name, err)
	case strings.Contains(err.Error(), "escapes"): // os.Root has no error value for it
		return fmt.Errorf("%s: a link that leads out of the folder: put the file itself there", name)
	}
	return fmt.Errorf("%s: %w", name, err)
}
