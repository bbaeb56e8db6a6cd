package config

import (
	"errors"
	"strconv"
	"strings"
)

// units are those of sizes, as disks are sold.
var units = []struct {
	name  string
	bytes uint64
}{{"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}}

// maxAmount bounds the number before a unit.
const maxAmount = 1_000_000

// parseBytes reads a size such as 256MB, with or without a space; 0 needs no unit.
func parseBytes(value string) (uint64, error) {
	if value == "0" {
		return 0, nil
	}
	for _, unit := range units {
		number, found := strings.CutSuffix(strings.ToUpper(value), unit.name)
		n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 64)
		if found && err == nil && n <= maxAmount {
			return n * unit.bytes, nil
		}
	}
	return 0, errors.New("want a size such as 256MB or 2GB, or 0")
}
