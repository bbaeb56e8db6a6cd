//go:build !unix

package database_test

func unixChildren() map[string]child { return nil }
