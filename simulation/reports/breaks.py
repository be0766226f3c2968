"""Where a line may break: browsers split Thai compounds and part numbers from their units, so a page says where not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import escape

_NUMBER = r"[+−]?\d[\d.,]*"
_NUMBERS = (
    rf"\({_NUMBER} (?:to|ถึง) {_NUMBER}\)",
    rf"{_NUMBER} (?:to|ถึง|of|จาก|ใน|/) {_NUMBER}(?: (?:ครั้ง|จุดร้อยละ))?",
    rf"{_NUMBER} (?:percentage points|points?|baht|จุดร้อยละ|สังคมจำลอง|สัปดาห์|บาท|พันบาท|คน|ครัวเรือน|ครั้ง)",
    rf"(?:weeks?|สัปดาห์ที่|(?:ไม่ถึง|กว่า)?ร้อยละ|ภาพที่|ตารางที่) {_NUMBER}(?:–\d+)?",
    r"(?:Figure|Table|under|over) \d+%?",
)
COMPOUNDS = (
    "แจ้งผลเทียบเพื่อนบ้าน", "เป้าหมายร่วมของเขต", "ประกาศเกียรติคุณ", "ส่วนลดค่าธรรมเนียม", "เป้าหมายร่วมของพื้นที่",
    "สังคมจำลอง", "จุดร้อยละ", "โลจิต", "การศึกษา", "คำตอบ", "คำสั่ง", "คำถาม", "มาตรการ", "ครัวเรือน", "พลเมือง", "ความบังเอิญ",
    "ความแปรปรวน", "เป้าหมาย", "ผู้เข้าร่วม", "ไม่เข้าร่วม", "เข้าร่วม", "สิ้นสุด", "แรงจูงใจ", "ภายใน", "ได้ผลมากที่สุด", "แบบจำลอง",
    "สิ่งที่ยังไม่รู้", "เกี่ยวกับคน", "โครงการนำร่อง", "ค่าธรรมเนียม", "ลงทะเบียน", "รหัสไฟล์สถานการณ์", "ไฟล์สถานการณ์", "สถานการณ์",
    "เลขสุ่มตั้งต้น", "แหล่งที่มา", "หลักฐาน", "เกียรติคุณ", "เพื่อนบ้าน", "ประเทศไทย", "กรุงเทพมหานคร", "กรุงเทพฯ", "คัดแยกขยะ", "พันบาท",
    "ร้อยละ", "ไม่ถึงครึ่ง", "ความเป็นไปได้", "ผลข้างเคียง", "ข้อเสนอ", "ค่าใช้จ่าย", "รายบุคคล", "การประเมินเอง", "หลายการศึกษา",
    "หนึ่งการศึกษา", "ยังตัดสินไม่ได้", "ยังบอกไม่ได้", "ทุกคนเข้าร่วม", "ไม่ได้วัด", "ต่ำที่สุด", "มากที่สุด", "น้อยที่สุด", "เท่าใด", "เพียงใด", "เพิ่มขึ้น", "ดำเนินมาตรการ", "ค่าดำเนินงาน",
    "แต่ผลจำลองชุดนี้", "ผลจำลองชุดนี้", "เป็นไปได้สูงอย่างยิ่ง", "เป็นไปได้สูงมาก", "เป็นไปได้สูง", "แทบจะแน่นอน", "มีโอกาสเกินครึ่ง", "ทำไม่ได้",
    "ทำให้แคบลงได้", "ข้อสมมุติ", "คำศัพท์", "ภาคผนวก", "ทั้งมีและไม่มี",
)  # fmt: skip
PREFERRED = {
    "แจ้งผลเทียบเพื่อนบ้าน": ("แจ้งผล", "เทียบเพื่อนบ้าน"),
    "เป้าหมายร่วมของเขต": ("เป้าหมายร่วม", "ของเขต"),
    "เป้าหมายร่วมของพื้นที่": ("เป้าหมายร่วม", "ของพื้นที่"),
    "ประกาศเกียรติคุณ": ("ประกาศ", "เกียรติคุณ"),
    "ส่วนลดค่าธรรมเนียม": ("ส่วนลด", "ค่าธรรมเนียม"),
}
"""The one place where a Thai name may be broken; a name that is not here breaks at a blank or not at all."""

_HEADINGS = ("h1", "h2", "h3", "figcaption", "caption")
_LEFT_ALONE = ("svg", "style", "script", "title", "code")


def name_parts(name: str) -> tuple[str, ...]:
    """Return a name in one or two parts: at its preferred break, else at the blank nearest its middle."""
    if name in PREFERRED:
        return PREFERRED[name]
    cuts = [i for i, c in enumerate(name) if c == " "]
    if not cuts:
        return (name,)
    cut = min(cuts, key=lambda i: abs(i - len(name) / 2))
    return name[:cut], name[cut + 1 :]


def held(page: str, lang: str, names: Iterable[str] = ()) -> str:
    """Return the page with numbers held to their units and, in Thai, compounds and `names` whole.

    Thai headings break between their clauses first. Figures, code and the page's head stay as they are.
    """
    pattern = _pattern(lang, names)
    out, skipping, heading = [], "", 0
    for piece in re.split(r"(<[^>]+>)", page):
        if piece.startswith("<"):
            tag = re.sub(r"[^\w].*", "", piece.lstrip("</"), flags=re.DOTALL)
            if skipping:
                skipping = "" if piece.startswith(f"</{skipping}") else skipping
            elif tag in _LEFT_ALONE and not piece.startswith("</"):
                skipping = tag
            heading += (tag in _HEADINGS) * (-1 if piece.startswith("</") else 1)
            out.append(piece)
        elif skipping or not piece.strip():
            out.append(piece)
        else:
            out.append(_clauses(piece, pattern) if heading and lang == "th" else _nb(piece, pattern))
    return "".join(out)


def _pattern(lang: str, names: Iterable[str]) -> re.Pattern[str]:
    words: list[str] = []
    if lang == "th":
        words = [re.escape(str(escape(w))) for w in sorted({*COMPOUNDS, *names}, key=len, reverse=True)]
    return re.compile("|".join([*_NUMBERS, *words]))


def _nb(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda m: f'<span class="nb">{_parts(m.group(0))}</span>', text)


def _parts(word: str) -> str:
    """Let a long name break at its preferred break, and nowhere else."""
    return '</span><wbr><span class="nb">'.join(PREFERRED.get(word, (word,)))


def _clauses(text: str, pattern: re.Pattern[str]) -> str:
    """Wrap what stands between blanks; a number and its unit are one clause, not two."""
    whole = pattern.sub(lambda m: m.group(0).replace(" ", "\u00a0"), text)
    return re.sub(
        r"[^ \n]+", lambda m: f'<span class="clause">{_nb(m.group(0).replace(chr(160), " "), pattern)}</span>', whole
    )
