//go:build !race

package worker_test

// workerMemory is the memory that the workers of the tests may take, in bytes.
const workerMemory = 256 << 20
