"""Tables and sentences of the report card in Markdown, in English and Thai, for pages that are kept with the code."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.studies.evidence.card import Card
from simulation.studies.evidence.files import Design
from simulation.studies.evidence.parts import Compared, Part
from simulation.studies.evidence.score import Difference, share_of

LANGUAGES = ("en", "th")
SHARE = {"en": "% of opportunities", "th": "ร้อยละของโอกาส"}
NONE = "–"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> list[str]:
    """Return a Markdown table whose first `words` columns are words and the others figures."""
    line = ["---"] * words + ["---:"] * (len(head) - words)
    return [f"| {' | '.join(cells)} |" for cells in (head, line, *rows)]


def unit_of(design: Design, lang: str) -> str:
    """Return the unit in which a study's figures were published."""
    outcome = None if design.scenario.study is None else design.scenario.study.outcome
    return SHARE[lang] if outcome is None or outcome.unit is None else str(outcome.unit.get(lang))


def published(c: Compared, log_odds: float) -> float:
    """Return log-odds against the control as the arm's own figure in the published unit; of shares, per cent.

    The control's rate is that to which the observed figure was compared, so that predicted and observed start alike.
    """
    return (100.0 if c.row.scale == 1.0 else c.row.scale) * share_of(c.row, c.target, log_odds)


def figure(c: Compared, log_odds: float) -> str:
    """Print log-odds in the published unit."""
    found = published(c, log_odds)
    return f"{found:,.1f}" if c.row.scale == 1.0 or c.row.scale < 1_000 else f"{found:,.0f}"


def between(c: Compared, low: float, high: float, lang: str) -> str:
    """Print an interval in the published unit."""
    return f"{figure(c, low)} {'ถึง' if lang == 'th' else 'to'} {figure(c, high)}"


def predicted_table(card: Card, design: Design, lang: str) -> list[str]:
    """Return what is predicted of a study, before anything observed stands beside it."""
    heads = {
        "en": ("Arm", f"Predicted, {unit_of(design, lang)}", "Nine figures of ten", "Log-odds against the control"),
        "th": ("ทางเลือก", f"ค่าทำนาย {unit_of(design, lang)}", "เก้าในสิบค่าอยู่ระหว่าง", "ล็อกออดส์เทียบกับกลุ่มควบคุม"),
    }
    rows = [
        (card.row_title(c.row, lang), figure(c, c.score.median), between(c, c.score.low, c.score.high, lang),
         f"{c.score.median:+.2f}".replace("-", "−"))
        for c in card.everything.of(design.id).rows
    ]  # fmt: skip
    return table(heads[lang], rows)


def observed_table(card: Card, design: Design, lang: str) -> list[str]:
    """Return a study's figures, predicted and observed, and whether the interval holds them."""
    unit = unit_of(design, lang)
    heads = {
        "en": ("Arm", f"Predicted, {unit}", f"Observed, {unit}", "95% interval", "Inside"),
        "th": ("ทางเลือก", f"ค่าทำนาย {unit}", f"ค่าที่สังเกตได้ {unit}", "ช่วงร้อยละ 95", "อยู่ในช่วง"),
    }
    yes = {"en": ("yes", "**no**"), "th": ("ใช่", "**ไม่**")}[lang]
    rows = [
        (card.row_title(c.row, lang) + (" †" if c.row.approximation else ""), figure(c, c.score.median),
         figure(c, c.score.observed), between(c, c.observed_low, c.observed_high, lang), yes[not c.score.inside])
        for c in card.everything.of(design.id).rows
    ]  # fmt: skip
    return table(heads[lang], rows)


def arms_table(design: Design, lang: str) -> list[str]:
    """Return the arms of a study and the kinds of scheme that stand for each."""
    scenario = design.scenario
    head = {"en": ("Arm", "Name in the file", "Coded as"), "th": ("ทางเลือก", "ชื่อในไฟล์", "เขียนเป็น")}[lang]
    rows = [
        (str(arm.title.get(lang)) if arm.title is not None else name, f"`{name}`",
         ", ".join(f"`{s.kind}`" for s in arm.schemes.values()))
        for name, arm in scenario.arms.items()
        if arm.schemes
    ]  # fmt: skip
    return table(head, rows, words=3)


def scores_table(card: Card, lang: str) -> list[str]:
    """Return the scores of every part of the card next to the simple rules."""
    heads = {
        "en": ("Figures", "Studies", "Arms", "Error", "Flat mean", "No effect", "CRPS", "Flat mean, CRPS", "In 90%", "In 50%"),
        "th": ("ตัวเลข", "การศึกษา", "ทางเลือก", "คลาดเคลื่อน", "ค่าเฉลี่ยตามชนิด", "ไม่มีผล", "CRPS", "CRPS ของค่าเฉลี่ย",
               "ในช่วง 90", "ในช่วง 50"),
    }  # fmt: skip
    parts = {
        "en": ("Left-one-study-out", "First predictions", "All", "Expressed exactly", "Nearest form"),
        "th": ("เว้นทีละการศึกษา", "คำทำนายครั้งแรก", "ทั้งหมด", "เขียนได้ตรง", "รูปแบบใกล้เคียง"),
    }[lang]
    rows = [
        _scores(name, part)
        for name, part in zip(
            parts, (card.zero_shot, card.first_test, card.everything, card.exact, card.approximated), strict=True
        )
    ]
    return table(heads[lang], rows)


def _scores(name: str, part: Part) -> tuple[str, ...]:
    if not part.rows:
        return (name, "0", "0", *([NONE] * 7))
    errors = ("mae", "mae_flat", "mae_none", "crps", "crps_flat")
    shares = ("coverage90", "coverage50")
    return (
        name, str(len(part.studies)), str(len(part.rows)), *(plain(part.mean(x), 3) for x in errors),
        *(plain(part.mean(x), 2) for x in shares),
    )  # fmt: skip


def given_table(card: Card, lang: str) -> list[str]:
    """Return the error once one arm of a study is known, next to the rules; empty where it was not predicted."""
    found, each = card.one_arm_given.to_json(), card.each_arm_given.to_json()
    if found is None or each is None:
        return []
    names = {
        "en": {"mae": "Kwamdee", "half": "Half that arm, half flat mean", "same": "Same as that arm",
               "flat_shift": "Flat mean plus that arm's distance", "flat": "Flat mean", "none": "No effect"},
        "th": {"mae": "Kwamdee", "half": "ครึ่งหนึ่งของทางเลือกนั้น ครึ่งหนึ่งของค่าเฉลี่ยตามชนิด", "same": "เท่ากับทางเลือกนั้น",
               "flat_shift": "ค่าเฉลี่ยตามชนิดเลื่อนตามทางเลือกนั้น", "flat": "ค่าเฉลี่ยตามชนิด", "none": "ไม่มีผล"},
    }[lang]  # fmt: skip
    key = {"mae": "mae", "half": "mae_best_rule"}
    rows = []
    for rule, name in names.items():
        error, in_turn = (_number(x[key.get(rule, f"mae_{rule}")]) for x in (found, each))
        better = NONE if rule == "mae" else gain(card.one_arm_given.difference(rule), lang)
        rows.append((name, plain(error, 3), better, plain(in_turn, 3)))
    head = {
        "en": ("The first arm known", "Error", "Kwamdee better by", "Error, each arm in turn"),
        "th": ("เมื่อรู้ผลของทางเลือกแรก", "คลาดเคลื่อน", "Kwamdee ดีกว่า", "คลาดเคลื่อน เมื่อรู้ทีละทางเลือก"),
    }
    return table(head[lang], rows)


def gains_table(card: Card, lang: str) -> list[str]:
    """Return what the model gains on each simple rule, with the bootstrap over studies."""
    parts = {"en": ("Left-one-study-out", "First predictions"), "th": ("เว้นทีละการศึกษา", "คำทำนายครั้งแรก")}[lang]
    rules = {
        "en": {"mae_flat": "flat mean, error", "mae_none": "no effect, error", "crps_flat": "flat mean, CRPS"},
        "th": {"mae_flat": "ค่าเฉลี่ยตามชนิด คลาดเคลื่อน", "mae_none": "ไม่มีผล คลาดเคลื่อน", "crps_flat": "ค่าเฉลี่ยตามชนิด CRPS"},
    }[lang]
    rows = [
        (f"{name}: {rule}", gain(part.difference(key), lang))
        for name, part in zip(parts, (card.zero_shot, card.first_test), strict=True)
        if part.rows
        for key, rule in rules.items()
    ]
    head = {
        "en": ("Against", "Kwamdee better by (90% of bootstraps)"),
        "th": ("เทียบกับ", "Kwamdee ดีกว่า (ร้อยละ 90 ของการสุ่มซ้ำ)"),
    }
    return table(head[lang], rows)


def gain(d: Difference | None, lang: str) -> str:
    """Print a difference with its bootstrap; a dash where studies are too few for one."""
    if d is None:
        return NONE
    return f"{plain(d.mean, 3)} ({plain(d.low, 3)} {'ถึง' if lang == 'th' else 'to'} {plain(d.high, 3)})"


def plain(x: float | None, digits: int) -> str:
    """Print a figure with a true minus; a dash where there is none."""
    return NONE if x is None else f"{x:.{digits}f}".replace("-", "−")


def _number(x: object) -> float | None:
    return float(x) if isinstance(x, int | float) else None
