"""What a test reads from a page: its tables, cell by cell, and the text a reader sees."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class ReadCell:
    """A cell: what it says, in small below, and its further lines."""

    main: str = ""
    small: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass
class ReadTable:
    """A table: its classes, caption, heads, and rows by their head."""

    kind: str
    caption: str = ""
    heads: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[ReadCell]]] = field(default_factory=list)


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[ReadTable] = []
        self.where: list[str] = []

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        if tag == "table":
            self.tables.append(ReadTable(known.get("class") or ""))
        elif self.tables and tag == "tr":
            self.tables[-1].rows.append(("", []))
        elif self.tables and tag == "td":
            self.tables[-1].rows[-1][1].append(ReadCell())
        if tag in ("caption", "th", "td", "small", "thead"):
            self.where.append(tag)
        elif tag == "span" and known.get("class") == "line":
            self.where.append("line")
            self.tables[-1].rows[-1][1][-1].lines.append("")
        elif tag == "span":
            self.where.append("span")

    def handle_endtag(self, tag):
        if tag in ("caption", "th", "td", "small", "thead", "span") and self.where:
            self.where.pop()
        if tag == "tr" and self.tables and "thead" in self.where:
            self.tables[-1].rows.pop()

    def handle_data(self, data):
        if not self.tables or not self.where:
            return
        table, place = self.tables[-1], [x for x in self.where if x != "span"]
        if not place:
            return
        if "thead" in place:
            table.heads += [data] if place[-1] == "th" else []
        elif place[-1] == "caption":
            table.caption += data
        elif place[-1] == "th":
            head, cells = table.rows[-1]
            table.rows[-1] = (head + data, cells)
        elif place[-1] == "small":
            table.rows[-1][1][-1].small += data
        elif place[-1] == "line":
            table.rows[-1][1][-1].lines[-1] += data
        elif place[-1] == "td":
            table.rows[-1][1][-1].main += data


def tables_of(page: str) -> list[ReadTable]:
    """Return the tables of a page; spans that hold a line together are no part of what it says."""
    reader = _Tables()
    body = page.split("</head>")[1]
    body = re.sub(r'<span class="(?:nb|clause|key|name)">', "\x00", body.replace("<wbr>", ""))
    body = re.sub(r"<svg.*?</svg>|<script.*?</script>", "", body, flags=re.DOTALL)
    reader.feed(_unwrapped(body))
    return reader.tables


def _unwrapped(body: str) -> str:
    """Take out the ends of the spans whose beginnings were taken out: the next that closes at the same depth."""
    out, open_ = [], []
    for piece in re.split(r"(\x00|<span[^>]*>|</span>)", body):
        if piece == "\x00":
            open_.append(False)
        elif piece.startswith("<span"):
            open_.append(True)
            out.append(piece)
        elif piece == "</span>":
            if open_.pop():
                out.append(piece)
        else:
            out.append(piece)
    return "".join(out)


def seen_text(page: str) -> str:
    """Return what a reader sees, without figures."""
    body = page.split("</head>")[1]
    body = re.sub(r"<(svg|script|style)\b.*?</\1>", " ", body, flags=re.DOTALL)
    body = re.sub(r'</?span class="(?:nb|clause)">|<wbr>', "", body)
    return html.unescape(re.sub(r"<[^>]+>", " ", body))


def svg_texts(page: str) -> list[str]:
    """Return every label of every figure."""
    return [html.unescape(x) for x in re.findall(r"<text[^>]*>([^<]*)</text>", page)]
