package cli

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"

	"verbatim/config/database"
	"verbatim/retrieval"
)

// hint says what to do about an error of the system that no package has explained, "" where
// there is nothing to say.
func hint(err error) string {
	for _, explained := range []error{database.ErrFull, database.ErrReadOnly, retrieval.ErrFull} {
		if errors.Is(err, explained) {
			return ""
		}
	}
	switch {
	case isAny(err, syscall.ENOSPC, syscall.EFBIG, syscall.EDQUOT):
		return "disk full: free some space and run the command again; what was stored stays"
	case isAny(err, fs.ErrPermission, syscall.EROFS) && !strings.Contains(err.Error(), "give the account"): // which reading a folder says
		return "check who owns it and its folder, and whether this user may read and write there"
	}
	return ""
}

func isAny(err error, targets ...error) bool {
	for _, target := range targets {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}
