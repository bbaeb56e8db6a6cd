//go:build unix

package cli_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

// clock answers what Discord says of the bot with another time, and with flags.
func clock(off time.Duration, flags int) fakediscord.Play {
	return func(x *fakediscord.Exchange) {
		body, _ := json.Marshal(map[string]any{"id": "12", "name": "Bot", "flags": flags, "approximate_guild_count": 3})
		x.Answer(200, http.Header{"Content-Type": {"application/json"}, "Date": {time.Now().Add(off).UTC().Format(http.TimeFormat)}}, body)
	}
}

// TestDoctor: each thing that can be wrong is found, and said with what to do about it. A
// line of the wanted is a regular expression for a line of what is printed.
func TestDoctor(t *testing.T) {
	t.Parallel()
	const on = 1 << 19
	data := func(r *running) string { return filepath.Join(r.home, "share", "verbatim") }
	write := func(r *running, name, text string, mode os.FileMode) {
		r.t.Helper()
		if err := os.WriteFile(filepath.Join(data(r), name), []byte(text), mode); err != nil {
			r.t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(data(r), name), mode); err != nil {
			r.t.Fatal(err)
		}
	}
	tests := map[string]struct {
		play   fakediscord.Play
		breaks func(r *running)
		env    []string
		status int
		want   []string
	}{
		"well": {play: clock(0, 0), want: []string{
			`^ok +data `, `^ok +permissions `, `^ok +disk .*GB free`, `^ok +database +SQLite, schema \d+`, `^ok +indexes `, `^ok +extraction `,
			`^note +bot +does not run`, `^ok +token +that of Bot, in 3 servers`, `^ok +clock +as Discord's`, `^ok +message content +not wanted`, `^ok +reader.url +not set`,
		}},
		"no token":            {env: []string{"DISCORD_TOKEN="}, status: 3, want: []string{`^WRONG +token +none is set`, `→ set DISCORD_TOKEN`}},
		"another's token":     {env: []string{"DISCORD_TOKEN=other"}, status: 3, want: []string{`^WRONG +token +Discord refuses it`, `→ copy the bot's token`}},
		"no token file":       {env: []string{"DISCORD_TOKEN=", "DISCORD_TOKEN_FILE=/nowhere"}, status: 3, want: []string{`^WRONG +token .*/nowhere`, `→ check the path`}},
		"Discord is away":     {play: fakediscord.LostBefore(), status: 3, want: []string{`^WRONG +Discord +can't reach Discord`, `→ check the network`}},
		"clock behind":        {play: clock(10*time.Minute, 0), status: 3, want: []string{`^WRONG +clock +(10m0s|9m59s) behind Discord's`, `→ let the machine keep its time`}},
		"clock a bit ahead":   {play: clock(-20*time.Second, 0), want: []string{`^note +clock +(19|20)s ahead of Discord's`}},
		"intent unused":       {play: clock(0, on), want: []string{`^note +message content +the intent is switched on, and is not used`}},
		"intent used":         {play: clock(0, on), env: []string{"VERBATIM_DISCORD_MESSAGE_CONTENT=true"}, want: []string{`^ok +message content`}},
		"intent switched off": {play: clock(0, 0), env: []string{"VERBATIM_DISCORD_MESSAGE_CONTENT=true"}, status: 3, want: []string{`^WRONG +message content`, `→ switch it on in the developer portal`}},
		"damaged database": {play: clock(0, 0), status: 3, breaks: func(r *running) {
			write(r, "verbatim.db", strings.Repeat("damaged ", 1000), 0o600)
		}, want: []string{`^WRONG +database .*not a sound SQLite database`, `→ verbatim restore`}},
		"no database server": {play: clock(0, 0), status: 3, env: []string{"VERBATIM_DATABASE=postgres://u:geheim@127.0.0.1:1/x"}, want: []string{`^WRONG +database`, `→ check the address in the setting database`}},
		"open files": {play: clock(0, 0), breaks: func(r *running) {
			write(r, "reader.key", "secret", 0o644)
			os.Chmod(data(r), 0o755)
		}, want: []string{`^note +permissions .*reader.key`, `→ chmod go-rwx`}},
		"the bot was killed": {play: clock(0, 0), status: 3, breaks: func(r *running) {
			host, _ := os.Hostname()
			write(r, "health", "connected\n999999999 "+host+"\n", 0o600)
		}, want: []string{`^WRONG +bot +the bot has ended without a word`}},
		"reader elsewhere": {play: clock(0, 0), status: 3, env: []string{"VERBATIM_READER_URL=http://127.0.0.1:1/t"}, breaks: func(r *running) {
			write(r, "health", "connected\n1 elsewhere\n", 0o600)
		}, want: []string{`^WRONG +reader.url`, `→ let what serves http://127.0.0.1:1/t send requests on to`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := newRunning(t)
			if test.play != nil {
				r.Always("GET", "/applications/@me", test.play)
			}
			if test.breaks != nil {
				test.breaks(r)
			}
			cmd := r.command("doctor")
			cmd.Env = append(cmd.Env, test.env...)
			status, stdout, stderr := run(t, cmd)
			if status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
			for _, want := range test.want {
				if !regexp.MustCompile("(?m)" + want).MatchString(stdout) {
					t.Errorf("it does not say %s", want)
				}
			}
			if strings.Contains(stdout+stderr, r.Token()) || strings.Contains(stdout+stderr, "geheim") {
				t.Error("it tells a secret")
			}
			if t.Failed() {
				t.Logf("%s%s", stdout, stderr)
			}
		})
	}
}

// TestInit: the first command writes the settings, once, and leads to the invitation.
func TestInit(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	file := filepath.Join(r.home, "verbatim.yaml")
	status, stdout, stderr := run(t, r.command("init"))
	if status != 0 || !strings.Contains(stdout, "verbatim.yaml is written") || !strings.Contains(stdout, "https://discord.com/oauth2/authorize?client_id="+r.ApplicationID()) || !strings.Contains(stdout, "verbatim run") {
		t.Errorf("init: status %d\n%s%s", status, stdout, stderr)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("verbatim.yaml: %v, %v, want it for its owner alone", info, err)
	}
	if err := os.WriteFile(file, []byte("log:\n  level: error\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, stdout, _ = run(t, r.command("init"))
	if text, err := os.ReadFile(file); status != 0 || err != nil || string(text) != "log:\n  level: error\n" || !strings.Contains(stdout, "stays as it is") {
		t.Errorf("init again: status %d, file %q, %v\n%s", status, text, err, stdout)
	}
	cmd := r.command("init")
	cmd.Env = append(cmd.Env, "DISCORD_TOKEN=")
	if status, stdout, _ := run(t, cmd); status != 3 || !strings.Contains(stdout, "WRONG  token") || !strings.Contains(stdout, "run verbatim init again") {
		t.Errorf("init without a token: status %d\n%s", status, stdout)
	}
}
