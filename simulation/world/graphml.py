"""GraphML in: nodes and edges with the lines on which they stand, and where a broken file breaks off."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from simulation.core.errors import Problem, ScenarioError
from simulation.core.names import quoted
from simulation.world.raw import Raw, Texts, refused
from simulation.world.reading import as_text, blank_to_null

_MOST_MISTAKES = 1000


@dataclass
class _Rows:
    """Nodes or edges as they are read: identifiers, attributes by name, lines."""

    ids: list[tuple[str | None, ...]] = field(default_factory=list)
    values: dict[str, dict[int, str]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)

    def table(self, name: str, keys: tuple[str, ...], notices: tuple[Texts, ...]) -> Raw:
        """Return them as a table of texts; an attribute that is called like one of the keys stands behind it."""
        n = len(self.ids)
        columns: dict[str, Any] = {
            key: blank_to_null(pa.array([row[i] for row in self.ids], pa.string())) for i, key in enumerate(keys)
        }
        for key, values in self.values.items():
            if key not in columns:
                columns[key] = blank_to_null(pa.array([values.get(i) for i in range(n)], pa.string()))
        return Raw(name, columns, n, lines=np.asarray(self.lines, np.int64), notices=notices)


def read_graphml(raw: bytes, name: str) -> tuple[Raw, Raw]:
    """Return the tables of nodes and of edges; raises ScenarioError with file, line and what is wrong."""
    text, notices = as_text(raw, name)
    reader = _Reader(name)
    try:
        reader.parse(text)
    except expat.ExpatError as error:
        raise _broken(name, reader, error, text) from None
    if reader.problems:
        raise ScenarioError(reader.problems)
    if not reader.graphs:
        raise refused(
            name,
            "There is no <graph> in this file, so it is no GraphML.",
            "ไม่มี <graph> ในไฟล์นี้ จึงไม่ใช่ GraphML",
        )
    directed = (
        f"The ties of {name} have directions; they count both ways.",
        f"เส้นโยงใน {name} มีทิศทาง แต่นับทั้งสองทาง",
    )
    of_ties = (directed,) if reader.directed else ()
    return reader.nodes.table(name, ("id",), notices), reader.edges.table(name, ("source", "target"), of_ties)


def _broken(name: str, reader: _Reader, error: expat.ExpatError, text: str) -> ScenarioError:
    line = error.lineno
    source = text.split("\n")[line - 1] if 0 < line <= text.count("\n") + 1 else ""
    so_far = f"It has {len(reader.nodes.ids):,} nodes and {len(reader.edges.ids):,} ties up to there."
    so_far_th = f"ถึงจุดนั้นมี {len(reader.nodes.ids):,} จุดและ {len(reader.edges.ids):,} เส้นโยง"
    if reader.open and error.code in _ENDS:
        cut = re.match(r"<(\w+)", text[text.rfind("<") :])
        unclosed = cut is not None and ">" not in text[text.rfind("<") :]
        inside = f"<{cut.group(1) if cut and unclosed else reader.open[-1]}>"
        return refused(
            name,
            f"The file ends inside {inside}. Was it copied completely? {so_far}",
            f"ไฟล์จบกลาง {inside} คัดลอกมาครบหรือไม่ {so_far_th}",
            line,
            source,
        )
    why = expat.ErrorString(error.code)
    return refused(
        name,
        f"This line is no XML ({why}). {so_far if reader.graphs else ''}".strip(),
        f"บรรทัดนี้ไม่ใช่ XML ({why}) {so_far_th if reader.graphs else ''}".strip(),
        line,
        source,
    )


_ENDS = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
}


class _Reader:
    """Hears the elements of a GraphML file one by one."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.nodes, self.edges = _Rows(), _Rows()
        self.problems: list[Problem] = []
        self.open: list[str] = []
        self.graphs, self.directed = 0, False
        self._keys: dict[str, tuple[str, str]] = {}  # id -> (for, name)
        self._default: dict[tuple[str, str], str] = {}
        self._into: tuple[_Rows, str] | None = None
        self._letters: list[str] | None = None
        self._parser = expat.ParserCreate("utf-8")  # the text is decoded, whatever its first line declares
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity

    def parse(self, text: str) -> None:
        self._parser.Parse(text.encode(), True)
        for (kind, name), value in self._default.items():
            rows = self.nodes if kind == "node" else self.edges
            known = rows.values.setdefault(name, {})
            for i in range(len(rows.ids)):
                known.setdefault(i, value)

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber

    def _wrong(self, en: str, th: str, key: str = "") -> None:
        if len(self.problems) < _MOST_MISTAKES:
            self.problems.append(Problem(self.name, en, th, line=self._line, key=key))

    def _entity(self, name: str, *_: Any) -> None:
        raise refused(
            self.name,
            "The file declares entities, which are not read. Save the graph again from the program that it came from.",
            "ไฟล์ประกาศ entity ซึ่งโปรแกรมไม่อ่าน ให้บันทึกกราฟใหม่จากโปรแกรมต้นทาง",
            self._line,
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rsplit(":", 1)[-1]
        self.open.append(tag)
        if tag == "graph":
            self._graph(attributes)
        elif tag == "node" and self.graphs:
            self._add(self.nodes, "node", attributes, ("id",))
        elif tag == "edge" and self.graphs:
            self.directed |= attributes.get("directed") == "true"
            self._add(self.edges, "edge", attributes, ("source", "target"))
        elif tag == "key":
            kind, key = attributes.get("for", "all"), attributes.get("id", "")
            self._keys[key] = (kind, attributes.get("attr.name", key))
        elif tag == "data":
            self._data(attributes.get("key", ""))
        elif tag == "default":
            self._letters = []
        elif tag in ("hyperedge", "port"):
            self._wrong(f"<{tag}> is not read: ties have two ends.", f"ไม่อ่าน <{tag}> เพราะเส้นโยงมีสองปลาย", tag)

    def _graph(self, attributes: dict[str, str]) -> None:
        self.graphs += 1
        self.directed |= attributes.get("edgedefault") == "directed"
        if self.graphs > 1:
            self._wrong(
                "There is a second <graph>. Give each graph a file of its own.",
                "มี <graph> มากกว่าหนึ่ง ให้แยกเป็นคนละไฟล์",
                "graph",
            )

    def _add(self, rows: _Rows, kind: str, attributes: dict[str, str], keys: tuple[str, ...]) -> None:
        rows.ids.append(tuple(attributes.get(key) for key in keys))
        rows.lines.append(self._line)

    def _data(self, key: str) -> None:
        inside = self.open[-2] if len(self.open) > 1 else ""
        rows = {"node": self.nodes, "edge": self.edges}.get(inside)
        if rows is None:
            return
        if key not in self._keys:
            en = f"<data> names the key {quoted(key)}, which no <key> declares."
            self._wrong(en, f"<data> อ้างคีย์ {quoted(key)} ที่ไม่มี <key> ประกาศไว้", key)
            return
        self._into, self._letters = (rows, self._keys[key][1]), []

    def _text(self, letters: str) -> None:
        if self._letters is not None:
            self._letters.append(letters)

    def _end(self, tag: str) -> None:
        tag = tag.rsplit(":", 1)[-1]
        self.open.pop()
        if tag == "data" and self._into is not None:
            rows, name = self._into
            rows.values.setdefault(name, {})[len(rows.ids) - 1] = "".join(self._letters or ())
            self._into = self._letters = None
        elif tag == "default" and self._letters is not None:
            kind, name = list(self._keys.values())[-1] if self._keys else ("", "")
            for one in ("node", "edge") if kind == "all" else (kind,):
                if one in ("node", "edge"):
                    self._default[one, name] = "".join(self._letters)
            self._letters = None
