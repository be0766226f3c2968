"""The rules that protect people, by the ids of data/facts/guardrails.csv: each with its text, source and mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from simulation.core.params import Text

GuardMark = Literal["V", "R", "design"]
"""V seen in the source, R recalled in part, design chosen for this project."""


How = Literal["refused", "measured", "yours"]
"""What Kwamdee does about a rule: refuse what breaks it, measure and warn, or leave it to who runs the scheme."""


@dataclass(frozen=True)
class Rule:
    """One rule: what it says, where it comes from, how sure its source is, and what is done about it."""

    text: Text
    source: Text
    mark: GuardMark
    how: How


def _rule(en: str, th: str, source: str, source_th: str, mark: GuardMark, how: How = "refused") -> Rule:
    return Rule(Text(en=en, th=th), Text(en=source, th=source_th), mark, how)


_AI_ACT_TH = "กฎหมายปัญญาประดิษฐ์ของสหภาพยุโรป มาตรา 5(1)(c)"
_PDPA_TH = "พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562"

RULES: Mapping[str, Rule] = {
    "G1": _rule(
        "Positive only: a scheme can only give; nothing can be taken from anybody, and no right or basic service may "
        "depend on it.",
        "เชิงบวกเท่านั้น: มาตรการมีแต่ให้ เอาสิ่งใดไปจากใครไม่ได้ และสิทธิหรือบริการพื้นฐานต้องไม่ขึ้นกับมาตรการ",
        "MoU seed (positive motivation; respects human rights); AI Act 5(1)(c)",
        f"บันทึกความเข้าใจต้นทาง (แรงจูงใจเชิงบวก เคารพสิทธิมนุษยชน) และ{_AI_ACT_TH}",
        "V",
    ),
    "G2": _rule(
        "No detriment in an unrelated context: what is done in one field opens or closes nothing in another.",
        "ไม่มีผลเสียในเรื่องที่ไม่เกี่ยวกัน: สิ่งที่ทำในเรื่องหนึ่งไม่เปิดหรือปิดสิ่งใดในอีกเรื่องหนึ่ง",
        "EU AI Act Art 5(1)(c)(i)",
        f"{_AI_ACT_TH}(i)",
        "V",
    ),
    "G3": _rule(
        "No detriment that is unjustified or out of proportion to what was done; how far rewards differ is reported.",
        "ไม่มีผลเสียที่ไม่มีเหตุหรือไม่ได้สัดส่วนกับสิ่งที่ทำ และรายงานว่ารางวัลต่างกันเพียงใด",
        "EU AI Act Art 5(1)(c)(ii)",
        f"{_AI_ACT_TH}(ii)",
        "V",
        "measured",
    ),
    "G4": _rule(
        "No social scoring and no mass surveillance: no public list of everybody and no ranking of persons.",
        "ไม่ให้คะแนนทางสังคมและไม่สอดส่องคนหมู่มาก: ไม่มีบัญชีรายชื่อสาธารณะของทุกคนและไม่จัดอันดับบุคคล",
        "UNESCO Recommendation on the Ethics of AI (2021)",
        "ข้อเสนอแนะของยูเนสโกว่าด้วยจริยธรรมปัญญาประดิษฐ์ (2021)",
        "V",
    ),
    "G5": _rule(
        "Consent is freely given, specific, informed and can be withdrawn.",
        "ความยินยอมต้องให้โดยอิสระ เฉพาะเรื่อง รู้ข้อมูล และถอนได้",
        "PDPA s.19; minors s.20",
        f"{_PDPA_TH} มาตรา 19 ผู้เยาว์ มาตรา 20",
        "R",
    ),
    "G6": _rule(
        "Data are used for a stated purpose only, and no more of them than it needs.",
        "ใช้ข้อมูลตามวัตถุประสงค์ที่แจ้งเท่านั้น และเท่าที่จำเป็น",
        "PDPA s.21, s.22",
        f"{_PDPA_TH} มาตรา 21 และ 22",
        "V",
    ),
    "G7": _rule(
        "Sensitive data stay out: no reward depends on a sensitive trait, and a behaviour that reveals one asks for "
        "explicit consent or is rewarded by area only.",
        "ไม่ใช้ข้อมูลอ่อนไหว: ไม่มีรางวัลใดขึ้นกับลักษณะส่วนบุคคลที่อ่อนไหว พฤติกรรมที่เผยลักษณะเช่นนั้นต้องได้รับความยินยอมโดยชัดแจ้ง "
        "หรือให้รางวัลเป็นรายพื้นที่เท่านั้น",
        "PDPA s.26",
        f"{_PDPA_TH} มาตรา 26",
        "R",
    ),
    "G8": _rule(
        "Minors are reached only with a guardian's consent.",
        "เข้าถึงผู้เยาว์ได้เมื่อผู้ปกครองยินยอมเท่านั้น",
        "PDPA s.20",
        f"{_PDPA_TH} มาตรา 20",
        "R",
    ),
    "G9": _rule(
        "No published figure about fewer than the smallest cell of people, nor one from which it could be worked out.",
        "ไม่เผยแพร่ตัวเลขของกลุ่มที่มีคนน้อยกว่าที่กำหนด และไม่เผยแพร่ตัวเลขที่ใช้คำนวณย้อนได้",
        "OECD/UNECE SDC glossary: agencies use 5 or 3; ICO treats 1-5 as small",
        "ประมวลศัพท์การควบคุมการเปิดเผยทางสถิติของ OECD/UNECE: หน่วยงานใช้ 5 หรือ 3 และ ICO ถือว่า 1-5 เป็นกลุ่มเล็ก",
        "V",
    ),
    "G10": _rule(
        "Nothing is published about a person: reports are of groups, organisations and areas.",
        "ไม่เผยแพร่สิ่งใดรายบุคคล รายงานเป็นรายกลุ่ม รายองค์กร และรายพื้นที่",
        "project rule + G9",
        "กติกาของโครงการ และ G9",
        "design",
    ),
    "G11": _rule(
        "Nobody is left out by age, income, place or device: gaps in take-up are always reported.",
        "ไม่ทิ้งใครเพราะอายุ รายได้ พื้นที่ หรืออุปกรณ์ ความต่างของการเข้าร่วมรายงานเสมอ",
        "NSO ICT: 64.6% of 50+ online (2021)",
        "สำนักงานสถิติแห่งชาติ: ผู้มีอายุ 50 ปีขึ้นไปใช้อินเทอร์เน็ตร้อยละ 64.6 (2564)",
        "V",
        "measured",
    ),
    "G12": _rule(
        "Budgets are honest: what is promised is a liability, and a budget that ends is simulated.",
        "งบประมาณตรงไปตรงมา: สิ่งที่สัญญาไว้เป็นภาระผูกพัน และจำลองเมื่องบหมด",
        "Korea carbon points exhausted July 2025, paid 78%",
        "แต้มคาร์บอนของเกาหลีหมดงบในเดือนกรกฎาคม 2568 จ่ายได้ร้อยละ 78",
        "V",
        "measured",
    ),
    "G13": _rule(
        "What happens once a reward ends is simulated too, with a follow-up.",
        "จำลองสิ่งที่เกิดหลังรางวัลสิ้นสุดด้วย โดยมีช่วงติดตาม",
        "Sendai RCT; Mantzari meta-analysis",
        "การทดลองแบบสุ่มที่เซนได และการวิเคราะห์อภิมานของ Mantzari",
        "V",
        "measured",
    ),
    "G14": _rule(
        "Accusing others is not rewarded.",
        "ไม่ให้รางวัลแก่การกล่าวหาผู้อื่น",
        "design, false-report risk",
        "ค่าที่เลือกเอง เพราะเสี่ยงต่อการแจ้งเท็จ",
        "design",
    ),
    "G15": _rule(
        "The questions of ethics are asked at each stage: behaviour, analysis, strategies, intervention, change.",
        "ถามคำถามด้านจริยธรรมทุกขั้น: พฤติกรรม การวิเคราะห์ กลยุทธ์ การดำเนินการ การเปลี่ยนแปลง",
        "OECD 2019 BASIC toolkit",
        "เครื่องมือ BASIC ของ OECD (2019)",
        "V",
        "yours",
    ),
    "G16": _rule(
        "Free to leave: leaving costs nothing and is as easy as joining.",
        "ออกได้เสมอ: การออกไม่มีค่าใช้จ่ายและง่ายเท่ากับการเข้าร่วม",
        "sludge audit literature",
        "วรรณกรรมการตรวจสอบขั้นตอนที่เป็นภาระ",
        "R",
    ),
    "G17": _rule(
        "A person looks at what is contested: there is a way to appeal.",
        "มีคนพิจารณาเรื่องที่โต้แย้ง: มีช่องทางอุทธรณ์",
        "PDPA/AI ethics",
        f"{_PDPA_TH} และจริยธรรมปัญญาประดิษฐ์",
        "design",
        "yours",
    ),
}
"""Every rule, in the order of the table of facts."""


def named(rules: Sequence[str], en: str, th: str) -> Text:
    """Return a sentence with the rules that it breaks or rests on behind it, each one in words."""
    ids, (first, *others) = ", ".join(rules), rules
    word = "Rule" if len(rules) == 1 else "Rules"
    more = [(f" {rule}: {RULES[rule].text.en}", f" {rule} {RULES[rule].text.th}") for rule in others]
    return Text(
        en=f"{en} {word} {ids}: {RULES[first].text.en}{''.join(said for said, _ in more)}",
        th=f"{th} กฎ {ids} {RULES[first].text.th}{''.join(said for _, said in more)}",
    )
