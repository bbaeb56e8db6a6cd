package retrieval

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Bleve opens a damaged index without noticing. So an index that is closed is
// sealed: a file holds the length and checksum of each of its files. An index that
// was open when its process died has no seal; then each segment in use is compared
// with the checksum that Bleve wrote at its end, and openIndex counts the records.

const sealName = "seal.json"

// A seal is the checksums of the files of an index, by their paths in it.
type seals map[string]checksum

type checksum struct {
	Bytes int64  `json:"bytes"`
	CRC   uint32 `json:"crc32c"`
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// seal writes the seal of a closed index.
func seal(dir string) error {
	sums, err := checksums(dir)
	if err != nil {
		return fmt.Errorf("seal index: %w", err)
	}
	data, err := json.Marshal(sums)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, sealName), data, 0o600); err != nil {
		return fmt.Errorf("seal index: %w", err)
	}
	return nil
}

// unseal takes the seal off an index that is going to change.
func unseal(dir string) error {
	err := os.Remove(filepath.Join(dir, sealName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// verify returns an error if the files of a sealed index are not what was written.
func verify(dir string) (sealed bool, err error) {
	data, err := os.ReadFile(filepath.Join(dir, sealName))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	return true, verifySeal(dir, data)
}

func verifySeal(dir string, data []byte) error {
	var want seals
	if err := json.Unmarshal(data, &want); err != nil {
		return fmt.Errorf("seal is damaged: %w", err)
	}
	got, err := checksums(dir)
	if err != nil {
		return err
	}
	for name, sum := range want {
		if got[name] != sum {
			return fmt.Errorf("file %s is not as it was written", name)
		}
	}
	if len(got) != len(want) {
		return errors.New("there are files that do not belong to it")
	}
	return nil
}

func checksums(dir string) (seals, error) {
	sums := seals{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == sealName {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		sums[filepath.ToSlash(name)], err = sumFile(path)
		return err
	})
	return sums, err
}

func sumFile(path string) (checksum, error) {
	f, err := os.Open(path)
	if err != nil {
		return checksum{}, err
	}
	defer f.Close()
	h := crc32.New(castagnoli)
	n, err := io.Copy(h, f)
	return checksum{n, h.Sum32()}, err
}

// verifySegments compares each segment that an open index uses with the CRC-32 in
// its last four bytes. Files that were being written when the process died are not
// among them; Bleve removes those.
func verifySegments(reader index.IndexReader) error {
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("its reader is a %T", reader)
	}
	for _, s := range snapshot.Segments() {
		file, ok := s.Segment().(segment.PersistedSegment)
		if !ok {
			continue
		}
		data, err := os.ReadFile(file.Path())
		if err != nil {
			return err
		}
		body := len(data) - 4
		if body < 0 || crc32.ChecksumIEEE(data[:body]) != binary.BigEndian.Uint32(data[body:]) {
			return fmt.Errorf("segment %s is damaged", filepath.Base(file.Path()))
		}
	}
	return nil
}
