"""The reference page of all kinds of scheme in English or Thai, read off their classes."""

from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.fragment import described, fragment_of
from simulation.scenario.scheme_page import LEVELS, STRENGTH, default_of, parameters, range_of

TEXTS = {
    "title": ("Kinds of scheme", "ชนิดของมาตรการ"),
    "other": ("[ภาษาไทย](schemes.th.md)", "[English](schemes.md)"),
    "written": (
        "Written by `python -m scripts.make_reference` from the classes in `simulation/incentives`. `kwamdee schemes KIND` shows the same;\n"
        "keys that every kind has are in [the scenario file](scenario-file.md), real schemes rebuilt in [precedents](precedents.md), a kind\n"
        "of your own in [a scheme of your own](../new-scheme.md).",
        "เขียนด้วย `python -m scripts.make_reference` จากคลาสใน `simulation/incentives` คำสั่ง `kwamdee schemes ชื่อชนิด` แสดงเนื้อหาเดียวกัน\n"
        "คีย์ที่ทุกชนิดมีอยู่ใน[ไฟล์สถานการณ์](scenario-file.th.md) มาตรการจริงที่สร้างขึ้นใหม่อยู่ใน[มาตรการที่มีมาก่อน](precedents.th.md)\n"
        "และมาตรการของตนเองอยู่ใน[มาตรการชนิดใหม่ของตนเอง](../new-scheme.th.md)",
    ),
    "head": (("kind", "what it does"), ("ชนิด", "ทำอะไร")),
    "keys": (("key", "range (unit)", "default", "meaning"), ("คีย์", "ช่วง หน่วย", "ค่าเริ่มต้น", "ความหมาย")),
    "rests": ("Rests on {} ({}).", "อาศัย{} ({})"),
    "none": ("It has no keys of its own.", "ไม่มีคีย์เฉพาะชนิด"),
}


def _t(key, lang):
    return TEXTS[key][lang == "th"]


def page(lang: str) -> str:
    """Return the page."""
    lines = [f"# {_t('title', lang)}", "", _t("other", lang), "", _t("written", lang), ""]
    for level, name in LEVELS.items():
        kinds = {kind: cls for kind, cls in scheme_classes().items() if cls.level == level and _is_ours(cls)}
        if not kinds:
            continue
        rows = [(f"[`{kind}`](#{kind})", cls.what.get(lang)) for kind, cls in kinds.items()]
        lines += [f"## {name.get(lang)}", "", *_table(_t("head", lang), rows), ""]
        for kind, cls in kinds.items():
            lines += _of(kind, cls, lang)
    return "\n".join(lines).rstrip() + "\n"


def _is_ours(cls) -> bool:
    return cls.__module__.startswith("simulation.")


def _of(kind, cls, lang) -> list[str]:
    told = described(cls) if lang == "en" else cls.what.get(lang)
    lines = [
        f"### {kind}",
        "",
        f"**{cls.label.get(lang)}** {told}" if lang == "th" else f"**{cls.label.en}.** {told}",
        "",
    ]
    own = [p for p in parameters(cls) if not p.shared]
    rows = [(f"`{p.name}`", range_of(p, lang), default_of(p, lang), p.meaning.get(lang)) for p in own]
    lines += [*_table(_t("keys", lang), rows), ""] if rows else [_t("none", lang), ""]
    lines += [_t("rests", lang).format(cls.rests_on.get(lang), STRENGTH[cls.strength].get(lang)), ""]
    lines += [*(f"- {entry}" for entry in cls.literature), ""]
    return [*lines, "```toml", fragment_of(cls).rstrip("\n"), "```", ""]


def _table(head, rows) -> list[str]:
    safe = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    return [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *(f"| {' | '.join(row)} |" for row in safe)]
