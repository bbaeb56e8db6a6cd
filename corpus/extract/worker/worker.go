// Package worker reads files of untrusted formats in a process of its own: the same
// program, started with the argument Command. What a hostile file does there, it does
// not do to the program that asks: a reader that runs too long, takes too much memory,
// writes too much or crashes is killed, the file gets an error, and the next file a new
// process.
//
// The process is given the bytes of files and gives back texts; it needs no file, no
// network and no other program, and before it sees the first file it gives up the right
// to them as far as the system allows (lock_linux.go). On systems other than Linux it
// runs with limits only.
//
// Requests and replies are JSON behind their length, one at a time:
//
//	length (8 bytes, big endian) {"Name": "a.pdf", "Data": "…", "Sidecar": null}
//	length (8 bytes, big endian) {"Text": {"Source": "…", …}, "Error": "", "Reason": ""}
package worker

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"verbatim/corpus/extract"
)

// Command is the argument that makes the program a worker. The next argument is the
// folder of the compiled PDF engine, if the worker is to read PDF files.
const Command = "read-untrusted-files"

type request struct {
	Name          string
	Data, Sidecar []byte
}

type reply struct {
	Text   extract.Text
	Error  string // what it says, "" for none
	Reason string // the code of the error, if it is an extract.UnreadError
}

// memoryLimit is what a worker may take. The engine for PDF takes up to half of it.
const memoryLimit = 2 << 30

// Serve is the worker: it answers requests from in until that ends, and returns an exit
// status.
func Serve(args []string, in io.Reader, out io.Writer) int {
	return serve(args, in, out, memoryLimit, (*extract.Reader).File)
}

func serve(args []string, in io.Reader, out io.Writer, memory uint64, read func(r *extract.Reader, name string, data, sidecar []byte) (extract.Text, error)) int {
	debug.SetMemoryLimit(int64(memory) * 3 / 4)
	go watchMemory(memory)
	r := &extract.Reader{}
	defer r.Close()
	if len(args) > 0 {
		r.Cache = args[0]
		if err := r.Prepare(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	if err := lock(memory); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := send(out, reply{}); err != nil { // ready
		return 1
	}
	requests := make(chan request)
	go func() { // the end of the input ends the worker also while it reads a file
		for {
			var q request
			if err := receive(in, extract.MaxBytes*2, &q); err != nil {
				os.Exit(0)
			}
			requests <- q
		}
	}()
	for q := range requests {
		text, err := read(r, q.Name, q.Data, q.Sidecar)
		answer := reply{Text: text}
		if err != nil {
			answer = reply{Error: err.Error(), Reason: extract.Reason(err)}
		}
		if err := send(out, answer); err != nil {
			return 1
		}
	}
	return 0
}

// watchMemory ends the process when it takes more than it may, also where the system
// sets no limit to it.
func watchMemory(most uint64) {
	const often = 50 * time.Millisecond
	taken := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for range time.Tick(often) {
		metrics.Read(taken)
		if taken[0].Value.Uint64()-taken[1].Value.Uint64() > most {
			fmt.Fprintln(os.Stderr, "more memory than a file may take")
			os.Exit(1)
		}
	}
}

func send(out io.Writer, message any) error {
	data, err := json.Marshal(message)
	if err != nil {
		return err
	}
	_, err = out.Write(append(binary.BigEndian.AppendUint64(nil, uint64(len(data))), data...))
	return err
}

var errTooLong = errors.New("message too long")

func receive(in io.Reader, most uint64, message any) error {
	var head [8]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return err
	}
	n := binary.BigEndian.Uint64(head[:])
	if n > most {
		return errTooLong
	}
	data, err := io.ReadAll(io.LimitReader(in, int64(n)))
	if err != nil {
		return err
	}
	if uint64(len(data)) < n {
		return io.ErrUnexpectedEOF
	}
	return json.Unmarshal(data, message)
}
