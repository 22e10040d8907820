#!/bin/sh
# Remakes the project's fonts, the list of their characters and the copy of their licence.
# Not part of a build.
# Needs the Debian package fonts-noto-cjk 1:20220127+repack1-1 and fonttools 4.68.0.
set -eu
cd "$(dirname "$0")"

source_dir=${NOTO_DIR:-/usr/share/fonts/opentype/noto}
copyright=${NOTO_COPYRIGHT:-/usr/share/doc/fonts-noto-cjk/copyright}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 characters.py
tr -d '\n' <characters.txt >"$work/characters"

for weight in Regular Bold; do
    # Face 2 of the collection is Simplified Chinese. Vertical writing and CFF hints are dropped:
    # the software renderer draws without hints. Vertical metrics of lines stay as they are.
    pyftsubset "$source_dir/NotoSansCJK-$weight.ttc" \
        --font-number=2 \
        --text-file="$work/characters" \
        --no-ignore-missing-unicodes --no-bidi-closure \
        --layout-features=ccmp,kern,mark,mkmk \
        --drop-tables+=BASE,VORG,vhea,vmtx \
        --no-hinting --notdef-outline \
        --no-recalc-timestamp \
        --name-IDs='*' --name-languages=0x409 \
        --output-file="$work/$weight.otf"
    python3 rename.py "$work/$weight.otf" "NotoSansSC-$weight.otf"
done

{
    echo 'Copyright 2014-2021 Adobe (http://www.adobe.com/). Noto is a trademark of Google Inc.'
    echo 'These files are subsets of Noto Sans CJK SC; they keep its licence, which follows.'
    echo
    # The licence is a paragraph of Debian's copyright file, one space deep; GPL is of its scripts.
    sed -n '/^ SIL OPEN FONT LICENSE Version 1.1/,/^$/p' "$copyright" | sed -e 's/^ \.$//' -e 's/^ //'
} >OFL.txt
