# Prints ../made/source.md on one page in two columns, of which the file holds the lines
# side by side, and the calls of notes behind all else, as some programs do.
# Usage: python3 sidebyside.py > sidebyside.ps
import re, sys, textwrap

PROLOGUE = """%!PS
/latin { findfont dup length dict begin { 1 index /FID ne { def } { pop pop } ifelse } forall
  /Encoding ISOLatin1Encoding 256 array copy
  dup 16#9c /oe put dup 39 /quotesingle put dup 45 /hyphen put def currentdict end definefont pop } def
/Text /Times-Roman latin
/Bold /Times-Bold latin
/text { /Text findfont 10 scalefont setfont } def
/bold { /Bold findfont 12 scalefont setfont } def
/note { /Text findfont 8 scalefont setfont } def
/call { /Text findfont 6.5 scalefont setfont } def"""
CALL = re.compile(r"\^(\d+)\^")

body = open("../made/source.md").read().split("---\n", 2)[2].replace("*", "").replace("œ", "\x9c")
notes = re.findall(r"(?m)^\[\^(\d+)\]: (.*)$", body)
body = re.sub(r"(?m)^\[\^\d+\]: .*$", "", body)
body = re.sub(r"\[\^(\d+)\]", r"^\1^", body)

lines = []
for block in re.split(r"\n\n+", body.strip()):
    block = " ".join(block.split())
    font, width = ("bold", 40) if block.startswith("#") else ("text", 54)
    lines += [("text", "")] + [(font, line) for line in textwrap.wrap(block.lstrip("# "), width)]
half = (len(lines) + 1) // 2

def shown(s):
    return "(" + CALL.sub("  ", s).replace("(", r"\(").replace(")", r"\)") + ")"

out, calls = [PROLOGUE], []
for row in range(half):
    for left, (font, line) in zip((50, 310), (lines + [("text", "")])[row::half]):
        y = 780 - 12 * row
        out.append(f"{font} {left} {y} moveto {shown(line)} show")
        for m in CALL.finditer(line):
            calls.append(f"{font} {shown(line[:m.start()])} stringwidth pop {left} add {y + 3.5} moveto call ({m[1]}) show")
y = 780 - 12 * half - 24
for label, note in notes:
    for line in textwrap.wrap(f"{label}. {note}", 130):
        out.append(f"note 50 {y} moveto {shown(line)} show")
        y -= 10
sys.stdout.buffer.write("\n".join(out + calls + ["showpage"]).encode("latin-1"))
