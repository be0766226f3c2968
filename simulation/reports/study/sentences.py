"""Every sentence about a study, English and Thai side by side: one place for terminal, report and JSON.

Each language has its own sentence, not a translation word by word. A field in capitals begins an English sentence.
"""

from __future__ import annotations

from simulation.reports.sentences import spaced

SENTENCES: dict[str, tuple[str, str]] = {
    # the headline
    "headline.empty": ("No run is kept yet, so there is nothing to read.", "ยังไม่มีรอบที่เก็บไว้ จึงยังไม่มีผลให้อ่าน"),
    "headline.unfinished": (
        "{done} of {total} runs: not the final result.",
        "ทำแล้ว {done} จาก {total} รอบ ยังไม่ใช่ผลสุดท้าย",
    ),
    "headline.moves": ("{Factor} moves the result most.", "{factor}ทำให้ผลเปลี่ยนมากที่สุด"),
    "headline.moves one": ("{Factor} moves the result.", "{factor}ทำให้ผลเปลี่ยน"),
    "headline.tie": (
        "{Factor} and {other} move the result most; these runs do not tell which of the two does more.",
        "{factor}กับ{other}ทำให้ผลเปลี่ยนมากที่สุด แต่ผลจำลองชุดนี้ยังบอกไม่ได้ว่าตัวใดมากกว่า",
    ),
    "headline.nothing": (
        "Nothing that was varied is seen to move the result.",
        "ไม่เห็นว่าสิ่งที่ปรับค่าใดทำให้ผลเปลี่ยน",
    ),
    "headline.untold": (
        "These runs do not tell what moves the result.",
        "ผลจำลองชุดนี้ยังบอกไม่ได้ว่าสิ่งใดทำให้ผลเปลี่ยน",
    ),
    "headline.unknown": (
        "Too little is kept to tell what moves the result.",
        "เก็บไว้น้อยเกินไป จึงยังบอกไม่ได้ว่าสิ่งใดทำให้ผลเปลี่ยน",
    ),
    # how much a factor moves it
    "moves.most": (
        "{Subject} goes from {low} to {high} as {factor} goes from {at_low} to {at_high}, a swing of {swing} "
        "(standard error {mcse}).",
        "{subject}เปลี่ยนจาก {low} เป็น {high} เมื่อ{factor}เปลี่ยนจาก {at_low} เป็น {at_high} ต่างกัน {swing} "
        "(ความคลาดเคลื่อนมาตรฐาน {mcse})",
    ),
    "moves.next": (
        "Next comes {factor}: a swing of {swing} (standard error {mcse}).",
        "รองลงมาคือ{factor} ต่างกัน {swing} (ความคลาดเคลื่อนมาตรฐาน {mcse})",
    ),
    "moves.averaged": (
        "Each value is averaged over everything else that was varied.",
        "ค่าแต่ละค่าเฉลี่ยจากทุกสิ่งอื่นที่ปรับค่า",
    ),
    "still.one": (
        "{Factor} is not seen to do anything: its swing of {swing} lies within its noise ({noise}).",
        "ไม่เห็นว่า{factor}มีผล ต่างกัน {swing} ซึ่งอยู่ในความคลาดเคลื่อน ({noise})",
    ),
    "still.untold": (
        "These runs do not tell whether {factor} does anything: its swing of {swing} lies within its noise ({noise}).",
        "ผลจำลองชุดนี้ยังบอกไม่ได้ว่า{factor}มีผลหรือไม่ ต่างกัน {swing} ซึ่งอยู่ในความคลาดเคลื่อน ({noise})",
    ),
    "still.exact": (
        "{Factor} does nothing at all: the results are the same at all of its values.",
        "{factor}ไม่มีผลเลย ผลเท่ากันทุกค่า",
    ),
    "still.small": (
        "Moved by less than matters ({delta}): {listed}.",
        "เปลี่ยนน้อยเกินกว่าจะมีความหมาย (ไม่ถึง {delta}): {listed}",
    ),
    "together": (
        "{Factor} and {other} act together: {share} of the variance is what neither does alone.",
        "{factor}กับ{other}มีผลร่วมกัน ความแปรปรวน{share}เป็นผลที่ไม่ได้เกิดจากตัวใดตัวหนึ่งเพียงลำพัง",
    ),
    # regions
    "best.high": (
        "{Outcome} is highest with {arm} at {where}: {value}{span}.",
        "{outcome}สูงที่สุดเมื่อใช้{arm}ที่{where} คือ {value}{span}",
    ),
    "best.low": (
        "{Outcome} is lowest with {arm} at {where}: {value}{span}.",
        "{outcome}ต่ำที่สุดเมื่อใช้{arm}ที่{where} คือ {value}{span}",
    ),
    "best.alike": (
        "{n} other points of {arm} are not told from it.",
        "มีอีก {n} จุดของ{arm}ที่ยังแยกจากจุดนี้ไม่ได้",
    ),
    "best.alike one": (
        "{n} other point of {arm} is not told from it.",
        "มีอีก {n} จุดของ{arm}ที่ยังแยกจากจุดนี้ไม่ได้",
    ),
    "worst.low": (
        "The lowest is with {arm} at {where}: {value}{span}.",
        "และต่ำที่สุดเมื่อใช้{arm}ที่{where} คือ {value}{span}",
    ),
    "worst.high": (
        "The highest is with {arm} at {where}: {value}{span}.",
        "และสูงที่สุดเมื่อใช้{arm}ที่{where} คือ {value}{span}",
    ),
    # the ranking of arms
    "rank.holds": (
        "The first place holds: {arm} comes first at all {n} points.",
        "อันดับ 1 คงเดิม คือ{arm}ทั้ง {n} จุด",
    ),
    "rank.mostly": (
        "{Arm} comes first at {k} of {n} points; {others}.",
        "{arm}เป็นอันดับ 1 ใน {k} จาก {n} จุด {others}",
    ),
    "rank.other": ("{arm} at {k}", "{arm} {k} จุด"),
    "rank.none": (
        "At none of the {n} points is one arm told from the next: no order holds.",
        "ไม่มีจุดใดใน {n} จุดที่แยกอันดับ 1 จากอันดับ 2 ได้ จึงไม่มีลำดับที่คงอยู่",
    ),
    "rank.told": (
        "The first is told from the second by more than the noise at {k} of {n} points.",
        "อันดับ 1 ต่างจากอันดับ 2 เกินความคลาดเคลื่อนใน {k} จาก {n} จุด",
    ),
    # sensitivity
    "index.most": (
        "{Factor} explains most of the variance of {subject}: total share {value}{span}.",
        "{factor}อธิบายความแปรปรวนของ{subject}ได้มากที่สุด สัดส่วนรวม {value}{span}",
    ),
    "index.morris": (
        "{Factor} has the largest mean effect on {subject}: {value}{span} over its whole range.",
        "{factor}มีผลเฉลี่ยต่อ{subject}มากที่สุด คือ {value}{span} เมื่อเปลี่ยนตลอดช่วงค่า",
    ),
    "index.pawn": (
        "{Factor} changes the distribution of {subject} most: {value}{span}, where 0 is not at all.",
        "{factor}ทำให้การกระจายของ{subject}เปลี่ยนมากที่สุด คือ {value}{span} โดย 0 หมายถึงไม่เปลี่ยน",
    ),
    "index.headline": (
        "{Factor} matters most for {subject}.",
        "{factor}สำคัญที่สุดต่อ{subject}",
    ),
    "index.delta": (
        "{Factor} moves the distribution of {subject} most: delta {value}{span}.",
        "{factor}ทำให้การกระจายของ{subject}เปลี่ยนมากที่สุด เดลตา {value}{span}",
    ),
    "index.tie": (
        "It is not told from {other} ({value}{span}): their intervals overlap.",
        "ยังแยกจาก{other}ไม่ได้ ({value}{span}) เพราะช่วงความเชื่อมั่นซ้อนกัน",
    ),
    "index.nothing": (
        "Not seen to do anything with {arm}, for the interval reaches nothing: {names}.",
        "ไม่เห็นว่ามีผลต่อ{arm} เพราะช่วงความเชื่อมั่นถึงศูนย์: {names}",
    ),
    "index.together": (
        "{share} of the variance comes from factors acting together, not one by one.",
        "ความแปรปรวน{share}มาจากหลายปัจจัยร่วมกัน ไม่ใช่ทีละปัจจัย",
    ),
    # how sure, what it took
    "sure.mcse": (
        "The standard error (MCSE) of a mean of {outcome} is {low} to {high} over the design, from {n} simulated societies a point.",
        "ความคลาดเคลื่อนมาตรฐานของค่าเฉลี่ย{outcome}อยู่ที่ {low} ถึง {high} ตลอดแบบแผน จาก {n} สังคมจำลองต่อจุด",
    ),
    "sure.same": (
        "Every point is tried in the same simulated societies, so that points differ by what was varied and by nothing else.",
        "ทุกจุดใช้สังคมจำลองชุดเดียวกัน จุดต่าง ๆ จึงต่างกันเฉพาะสิ่งที่ปรับค่า",
    ),
    "sure.default": (
        "Parameters are fixed at their defaults: the ranges show luck alone and are too narrow to decide on.",
        "พารามิเตอร์คงไว้ที่ค่าตั้งต้น ช่วงจึงแสดงเฉพาะความบังเอิญ แคบเกินกว่าจะใช้ตัดสินใจ",
    ),
    "sure.one": (
        "With one simulated society a point no standard error can be told.",
        "มีสังคมจำลองจุดละ 1 สังคม จึงบอกความคลาดเคลื่อนไม่ได้",
    ),
    "cost.range": (
        "Over the design, the mean cost of a society is {listed}.",
        "ตลอดแบบแผน ต้นทุนเฉลี่ยต่อสังคมจำลองคือ {listed}",
    ),
    "cost.same": ("{low} baht with {arm}", "{low} บาทเมื่อใช้{arm}"),
    "cost.arm": ("{low} to {high} baht with {arm}", "{low} ถึง {high} บาทเมื่อใช้{arm}"),
    "failed.some": (
        "{n} of {total} runs failed and are left out.",
        "{n} จาก {total} รอบล้มเหลวและไม่นำมาคิด",
    ),
    "missing.some": ("{n} of {total} runs are missing.", "ขาด {n} จาก {total} รอบ"),
    "given": (
        "In these simulations; it holds given the model and its evidence.",
        "ผลนี้มาจากการจำลอง ขึ้นกับแบบจำลองและหลักฐานที่ใช้",
    ),
    # what the arms rest on
    "rests.outside at end": (
        "Where {factor} is {at}, {what} with {schemes} is {value}, which goes beyond what has been tested; studies cover {low} to {high}.",
        "เมื่อ{factor}เป็น {at} {what}ของ{schemes}เท่ากับ {value} ซึ่งอยู่นอกช่วงที่เคยมีการศึกษา การศึกษาครอบคลุม {low} ถึง {high}",
    ),
    "rests.weak at end": (
        "Where {factor} is {at}, read {schemes} with care: none of the published experiments tests {mechanisms}.",
        "เมื่อ{factor}เป็น {at} โปรดอ่านด้วยความระมัดระวัง ผลของ{schemes}อาศัย{mechanisms} ซึ่งไม่มีการทดลองที่ตีพิมพ์เรื่องใดเคยทดสอบ",
    ),
    "rests.one by one": (
        "Looked up at the scenario's own values and at the ends of each factor, one at a time; at no other point.",
        "ตรวจที่ค่าของสถานการณ์ และที่ค่าปลายของแต่ละปัจจัยทีละปัจจัย ไม่ได้ตรวจจุดอื่น",
    ),
    "rests.scenario alone": (
        "Looked up at the scenario's own values alone; at no other point.",
        "ตรวจเฉพาะที่ค่าของสถานการณ์ ไม่ได้ตรวจจุดอื่น",
    ),
    "rests.not looked": ("Not looked at: the ends of {factors}.", "ไม่ได้ตรวจค่าปลายของ{factors}"),
    # titles of figures: what each found
    "title.curve": (
        "{Subject} as {factor} changes: from {low} to {high}",
        "{subject}เมื่อ{factor}เปลี่ยน จาก {low} เป็น {high}",
    ),
    "title.curves none": (
        "No line leaves its noise: nothing varied is seen to move {outcome}",
        "ไม่มีเส้นใดพ้นความคลาดเคลื่อน ไม่เห็นว่าสิ่งที่ปรับค่าทำให้{outcome}เปลี่ยน",
    ),
    "title.heat": (
        "{Subject} by {factor} and {other}: {low} to {high}",
        "{subject}ตาม{factor}และ{other} ตั้งแต่ {low} ถึง {high}",
    ),
    "title.tornado": ("{Factor} moves {outcome} most", "{factor}ทำให้{outcome}เปลี่ยนมากที่สุด"),
    "title.ranks": ("{Arm} comes first at {k} of {n} points", "{arm}เป็นอันดับ 1 ใน {k} จาก {n} จุด"),
    "title.indices": ("{Factor} matters most for {outcome}", "{factor}สำคัญที่สุดต่อ{outcome}"),
    "title.regions": (
        "{Outcome} is highest at {high}, lowest at {low}",
        "{outcome}สูงสุดคือ {high} ต่ำสุดคือ {low}",
    ),
    "title.rules": (
        "Inside the first rule {density} of the points are of interest, against {base} of all",
        "ในจุดที่เข้ากฎแรก {density} เข้าเกณฑ์ เทียบกับ {base} ของทั้งหมด",
    ),
}

LABELS: dict[str, tuple[str, str]] = {
    "of": ("{} of {}", "{} จาก {}"),
    "best": ("The best points", "จุดที่ดีที่สุด"),
    "worst": ("The worst points", "จุดที่แย่ที่สุด"),
    "box": (
        "Inside, {} of the points are of interest; they are {} of all such points (points inside: {:,})",
        "ภายในกรอบ {} ของจุดเข้าเกณฑ์ คิดเป็น {} ของจุดที่เข้าเกณฑ์ทั้งหมด (จุดในกรอบ {:,} จุด)",
    ),
    "interval": ("95% interval", "ช่วงความเชื่อมั่นร้อยละ 95"),
    "s1": ("alone", "เฉพาะตัวเอง"),
    "st": ("with all that it acts together with", "รวมที่มีผลร่วมกับตัวอื่น"),
    "mu_star": ("mean size of its effect", "ขนาดผลเฉลี่ย"),
    "sigma": ("how uneven it is (sigma)", "ความไม่สม่ำเสมอ (ซิกมา)"),
    "pawn": ("distance of distributions (median)", "ระยะห่างของการกระจาย (ค่ามัธยฐาน)"),
    "chance": ("what a factor without effect would have", "ค่าที่ปัจจัยซึ่งไม่มีผลจะได้"),
    "delta": ("delta: how far the distribution moves", "เดลตา: การกระจายเปลี่ยนไปเท่าใด"),
    "axis.sobol": ("share of variance", "สัดส่วนของความแปรปรวน"),
    "axis.morris": ("mean size of the effect over the whole range", "ขนาดผลเฉลี่ยเมื่อเปลี่ยนตลอดช่วงค่า"),
    "axis.pawn": ("PAWN, 0 to 1", "ดัชนีพอน 0 ถึง 1"),
    "axis.delta": ("delta, 0 to 1", "เดลตา 0 ถึง 1"),
}
"""Words upon figures."""

LEGENDS: dict[str, tuple[str, ...]] = {
    "effects": (
        "{outcome}: its mean at two values of what was varied, averaged over all the rest{arm}. "
        "Swing: how far apart these lie; Error: the standard error of that.",
    ),
    "effects th": (
        "ต่างกันเท่าใดระหว่างค่าสองค่าของสิ่งที่ปรับ เฉลี่ยจากสิ่งอื่นทั้งหมด",
        "ความคลาดเคลื่อนมาตรฐานของความต่างนั้น",
        "ค่าเฉลี่ยเมื่อใช้ค่าแรก",
        "ค่าเฉลี่ยเมื่อใช้ค่าหลัง",
    ),
    "within": ("within noise", "อยู่ในความคลาดเคลื่อน"),
    "nothing": ("not seen to do anything", "ไม่เห็นว่ามีผล"),
    "no effect": ("no effect seen", "ไม่เห็นว่ามีผล"),
    "more indices": ("{} more tables of indices stand in the report.", "มีตารางดัชนีอีก {} ตารางในรายงาน"),
    "label.evidence": ("Evidence", "หลักฐาน"),
    "label.answer": ("Answer", "คำตอบ"),
    "label.best": ("Best and worst", "ดีที่สุดและแย่ที่สุด"),
    "label.ranking": ("Ranking", "ลำดับ"),
    "label.still": ("Does nothing", "สิ่งที่ไม่มีผล"),
    "label.sure": ("How sure", "ความมั่นใจ"),
    "label.cost": ("Cost", "ต้นทุน"),
    "label.note": ("Note", "หมายเหตุ"),
    "label.report": ("Report", "รายงาน"),
    "label.next": ("Next", "ลองต่อ"),
}
"""Legends and labels of the terminal."""


def say(key: str, lang: str, **fields: object) -> str:
    """Return a sentence with its fields filled in, spaced as its language wants it."""
    return spaced(SENTENCES[key][lang == "th"].format(**fields), lang)
