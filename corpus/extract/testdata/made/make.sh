#!/bin/sh
# Makes the documents of this folder from source.md. Needs pandoc (2.17.1), LibreOffice
# (7.4.7), groff (1.22.4) and Ghostscript (10.0), in the versions that were used.
set -e
cd "$(dirname "$0")"
pandoc source.md -o pandoc.docx
pandoc source.md -o pandoc.odt
pandoc source.md -o pandoc.epub
pandoc -s source.md -o pandoc.html
office() { soffice --headless --convert-to "$1" --outdir made.tmp "$2" >/dev/null; }
office docx pandoc.odt && mv made.tmp/pandoc.docx office.docx
office odt pandoc.docx && mv made.tmp/pandoc.odt office.odt
office html:HTML pandoc.odt && mv made.tmp/pandoc.html office.html
office pdf pandoc.odt && mv made.tmp/pandoc.pdf office.pdf
office epub office.odt && mv made.tmp/office.epub office.epub
pandoc -s -t ms source.md > made.tmp/one.ms
groff -Kutf8 -mfr -ms -Tps made.tmp/one.ms | ps2pdf - groff.pdf
awk '/^\.(LP|PP|NH|SH)/ && !done {print ".nr PS 11"; print ".2C"; done=1} {print}' made.tmp/one.ms > made.tmp/columns.ms
groff -Kutf8 -mfr -ms -Tps -dpaper=a5 -n47 made.tmp/columns.ms | ps2pdf - columns.pdf
rm -r made.tmp
