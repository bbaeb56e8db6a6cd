package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
)

// Limits of an archive, far above those of any book. Pictures in it are never unpacked.
const (
	maxEntries  = 20_000
	maxUnpacked = 256 << 20 // bytes, over all parts that are read
	maxDepth    = 400       // of elements in each other
)

// An archive is an unpacked view of a zip file. The names in it are keys and never
// become paths.
type archive struct {
	parts  map[string]*zip.File
	budget int64
}

func openArchive(data []byte) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, ErrDamaged
	}
	if len(z.File) > maxEntries {
		return nil, ErrTooMuch
	}
	a := &archive{map[string]*zip.File{}, maxUnpacked}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, ErrProtected
		}
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if a.parts[name] == nil {
			a.parts[name] = f
		}
	}
	return a, nil
}

// has reports whether there is a part of that name.
func (a *archive) has(name string) bool { return a.parts[name] != nil }

// read unpacks a part; nil for one that is not there.
func (a *archive) read(name string) ([]byte, error) {
	f := a.parts[name]
	if f == nil {
		return nil, nil
	}
	if f.UncompressedSize64 > uint64(a.budget) {
		return nil, ErrTooMuch
	}
	r, err := f.Open()
	if err != nil {
		return nil, ErrDamaged
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, a.budget+1))
	if a.budget -= int64(len(data)); a.budget < 0 {
		return nil, ErrTooMuch
	}
	if err != nil {
		return nil, ErrDamaged
	}
	return data, nil
}

// needed unpacks a part that must be there.
func (a *archive) needed(name string) ([]byte, error) {
	data, err := a.read(name)
	if err == nil && data == nil {
		err = ErrDamaged
	}
	return data, err
}

// isZip reports whether data begin as zip files do.
func isZip(data []byte) bool { return bytes.HasPrefix(data, []byte("PK\x03\x04")) }

// zipHolds reports whether a zip file names one of its parts so. It need not be whole: a
// damaged document is still told from another file.
func zipHolds(data []byte, name string) bool {
	return isZip(data) && bytes.Contains(data, []byte(name))
}

// hasMimetype reports whether a zip file states a type of content in its first part, as
// OpenDocument and EPUB files must.
func hasMimetype(data []byte, kind string) bool {
	const header = 30 // bytes of a part's header before its name
	if !isZip(data) || len(data) < header {
		return false
	}
	rest := data[header:]
	return bytes.HasPrefix(rest, []byte("mimetype")) && bytes.Contains(rest[:min(len(rest), 200)], []byte(kind))
}
