#!/bin/sh
# Makes the PDF files of this folder from book.md and ../made/source.md, and what
# pdftotext finds on the pages of the book. Needs pandoc (2.17.1), TeX Live (2022, with
# texlive-latex-recommended, texlive-lang-french and lmodern), Python 3, Ghostscript
# (10.0), qpdf (11.3) and poppler's pdftotext (22.12), in the versions that were used.
set -e
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
tex() { # tex NAME: prints $work/NAME.tex
  (cd "$work" && pdflatex -interaction=batchmode "$1" >/dev/null && pdflatex -interaction=batchmode "$1" >/dev/null)
  qpdf --object-streams=generate --recompress-flate --compression-level=9 "$work/$1.pdf" "$here/$1.pdf"
}
paper() { pandoc -s -V papersize=a5 -V lang=fr -V fontfamily=lmodern -t latex "$@"; }
paper --top-level-division=chapter -V documentclass=book -V classoption=openany -V fontsize=11pt -V geometry:margin=18mm -H head.tex book.md |
  awk '/^\\mainmatter/ {next} /^\\hypertarget/ && ++n==2 {print "\\mainmatter"} {print}' > "$work/book.tex"
tex book
pdftotext book.pdf book.pages.txt
paper -V documentclass=article -V classoption=twocolumn -V fontsize=10pt -V geometry:margin=15mm ../made/source.md > "$work/columns.tex"
tex columns
python3 sidebyside.py > "$work/side.ps"
ps2pdf "$work/side.ps" sidebyside.pdf
gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfimage8 -r40 -sOutputFile=scan.pdf ../made/groff.pdf
qpdf --encrypt secret owner 256 -- ../made/columns.pdf locked.pdf
qpdf --encrypt "" owner 256 --extract=n -- ../made/columns.pdf restricted.pdf
rm -r "$work"
