package worker

import (
	"os/exec"
	"syscall"
)

// isolate gives a process namespaces of its own for users and the network. Many systems
// forbid it; what lock does holds there too.
func isolate(cmd *exec.Cmd, alone bool) {
	if alone {
		cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET}
	}
}
