package cli_test

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestPrintedTexts: the real texts printed to PDF, and saved as Word and OpenDocument files
// by LibreOffice, are answered from as the text files are: no measure differs by more
// than .03. The last figures stand in docs/quality.md.
func TestPrintedTexts(t *testing.T) {
	data := os.Getenv("VERBATIM_TESTDATA")
	soffice, err := exec.LookPath("soffice")
	switch {
	case os.Getenv("VERBATIM_LONG") == "":
		t.Skip("takes a minute: set VERBATIM_LONG=1")
	case data == "":
		t.Skip("VERBATIM_TESTDATA is not set: it names the folder with corpus and eval/texts_fr")
	case err != nil && os.Getenv("CI") == "true":
		t.Fatal(err)
	case err != nil:
		t.Skip("there is no soffice, the program of LibreOffice that converts the texts")
	}
	texts, err := filepath.Glob(filepath.Join(data, "corpus", "*.txt"))
	if err != nil || len(texts) == 0 {
		t.Fatalf("texts: %v, %d", err, len(texts))
	}
	home := t.TempDir()
	want := evalTexts(t, home, data, filepath.Join(data, "corpus"))
	t.Logf("txt: %+v", want)
	for _, format := range []string{"docx", "odt", "pdf"} {
		dir := filepath.Join(home, format)
		args := []string{"-env:UserInstallation=file://" + home + "/office", "--headless", "--infilter=Text (encoded):UTF8,LF,,,", "--convert-to", format, "--outdir", dir}
		if out, err := exec.CommandContext(t.Context(), soffice, append(args, texts...)...).CombinedOutput(); err != nil {
			t.Fatalf("soffice: %v: %s", err, out)
		}
		got := evalTexts(t, home, data, dir)
		t.Logf("%s: %+v", format, got)
		for measure, w := range want.shares() {
			if g := got.shares()[measure]; math.Abs(g-w) > 0.03 {
				t.Errorf("%s: %s = %.3f, of the text files %.3f", format, measure, g, w)
			}
		}
		if got.Untrue > 0 {
			t.Errorf("%s: %d untrue quotes", format, got.Untrue)
		}
	}
}

// printedFigures are what a report says of the texts in one format.
type printedFigures struct {
	Reply    map[string]float64 `json:"answer_in_reply"`
	Answered map[string]float64 `json:"answered"`
	Refused  float64            `json:"refused"`
	Untrue   int                `json:"untrue_quotes"`
}

func (f printedFigures) shares() map[string]float64 {
	all := map[string]float64{"refused": f.Refused}
	for budget := range f.Reply {
		all["in reply at "+budget], all["answered at "+budget] = f.Reply[budget], f.Answered[budget]
	}
	return all
}

func evalTexts(t *testing.T, home, data, docs string) printedFigures {
	t.Helper()
	status, stdout, stderr := run(t, command(t, home, "eval", "--json", filepath.Join(data, "eval", "texts_fr"), "--docs", docs))
	var f printedFigures
	if err := json.Unmarshal([]byte(stdout), &f); status != 0 || err != nil || len(f.Reply) == 0 {
		t.Fatalf("eval %s: status %d, %v: %s", docs, status, err, stderr)
	}
	return f
}
