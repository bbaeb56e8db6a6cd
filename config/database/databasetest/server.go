//go:build unix

package databasetest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

var errNoPrograms = errors.New("programs are missing")

// startTime bounds the start of the server.
const startTime = time.Minute

// supervise runs the server with the program $1 in the folder $2 until standard
// input ends; then it deletes the folder. Each line before that ends the server
// and its connections, and starts it again. A server that has begun knows both
// signals, the second of which hurries it; one that is about to heeds only the
// first.
const supervise = `
begin() {
	"$1" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=200 -c shared_buffers=32MB \
		-c fsync=off -c synchronous_commit=off -c full_page_writes=off &
}
begin "$1" "$2"
while read -r _; do
	kill -INT $!
	wait $!
	begin "$1" "$2"
done
kill -TERM $! 2>&-
kill -INT $! 2>&-
wait
rm -rf "$2"
`

// A server is a running PostgreSQL server.
type server struct {
	folder string         // its data, socket and log
	life   io.WriteCloser // closed by the end of this process, however it ends, it ends the server
}

// startServer starts a server that lives as long as this process.
func startServer() (*server, error) {
	programs, err := findPrograms()
	if err != nil {
		return nil, err
	}
	// Not in the usual place for temporary files, whose name may be too long for
	// a socket.
	folder, err := os.MkdirTemp("/tmp", "verbatim-postgres-")
	if err != nil {
		return nil, err
	}
	s := &server{folder: folder}
	if err := s.start(programs); err != nil {
		s.discard()
		return nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	return s, nil
}

func (s *server) start(programs string) error {
	if err := s.makeData(programs); err != nil {
		return err
	}
	log, err := os.Create(s.log())
	if err != nil {
		return err
	}
	defer log.Close()
	cmd := s.command("/bin/sh", "-c", supervise, "sh", filepath.Join(programs, "postgres"), s.folder)
	cmd.Stdout, cmd.Stderr = log, log
	if s.life, err = cmd.StdinPipe(); err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	return s.awaitReady()
}

// discard undoes a start that failed half-way.
func (s *server) discard() {
	if s.life != nil {
		s.life.Close()
	}
	os.RemoveAll(s.folder)
}

// makeData makes the files of a server. Its databases sort by the rules of a
// language, as those of most servers do, so that a query which relies on another
// order is found out.
func (s *server) makeData(programs string) error {
	if os.Getuid() == 0 {
		if err := os.Chown(s.folder, nobody, nobody); err != nil {
			return err
		}
	}
	output, err := s.command(filepath.Join(programs, "initdb"),
		"-D", filepath.Join(s.folder, "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8",
		"--locale=C", "--locale-provider=icu", "--icu-locale=en-US",
		"--no-sync", "--no-instructions").CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, output)
	}
	return nil
}

// nobody is the user and group that run the server in place of root, whom
// PostgreSQL refuses.
const nobody = 65534

func (s *server) command(program string, arguments ...string) *exec.Cmd {
	cmd := exec.Command(program, arguments...)
	cmd.Dir = s.folder
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt of the terminal is not for it
	if os.Getuid() == 0 {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	return cmd
}

func (s *server) awaitReady() error {
	for deadline := time.Now().Add(startTime); ; time.Sleep(20 * time.Millisecond) {
		err := s.run("SELECT 1")
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(s.log())
			return fmt.Errorf("%w\n%s", err, log)
		}
	}
}

func (s *server) log() string {
	return filepath.Join(s.folder, "log")
}

// findPrograms returns the folder of initdb and postgres: that on PATH, else the
// newest of those where Debian keeps them.
func findPrograms() (string, error) {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(initdb), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("%w: no PostgreSQL here, initdb and postgres stand neither on PATH nor in /usr/lib/postgresql", errNoPrograms)
	}
	return filepath.Dir(slices.Max(found)), nil
}
