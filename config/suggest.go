package config

import (
	"fmt"
	"strings"
)

// suggest returns a question after the known name that was probably meant, at
// most two typing errors away, or else the list of all.
func suggest(name string, known []string) string {
	best, least := "", 2
	for _, k := range known {
		if strings.HasPrefix(k, name+".") {
			return fmt.Sprintf("did you mean %s?", k)
		}
		if d := distance(name, k); d <= least {
			best, least = k, d-1
		}
	}
	if best != "" {
		return fmt.Sprintf("did you mean %s?", best)
	}
	return "known are " + strings.Join(known, ", ")
}

// distance returns the least number of bytes to insert, delete or replace that
// makes a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1) // distances from a[:i] to each b[:j]
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
