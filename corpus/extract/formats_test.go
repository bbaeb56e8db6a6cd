package extract_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/corpus/extract"
)

// zipped returns a zip file; files are names and contents in turn.
func zipped(files ...string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i+1 < len(files); i += 2 {
		header := &zip.FileHeader{Name: files[i], Method: zip.Deflate}
		if files[i] == "mimetype" {
			header.Method = zip.Store
		}
		f, err := z.CreateHeader(header)
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func word(body string, more ...string) []byte {
	return zipped(append([]string{"[Content_Types].xml", "<Types/>",
		"word/document.xml", `<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`}, more...)...)
}

// TestContentNotName: a file is what it holds, whatever it is called.
func TestContentNotName(t *testing.T) {
	for _, name := range []string{"a.docx", "a.txt", "a.md", "a.html", "a.pdf", "a", "a.odt"} {
		text, err := extract.File(name, word(`<w:p><w:r><w:t>Un texte</w:t></w:r></w:p>`), nil)
		if err != nil || strings.TrimSpace(text.Source) != "Un texte" {
			t.Errorf("File(%s) = %q, %v", name, text.Source, err)
		}
	}
	if text, err := extract.File("a.txt", []byte("<!DOCTYPE html><p>Un <b>texte</b>"), nil); err != nil || text.Source != "Un texte\n\n" {
		t.Errorf("File(a.txt) = %q, %v", text.Source, err)
	}
}

// TestHostileFiles: what is made to cost much ends in an error that says what to do.
func TestHostileFiles(t *testing.T) {
	para := `<w:p><w:r><w:t>mot</w:t></w:r></w:p>`
	for _, test := range []struct {
		name string
		data []byte
		want error
	}{
		{"bomb.docx", word(strings.Repeat(" ", 257<<20)), extract.ErrTooMuch},
		{"deep.docx", word(strings.Repeat("<a>", 5000) + strings.Repeat("</a>", 5000)), extract.ErrTooDeep},
		{"entities.docx", zipped("[Content_Types].xml", "", "word/document.xml",
			`<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`), extract.ErrDamaged},
		{"outside.docx", zipped("[Content_Types].xml", "", "word/../../../etc/passwd", "x"), extract.ErrDamaged},
		{"truncated.docx", word(para)[:200], extract.ErrDamaged},
		{"empty.docx", word(""), extract.ErrEmpty},
		{"deep.html", []byte("<html>" + strings.Repeat("<div>", 5000) + "deep"), extract.ErrTooDeep},
		{"locked.odt", zipped("mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", "<m><encryption-data/></m>", "content.xml", "x"), extract.ErrProtected},
		{"locked.epub", zipped("mimetype", "application/epub+zip", "META-INF/encryption.xml", `<e><CipherReference URI="a.xhtml"/></e>`), extract.ErrProtected},
		{"bare.epub", zipped("mimetype", "application/epub+zip"), extract.ErrDamaged},
	} {
		if _, err := extract.File(test.name, test.data, nil); !errors.Is(err, test.want) {
			t.Errorf("File(%s) = %v, want %v", test.name, err, test.want)
		}
	}
}

// TestLineByLine: where empty paragraphs part a document without markup, the others are
// lines; where they don't, and in documents with headings, each is a paragraph.
func TestLineByLine(t *testing.T) {
	const heading = `<p><pPr><outlineLvl val="0"/></pPr><r><t>Titre</t></r></p>`
	paragraphs := func(lines string) string {
		var out strings.Builder
		for line := range strings.Lines(lines) {
			out.WriteString("<p><r><t>" + strings.TrimSpace(line) + "</t></r></p>")
		}
		return out.String()
	}
	for _, test := range []struct{ lines, before, want string }{
		{"Titre\nsur deux lignes\n\nUn texte.\n\nUn autre.\n\nLe dernier.", "", "Titre\nsur deux lignes\n\nUn texte.\n\nUn autre.\n\nLe dernier.\n\n"},
		{"Un texte.\nUn autre.\nUn troisième.\n\nLe dernier.", "", "Un texte.\n\nUn autre.\n\nUn troisième.\n\nLe dernier.\n\n"},
		{"a\nb\n\nc.\n\nd.\n\ne.", heading, "Titre\n\na\n\nb\n\nc.\n\nd.\n\ne.\n\n"},
	} {
		text, err := extract.File("a.docx", word(test.before+paragraphs(test.lines)), nil)
		if err != nil || text.Source != test.want {
			t.Errorf("File(%q) = %q, %v, want %q", test.lines, text.Source, err, test.want)
		}
	}
}

// TestNamesInArchives: names of parts that point out of an archive lead to nothing.
func TestNamesInArchives(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.xhtml")
	if err := os.WriteFile(secret, []byte("<html><body><p>secret</p></body></html>"), 0o600); err != nil {
		t.Fatal(err)
	}
	book := func(href string) []byte {
		return zipped("mimetype", "application/epub+zip", "META-INF/container.xml", `<c><rootfile full-path="b.opf"/></c>`,
			"b.opf", `<package><metadata/><manifest><item id="a" href="`+href+`" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`)
	}
	office := func(target string) []byte {
		return zipped("[Content_Types].xml", "<Types/>", "word/styles.xml", "<s/>",
			"_rels/.rels", `<r><Relationship Type="x/officeDocument" Target="`+target+`"/></r>`)
	}
	up := strings.Repeat("../", 40)
	for name, data := range map[string][]byte{
		"up.epub": book(up + secret), "absolute.epub": book(secret), "url.epub": book("file://" + secret), "escaped.epub": book("%2e%2e/" + up + secret),
		"up.docx": office(up + secret), "absolute.docx": office(secret), "url.docx": office("file://" + secret),
		"entity.docx": zipped("[Content_Types].xml", "", "word/document.xml",
			`<!DOCTYPE d [<!ENTITY a SYSTEM "file://`+secret+`">]><document><body><p><r><t>&a;</t></r></p></body></document>`),
		"entity.fodt": []byte(`<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a SYSTEM "file://` + secret + `">]><office:document ><body><text><p>&a;</p></text></body></office:document>`),
		"frame.html":  []byte(`<html><body><p>a</p><iframe src="file://` + secret + `"></iframe></body></html>`),
	} {
		if text, err := extract.File(name, data, nil); err == nil && strings.Contains(text.Source, "secret") || err == nil && name != "frame.html" {
			t.Errorf("File(%s) = %q, %v, want an error and nothing of the file outside", name, text.Source, err)
		}
	}
	// Parts with such names beside the text are no harm.
	beside := word(`<p><r><t>Un texte</t></r></p>`, "../../evil.xml", "<x/>", "/etc/passwd", "x", `C:\evil`, "x")
	if text, err := extract.File("a.docx", beside, nil); err != nil || strings.TrimSpace(text.Source) != "Un texte" {
		t.Errorf("File(a.docx) = %q, %v", text.Source, err)
	}
}

// TestBrokenFiles cuts and changes real documents: each gives a text or an error.
func TestBrokenFiles(t *testing.T) {
	for _, pattern := range []string{"*.docx", "*.odt", "*.epub", "*.html"} {
		for _, data := range madeFiles(t, pattern) {
			for n := range 25 {
				broken := bytes.Clone(data[:len(data)*(n+1)/25])
				for i := n; i < len(broken); i += 997 {
					broken[i] ^= byte(n)
				}
				if text, err := extract.File("a", broken, nil); err == nil {
					checkText(t, text)
				}
			}
		}
	}
}

// madeFiles returns the real documents whose names match a pattern.
func madeFiles(t testing.TB, pattern string) [][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/made/" + pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("testdata/made/%s: %v, %d files", pattern, err, len(names))
	}
	var all [][]byte
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data)
	}
	return all
}

func fuzzFormat(f *testing.F, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, err := extract.File(name, data, nil); err == nil {
			checkText(t, text)
		}
	})
}

func FuzzHTML(f *testing.F) {
	fuzzFormat(f, "a.html",
		`<html><body><nav>Menu</nav><h1>Titre</h1><p>Un mot<sup><a href="#n1" id="c1">1</a></sup>.<p id="n1"><a href="#c1">1</a> Une note e&#769;crite</body></html>`,
		`<ol start=3><li>a<li id=b>b<a href="#b">1</a></ol><table><tr><td>a<td>b</table><pre> a  b </pre>`,
		`<span role="doc-pagebreak" aria-label="Page 12"></span>mot<span epub:type="pagebreak" title="13"/>mot`)
}

// The formats that are zip files are fuzzed by the text in them, around which the file is
// made: few changes of a zip file leave it one.

func FuzzDOCX(f *testing.F) {
	fuzzParts(f, func(body string) []byte {
		return word(body, "word/footnotes.xml", `<f><footnote id="2"><p><r><t>corps</t></r></p></footnote></f>`,
			"word/styles.xml", `<s><style styleId="Heading1"><name val="heading 1"/></style><style styleId="b"><basedOn val="b"/></style></s>`)
	},
		`<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Titre</w:t></w:r></w:p><w:p><w:r><w:t>mot</w:t><w:footnoteReference w:id="2"/></w:r></w:p>`,
		`<w:p><w:r><w:t>a</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>b</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>c</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>d e&#769;</w:t></w:r></w:p>`,
		`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t><w:br/><w:softHyphen/></w:r></w:p></w:tc><w:tc><w:p><w:del>x</w:del></w:p></w:tc></w:tr></w:tbl>`)
}

func FuzzODT(f *testing.F) {
	fuzzParts(f, func(body string) []byte {
		return zipped("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<c><body><text>`+body+`</text></body></c>`)
	},
		`<text:h text:outline-level="2">Titre</text:h><text:p>mot<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>corps</text:p></text:note-body></text:note></text:p>`,
		`<p>a</p><p/><p>b</p><p/><p>c</p><p/><p>d e&#769;</p>`,
		`<table><table-row><table-cell><p>a<s/></p></table-cell><table-cell><p><frame><p>b</p></frame></p></table-cell></table-row></table>`)
}

func FuzzEPUB(f *testing.F) {
	fuzzParts(f, func(body string) []byte {
		book := `<package><metadata/><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`
		return zipped("mimetype", "application/epub+zip", "META-INF/container.xml", `<c><rootfile full-path="b.opf"/></c>`, "b.opf", book, "a.xhtml", `<html><body>`+body)
	},
		`<h1>Titre</h1><p>mot<a href="b.xhtml#n">1</a></p>`,
		`<p>mot<a epub:type="noteref" href="#n">1</a></p><aside epub:type="footnote" id="n"><p>corps e&#769;</p></aside><span epub:type="pagebreak" title="13"/>mot`)
}

func fuzzParts(f *testing.F, file func(body string) []byte, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if text, err := extract.File("a", file(body), nil); err == nil {
			checkText(t, text)
		}
	})
}

// FuzzArchive changes the bytes of zip files themselves.
func FuzzArchive(f *testing.F) {
	f.Add(word(`<p><r><t>mot</t></r></p>`))
	f.Add(zipped("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<c><body><text><p>mot</p></text></body></c>`))
	f.Add(zipped("mimetype", "application/epub+zip", "META-INF/container.xml", `<c><rootfile full-path="b.opf"/></c>`, "b.opf", `<package/>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, err := extract.File("a", data, nil); err == nil {
			checkText(t, text)
		}
	})
}
