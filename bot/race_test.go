//go:build race

package bot_test

// raced says that the race detector looks on, which makes all slower. Tests of how long
// something takes then run alone.
const raced = true
