"""What the report card says, in English and Thai; errors are in log-odds where nothing else is said."""

from __future__ import annotations

from math import exp
from re import Match, sub
from typing import Any

from simulation.reports.words import plain, points

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "title": "How well Kwamdee predicts published experiments",
        "size": "{studies} studies, {arms} arms",
        "unit": "Figures are log-odds of acting against the study's control: one log-odds is the step from 50% to {one}%, two that to {two}%.",
        "legend": "Predicted: median, and where a figure of that sample size falls 9 times in 10, by parameters that have not seen the study. Observed: as published, with its 95% interval.",
        "arm": "Arm",
        "predicted": "Predicted",
        "observed": "Observed",
        "inside_head": "In",
        "inside": "in",
        "outside": "out",
        "inside_page": "inside",
        "outside_page": "outside",
        "verdict": "Published figure",
        "span": "{} to {}",
        "study_line": "error {mae}, flat mean {mae_flat}, no effect {mae_none}; {inside} of {arms} inside",
        "own_line": "error in its own unit, {unit}: {own}",
        "apart": "Coded as their nearest form, for the library cannot express them; reported apart",
        "answer": "Answer",
        "zero": "A study not seen before is missed by {mae} on average ({studies} studies{each}). The flat mean per kind of incentive misses by {mae_flat}, no effect by {mae_none}.",
        "each": ", each counting once",
        "gain_won": "Against the flat mean that is better by {mean} ({span}, 90% of bootstraps over studies).",
        "gain_open": "Against the flat mean the gain is {mean} ({span}, 90% of bootstraps over studies): these studies do not settle it.",
        "gain_lost": "Against the flat mean that is worse: {mean} ({span}, 90% of bootstraps over studies).",
        "crps": "The score of the whole distribution (CRPS, smaller is better) is {crps}, of the flat mean {crps_flat}.",
        "given": "The first arm of a study known, as from a pilot, the others are missed by {mae} ({studies} studies); half that arm and half the flat mean by {half}, same as that arm by {same}, flat plus shift by {shift}, no effect by {none}. {cover} of the 90% intervals hold the figure. With each arm known in turn, later weeks before earlier ones too, by {each_mae}; half and half by {each_half}.",
        "first": "Studies when first seen: error {mae}, flat mean {mae_flat}, no effect {mae_none}; CRPS {crps} against {crps_flat}; {cover} of the 90% intervals hold the figure ({studies} studies, {arms} arms). Scored once, and kept.",
        "dvp": "DellaVigna and Pope, from the control and two piece rates: {mae} presses; the mean of 208 experts {mean_expert}, one expert {individual_expert}.",
        "sure": "How sure",
        "coverage": "The 90% intervals hold {c90} of the figures, the 50% intervals {c50}.",
        "order": "Order of arms within studies of at least 4 (Spearman): {order}.",
        "nearest": "{arm} is coded as its nearest form: {why}.",
        "apart_score": "The {arms} approximated arms alone: error {mae}, flat mean {mae_flat}.",
        "apart_one": "The {arms} approximated arm alone: error {mae}, flat mean {mae_flat}.",
        "note": "Note",
        "stale": "The parameters are stale: {}",
        "variants": "{} structural variants of the law were tried on these studies.",
        "variants_shipped": "{} structural variants of the law were tried on the shipped studies, none on yours.",
        "not_scored_one": "1 published figure is listed and not scored: {}.",
        "not_scored_each": "{} published figures are listed and not scored: {}.",
        "not_scored": "{} published figures are listed and not scored: recalled, or without an error.",
        "sign": "The sign is right in {} of arms. Nearly all effects are positive, so this says little.",
        "page": "Report",
        "none": "Nothing can be scored: every figure was recalled, has no error, or cannot be compared.",
        "rules": "Next to simple rules",
        "zero_title": "Studies not seen before",
        "error_said": "Error: how far the predicted median lies from the published figure, on average.",
        "rule": "Rule",
        "error": "Error",
        "better": "Kwamdee better by",
        "rule_model": "Kwamdee",
        "rule_mae_flat": "Flat mean per kind of incentive",
        "rule_mae_none": "No effect",
        "rule_crps": "Kwamdee, CRPS",
        "rule_crps_flat": "Flat mean, CRPS",
        "given_title": "The first arm known, as from a pilot",
        "each_in_turn": "Each arm in turn",
        "rule_half": "Half that arm, half flat mean",
        "rule_same": "Same as that arm",
        "rule_flat_shift": "Flat mean plus that arm's distance",
        "rule_flat": "Flat mean",
        "rule_none": "No effect",
        "by_study": "Study by study",
        "study": "Study",
        "arms": "Arms",
        "fig_study": "{}: observed against predicted",
        "fig_caption": "Observed against predicted",
        "fig_pit": "Where observed figures fall in what was predicted",
        "fig_pit_sub": "Share of arms in each tenth of the predicted distribution, studies weighted alike; level at 10% if the intervals are honest.",
        "fig_axis": "Log-odds against the control",
        "fig_pit_x": "Tenth of the predicted distribution",
        "fig_pit_y": "% of arms",
        "fig_curves": "Parameters before and after the studies",
        "fig_curves_sub": "Median and middle 90% of the draws; after: as shipped.",
        "table": "The figure as a table",
        "prior": "before",
        "posterior": "after",
        "honest": "if the intervals are honest",
        "legend_predicted": "predicted, 90%",
        "legend_observed": "observed, 95%",
        "other": "ภาษาไทย",
        "print": "Print",
        "about": "Published experiments, replayed by the same engine, schemes and equations as any scenario. A simulation is judged here; it is no forecast of a programme.",
    },
    "th": {
        "title": "Kwamdee ทำนายผลการทดลองที่ตีพิมพ์แล้ว ได้แม่นยำเพียงใด",
        "size": "{studies} การศึกษา {arms} ทางเลือก",
        "unit": "ตัวเลขเป็นล็อกออดส์ของการลงมือทำ เทียบกับกลุ่มควบคุมของการศึกษานั้น หนึ่งหน่วยเท่ากับการเพิ่มจากร้อยละ 50 เป็นร้อยละ {one} สองหน่วยเป็นร้อยละ {two}",
        "legend": "ค่าทำนายคือมัธยฐาน และช่วงที่ผลจากกลุ่มตัวอย่างขนาดนั้นจะตกอยู่ 9 ใน 10 ครั้ง ด้วยค่าพารามิเตอร์ที่ไม่เคยเห็นการศึกษานั้น ค่าที่สังเกตได้คือค่าที่ตีพิมพ์ พร้อมช่วงร้อยละ 95",
        "arm": "ทางเลือก",
        "predicted": "ค่าทำนาย",
        "observed": "ค่าที่สังเกตได้",
        "inside_head": "อยู่ในช่วงหรือไม่",
        "inside": "ใน",
        "outside": "นอก",
        "inside_page": "อยู่ในช่วง",
        "outside_page": "อยู่นอกช่วง",
        "verdict": "ค่าที่ตีพิมพ์",
        "span": "{} ถึง {}",
        "study_line": "คลาดเคลื่อน {mae} หากใช้ค่าเฉลี่ยตามชนิด {mae_flat} หากถือว่าไม่มีผล {mae_none} อยู่ในช่วง {inside} จาก {arms}",
        "own_line": "ในหน่วยของการศึกษา คือ {unit} คลาดเคลื่อน {own}",
        "apart": "ทางเลือกที่ระบบเขียนให้ตรงไม่ได้ จึงใช้รูปแบบที่ใกล้ที่สุด และรายงานแยก",
        "answer": "คำตอบ",
        "zero": "การศึกษาที่ไม่เคยเห็นมาก่อน ทำนายคลาดเคลื่อนเฉลี่ย {mae} ({studies} การศึกษา{each}) หากใช้ค่าเฉลี่ยตามชนิดของสิ่งจูงใจ คลาดเคลื่อน {mae_flat} หากถือว่าไม่มีผล คลาดเคลื่อน {mae_none}",
        "each": " น้ำหนักเท่ากัน",
        "gain_won": "ดีกว่าค่าเฉลี่ยตามชนิด {mean} (ช่วงร้อยละ 90 เมื่อสุ่มซ้ำการศึกษา {span})",
        "gain_open": "เทียบกับค่าเฉลี่ยตามชนิด ดีกว่า {mean} (ช่วงร้อยละ 90 เมื่อสุ่มซ้ำการศึกษา {span}) การศึกษาชุดนี้ยังตัดสินไม่ได้",
        "gain_lost": "แย่กว่าค่าเฉลี่ยตามชนิด {mean} (ช่วงร้อยละ 90 เมื่อสุ่มซ้ำการศึกษา {span})",
        "crps": "คะแนนของทั้งการแจกแจง (CRPS ยิ่งน้อยยิ่งดี) คือ {crps} ของค่าเฉลี่ยตามชนิดคือ {crps_flat}",
        "given": "เมื่อรู้ผลของทางเลือกแรกในการศึกษา เหมือนรู้จากโครงการนำร่อง ทำนายทางเลือกอื่นคลาดเคลื่อน {mae} ({studies} การศึกษา) ครึ่งหนึ่งของทางเลือกนั้นกับครึ่งหนึ่งของค่าเฉลี่ยตามชนิด {half} เท่ากับทางเลือกนั้น {same} ค่าเฉลี่ยตามชนิดเลื่อนตามทางเลือกนั้น {shift} ไม่มีผล {none} ช่วงร้อยละ 90 ครอบคลุมค่าจริง{cover} หากให้ทุกทางเลือกเป็นทางเลือกที่รู้ทีละทางเลือก รวมถึงรู้สัปดาห์หลังก่อนสัปดาห์แรก คลาดเคลื่อน {each_mae} แบบครึ่งต่อครึ่ง {each_half}",
        "first": "การศึกษาเมื่อเห็นครั้งแรก คลาดเคลื่อน {mae} ค่าเฉลี่ยตามชนิด {mae_flat} ไม่มีผล {mae_none} CRPS {crps} เทียบกับ {crps_flat} ช่วงร้อยละ 90 ครอบคลุม{cover} ({studies} การศึกษา {arms} ทางเลือก) ให้คะแนนครั้งเดียวและเก็บไว้ตลอด",
        "dvp": "การศึกษาของ DellaVigna และ Pope จากกลุ่มควบคุมและค่าจ้างต่อชิ้นสองอัตรา คลาดเคลื่อน {mae} ครั้ง ค่าเฉลี่ยของผู้เชี่ยวชาญ 208 คน {mean_expert} ผู้เชี่ยวชาญหนึ่งคน {individual_expert}",
        "sure": "ความมั่นใจ",
        "coverage": "ช่วงร้อยละ 90 ครอบคลุมผลที่ตีพิมพ์{c90} ช่วงร้อยละ 50 ครอบคลุม{c50}",
        "order": "ลำดับของทางเลือกในการศึกษาที่มีอย่างน้อย 4 ทางเลือก (สเปียร์แมน) {order}",
        "nearest": "{arm} ใช้รูปแบบที่ใกล้ที่สุด {why}",
        "apart_score": "เฉพาะทางเลือกที่ใช้รูปแบบใกล้เคียง {arms} ทางเลือก คลาดเคลื่อน {mae} ค่าเฉลี่ยตามชนิด {mae_flat}",
        "apart_one": "เฉพาะทางเลือกที่ใช้รูปแบบใกล้เคียง {arms} ทางเลือก คลาดเคลื่อน {mae} ค่าเฉลี่ยตามชนิด {mae_flat}",
        "note": "หมายเหตุ",
        "stale": "ค่าพารามิเตอร์ล้าสมัย: {}",
        "variants": "ลองกฎของแบบจำลองกับการศึกษาชุดนี้มาแล้ว {} แบบ",
        "variants_shipped": "ลองกฎของแบบจำลองกับการศึกษาที่มากับโปรแกรมแล้ว {} แบบ ไม่ได้ลองกับการศึกษาของท่าน",
        "not_scored_one": "มีผลที่ตีพิมพ์ 1 ค่าที่แสดงไว้แต่ไม่ให้คะแนน: {}",
        "not_scored_each": "มีผลที่ตีพิมพ์ {} ค่าที่แสดงไว้แต่ไม่ให้คะแนน: {}",
        "not_scored": "มีผลที่ตีพิมพ์ {} ค่าที่แสดงไว้แต่ไม่ให้คะแนน เพราะอ้างจากความจำ หรือไม่มีค่าความคลาดเคลื่อน",
        "sign": "ทำนายทิศทางถูกต้อง{} ของทางเลือก แต่ผลเกือบทั้งหมดเป็นบวก ตัวเลขนี้จึงบอกอะไรได้น้อย",
        "page": "รายงาน",
        "none": "ไม่มีสิ่งใดให้คะแนนได้ เพราะทุกค่ามาจากความจำ ไม่มีค่าความคลาดเคลื่อน หรือเทียบไม่ได้",
        "rules": "เทียบกับกฎง่าย ๆ",
        "zero_title": "การศึกษาที่ไม่เคยเห็นมาก่อน",
        "error_said": "ความคลาดเคลื่อน คือระยะเฉลี่ยระหว่างมัธยฐานที่ทำนายกับค่าที่ตีพิมพ์",
        "rule": "กฎ",
        "error": "ความคลาดเคลื่อน",
        "better": "Kwamdee ดีกว่า",
        "rule_model": "Kwamdee",
        "rule_mae_flat": "ค่าเฉลี่ยตามชนิดของสิ่งจูงใจ",
        "rule_mae_none": "ไม่มีผล",
        "rule_crps": "Kwamdee คะแนน CRPS",
        "rule_crps_flat": "ค่าเฉลี่ยตามชนิด คะแนน CRPS",
        "given_title": "เมื่อรู้ผลของทางเลือกแรก เหมือนรู้จากโครงการนำร่อง",
        "each_in_turn": "ทุกทางเลือกทีละทางเลือก",
        "rule_half": "ครึ่งหนึ่งของทางเลือกนั้น ครึ่งหนึ่งของค่าเฉลี่ยตามชนิด",
        "rule_same": "เท่ากับทางเลือกนั้น",
        "rule_flat_shift": "ค่าเฉลี่ยตามชนิดเลื่อนตามทางเลือกนั้น",
        "rule_flat": "ค่าเฉลี่ยตามชนิด",
        "rule_none": "ไม่มีผล",
        "by_study": "ทีละการศึกษา",
        "study": "การศึกษา",
        "arms": "ทางเลือก",
        "fig_study": "{}: ค่าที่สังเกตได้เทียบกับค่าทำนาย",
        "fig_caption": "ค่าที่สังเกตได้เทียบกับค่าทำนาย",
        "fig_pit": "ผลที่ตีพิมพ์ตกอยู่ที่ใดในสิ่งที่ทำนาย",
        "fig_pit_sub": "ร้อยละของทางเลือกในแต่ละส่วน เมื่อแบ่งการแจกแจงที่ทำนายเป็นสิบส่วนเท่ากัน ทุกการศึกษาน้ำหนักเท่ากัน หากช่วงที่ทำนายตรงกับความจริง ทุกแท่งจะอยู่ที่ร้อยละ 10",
        "fig_axis": "ล็อกออดส์เทียบกับกลุ่มควบคุม",
        "fig_pit_x": "ส่วนที่ เมื่อแบ่งการแจกแจงที่ทำนายเป็นสิบส่วน",
        "fig_pit_y": "ร้อยละของทางเลือก",
        "fig_curves": "พารามิเตอร์ก่อนและหลังเห็นการศึกษา",
        "fig_curves_sub": "มัธยฐานและช่วงกลางร้อยละ 90 ของค่าที่สุ่ม หลัง คือชุดที่มากับโปรแกรม",
        "table": "ภาพนี้ในรูปตาราง",
        "prior": "ก่อน",
        "posterior": "หลัง",
        "honest": "หากช่วงตรงกับความจริง",
        "legend_predicted": "ค่าทำนาย ร้อยละ 90",
        "legend_observed": "ค่าที่สังเกตได้ ร้อยละ 95",
        "other": "English",
        "print": "พิมพ์",
        "about": "การทดลองที่ตีพิมพ์แล้ว จำลองซ้ำด้วยกลไก มาตรการ และสมการเดียวกับทุกสถานการณ์ หน้านี้ประเมินแบบจำลอง ไม่ใช่คำพยากรณ์ผลของโครงการใด",
    },
}
"""Keys are those of the places where a text stands."""


def unit_said(lang: str) -> str:
    """Say what the figures count, and how far one log-odds and two reach from even odds."""
    one, two = (f"{100 / (1 + exp(-x)):.0f}" for x in (1.0, 2.0))
    return TEXTS[lang]["unit"].format(one=one, two=two)


def counted(text: str) -> str:
    """Print one study and one arm in the singular; Thai knows no other."""
    return sub(r"\b1 (stud|arm)(ies|s)\b", _one, text)


def _one(found: Match[str]) -> str:
    return "1 study" if found[1] == "stud" else "1 arm"


def number(x: float | None, digits: int = 2) -> str:
    """Print a score; a dash where there is none."""
    return "-" if x is None else plain(x, digits)


def effect(x: float, digits: int = 2) -> str:
    """Print a difference of log-odds: sign always."""
    return points(x, digits)


def span(low: float, high: float, lang: str, digits: int = 2) -> str:
    """Print an interval."""
    return TEXTS[lang]["span"].format(plain(low, digits), plain(high, digits))


def percent(x: float | None, lang: str) -> str:
    """Print a share as per cent in a sentence."""
    if x is None:
        return "-"
    return f"ร้อยละ {100 * x:.0f}" if lang == "th" else f"{100 * x:.0f}%"


def gain(difference: Any, lang: str) -> str:
    """Say whether the model beats a rule, with the bootstrap; nothing where studies are too few for one."""
    if difference is None:
        return ""
    key = "gain_won" if difference.low > 0 else "gain_lost" if difference.high < 0 else "gain_open"
    mean = plain(difference.mean if key == "gain_open" else abs(difference.mean), 2)
    return TEXTS[lang][key].format(mean=mean, span=span(difference.low, difference.high, lang))
