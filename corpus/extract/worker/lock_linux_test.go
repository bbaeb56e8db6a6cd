//go:build amd64 || arm64

package worker_test

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"verbatim/corpus/extract/worker"
)

const tryingName = "TRY_WHAT_IS_LOCKED"

// TestLock: a locked process sees no file, reaches no network, starts no program, and
// can't write.
func TestLock(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if os.Getenv(tryingName) != "" {
		tryLocked(os.Getenv(tryingName))
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestLock$")
	cmd.Env = append(os.Environ(), tryingName+"="+secret)
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "all denied") {
		t.Errorf("%v: %s", err, out)
	}
}

// tryLocked tries what must fail, and ends the process.
func tryLocked(secret string) {
	if err := worker.Lock(); err != nil {
		fmt.Println("lock:", err)
		os.Exit(1)
	}
	status := 0
	for name, try := range map[string]func() error{
		"open":    func() error { _, err := os.ReadFile(secret); return err },
		"stat":    func() error { _, err := os.Stat(secret); return err },
		"list":    func() error { _, err := os.ReadDir(filepath.Dir(secret)); return err },
		"create":  func() error { return os.WriteFile(secret+"2", nil, 0o600) },
		"remove":  func() error { return os.Remove(secret) },
		"rename":  func() error { return os.Rename(secret, secret+"3") },
		"connect": func() error { _, err := net.Dial("tcp", "127.0.0.1:9"); return err },
		"listen":  func() error { _, err := net.Listen("unix", secret+"4"); return err },
		"program": func() error { return exec.Command("/bin/true").Run() },
		"kill":    func() error { return syscall.Kill(os.Getppid(), 0) },
	} {
		if err := try(); !errors.Is(err, fs.ErrPermission) {
			fmt.Printf("%s: %v, want it denied\n", name, err)
			status = 1
		}
	}
	if status == 0 {
		fmt.Println("all denied")
	}
	os.Exit(status)
}
