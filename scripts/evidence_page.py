"""Check what docs/explanation/evidence.md and evidence.th.md say of the report card, or write it there with --write.

`python -m scripts.evidence_page [--write] [--results FOLDER]` makes the whole card. Three blocks stand between marker lines: the scores next to
simple rules, the variants of the law that were tried, and every study with its figure in docs/images/evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts import evidence_tables as tables
from scripts.evidence_findings import IMAGES, ROOT, draw, image_of, settled
from scripts.kept_pages import Blocks, asked_of, enter, wrapped
from simulation.reports.evidence.words import answer, notes, sure
from simulation.studies.evidence.card import Card
from simulation.studies.evidence.suite import evidence
from simulation.studies.evidence.variants import read_variants

PAGES = {
    lang: ROOT / "docs" / "explanation" / f"evidence{'.th' if lang == 'th' else ''}.md" for lang in tables.LANGUAGES
}
RECORD = ROOT / "experiments" / "evidence"
"""Where the variants of the law that were tried are on record, with title, scores, kept and why, or a term left out."""
TERMS: Mapping[str, Mapping[str, str]] = {
    "jump": {"en": "jump: any reward for an act", "th": "ผลของการมีรางวัลใด ๆ"},
    "money": {"en": "money", "th": "เงิน"},
    "recognition": {"en": "recognition", "th": "การยกย่อง"},
    "appeal": {"en": "appeal", "th": "คำเชิญชวน"},
    "commitment": {"en": "commitment", "th": "คำมั่น"},
    "team": {"en": "team", "th": "ทีม"},
    "comparison": {"en": "comparison", "th": "การเปรียบเทียบ"},
    "habit": {"en": "habit", "th": "นิสัย"},
    "crowding": {"en": "crowding", "th": "การเบียดแรงจูงใจภายใน"},
    "heterogeneity": {"en": "heterogeneity: spread between studies", "th": "ความต่างระหว่างการศึกษา"},
    "discrepancy": {"en": "discrepancy of an arm", "th": "ความคลาดเคลื่อนของทางเลือก"},
    "persons": {"en": "spread of persons", "th": "ความต่างระหว่างบุคคล"},
}
"""What the terms of `kwamdee evidence --without` are called."""
BLOCKS = ("Scores", "Variants", "Studies")
MARKED = Blocks("evidence_page")


def main(arguments: Sequence[str]) -> int:
    """Make the report card; return 0 where both pages say what it says, else 1."""
    asked = asked_of(arguments, "results/evidence")
    if asked.names:
        print(f"The page is of all studies; {', '.join(asked.names)} cannot be asked for alone.")
        return 2
    card = evidence(out=asked.results).card
    if asked.write:
        draw(card, card.studies)
        for path in set(IMAGES.glob("*.png")) - {image_of(s, lang) for s in card.studies for lang in tables.LANGUAGES}:
            path.unlink()
    return (
        0
        if all([settled(path, page(path.read_text("utf-8"), card, lang), asked.write) for lang, path in PAGES.items()])
        else 1
    )


def page(text: str, card: Card, lang: str) -> str:
    """Return a page with its blocks as they should be."""
    for title, lines in zip(
        BLOCKS, (scores(card, lang), variants(read_variants(RECORD), card, lang), studies(card, lang)), strict=True
    ):
        text = MARKED.put(text, title, ["", *lines, ""])
    return text


def scores(card: Card, lang: str) -> list[str]:
    """Return the answer in sentences, the table of scores, the gains on simple rules and the score with one arm known."""
    who = {"en": "Parameters `{}`.", "th": "ค่าพารามิเตอร์ `{}`"}[lang].format(card.provenance.parameters or tables.NONE)
    lines = [who, ""]
    for paragraph in (" ".join(answer(card, lang)), " ".join([*sure(card, lang), *notes(card, lang)])):
        lines += [*wrapped(paragraph), ""]
    found = [tables.scores_table(card, lang), tables.gains_table(card, lang), tables.given_table(card, lang)]
    for table in found:
        lines += [*table, ""] if table else []
    return lines[:-1]


def variants(tried: Sequence[Mapping[str, Any]], card: Card, lang: str) -> list[str]:
    """Return the terms that were left out, then the other variants with their scores, whether each was kept, and why."""
    if not tried:
        n = card.provenance.variants
        if n is None:
            return [{"en": "No variant is on record.", "th": "ยังไม่มีบันทึกของกฎแบบอื่น"}[lang]]
        return [_counted(n, lang)]
    terms, others = [v for v in tried if "term" in v], [v for v in tried if "term" not in v]
    parts = [left_out(terms, lang)] if terms else []
    parts += [_others(others, lang)] if others else []
    lines = [_counted(len(tried), lang)]
    for part in parts:
        lines += ["", *part]
    return lines


def _counted(n: int, lang: str) -> str:
    return {"en": "{} variants of the law were tried.", "th": "ลองกฎแล้ว {} แบบ"}[lang].format(n)


def left_out(terms: Sequence[Mapping[str, Any]], lang: str) -> list[str]:
    """Return the law without each term next to the whole law: how much worse, with its standard error over studies."""
    head = {
        "en": ("Term left out", "CRPS", "Worse without it by", "Error", "Worse without it by", "In 90%", "Place shown"),
        "th": ("พจน์ที่ตัดออก", "CRPS", "แย่ลงเมื่อตัดออก", "คลาดเคลื่อน", "แย่ลงเมื่อตัดออก", "ในช่วง 90", "แสดงว่าควรมี"),
    }[lang]
    yes = {"en": ("no", "yes"), "th": ("ไม่", "ใช่")}[lang]
    rows = [
        (
            TERMS.get(v["term"], {}).get(lang, v["term"]),
            tables.plain(v["crps"], 3),
            f"{tables.plain(v['crps_worse'], 4)} ± {tables.plain(v['crps_worse_se'], 4)}",
            tables.plain(v["mae"], 3),
            f"{tables.plain(v['mae_worse'], 4)} ± {tables.plain(v['mae_worse_se'], 4)}",
            tables.plain(v["coverage90"], 2),
            yes[bool(v["earns_its_place"])],
        )
        for v in terms
    ]
    return tables.table(head, rows)


def _others(tried: Sequence[Mapping[str, Any]], lang: str) -> list[str]:
    head = {
        "en": ("Variant", "Kept", "Why", "CRPS", "Error", "In 90%"),
        "th": ("กฎแบบอื่น", "คงไว้", "เหตุผล", "CRPS", "คลาดเคลื่อน", "ในช่วง 90"),
    }[lang]
    yes = {"en": ("no", "yes"), "th": ("ไม่", "ใช่")}[lang]
    rows = [
        (
            _text(v.get("title", v.get("name")), lang),
            yes[bool(v["kept"])] if "kept" in v else tables.NONE,
            _text(v.get("why"), lang),
            tables.plain(v.get("crps"), 3),
            tables.plain(v.get("mae"), 3),
            tables.plain(v.get("coverage90"), 2),
        )
        for v in tried
    ]
    return tables.table(head, rows, words=3)


def _text(said: Any, lang: str) -> str:
    """Return a text that is written once or in both languages; a dash for none."""
    return str(said.get(lang)) if isinstance(said, Mapping) else tables.NONE if said is None else str(said)


def studies(card: Card, lang: str) -> list[str]:
    """Return every study's score and its figure."""
    head = {
        "en": ("Study", "Arms", "Inside", "Error", "Flat mean", "No effect"),
        "th": ("การศึกษา", "ทางเลือก", "ในช่วง", "คลาดเคลื่อน", "ค่าเฉลี่ยตามชนิด", "ไม่มีผล"),
    }[lang]
    rows = []
    for name in card.studies:
        part = card.everything.of(name)
        inside = sum(c.score.inside for c in part.rows)
        errors = (tables.plain(part.mean(x), 2) for x in ("mae", "mae_flat", "mae_none"))
        rows.append((card.title(name, lang), str(len(part.rows)), str(inside), *errors))
    alt = {"en": "{}: observed against predicted", "th": "{}: ค่าที่สังเกตได้เทียบกับค่าทำนาย"}[lang]
    lines = tables.table(head, rows)
    for name in card.studies:
        title = card.title(name, lang)
        lines += [
            "",
            f"**{title}**",
            "",
            f"![{alt.format(title)}](../images/evidence/{Path(image_of(name, lang)).name})",
        ]
    return lines


if __name__ == "__main__":
    enter(main)
