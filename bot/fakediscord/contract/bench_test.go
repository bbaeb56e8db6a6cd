package contract_test

import (
	"testing"

	"verbatim/bot/fakediscord/contract"
)

func BenchmarkCheck(b *testing.B) {
	requests := recorded(b)
	for _, name := range []string{"typing", "create message with file", "edit answer", "callback 4 message", "register all commands"} {
		r := requests[name]
		b.Run(name, func(b *testing.B) {
			check(b, r) // compiles the schemas
			b.SetBytes(int64(len(r.Body)))
			for b.Loop() {
				check(b, r)
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := contract.New(); err != nil {
			b.Fatal(err)
		}
	}
}
