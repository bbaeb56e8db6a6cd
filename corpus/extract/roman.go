package extract

import "strings"

// romanValue reads a roman number from 1 to 399 in capitals or small letters; 0 for
// none. What is not the usual spelling of a number is none.
func romanValue(s string) int {
	digits := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	low := strings.ToLower(s)
	value := 0
	for i := range len(low) {
		d := digits[low[i]]
		if i+1 < len(low) && d < digits[low[i+1]] {
			d = -d
		}
		value += d
	}
	if value <= 0 || romanOf(value) != low {
		return 0
	}
	return value
}

// romanOf writes a number from 1 to 399 in small roman digits.
func romanOf(n int) string {
	var out strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= d.value {
			out.WriteString(d.text)
			n -= d.value
		}
	}
	return out.String()
}
