package database

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"time"
)

// A backup is one file, the same for both engines: compressed with gzip, its lines are a
// head, an export, and an end with the number of rows and the SHA-256 of all lines before
// the end.
//
//	{"verbatim":"backup","format":1,"schema":12,"version":"v1.2.3","made":"2026-05-28T10:00:00Z"}
//	{"table":"guild","row":{…}}
//	…
//	{"end":{"rows":1234,"sha256":"…"}}

// ErrBackup: a file is no backup, or not the whole of one.
var ErrBackup = errors.New("not a whole backup: take another one")

const backupFormat = 1

// A Backup says what stands in the head of a backup.
type Backup struct {
	Verbatim string    `json:"verbatim"` // always "backup"
	Format   int       `json:"format"`
	Schema   int64     `json:"schema"`  // version of the tables
	Version  string    `json:"version"` // of the program that made it
	Made     time.Time `json:"made"`    // when its state was true

	Rows int `json:"-"`
}

type backupEnd struct {
	End *struct {
		Rows   int    `json:"rows"`
		SHA256 string `json:"sha256"`
	} `json:"end"`
}

// WriteBackup writes a backup of one state of the database, while others may read and
// write it. The version is that of the program.
func (db *DB) WriteBackup(ctx context.Context, to io.Writer, version string) (Backup, error) {
	b := Backup{Verbatim: "backup", Format: backupFormat, Version: version, Made: time.Now().UTC().Truncate(time.Millisecond)}
	packed := gzip.NewWriter(to)
	sum := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(packed, sum), 1<<20)
	err := db.Read(ctx, func(tx *sql.Tx) (err error) {
		// The first query begins the state that is read; what is committed after Made may
		// be in it.
		if b.Schema, err = readSchema(ctx, tx); err != nil {
			return err
		}
		if err := json.NewEncoder(out).Encode(b); err != nil {
			return err
		}
		b.Rows, err = db.writeRows(ctx, tx, out)
		return err
	})
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		_, err = fmt.Fprintf(packed, `{"end":{"rows":%d,"sha256":"%x"}}`+"\n", b.Rows, sum.Sum(nil))
	}
	if err == nil {
		err = packed.Close()
	}
	if err != nil {
		return b, fmt.Errorf("back up: %w", err)
	}
	return b, nil
}

// readSchema returns the version of the tables.
func readSchema(ctx context.Context, tx *sql.Tx) (int64, error) {
	var version sql.NullInt64
	err := tx.QueryRowContext(ctx, `SELECT MAX(version_id) FROM goose_db_version`).Scan(&version)
	if err != nil {
		return 0, fmt.Errorf("read schema version: %w", err)
	}
	return version.Int64, nil
}

// CheckBackup reads a backup from its beginning to its end and says what it is. It
// returns an error that wraps [ErrBackup] unless all of it is as it was written.
func CheckBackup(ctx context.Context, from io.Reader) (Backup, error) {
	return readBackup(ctx, from, func(Backup) error { return nil }, func(exported) error { return nil })
}

// Unpack makes an SQLite database of a backup at a path where none is, with the schema of
// this program. It returns an error that wraps [ErrNewerSchema] for a backup of a newer
// one.
func Unpack(ctx context.Context, from io.Reader, path string) (*DB, Backup, error) {
	l := &loading{path: path}
	b, err := readBackup(ctx, from, func(b Backup) error { return l.begin(ctx, b.Schema) }, func(x exported) error { return l.add(ctx, x) })
	if err := errors.Join(err, l.end(err == nil)); err != nil {
		return nil, b, err
	}
	db, err := Open(ctx, path)
	return db, b, err
}

// readBackup calls begin with the head and add with each row.
func readBackup(ctx context.Context, from io.Reader, begin func(Backup) error, add func(exported) error) (Backup, error) {
	var b Backup
	r, err := newBackupReader(from)
	if err != nil {
		return b, err
	}
	first, err := r.line()
	if err != nil {
		return b, err
	}
	if err := json.Unmarshal(first, &b); err != nil || b.Verbatim != "backup" {
		return b, fmt.Errorf("%w (its head is not that of a backup)", ErrBackup)
	}
	if b.Format != backupFormat {
		return b, fmt.Errorf("backup of format %d, this program knows %d: %w", b.Format, backupFormat, ErrNewerSchema)
	}
	if known, err := KnownSchema(); err != nil {
		return b, err
	} else if b.Schema > known {
		return b, fmt.Errorf("backup of schema %d, this program knows %d: %w", b.Schema, known, ErrNewerSchema)
	}
	if err := begin(b); err != nil {
		return b, err
	}
	for ctx.Err() == nil {
		sum := hex.EncodeToString(r.sum.Sum(nil))
		line, err := r.line()
		if err != nil {
			return b, err
		}
		if bytes.HasPrefix(line, []byte(`{"end":`)) {
			return b, r.checkEnd(line, b.Rows, sum)
		}
		var x exported
		if err := json.Unmarshal(line, &x); err != nil {
			return b, fmt.Errorf("%w (line %d: %w)", ErrBackup, b.Rows+2, err)
		}
		if err := add(x); err != nil {
			return b, err
		}
		b.Rows++
	}
	return b, ctx.Err()
}

// A backupReader reads the lines of a backup.
type backupReader struct {
	lines *bufio.Reader
	sum   hash.Hash // of the lines that were read
}

func newBackupReader(from io.Reader) (*backupReader, error) {
	unpacked, err := gzip.NewReader(from)
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrBackup, err)
	}
	return &backupReader{bufio.NewReaderSize(unpacked, 1<<20), sha256.New()}, nil
}

func (r *backupReader) line() ([]byte, error) {
	line, err := r.lines.ReadBytes('\n')
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrBackup, err)
	}
	r.sum.Write(line)
	return line, nil
}

func (r *backupReader) checkEnd(line []byte, rows int, sum string) error {
	var e backupEnd
	if err := json.Unmarshal(line, &e); err != nil || e.End == nil || e.End.SHA256 != sum || e.End.Rows != rows {
		return fmt.Errorf("%w (its checksum does not fit what it holds)", ErrBackup)
	}
	if _, err := r.lines.ReadByte(); err != io.EOF {
		return fmt.Errorf("%w (something follows its end)", ErrBackup)
	}
	return nil
}

// LooksLikeBackup reports whether a file begins as a backup does, however it goes on.
func LooksLikeBackup(from io.Reader) bool {
	r, err := newBackupReader(from)
	if err != nil {
		return false
	}
	first, err := r.line()
	return err == nil && bytes.HasPrefix(first, []byte(`{"verbatim":"backup",`))
}
