"""Ties that a user gives: an edge list or the edges of a graph, checked against the citizens."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from simulation.core.errors import shortened
from simulation.core.graph import LAYER_NAMES, WIDE, Graph
from simulation.core.names import did_you_mean, listed, quoted
from simulation.world.columns import TIE, labels_of, near_id, values_of
from simulation.world.raw import Mistakes, Raw, Texts

_OTHER_SPELLINGS = {
    "neighborhood": "neighbourhood",
    "ครัวเรือน": "household",
    "ที่ทำงาน": "work",
    "เพื่อนบ้าน": "neighbourhood",
    "ทั่วไป": "wide",
}
HEAVIEST = 255


def ties_of(raw: Raw, ids: Any, people: str, mistakes: Mistakes) -> tuple[Graph | None, list[Texts]]:
    """Return the graph of a table of ties and what should be noticed of it; no graph where something is wrong.

    Args:
        raw: Columns source and target, perhaps layer and weight.
        ids: The citizens' identifiers, an Arrow array of strings in their order.
        people: What messages call the citizens' table.
        mistakes: Takes unknown ends, ties to oneself, unknown layers and weights that cannot be.
    """
    before = mistakes.total
    ends = [_end(raw, key, ids, people, mistakes) for key in ("source", "target")]
    u, v = ends
    self_tied = np.flatnonzero((u == v) & (u >= 0))
    if len(self_tied):
        name = raw.columns["source"]

        def tell(row: int) -> tuple[str, ...]:
            who = quoted(str(name[row].as_py()))
            return f"A tie from {who} to itself. Take the row out.", f"เส้นโยงจาก {who} ไปหาตัวเอง ให้ลบแถวนี้"

        mistakes.at(raw, "target", self_tied, tell)
    layers = _layers(raw, mistakes)
    weights, notices = _weights(raw, mistakes)
    if mistakes.total > before:
        return None, notices
    graph = Graph.from_edges(len(ids), u, v, layers, weights)
    doubles = len(u) - graph.n_ties
    if doubles:
        notices.append(
            (
                f"{doubles:,} rows of {raw.name} repeat a pair; each pair is one tie, in the layers of all its rows.",
                f"{doubles:,} แถวใน {raw.name} เป็นคู่ซ้ำ แต่ละคู่นับเป็นหนึ่งเส้นโยง รวมชั้นความสัมพันธ์ของทุกแถว",
            )
        )
    alone = int((graph.degree == 0).sum())
    if alone:
        notices.append((f"{alone:,} citizens have no tie in {raw.name}.", f"พลเมือง {alone:,} คนไม่มีเส้นโยงใน {raw.name}"))
    return graph, notices


def _end(raw: Raw, key: str, ids: Any, people: str, mistakes: Mistakes) -> NDArray[np.int64]:
    known = next(k for k in TIE if k.name == key)
    column = raw.columns[key]
    empty = column.is_null().to_numpy(zero_copy_only=False)
    en, th = f"The cell holds no value. Write {known.what[0]}.", f"ช่องนี้ไม่มีค่า ให้เขียน{known.what[1]}"
    mistakes.at(raw, key, np.flatnonzero(empty), lambda _: (en, th))
    at = pc.index_in(column, value_set=ids)
    rows = np.asarray(at.fill_null(-1).to_numpy(zero_copy_only=False), np.int64)
    count = f"{len(ids):,}"
    lost = np.flatnonzero((rows < 0) & ~empty)
    first, often = _once(column.take(pa.array(lost)))

    def known_ids(words: list[str]) -> list[bool]:
        return list(pc.is_in(pa.array(words, pa.string()), value_set=ids).to_pylist())

    def tell(row: int) -> tuple[str, ...]:
        word = str(column[row].as_py())
        near = near_id(word, known_ids)
        hint, hint_th = (f" Nearest: {quoted(near)}.", f" ชื่อใกล้เคียง: {quoted(near)}") if near else ("", "")
        if often[word] > 1:
            hint, hint_th = f"{hint} It stands in {often[word]:,} rows.", f"{hint_th} พบใน {often[word]:,} แถว"
        return (
            f"Citizen {quoted(word)} is not in {people} ({count} citizens).{hint}",
            f"ไม่มีพลเมือง {quoted(word)} ใน {people} ({count} คน){hint_th}",
            near,
        )

    mistakes.at(raw, key, lost[first], tell)
    return rows


def _once(words: Any) -> tuple[NDArray[np.int64], dict[str, int]]:
    """Return where each word stands first, and how often it stands: one cause is one mistake."""
    encoded = pc.dictionary_encode(words)
    at = encoded.indices.to_numpy(zero_copy_only=False)
    _, first, often = np.unique(at, return_index=True, return_counts=True)
    return np.sort(first), dict(zip(encoded.dictionary.to_pylist(), often.tolist(), strict=True))


def _layers(raw: Raw, mistakes: Mistakes) -> NDArray[np.uint8]:
    """Return bit masks of layers; ties without a layer are wide ones."""
    if "layer" not in raw.columns:
        return np.full(raw.rows, WIDE, np.uint8)
    known = next(k for k in TIE if k.name == "layer")
    at, names = labels_of(raw, known, mistakes)
    masks = np.array([_mask(name) for name in names] or [WIDE], np.int64)
    found = np.where(at < 0, WIDE, masks[np.maximum(at, 0)])

    def tell(row: int) -> tuple[str, ...]:
        word = names[at[row]]
        parts = [part.strip().lower() for part in word.split("+")]
        strange = next(part for part in parts if _OTHER_SPELLINGS.get(part, part) not in LAYER_NAMES)
        en, th, near = did_you_mean(strange, LAYER_NAMES)
        allowed = listed(LAYER_NAMES)
        return (
            f"There is no layer {quoted(strange)}.{en}\nLayers: {allowed}; several joined by +.",
            f"ไม่มีชั้นความสัมพันธ์ {quoted(strange)}{th}\nชั้นที่มี: {allowed} ต่อหลายชั้นด้วย +",
            near,
        )

    mistakes.at(raw, "layer", np.flatnonzero(found < 0), tell)
    return np.maximum(found, 0).astype(np.uint8)


def _mask(name: str) -> int:
    """Return the bit mask of a layer or several joined by "+"; -1 where one is unknown."""
    mask = 0
    for part in name.lower().split("+"):
        layer = _OTHER_SPELLINGS.get(part.strip(), part.strip())
        if layer not in LAYER_NAMES:
            return -1
        mask |= 1 << LAYER_NAMES.index(layer)
    return mask


def _weights(raw: Raw, mistakes: Mistakes) -> tuple[NDArray[np.uint8] | None, list[Texts]]:
    """Return whole weights from 1 to 255; None where there are none, then layers give the strength."""
    if "weight" not in raw.columns:
        return None, []
    known = next(k for k in TIE if k.name == "weight")
    numbers = values_of(raw, known, mistakes)
    whole = np.clip(np.rint(numbers), 1, HEAVIEST)
    changed = int((whole != numbers).sum())
    notices: list[Texts] = []
    if changed:
        example = shortened(f"{numbers[np.flatnonzero(whole != numbers)[0]]:g}", 20)
        en = f"{changed:,} weights of {raw.name} were rounded to whole numbers from 1 to {HEAVIEST}, such as {example}."
        th = f"ปัดน้ำหนัก {changed:,} ค่าใน {raw.name} เป็นจำนวนเต็ม 1 ถึง {HEAVIEST} เช่น {example}"
        if whole.max() == 1 and numbers.min() < numbers.max():
            en += " All became 1: multiply them, by 100 say, to keep what tells them apart."
            th += " ทุกค่ากลายเป็น 1 หากต้องการคงความแตกต่าง ให้คูณด้วย 100 ก่อน"
        notices.append((en, th))
    return whole.astype(np.uint8), notices
