package extract

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/tetratelabs/wazero/api"
	"golang.org/x/text/encoding/unicode"
)

// A pdfDocument is an open PDF.
//
// PDFium's functions are called in its machine itself. go-pdfium's methods for them make
// a stack anew with each call, which costs more than the call: 50 µs for what is asked of
// one character, instead of 1.
type pdfDocument struct {
	instance  pdfium.Pdfium
	memory    api.Memory
	functions map[string]api.Function
	module    api.Module
	handle    uint64
	scratch   uint64 // address of scratchBytes, where functions write what they return
	pages     int
	failed    error // of the machine, which then answers no more
}

const scratchBytes = 256

// A pdfChar is a character of a page. Lengths are points; the axes are those of the page,
// or where the text is turned those of the text.
type pdfChar struct {
	text        string
	left, right float64 // from where it is set up to where the next one is set
	base, size  float64
	bold        bool
	turn        int  // quarters of a circle to the left, oblique for others
	exact       bool // left and right are so; else they are where the ink begins and ends
	spaced      bool // a space stands before it in the file
}

const oblique = -1

// endHyphen is what PDFium makes of a hyphen at the end of a line.
const endHyphen = 2

// open opens a PDF; close it.
func (e *pdfEngine) open(data []byte) (*pdfDocument, error) {
	instance, err := e.pool.GetInstance(engineWait)
	if err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	d := &pdfDocument{instance: instance, functions: map[string]api.Function{}}
	if err := d.load(data); err != nil {
		d.close()
		return nil, err
	}
	return d, nil
}

// Errors of PDFium for files that ask for a password or a program to open them.
const (
	pdfPassword = 4
	pdfSecurity = 5
)

func (d *pdfDocument) load(data []byte) error {
	field := reflect.Indirect(reflect.ValueOf(d.instance.GetImplementation())).FieldByName("Module")
	if !field.IsValid() {
		return errors.New("the PDF engine has no machine: use the version of go-pdfium that go.mod names")
	}
	d.module, _ = field.Interface().(api.Module)
	d.memory = d.module.Memory()
	d.scratch = d.call("malloc", scratchBytes)
	at := d.call("malloc", uint64(len(data)))
	if d.failed != nil || at == 0 || !d.memory.Write(uint32(at), data) {
		return ErrTooMuch
	}
	d.handle = d.call("FPDF_LoadMemDocument64", at, uint64(len(data)), 0)
	if d.handle == 0 {
		if code := d.call("FPDF_GetLastError"); code == pdfPassword || code == pdfSecurity {
			return ErrProtected
		}
		return ErrDamaged
	}
	d.pages = int(int32(d.call("FPDF_GetPageCount", d.handle)))
	if d.failed != nil || d.pages <= 0 {
		return ErrDamaged
	}
	return nil
}

func (d *pdfDocument) close() { d.instance.Close() }

// call calls a function of PDFium and returns its result, 0 once the machine has failed.
func (d *pdfDocument) call(name string, args ...uint64) uint64 {
	if d.failed != nil {
		return 0
	}
	f := d.functions[name]
	if f == nil {
		if f = d.module.ExportedFunction(name); f == nil {
			d.failed = fmt.Errorf("the PDF engine has no function %s", name)
			return 0
		}
		d.functions[name] = f
	}
	var stack [8]uint64
	copy(stack[:], args)
	if err := f.CallWithStack(context.Background(), stack[:]); err != nil {
		d.failed = err
		return 0
	}
	if len(f.Definition().ResultTypes()) == 0 {
		return 0
	}
	return stack[0]
}

// chars returns the characters of a page in the order of the file.
func (d *pdfDocument) chars(page int) ([]pdfChar, error) {
	handle := d.call("FPDF_LoadPage", d.handle, uint64(page))
	if handle == 0 {
		return nil, d.brokenPage()
	}
	defer d.call("FPDF_ClosePage", handle)
	text := d.call("FPDFText_LoadPage", handle)
	if text == 0 {
		return nil, d.brokenPage()
	}
	defer d.call("FPDFText_ClosePage", text)
	n := int(int32(d.call("FPDFText_CountChars", text)))
	if n > maxPageChars {
		return nil, ErrTooMuch
	}
	var chars []pdfChar
	for i := range uint64(max(0, n)) {
		chars = append(chars, d.char(text, i))
	}
	if d.failed != nil {
		return nil, d.brokenPage()
	}
	return chars, nil
}

// brokenPage returns the error of a page: that of the machine, or nil where only the page
// is broken, which is then empty and does not spoil a book.
func (d *pdfDocument) brokenPage() error {
	if d.failed != nil {
		return ErrDamaged
	}
	return nil
}

func (d *pdfDocument) char(text, i uint64) pdfChar {
	letter := rune(uint32(d.call("FPDFText_GetUnicode", text, i)))
	if letter == endHyphen {
		letter = '-'
	}
	c := pdfChar{text: string(letter)}
	if isBlank(c.text) {
		return c
	}
	c.size = api.DecodeF64(d.call("FPDFText_GetFontSize", text, i))
	d.call("FPDFText_GetMatrix", text, i, d.scratch)
	a, b, e, f := d.float(0), d.float(1), d.float(2), d.float(3)
	c.size *= math.Hypot(e, f)
	c.turn = quarters(math.Atan2(b, a))
	d.call("FPDFText_GetCharOrigin", text, i, d.scratch, d.scratch+8)
	x, y := d.double(0), d.double(1)
	if c.turn == 0 && d.call("FPDFText_GetLooseCharBox", text, i, d.scratch) != 0 {
		c.left, c.right, c.base = x, d.float(2), y // left, top, right, bottom
		c.exact = math.Abs(d.float(0)-x) < 0.01*c.size && c.right > x
	}
	if !c.exact {
		d.call("FPDFText_GetCharBox", text, i, d.scratch, d.scratch+8, d.scratch+16, d.scratch+24)
		left, right, bottom, top := d.double(0), d.double(1), d.double(2), d.double(3)
		c.left, c.right, c.base = turned(c.turn, x, y, left, right, bottom, top)
	}
	c.bold = d.bold(text, i)
	return c
}

func isBlank(s string) bool { return strings.TrimSpace(clean(s)) == "" }

// quarters returns an angle as quarters of a circle.
func quarters(angle float64) int {
	const slant = 0.05 // radians that still are straight, as on a scan
	n := math.Round(angle / (math.Pi / 2))
	if math.IsNaN(angle) || math.Abs(angle-n*math.Pi/2) > slant {
		return oblique
	}
	return (int(n) + 4) % 4
}

// turned returns the edges of a character's box, and its base line, as they are where its
// text is turned straight.
func turned(turn int, x, y, left, right, bottom, top float64) (from, to, base float64) {
	switch turn {
	case 1:
		return bottom, top, -x
	case 2:
		return -right, -left, -y
	case 3:
		return -top, -bottom, x
	}
	return left, right, y
}

var boldName = regexp.MustCompile(`(?i)bold|black|heavy|demi|\b(?:cm|ec|sf)bx`)

// bold reports whether the font of a character says that it is bold. The weight that
// PDFium makes of its stems is not asked: it takes italics for bold.
func (d *pdfDocument) bold(text, i uint64) bool {
	const (
		room      = scratchBytes - 8 // for the name; its flags stand behind
		forceBold = 1 << 18
	)
	n := min(d.call("FPDFText_GetFontInfo", text, i, d.scratch, room, d.scratch+room), room)
	name, _ := d.memory.Read(uint32(d.scratch), uint32(n))
	flags, _ := d.memory.ReadUint32Le(uint32(d.scratch) + room)
	return flags&forceBold != 0 || boldName.Match(name)
}

func (d *pdfDocument) double(i int) float64 {
	v, _ := d.memory.ReadFloat64Le(uint32(d.scratch) + uint32(8*i))
	return v
}

func (d *pdfDocument) float(i int) float64 {
	v, _ := d.memory.ReadFloat32Le(uint32(d.scratch) + uint32(4*i))
	return float64(v)
}

// label returns the label that the file gives a page, "" for none.
func (d *pdfDocument) label(page int) string {
	return d.words(func(buffer, size uint64) uint64 {
		return d.call("FPDF_GetPageLabel", d.handle, uint64(page), buffer, size)
	})
}

// property returns a property of the file, such as "Title", "" for none.
func (d *pdfDocument) property(name string) string {
	at := d.call("malloc", uint64(len(name)+1))
	if d.failed != nil || !d.memory.Write(uint32(at), append([]byte(name), 0)) {
		return ""
	}
	defer d.call("free", at)
	return value(d.words(func(buffer, size uint64) uint64 { return d.call("FPDF_GetMetaText", d.handle, at, buffer, size) }))
}

// words returns what a function writes as UTF-16 into a buffer and says the length of.
func (d *pdfDocument) words(read func(buffer, size uint64) uint64) string {
	n := read(0, 0)
	if n < 2 || n > maxPageChars {
		return ""
	}
	buffer := d.call("malloc", n)
	if buffer == 0 {
		return ""
	}
	defer d.call("free", buffer)
	read(buffer, n)
	raw, _ := d.memory.Read(uint32(buffer), uint32(n-2))
	s, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().String(string(raw))
	if err != nil {
		return ""
	}
	return s
}
