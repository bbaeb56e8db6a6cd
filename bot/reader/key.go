package reader

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const keyBytes = 32

// Key reads the key that signs links from a file, or makes one where there is none. Who
// reads the file can make links to every text; without it all links end. The file is whole
// from its beginning, and only its owner can read it.
func Key(file string) ([]byte, error) {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		if err := makeKey(file); err != nil {
			return nil, fmt.Errorf("key of links: %w", err)
		}
	}
	return readKey(file)
}

// makeKey writes a new key, unless another process does it at the same time.
func makeKey(file string) error {
	key := make([]byte, keyBytes)
	rand.Read(key) // never fails
	part, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name())
	_, err = part.WriteString(hex.EncodeToString(key) + "\n")
	if err := errors.Join(err, part.Sync(), part.Close()); err != nil {
		return err
	}
	err = os.Link(part.Name(), file)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	return os.Rename(part.Name(), file) // where the file system has no links
}

func readKey(file string) ([]byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("key of links: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(data)))
	if err != nil || len(key) != keyBytes {
		return nil, fmt.Errorf("%s holds no key of links: delete it, and a new one is made", file)
	}
	return key, nil
}
