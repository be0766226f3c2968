"""Predict the published experiments that are told one by one, and check what their READMEs say, or write it there with --write.

`python -m scripts.evidence_findings [--write] [--results FOLDER] [ID ...]`. Each has a folder `experiments/ID`, named as its file
`experiments/evidence/ID.toml`. Three blocks stand between marker lines of README.md and README.th.md: what was done, read off the file; what
is predicted by parameters that have not seen the study; and what was found. The list in experiments/README.md gets a line a study, and the
figure of each is drawn. Everything comes from the report card: no number is typed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts import evidence_tables as tables
from scripts.kept_pages import Blocks, asked_of, changes, enter, light, page_of, put, with_line, wrapped
from simulation.reports.evidence.figures import study_figure
from simulation.studies.evidence.card import Card
from simulation.studies.evidence.files import Design, read_designs
from simulation.studies.evidence.parts import Compared
from simulation.studies.evidence.suite import evidence

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "experiments"
IMAGES = ROOT / "docs" / "images" / "evidence"
NAMES = (
    "dellavigna_pope_2018",
    "thornton_2008",
    "gerber_green_larimer_2008",
    "karlan_list_2007",
    "allcott_gentzkow_song_2022",
    "white_2013_thailand",
    "patel_2016_team",
    "duflo_2006",
)
"""Studies that have a folder, in the order of the list."""
BLOCKS = ("What was done", "What is predicted", "What was found")
MARKED = Blocks("evidence_findings")
LANGUAGES = tables.LANGUAGES


def main(arguments: Sequence[str]) -> int:
    """Predict the studies named, or all; return 0 where every page says what the report card says, else 1."""
    asked = asked_of(arguments, "results/evidence-folders")
    names = asked.names or NAMES
    if unknown := [n for n in names if n not in NAMES]:
        print(f"No folder tells of {', '.join(unknown)}; there are {', '.join(NAMES)}.")
        return 2
    card = evidence(study=names, out=asked.results).card
    designs = {d.id: d for d in read_designs(studies=names)}
    if asked.write:
        draw(card, names)
    return 0 if all([settled(path, text, asked.write) for path, text in pages_of(designs, card).items()]) else 1


def settled(path: Path, new: str, write: bool) -> bool:
    """Write a page, or show how it differs; tell whether it is as it should be."""
    old = path.read_text("utf-8")
    if old == new:
        return True
    if write:
        put(path, new)
        return True
    print(*changes(old, new, str(path), "report card"), sep="\n")
    return False


def pages_of(designs: Mapping[str, Design], card: Card | None) -> dict[Path, str]:
    """Return the pages of studies as they should be; without a card only what was done is written."""
    pages: dict[Path, str] = {}
    for lang in LANGUAGES:
        every = page_of(FOLDER, lang)
        for name, design in designs.items():
            own = page_of(FOLDER / name, lang)
            text = own.read_text("utf-8")
            for title, lines in blocks_of(design, card, lang).items():
                text = MARKED.put(text, title, lines)
            pages[own] = text
            if card is not None:
                listing = pages.get(every, every.read_text("utf-8"))
                pages[every] = with_line(listing, name, line(card, design, lang))
    return pages


def blocks_of(design: Design, card: Card | None, lang: str) -> Mapping[str, Sequence[str]]:
    """Return what stands in each block of a study's page."""
    found: dict[str, Sequence[str]] = {BLOCKS[0]: done(design, lang)}
    if card is not None:
        found[BLOCKS[1]] = predicted(card, design, lang)
        found[BLOCKS[2]] = observed(card, design, lang)
    return found


def done(design: Design, lang: str) -> list[str]:
    """Say by whom, with how many people and by which arms a study was made, and which inputs are not read in it."""
    study = design.scenario.study
    assert study is not None  # a design always has one
    citation = study.citation + (f" doi:{study.doi}" if study.doi else "")
    lines = ["", *wrapped(citation), ""]
    if study.sample:
        said = {"en": "{:,} people took part.", "th": "ผู้ร่วมการทดลอง {:,} คน"}[lang].format(study.sample)
        lines += [*wrapped(said), ""]
    lines += [*tables.arms_table(design, lang), ""]
    notes = [f"`{name}`: {arm.approximation.get(lang)}" for name, arm in study.arms.items() if arm.approximation]
    notes += [
        {"en": "Assumed, not read: `{}` between {:g} and {:g}. {}", "th": "สมมุติ ไม่ได้อ่าน: `{}` ระหว่าง {:g} กับ {:g} {}"}[lang].format(
            a.key, a.low, a.high, a.why.get(lang)
        )
        for a in study.assumed
    ]  # fmt: skip
    for note in notes:
        lines += [*wrapped(f"- {note}" + ("." if lang == "en" and not note.endswith(".") else ""), later="  ")]
    return [*lines, ""] if notes else lines


def predicted(card: Card, design: Design, lang: str) -> list[str]:
    """Say what is predicted of a study by parameters that have not seen it."""
    who = {
        "en": "Left-one-study-out: by parameters fitted without this study ({}); study file `{}`. The interval holds the error of a figure "
        "of that sample size. Arms that the law cannot tell apart differ by the chance of the draws.",
        "th": "เว้นการศึกษานี้: ทำนายด้วยค่าพารามิเตอร์ที่ปรับเทียบโดยไม่ใช้การศึกษานี้ ({}) ไฟล์การศึกษา `{}` ช่วงรวมความคลาดเคลื่อนของตัวเลขจากตัวอย่างขนาดนั้น "
        "ทางเลือกที่กฎแยกไม่ออกต่างกันเพราะความบังเอิญของการสุ่ม",
    }[lang].format(card.provenance.parameters or tables.NONE, design.digest[:12])
    return ["", *wrapped(who), "", *tables.predicted_table(card, design, lang), ""]


def observed(card: Card, design: Design, lang: str) -> list[str]:
    """Say what was found in a study, and how well it was predicted next to simple rules."""
    lines = ["", *tables.observed_table(card, design, lang), ""]
    if any(c.row.approximation for c in card.everything.of(design.id).rows):
        lines += [{"en": "† Coded as its nearest form.", "th": "† เขียนเป็นรูปแบบที่ใกล้ที่สุด"}[lang], ""]
    if any(c.target.quantity == "difference" for c in card.everything.of(design.id).rows):
        lines += [
            {"en": "What was published as a difference is shown as a level.", "th": "ค่าที่ตีพิมพ์เป็นผลต่างแสดงเป็นระดับ"}[lang],
            "",
        ]
    return [*lines, *wrapped(" ".join(verdict(card, design, lang))), ""]


def verdict(card: Card, design: Design, lang: str) -> list[str]:
    """Return sentences on what was predicted well and what was not, each from the scores alone."""
    part = card.everything.of(design.id)
    mean = {what: tables.plain(part.mean(what), 2) for what in ("mae", "mae_flat", "mae_none")}
    said = [
        {"en": "{} of {} figures lie inside the 90% interval.", "th": "{} จาก {} ค่าอยู่ในช่วงร้อยละ 90"}[lang].format(
            sum(c.score.inside for c in part.rows), len(part.rows)
        ),
        {
            "en": "The mean error is {mae} in log-odds; the flat mean per kind of incentive misses by {mae_flat}, no effect by {mae_none}.",
            "th": "คลาดเคลื่อนเฉลี่ย {mae} ล็อกออดส์ ค่าเฉลี่ยตามชนิดของสิ่งจูงใจคลาดเคลื่อน {mae_flat} และไม่มีผลคลาดเคลื่อน {mae_none}",
        }[lang].format(**mean),
    ]
    own = [abs(tables.published(c, c.score.median) - tables.published(c, c.score.observed)) for c in part.rows]
    text = f"{sum(own) / len(own):,.1f}"
    unit = (
        {"en": "percentage points", "th": "จุดร้อยละ"}[lang]
        if part.rows[0].row.scale == 1.0
        else tables.unit_of(design, lang)
    )
    said.append(
        {"en": "In the study's own unit that is {} {}.", "th": "ในหน่วยของการศึกษาคือ {} {}"}[lang].format(text, unit)
    )
    said.append(_lean(part.rows, lang))
    order = part.order()
    if order is not None:
        said.append(
            {"en": "Rank correlation of its arms: {}.", "th": "สหสัมพันธ์อันดับของทางเลือก: {}"}[lang].format(
                tables.plain(order, 2)
            )
        )
    for high, words in ((True, {"en": "Too high", "th": "สูงเกินไป"}), (False, {"en": "Too low", "th": "ต่ำเกินไป"})):
        out = [
            card.row_title(c.row, lang)
            for c in part.rows
            if not c.score.inside and (c.score.median > c.score.observed) == high
        ]
        if out:
            said.append(f"{words[lang]}: {'; '.join(out)}" + ("." if lang == "en" else ""))
    return said


def _lean(rows: Sequence[Compared], lang: str) -> str:
    """Say how many figures were predicted above and below what was observed."""
    above = sum(c.score.median > c.score.observed for c in rows)
    return {"en": "Predicted above the observed figure: {} of {}.", "th": "ทำนายสูงกว่าค่าที่สังเกตได้ {} จาก {} ค่า"}[
        lang
    ].format(above, len(rows))


def line(card: Card, design: Design, lang: str) -> str:
    """Return a study's row of the list: its name, its question, how well it was predicted."""
    part = card.everything.of(design.id)
    said = {
        "en": "{} of {} figures inside the 90% interval; error {}, flat mean {}, no effect {}",
        "th": "{} จาก {} ค่าอยู่ในช่วงร้อยละ 90 คลาดเคลื่อน {} ค่าเฉลี่ยตามชนิด {} ไม่มีผล {}",
    }[lang].format(
        sum(c.score.inside for c in part.rows), len(part.rows),
        *(tables.plain(part.mean(x), 2) for x in ("mae", "mae_flat", "mae_none")),
    )  # fmt: skip
    return f"| [{design.id}]({page_of(Path(design.id), lang).as_posix()}) | {design.scenario.about.question.get(lang)} | {said} |"


def draw(card: Card, studies: Sequence[str]) -> None:
    """Draw the figure of each study, observed against predicted, in both languages, small."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for study in studies:
        for lang in LANGUAGES:
            put(image_of(study, lang), light(study_figure(card, study, lang).png(), 24, 3))


def image_of(study: str, lang: str) -> Path:
    """Return where the figure of a study lies."""
    return IMAGES / (f"{study}.th.png" if lang == "th" else f"{study}.png")


if __name__ == "__main__":
    enter(main)
