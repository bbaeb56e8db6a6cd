package extract

import (
	"errors"
	"fmt"
)

// An UnreadError is an error about a file that is not read.
type UnreadError struct {
	Reason string // a stable code, for whoever says it in another language
	text   string // what is wrong, and what to do
}

// Error says what is wrong and what to do; callers add the name of the file.
func (r *UnreadError) Error() string { return r.text }

// Reason returns the code of the UnreadError that an error is or wraps, "" for another error.
func Reason(err error) string {
	var r *UnreadError
	if errors.As(err, &r) {
		return r.Reason
	}
	return ""
}

// UnreadOf returns the error of a code, nil if there is none: to make the error anew
// that another process reported.
func UnreadOf(reason string) *UnreadError {
	for _, r := range unreadErrors {
		if r.Reason == reason {
			return r
		}
	}
	return nil
}

// The errors about files that are not read.
var (
	ErrFormat    = &UnreadError{"format", "not a format that is read: " + "text (.txt), Markdown (.md), HTML, EPUB, OpenDocument (.odt), Word (.docx) and PDF files are"}
	ErrOther     = &UnreadError{"other", "its content is not what its name says, or it is damaged: open it in the program it was made with and save it again"}
	ErrRTF       = &UnreadError{"rtf", "an RTF file: open it in a word processor and save it as DOCX or ODT"}
	ErrOldOffice = &UnreadError{"old-office", "an old Office file (DOC, XLS, PPT) or a protected one: open it in a word processor and save it as DOCX or ODT without a password"}
	ErrImage     = &UnreadError{"image", "an image: run it through text recognition (OCR), and bring the text or a PDF with a text layer"}
	ErrProtected = &UnreadError{"protected", "protected by a password: save it without one"}
	ErrScan      = &UnreadError{"scan", "holds pages but no text, as scans do: run it through text recognition (OCR), for instance with ocrmypdf, and bring the result"}
	ErrArchive   = &UnreadError{"archive", "a zip file of another kind: unpack it, and bring what is in it"}
	ErrDamaged   = &UnreadError{"damaged", "damaged or incomplete: open it in the program it was made with and save it again, or copy it again"}
	ErrBinary    = &UnreadError{"binary", "not a text file, it holds NUL bytes: save it as plain text in UTF-8"}
	ErrEncoding  = &UnreadError{"encoding", "in an encoding that is neither UTF-8, UTF-16, Windows-1252 nor MacRoman: save it as UTF-8"}
	ErrEmpty     = &UnreadError{"empty", "holds no text: remove it, or put text into it"}
	ErrTooLarge  = &UnreadError{"too-large", fmt.Sprintf("larger than %d MiB: split it into several files", MaxBytes>>20)}
	ErrTooMuch   = &UnreadError{"too-much", "unpacks to more than is read: split it into several files, or save it as plain text"}
	ErrTooDeep   = &UnreadError{"too-deep", "nested more deeply than any text is: save it as plain text"}
	// The following two are errors of package worker.
	ErrTime   = &UnreadError{"time", "takes too long to read: split it into several files, or save it as plain text"}
	ErrMemory = &UnreadError{"memory", "needs too much memory, or broke the program that read it: save it again in the program it was made with, or as plain text"}
)

var unreadErrors = []*UnreadError{
	ErrFormat, ErrOther, ErrRTF, ErrOldOffice, ErrImage, ErrProtected, ErrScan, ErrArchive, ErrDamaged,
	ErrBinary, ErrEncoding, ErrEmpty, ErrTooLarge, ErrTooMuch, ErrTooDeep, ErrTime, ErrMemory,
}
