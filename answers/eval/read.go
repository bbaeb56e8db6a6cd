package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
)

// A document is what is read of a line of corpus.jsonl here.
type document struct {
	ID string `json:"id"`
}

func (d document) check() (id string, err error) { return d.ID, nil }

func (q Query) check() (id string, err error) {
	if q.Text == "" {
		err = errors.New("has no text")
	}
	return q.ID, err
}

func (c CuratedAnswer) check() (id string, err error) {
	switch {
	case c.Question == "":
		err = errors.New("has no question")
	case c.Answer == "":
		err = errors.New("has no answer")
	case c.Asks == nil:
		err = errors.New("has no asks")
	case c.Misses == nil:
		err = errors.New("has no misses")
	}
	return c.ID, err
}

// readObjects reads a file of JSON objects, one a line. Check returns an object's
// id, which no other of the file may have, and what it lacks.
func readObjects[T any](path string, check func(T) (id string, err error)) ([]T, error) {
	var objects []T
	seen := map[string]bool{}
	err := eachLine(path, func(line []byte) error {
		var object T
		if err := json.Unmarshal(line, &object); err != nil {
			return fmt.Errorf("not a JSON object of the right form: %w", err)
		}
		id, err := check(object)
		switch {
		case id == "":
			return errors.New("has no id")
		case seen[id]:
			return fmt.Errorf("the id %q stands on a line before", id)
		}
		seen[id] = true
		objects = append(objects, object)
		return err
	})
	return objects, err
}

// readPairs yields the two columns of a file of tab-separated values.
func readPairs(path string, yield func(first, second string) error) error {
	return eachLine(path, func(line []byte) error {
		columns := strings.Split(string(line), "\t")
		if len(columns) != 2 || columns[0] == "" || columns[1] == "" {
			return errors.New("want a query id, a tab and a document id")
		}
		return yield(columns[0], columns[1])
	})
}

// eachLine yields the lines of a file that are not blank, without their ends. An
// error of yield gets the file's path and the line's number.
func eachLine(path string, yield func(line []byte) error) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	n := 0
	for line := range bytes.Lines(data) {
		n++
		line = bytes.TrimRight(line, "\r\n")
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if err := yield(line); err != nil {
			return fmt.Errorf("%s, line %d: %w", path, n, err)
		}
	}
	return nil
}
