//go:build race

package worker_test

// workerMemory leaves room for the shadow of the memory that the race detector keeps.
const workerMemory = 2 << 30
