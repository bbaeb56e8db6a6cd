package contract_test

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"verbatim/bot/fakediscord/contract"
)

var checker = sync.OnceValues(contract.New)

// check returns the violations of one request.
func check(t testing.TB, r contract.Request) []*contract.Violation {
	t.Helper()
	c, err := checker()
	if err != nil {
		t.Fatal(err)
	}
	var all []*contract.Violation
	for _, err := range c.Check(r) {
		var v *contract.Violation
		if !errors.As(err, &v) {
			t.Fatalf("Check returned %T, want *Violation", err)
		}
		all = append(all, v)
	}
	return all
}

// request reads a request line, perhaps a Content-Type, and a body.
func request(t testing.TB, text string) contract.Request {
	t.Helper()
	head, body, _ := strings.Cut(text, "\n\n")
	line, header, _ := strings.Cut(head, "\n")
	method, path, ok := strings.Cut(line, " ")
	if !ok {
		t.Fatalf("no request line in %q", text)
	}
	r := contract.Request{Method: method, Path: path, Header: http.Header{}, Body: []byte(body)}
	if _, value, ok := strings.Cut(header, ": "); ok {
		r.Header.Set("Content-Type", value)
	}
	return r
}

// recorded reads the requests of testdata/requests.txtar.
func recorded(t testing.TB) map[string]contract.Request {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/requests.txtar")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]contract.Request{}
	for _, f := range archive.Files {
		all[f.Name] = request(t, string(f.Data))
	}
	return all
}

// TestRecorded proves that there is no false alarm about what discordgo sends.
func TestRecorded(t *testing.T) {
	for name, r := range recorded(t) {
		t.Run(name, func(t *testing.T) {
			for _, v := range check(t, r) {
				t.Error(v)
			}
		})
	}
}

// pair is a right request, and a wrong one with the single violation it has. A
// body is sent as JSON to the route.
type pair struct {
	name, route  string
	right, wrong string
	rule         contract.Rule
	pointer      string
}

var allPairs = slices.Concat(messagePairs, embedPairs, componentPairs, modalPairs, commandPairs, choicePairs, schemaPairs)

func TestPairs(t *testing.T) {
	for _, p := range allPairs {
		t.Run(string(p.rule)+"/"+p.name, func(t *testing.T) {
			for _, v := range check(t, p.request(t, p.right)) {
				t.Errorf("right request: %v", v)
			}
			got := check(t, p.request(t, p.wrong))
			if len(got) != 1 || got[0].Rule != p.rule || got[0].Pointer != p.pointer {
				t.Errorf("wrong request: got %v, want one of %s at %q", got, p.rule, p.pointer)
			}
		})
	}
}

func (p pair) request(t testing.TB, body string) contract.Request {
	t.Helper()
	return request(t, p.route+asJSON+body)
}

// TestEveryRuleHasAPair reads the rules out of their declaration.
func TestEveryRuleHasAPair(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "rule.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	tested := map[contract.Rule]bool{}
	for _, p := range allPairs {
		tested[p.rule] = true
	}
	for _, c := range requestCases {
		tested[c.rule] = true
	}
	rules := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		rules++
		value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		if err != nil || !tested[contract.Rule(value)] {
			t.Errorf("%s has no pair (%v)", spec.Names[0], err)
		}
		return false
	})
	if rules < 20 {
		t.Errorf("found %d rules", rules)
	}
}

func TestConcurrentUse(t *testing.T) {
	c, err := contract.New() // its schemas are not compiled yet
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for _, r := range recorded(t) {
		for range 2 {
			wg.Go(func() {
				if errs := c.Check(r); errs != nil {
					t.Errorf("Check(%s %s) = %v", r.Method, r.Path, errs)
				}
			})
		}
	}
	wg.Wait()
}

func TestViolationText(t *testing.T) {
	v := &contract.Violation{Route: "POST /x", Pointer: "/content", Rule: contract.RuleContent, Detail: "too long"}
	if got, want := v.Error(), "POST /x: /content: content-length: too long"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	v.Pointer = ""
	if got, want := v.Error(), "POST /x: request: content-length: too long"; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
}

// x is a text of n characters, each of which takes two units of UTF-16.
func x(n int) string { return strings.Repeat("😀", n) }

// list joins what item returns for 0 to n-1 into a JSON array.
func list(n int, item func(i int) string) string {
	var b bytes.Buffer
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(item(i))
	}
	return "[" + b.String() + "]"
}
