"""The page of precedents in English or Thai: which real scheme is rebuilt in which file, of which kinds, or refused by which rule."""

import re
import tomllib
from functools import cache
from pathlib import Path

from simulation.core.errors import ScenarioError
from simulation.scenario.load import load
from simulation.world.facts import table

FOLDER = Path(__file__).parents[1] / "scenarios"
KEYS = {"thai_precedents": "scheme_en", "comparator_schemes": "scheme"}
COMPARED = 16
"""Rows of comparator_schemes.csv that are schemes to be rebuilt; the rest are trials of one arm, contrasts and reviews."""
TEXTS = {
    "title": ("Precedents", "มาตรการที่มีมาก่อน"),
    "other": ("[ภาษาไทย](precedents.th.md)", "[English](precedents.md)"),
    "intro": (
        "Written by `python -m scripts.make_reference` from `scenarios/precedents/_map.toml` and the files themselves. Each scheme stands\n"
        "rebuilt in a small town of 2,000, to be run and changed: `kwamdee compare precedents/time-bank`. That it can be rebuilt says nothing\n"
        "of what it did where it ran; amounts that were not published are chosen values and marked so in the file.",
        "เขียนด้วย `python -m scripts.make_reference` จาก `scenarios/precedents/_map.toml` และไฟล์ของแต่ละมาตรการ แต่ละมาตรการสร้างขึ้นใหม่\n"
        "ในเมืองเล็กที่มี 2,000 คน ใช้จำลองและแก้ไขต่อได้: `kwamdee compare precedents/time-bank` การสร้างขึ้นใหม่ได้ไม่ได้บอกว่าของจริงให้ผลเท่าใด\n"
        "จำนวนที่ไม่ได้เผยแพร่เป็นค่าที่เลือกเอง และระบุไว้ในไฟล์",
    ),
    "thai_precedents": ("Thailand", "ประเทศไทย"),
    "comparator_schemes": ("Other countries", "ประเทศอื่น"),
    "head": (
        ("scheme", "years", "what was given", "kinds", "file", "left out"),
        ("มาตรการ", "ปี", "สิ่งที่ให้", "ชนิด", "ไฟล์", "สิ่งที่ตัดออก"),
    ),
    "refused": ("refused by rule {}", "ปฏิเสธด้วยหลัก {}"),
}


@cache
def precedents() -> tuple[dict, ...]:
    """Return the map's rows."""
    return tuple(tomllib.loads((FOLDER / "precedents" / "_map.toml").read_text("utf-8"))["precedent"])


def kinds_of(name: str) -> list[str]:
    """Return the kinds of scheme of a precedent's file."""
    found = load(name)
    return list(dict.fromkeys(s.kind for arm in found.arms.values() for s in arm.schemes.values()))


def rules_of(file: str) -> list[str]:
    """Return the rules by which a file is refused; none where it is not."""
    try:
        load(FOLDER / file)
    except ScenarioError as error:
        return list(dict.fromkeys(re.findall(r"\bG\d+\b", str(error))))
    return []


def page(lang: str) -> str:
    """Return the page."""
    lines = [f"# {_t('title', lang)}", "", _t("other", lang), "", _t("intro", lang), ""]
    for name, key in KEYS.items():
        facts = {row[key]: row for row in table(name)}
        head = _t("head", lang)
        lines += [f"## {_t(name, lang)}", "", f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
        for p in precedents():
            if p["table"] == name:
                lines.append("| " + " | ".join(_cell(x) for x in _row(p, facts[p["scheme"]], lang)) + " |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(p, facts, lang) -> list[str]:
    title = facts.get("scheme_th", p["scheme"]) if lang == "th" else p["scheme"]
    given = "; ".join(x for x in (facts["earn_rule"], facts.get("reward") or facts.get("reward_value")) if x)
    files, left = [], p.get("left_out", {}).get(lang, "")
    kinds = (
        ", ".join(f"[`{k}`](schemes{'.th' if lang == 'th' else ''}.md#{k})" for k in kinds_of(p["file"]))
        if "file" in p
        else ""
    )
    if "file" in p:
        files.append(f"[{p['file'].split('/')[1]}](../../scenarios/{p['file']}.toml)")
    if "refused" in p:
        rules = ", ".join(rules_of(p["refused"]))
        files.append(
            f"[{Path(p['refused']).stem}](../../scenarios/{p['refused']}): {_t('refused', lang).format(rules)}"
        )
    return [title, facts["years"], given, kinds, "; ".join(files), left]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _t(key, lang):
    return TEXTS[key][lang == "th"]
