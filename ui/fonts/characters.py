#!/usr/bin/env python3
"""Writes characters.txt: what the project's fonts carry, in code point order (run by make.sh)."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
PER_LINE = 64

# Inclusive ranges of signs beyond the two character standards.
RANGES = [
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x00FF),  # Latin-1
    (0x2010, 0x2016),  # dashes
    (0x2018, 0x201A),  # quotation marks
    (0x201C, 0x201E),
    (0x2020, 0x2022),  # daggers, bullet
    (0x2025, 0x2027),  # leaders, middle dot
    (0x2032, 0x2033),  # primes
    (0x2039, 0x203B),  # ‹ › ※
    (0x2190, 0x2199),  # arrows
    (0x2460, 0x2473),  # ① to ⑳
    (0x25A0, 0x25A1),
    (0x25B2, 0x25B3),
    (0x25B6, 0x25B7),
    (0x25BC, 0x25BD),
    (0x25C0, 0x25C1),
    (0x25C6, 0x25C7),
    (0x25CB, 0x25CB),
    (0x25CE, 0x25CF),
    (0x2605, 0x2606),
    (0x2776, 0x277F),  # ❶ to ❿
    (0x3000, 0x303F),  # Chinese punctuation
    (0x4E00, 0x9FA5),  # the two-byte ideographs of GB 18030: what older registers could write
    (0xFE10, 0xFE19),  # vertical forms, which GBK maps since GB 18030-2022
    (0xFF01, 0xFF5E),  # full-width forms of ASCII
    (0xFFE0, 0xFFE6),  # full-width currency and other signs
]
# Of names, in neither the table nor GB 18030's two-byte area.
NAMES = "㐂㐱㛓㛤㜣㝬㥥㫝㬌㲹㳠㴖㵑㶷㷍㷛㸅㺭㻂㻞㻪"
SIGNS = "✓−×÷≈≠≤≥√∞℃‰№€☎⏎⚠㎡ǹḿ・"


def tgh2013():
    lines = (HERE / "tgh2013.txt").read_text(encoding="utf-8").splitlines()
    chars = "".join(line for line in lines if not line.startswith("#"))
    if len(chars) != 8105 or len(set(chars)) != 8105:
        sys.exit("tgh2013.txt does not hold 8105 different characters")
    return set(chars)


def gb2312():
    """The GB 2312 area of GBK, in GBK's mapping, with the few signs GBK added there."""
    found = set()
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                found.add(bytes([lead, trail]).decode("gbk"))
            except UnicodeDecodeError:
                pass
    return found


def main():
    wanted = {ord(c) for c in tgh2013() | gb2312() | set(NAMES + SIGNS)}
    for first, last in RANGES:
        wanted.update(range(first, last + 1))
    text = "".join(map(chr, sorted(wanted)))
    lines = (text[at : at + PER_LINE] for at in range(0, len(text), PER_LINE))
    (HERE / "characters.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
