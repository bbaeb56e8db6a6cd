// Verbatim answers the questions of study groups with word-for-word excerpts of
// their own texts.
package main

import (
	"os"

	"verbatim/bot/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
