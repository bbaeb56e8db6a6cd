package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"verbatim/answers"
)

// Commands of a conversation, each a line of its own.
const (
	commandHelp = "/help"
	commandNew  = "/new"
	commandQuit = "/quit"
)

const conversationHelp = `A question a line. What follows up the last one is read together with it: "and in 2016?", "why?".
/new forgets the last question, /help shows this, /quit or Ctrl-D leaves.
`

// askInteractive is a conversation: each line is a question, which may follow up the one
// before it.
func (p *program) askInteractive(ctx context.Context, from *texts, form form) (err error) {
	s, err := p.newSession(ctx, from, form)
	if err != nil {
		return err
	}
	defer closeInto(&err, s.library)
	next, isTerminal := p.prompted()
	if isTerminal {
		io.WriteString(p.out, conversationHelp)
	}
	conversation, here := answers.NewConversations(time.Now), answers.Place{Guild: s.guild}
	for {
		text, err := next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch text = strings.TrimSpace(text); text {
		case "":
			continue
		case commandHelp:
			io.WriteString(p.out, conversationHelp)
			continue
		case commandNew:
			conversation.Forget(func(answers.Place) bool { return true })
			continue
		case commandQuit:
			return nil
		}
		if !isTerminal && !form.json {
			fmt.Fprintf(p.out, "? %s\n\n", visible(text))
		}
		r := s.ask(ctx, text, conversation.Previous(here))
		if errors.Is(r.err, context.Canceled) {
			return r.err
		}
		if err := s.print(r); err != nil {
			return err
		}
		if isTerminal && r.err != nil {
			continue
		}
		if r.err == nil {
			conversation.Remember(here, text, r.Reply)
		}
		if err := s.countUse(ctx, r); err != nil {
			return err
		}
	}
}

// prompted returns what reads the next line, io.EOF after the last one, and whether
// someone types it on a terminal. There, lines can be edited, and those before them
// called back.
func (p *program) prompted() (next func(context.Context) (string, error), isTerminal bool) {
	in, isFile := p.in.(*os.File)
	out, toFile := p.out.(*os.File)
	if !isFile || !toFile || p.settings.Color == "never" || !term.IsTerminal(int(in.Fd())) || !term.IsTerminal(int(out.Fd())) {
		return newLines(p.in).next, false
	}
	editor := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{in, out}, "> ")
	return func(ctx context.Context) (string, error) { return editLine(ctx, editor, in, out) }, true
}

// editLine reads a line in the terminal's raw mode, which it is in for no longer than
// that, so that Ctrl-C ends a question that takes long.
func editLine(ctx context.Context, editor *term.Terminal, in, out *os.File) (string, error) {
	if columns, rows, err := term.GetSize(int(out.Fd())); err == nil && columns > 0 {
		editor.SetSize(columns, rows)
	}
	cooked, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return "", err
	}
	defer term.Restore(int(in.Fd()), cooked)
	read := make(chan line, 1)
	go func() { // a read that never ends keeps it until the process ends
		text, err := editor.ReadLine()
		read <- line{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case l := <-read:
		if errors.Is(l.err, term.ErrPasteIndicator) {
			l.err = nil
		}
		if l.err != nil {
			io.WriteString(out, "\r\n")
		}
		return l.text, l.err
	}
}
