#!/usr/bin/env python3
"""Gives a subset the family name that its maker uses for Simplified Chinese alone (run by make.sh).

The licence reserves no font name. One family with two weights: name IDs 1 and 2 suffice.
"""

import sys

from fontTools.ttLib import TTFont

FAMILY = "Noto Sans SC"


def main(source, target):
    font = TTFont(source, recalcTimestamp=False)
    weight = {400: "Regular", 700: "Bold"}[font["OS/2"].usWeightClass]
    names = font["name"]
    postscript = f"NotoSansSC-{weight}"
    version = names.getDebugName(5).split(";")[0]
    wanted = {
        1: FAMILY,
        2: weight,
        3: f"{version.removeprefix('Version ')};gongji-kiosk subset;{postscript}",
        4: FAMILY if weight == "Regular" else f"{FAMILY} {weight}",
        5: f"{version}; subset for gongji-kiosk",
        6: postscript,
    }
    names.names = [record for record in names.names if record.nameID not in (16, 17)]
    for name_id, text in wanted.items():
        names.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = wanted[4], FAMILY
    font.save(target)


main(*sys.argv[1:])
