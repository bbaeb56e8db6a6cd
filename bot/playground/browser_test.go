package playground_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A browser is a real Chromium that looks at a playground.
type browser struct {
	*stage
	ctx      context.Context
	received sync.Map // interactions by id, in tests without our bot
}

// newBrowser opens the page of a playground with our bot in a window of a size.
func newBrowser(t *testing.T, width, height int) *browser {
	t.Helper()
	chromium(t)
	return newBrowserOn(t, newStage(t), width, height)
}

// chromium returns where Chromium is. Without it the test is skipped, but fails in the
// gate. In short no browser is started.
func chromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("in short without a browser")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	if path == "" && os.Getenv("CI") == "true" {
		t.Fatal("no Chromium on this machine")
	} else if path == "" {
		t.Skip("no Chromium on this machine: apt-get install chromium")
	}
	return path
}

// one is the browser of all tests: to start one takes longer than most of them.
var one struct {
	sync.Once
	ctx   context.Context
	close []context.CancelFunc
	err   error
}

func TestMain(m *testing.M) {
	status := m.Run()
	for _, close := range slices.Backward(one.close) {
		close()
	}
	os.Exit(status)
}

// opened returns the browser, which the first test starts.
func opened(t *testing.T) context.Context {
	t.Helper()
	path := chromium(t)
	one.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
		allocated, stop := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, end := chromedp.NewContext(allocated)
		one.ctx, one.close = ctx, []context.CancelFunc{stop, end}
		one.err = chromedp.Do(ctx, chromedp.Navigate("about:blank"))
	})
	if one.err != nil {
		t.Fatal(one.err)
	}
	return one.ctx
}

// newBrowserOn opens the page of a playground.
func newBrowserOn(t *testing.T, s *stage, width, height int) *browser {
	t.Helper()
	ctx, cancel := chromedp.NewContext(opened(t)) // a tab of its own
	t.Cleanup(cancel)
	b := &browser{stage: s, ctx: ctx}
	b.run(chromedp.EmulateViewport(int64(width), int64(height)))
	if err := chromedp.Listen(ctx, func(event any) {
		if thrown, ok := event.(*runtime.EventExceptionThrown); ok {
			t.Errorf("the page throws: %s %v", thrown.ExceptionDetails.Text, thrown.ExceptionDetails.Exception)
		}
	}); err != nil {
		t.Fatal(err)
	}
	b.run(chromedp.Navigate(b.Address()))
	b.loaded()
	return b
}

// run does things in the browser.
func (b *browser) run(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatalf("%v\nthe page shows: %s", err, b.text("body"))
	}
}

// script runs JavaScript in the page.
func (b *browser) script(script string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("("+script+", true)")); err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
}

// text returns what is to be read in an element.
func (b *browser) text(selector string) string {
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](fmt.Sprintf(`[...document.querySelectorAll(%q)].map((e) => e.innerText).join("\n")`, selector)))
	if err != nil {
		return err.Error()
	}
	return text
}

// is waits until an expression of JavaScript is true.
func (b *browser) is(expression string) {
	b.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		if b.true(expression) {
			return
		}
		if time.Now().After(end) {
			b.picture("failed")
			b.t.Fatalf("%s does not come true\nthe page shows: %s", expression, b.text("body"))
		}
	}
}

// true reports whether an expression of JavaScript is true.
func (b *browser) true(expression string) bool {
	b.t.Helper()
	is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return is
}

// evaluate returns the text that an expression of JavaScript gives.
func (b *browser) evaluate(expression string) string {
	b.t.Helper()
	text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return text
}

// emulate sends a command to the page's browser.
func emulate[P any](b *browser, command cdp.Command[P, cdp.Empty], params P) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, command, params); err != nil {
		b.t.Fatal(err)
	}
}

// dark makes the browser ask for dark pages.
func (b *browser) dark() { b.prefer("dark") }

// light makes it ask for light ones.
func (b *browser) light() { b.prefer("light") }

func (b *browser) prefer(scheme string) {
	b.t.Helper()
	emulate(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// html returns what is in the first element with a selector.
func (b *browser) html(selector string) string {
	html, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](fmt.Sprintf(`document.querySelector(%q).innerHTML`, selector)))
	if err != nil {
		return err.Error()
	}
	return html
}

// see waits until all texts can be read in elements with a selector.
func (b *browser) see(selector string, texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		b.is(fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.innerText.includes(%q))`, selector, text))
	}
}

// keys types text, and keys of package kb.
func (b *browser) keys(keys string) {
	b.t.Helper()
	if strings.HasPrefix(keys, "/") { // a command, typed where messages are: what was sent before may be on its way
		b.is(`document.activeElement?.id === "text"`)
	}
	b.run(chromedp.KeyEvent(keys))
}

// click clicks the last element with a selector in which a text stands.
func (b *browser) click(selector, text string) {
	b.t.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll(%q)].filter((e) => e.innerText.includes(%q) && !e.disabled && e.checkVisibility()).at(-1)`, selector, text)
	b.is(find)
	b.script(`((e) => { e.scrollIntoView({block: "center"}); e.focus(); e.click(); })(` + find + `)`)
}

// choose chooses a value in a select.
func (b *browser) choose(selector, value string) {
	b.t.Helper()
	b.is(fmt.Sprintf(`document.querySelector(%q)`, selector))
	b.script(fmt.Sprintf(`((e) => { e.value = %q; e.dispatchEvent(new Event("change")); })(document.querySelector(%q))`, value, selector))
	b.loaded()
}

// loaded waits until the page has read what it shows.
func (b *browser) loaded() {
	b.t.Helper()
	b.is(`document.querySelector("#main:not([aria-busy]) #composer")?.children.length`)
}

// picture takes a picture of the page into the folder that VERBATIM_SCREENSHOTS names, if
// it is set.
func (b *browser) picture(name string) {
	b.t.Helper()
	folder := os.Getenv("VERBATIM_SCREENSHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	name = strings.ReplaceAll(b.t.Name(), "/", "-") + "-" + name + ".png"
	if err := os.WriteFile(filepath.Join(folder, name), picture, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// ask asks with /ask, by keyboard alone.
func (b *browser) ask(question string) {
	b.t.Helper()
	b.keys("/ask " + question)
	b.see("#composer .command", "/")
	b.is(fmt.Sprintf(`document.activeElement.value === %q`, question))
	b.keys(kb.Enter)
}

func TestBrowserAsk(t *testing.T) {
	b := newBrowser(t, 1280, 800)
	b.choose("#locale", "en-US")
	b.keys("/")
	b.see(".suggest:not([hidden])", "/ask", "/search")
	b.picture("menu")
	b.keys(kb.Escape + kb.Backspace)
	b.ask("Qui allume la lampe du phare ?")
	b.see(".embed", "Anselme allume la lampe", "A. Gardien")
	b.is(`document.querySelector(".embed strong")`)
	b.see(".above", "/ask")
	b.picture("answer")

	b.click(".message:last-child .button", "Utile")
	b.is(`document.querySelector(".message.ephemeral")`)
	b.click("#inspect", "Look inside")
	b.see("#list-why", "Qui allume la lampe", "an answer is shown", "score")
	b.picture("why")
	b.see(".quotes a", "Open in the text")
	b.click("#tab-wire", "")
	b.see("#list-wire", "INTERACTION_CREATE")
	b.picture("wire")
}

func TestBrowserPeople(t *testing.T) {
	b := newBrowser(t, 1280, 800)
	b.choose("#as", newcomer)
	b.keys("/")
	b.see(".suggest:not([hidden])", "/preguntar")
	b.keys(kb.Backspace + "@Ver")
	b.see(".suggest:not([hidden])", "@Verbatim")
	b.keys(kb.Tab + "Qui allume la lampe du phare ?" + kb.Enter)
	b.see(".embed", "Anselme")
	b.see(".message .above", "@Marta")
	b.picture("mention")
	b.choose("#as", moderator)
	b.see("#channels", "moderators")
	b.see(".embed", "Anselme") // what all see, another person sees, too

	b.keys("/forum ") // lets the bot answer posts
	b.see("#composer .command", "/forum")
	b.choose("#option-channel", forum)
	b.choose("#option-on", "0")
	b.click("#composer [type=submit]", "Send")
	b.see(".message.ephemeral", "New posts in") // stored, and not only on its way
	b.script(`location.hash = "` + forum + `"`)
	b.click("button", "New post")
	b.is(`document.activeElement.id === "post-title"`)
	b.keys("Qui allume la lampe du phare ?" + kb.Tab + "Je cherche son nom.")
	b.click("dialog button", "Post")
	b.see("#title", "Qui allume la lampe")
	b.see(".message", "Je cherche son nom.")
	b.see(".embed", "Anselme")
	b.picture("post")

	b.choose("#as", newcomer) // who has asked on the server before
	b.click("#rail a", "❝")
	b.see("#title", "@Verbatim")
	b.is(`document.activeElement.id === "text"`)
	b.keys("Qui allume la lampe du phare ?" + kb.Enter)
	b.see(".embed", "Anselme")
	b.picture("direct")
}

// TestBrowserPhone uses the page in the width of a phone: nothing is wider than it.
func TestBrowserPhone(t *testing.T) {
	b := newBrowser(t, 360, 740)
	fits := `document.documentElement.scrollWidth <= 360 && [...document.querySelectorAll("#messages, .message, #composer, #bar")].every((e) => e.scrollWidth <= e.clientWidth + 1 && e.getBoundingClientRect().right <= 361)`
	b.is(fits)
	b.script(`document.getElementById("text").focus()`)
	b.ask("Qui allume la lampe du phare ?")
	b.see(".embed", "Anselme")
	b.is(fits)
	b.picture("answer")
	b.click("#drawer", "")
	b.is(`getComputedStyle(document.getElementById("side")).visibility === "visible"`)
	b.picture("drawer")
	b.click("#channels a", "discussion")
	b.see("#title", "discussion")
	b.is(`getComputedStyle(document.getElementById("side")).visibility === "hidden"`)
	b.click("#inspect", "")
	b.see("#list-why", "Anselme")
	b.picture("why")
}

// TestBrowserKeyboard asks, presses a button and opens a menu without a pointer.
func TestBrowserKeyboard(t *testing.T) {
	b := newBrowser(t, 1280, 800)
	b.click("#theme", "")
	b.script(`document.getElementById("text").focus()`)
	b.ask("Qui allume la lampe du phare ?")
	b.see(".embed", "Anselme")
	b.is(`document.activeElement.id === "text"`)
	for range 20 { // back from the box to the last button of the message
		b.run(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
		if b.true(`document.activeElement.innerText === "Plus"`) {
			break
		}
	}
	b.is(`document.activeElement.innerText === "Plus"`)
	b.keys(kb.Enter)
	b.is(`document.querySelector(".message.ephemeral")`)
	b.picture("panel")
	unnamed := `[...document.querySelectorAll("button, input, select, textarea, a")].filter((e) => e.checkVisibility() && !(e.innerText.trim() || e.ariaLabel || e.labels?.length || e.title)).map((e) => e.outerHTML)`
	b.is(unnamed + ".length === 0")
}
