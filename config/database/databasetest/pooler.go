//go:build unix

package databasetest

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// pools is how many connections a pooler has to the server: fewer than ask at a time, so that
// what one leaves behind in a connection is found by another.
const pools = 3

// Pool starts PgBouncer in front of the server, which gives each transaction another
// connection, and returns the address of the database through it. It ends with the test.
// Where it is not installed the test is skipped, but fails when CI is "true".
func (o *Own) Pool() string {
	o.t.Helper()
	program, err := findPooler()
	skipOrFail(o.t, err)
	port, err := freePort()
	skipOrFail(o.t, err)
	folder, err := os.MkdirTemp("/tmp", "verbatim-pooler-")
	skipOrFail(o.t, err)
	o.t.Cleanup(func() { os.RemoveAll(folder) })
	settings := filepath.Join(folder, "pooler.ini")
	err = os.WriteFile(settings, fmt.Appendf(nil, `[databases]
* = host=%s port=5432 user=postgres dbname=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir =
auth_type = any
pool_mode = transaction
max_client_conn = 400
default_pool_size = %d
ignore_startup_parameters = extra_float_digits
server_login_retry = 1
`, o.server.folder, port, pools), 0o644)
	skipOrFail(o.t, err)
	skipOrFail(o.t, os.Chmod(folder, 0o755)) // for whom it runs as
	cmd := o.server.command(program, settings)
	skipOrFail(o.t, cmd.Start())
	o.t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	for deadline := time.Now().Add(startTime); ; time.Sleep(20 * time.Millisecond) {
		c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			c.Close()
			break
		}
		if time.Now().After(deadline) {
			o.t.Fatalf("PgBouncer does not listen: %v", err)
		}
	}
	u := url.URL{
		Scheme: "postgres", User: url.User("postgres"), Path: "/postgres", Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)),
		RawQuery: url.Values{"sslmode": {"disable"}, "default_query_exec_mode": {"exec"}}.Encode(),
	}
	return u.String()
}

// findPooler returns the program of PgBouncer: that on PATH, else the one where Debian keeps
// it, which is not on the PATH of all users.
func findPooler() (string, error) {
	for _, name := range []string{"pgbouncer", "/usr/sbin/pgbouncer"} {
		if program, err := exec.LookPath(name); err == nil {
			return program, nil
		}
	}
	return "", fmt.Errorf("%w: pgbouncer stands neither on PATH nor in /usr/sbin", errNoPrograms)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
