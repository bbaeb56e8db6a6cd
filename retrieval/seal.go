package retrieval

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Bleve opens a damaged index without noticing, and a damaged root file of its can end
// the process. So an index that is closed is sealed: a file holds the length and
// checksum of each of its files, and nothing is opened that differs. An index that was
// open when its process died has no seal and is built anew.

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

// errUnsealed is why an index that was not closed can't be used.
var errUnsealed = errors.New("it was not closed")

// verify returns an error if the files of an index are not what was written.
func verify(dir string) error {
	data, err := os.ReadFile(filepath.Join(dir, sealName))
	if errors.Is(err, fs.ErrNotExist) {
		return errUnsealed
	}
	if err != nil {
		return err
	}
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
