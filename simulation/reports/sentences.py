"""Every sentence that a finding becomes, English and Thai side by side: one place, so that both change together.

Each language has its own sentence, not a translation word by word. A field in capitals begins an English sentence: `{A}`
is a scheme's name as it stands, `{a}` the same in the middle of a sentence. Which finding is said follows from the rules
in results; what a field holds, from who calls `say`.
"""

from __future__ import annotations

import re

SENTENCES: dict[str, tuple[str, str]] = {
    # the headline, by finding
    "headline.nothing to compare": (
        "There is nothing to compare yet: the scenario has no scheme.",
        "ยังไม่มีอะไรให้เทียบ ไฟล์สถานการณ์นี้ยังไม่มีมาตรการ",
    ),
    "headline.too few": (
        "{societies_are} too few for an interval. Use {least} or more.",
        "{societies_are}น้อยเกินไป จึงยังบอกช่วงของผลไม่ได้ ควรใช้ {least} ขึ้นไป",
    ),
    "headline.all without effect": (
        "No scheme makes a difference that matters here.",
        "ไม่มีมาตรการใดทำให้เกิดความแตกต่างที่มีความหมาย",
    ),
    "headline.clear winner": ("{A} does most.", "{A}ได้ผลมากที่สุด"),
    "headline.tie": (
        "{A} and {b} do equally well: they differ by less than {delta_points}.",
        "{A}กับ{b}ได้ผลเท่ากัน ต่างกันไม่ถึง {delta_points}",
    ),
    "headline.not settled": (
        "{A} leads, but these runs do not settle it.",
        "{A}นำอยู่ แต่ผลจำลองชุดนี้ยังตัดสินไม่ได้",
    ),
    "headline.works": ("{A} works.", "{A}ทำให้เพิ่มขึ้น"),
    "headline.one not settled": (
        "These runs do not settle whether {a} works.",
        "ยังตัดสินไม่ได้ว่า{a}ได้ผลหรือไม่",
    ),
    # the paragraphs of the answer
    "size.up": (
        "{who} adds {effect} percentage points{span}: from {before} to about {level} of every 100 chances.",
        "{who}ทำให้เพิ่มขึ้น {effect} จุดร้อยละ{span} คือจาก {before} เป็นราว {level} ใน 100 ครั้ง",
    ),
    "size.other": (
        "{who} changes it by {effect} percentage points{span}: from {before} to about {level} of every 100 chances.",
        "{who}ทำให้เปลี่ยนไป {effect} จุดร้อยละ{span} คือจาก {before} เป็นราว {level} ใน 100 ครั้ง",
    ),
    "size.none": (
        "{who} changes it by next to nothing{span}: from {before} to about {level} of every 100 chances.",
        "{who}แทบไม่เปลี่ยน{span} คือจาก {before} เป็นราว {level} ใน 100 ครั้ง",
    ),
    "size.it": ("It", "{A}"),
    "size.the largest": ("{A}, the largest,", "{A}"),
    "size.next up": ("{B} adds {effect}{span}.", "ส่วน{b}ทำให้เพิ่มขึ้น {effect}{span}"),
    "size.next other": ("{B} changes it by {effect}{span}.", "ส่วน{b}ทำให้เปลี่ยนไป {effect}{span}"),
    "size.next none": ("{B} changes it by next to nothing{span}.", "ส่วน{b}แทบไม่เปลี่ยน{span}"),
    "doubt.clear winner": (
        "{A} did more than {b} in {n} of {R} simulated societies: {word}.",
        "{A}ได้ผลมากกว่า{b}ใน {n} จาก {R} สังคมจำลอง ซึ่งถือว่า{word}",
    ),
    "doubt.not settled": (
        '{A} did more than {b} in {n} of {R} simulated societies{word}; "likely" needs {needed}.',
        "{A}ได้ผลมากกว่า{b}ใน {n} จาก {R} สังคมจำลอง{word} คำว่า “เป็นไปได้สูง” ต้องได้ {needed}",
    ),
    "doubt.too small": (
        "{A} did more than {b} in {n} of {R} simulated societies{word}; but it adds more than {delta_points}, the least that "
        'matters, in {works} of them, and "likely" needs {needed}.',
        "{A}ได้ผลมากกว่า{b}ใน {n} จาก {R} สังคมจำลอง{word} แต่ได้ผลเกิน {delta_points}ซึ่งเป็นผลน้อยที่สุดที่มีความหมาย "
        "ใน {works} สังคม คำว่า “เป็นไปได้สูง” ต้องได้ {needed}",
    ),
    "doubt.word": (": {word}", " ซึ่งถือว่า{word}"),
    "doubt.tie": (
        "They differ by less than {delta_points} in {n} of {R} simulated societies.",
        "ต่างกันไม่ถึง {delta_points}ใน {n} จาก {R} สังคมจำลอง",
    ),
    "left.unknown": (
        "The horizon ends before half a year after the scheme, so nothing can be said about then.",
        "ระยะเวลาจำลองจบก่อนครึ่งปีหลังสิ้นสุดมาตรการ จึงบอกผลหลังสิ้นสุดไม่ได้",
    ),
    "left.none": (
        "The horizon ends with the scheme, so nothing can be said about afterwards.",
        "ระยะเวลาจำลองจบพร้อมมาตรการ จึงบอกผลหลังสิ้นสุดไม่ได้",
    ),
    "left.some": (
        "Half a year after {a} ends, {effect} points{span} are left.",
        "ครึ่งปีหลังสิ้นสุด ผลของ{a}เหลือ {effect} จุดร้อยละ{span}",
    ),
    # the box
    "settle.pilot": ("A pilot of {a} and {b}.", "ทดลองนำร่อง{a}กับ{b}"),
    "settle.pilot one": ("A pilot of {a}.", "ทดลองนำร่อง{a}"),
    "settle.rests": ("{A}: {mechanism}. Evidence: {strength}.", "{A}อาศัย{mechanism} หลักฐาน: {strength}"),
    "sure.luck": (
        "Luck is {luck} of the variance of {a}. More societies narrow that; a pilot narrows the rest.",
        "{luck}ของความแปรปรวนของ{a}เป็นความบังเอิญ การเพิ่มสังคมจำลองทำให้แคบลงได้ ส่วนที่เหลือต้องอาศัยโครงการนำร่อง",
    ),
    "sure.ignorance": (
        "{Rest} of the variance is what we do not know about people, {luck} luck. A pilot narrows it; more runs only make it steadier.",
        "{Rest}ของความแปรปรวนมาจากสิ่งที่ยังไม่รู้เกี่ยวกับคน {luck}เป็นความบังเอิญ โครงการนำร่องทำให้ช่วงแคบลงได้ การเพิ่มสังคมจำลองเพียงทำให้ช่วงนิ่งขึ้น",
    ),
    # beside the answer
    "note.default": (
        "Parameters fixed at their defaults: the ranges show luck alone and are too narrow to decide on.",
        "กำหนดค่าพารามิเตอร์ไว้ที่ค่าตั้งต้น ช่วงที่แสดงเป็นความบังเอิญอย่างเดียวและแคบเกินกว่าจะใช้ตัดสิน",
    ),
    "note.failed": (
        "{failed} runs failed and are left out; the answer rests on the {societies} societies that are complete.",
        "{failed} รอบล้มเหลวและไม่นำมาคิด คำตอบนี้มาจาก {societies} สังคมจำลองที่ครบถ้วน",
    ),
    "note.target": (
        "That {share}% sign up for {a} within {weeks} weeks is assumed, not found.",
        "กำหนดให้มีผู้สมัคร{a}ร้อยละ {share} ภายใน {weeks} สัปดาห์ ไม่ใช่ผลที่จำลองได้",
    ),
    "note.friction": (
        "How many join {a} follows from how hard signing up is ({how}); it must be piloted.",
        "จำนวนผู้สมัคร{a}มาจากระดับความยุ่งยากของการสมัคร ({how}) ซึ่งต้องทดลองนำร่อง",
    ),
    "note.exactly none": (
        "{A} changes not one act: its effect is exactly 0 in every society.",
        "{A}ไม่เปลี่ยนการกระทำแม้แต่ครั้งเดียว ผลเท่ากับ 0 พอดีในทุกสังคมจำลอง",
    ),
    "note.no effect": (
        "{A} changes nothing that matters: less than {delta_points} either way in {n} of {R} societies.",
        "{A}ไม่ทำให้เกิดการเปลี่ยนแปลงที่มีความหมาย เปลี่ยนไม่ถึง {delta_points}ใน {n} จาก {R} สังคมจำลอง",
    ),
    "note.not told from none": (
        "We cannot tell {a} from no scheme: {effect} points, from {span}.",
        "ยังแยกไม่ออกว่า{a}ต่างจากการไม่มีมาตรการ ผลคือ {effect} จุดร้อยละ ตั้งแต่ {span}",
    ),
    "note.fades": (
        "Little outlasts {a}: 26 weeks after it ends, {left}% of the effect of its last weeks is left{span}.",
        "ผลของ{a}แทบไม่คงอยู่หลังสิ้นสุดมาตรการ 26 สัปดาห์หลังสิ้นสุดเหลือร้อยละ {left} ของผลช่วงท้าย{span}",
    ),
    "note.lasts": (
        "More than half of the gain of {a} lasts: 26 weeks after it ends, {left}% of the effect of its last weeks is left{span}.",
        "ผลของ{a}มากกว่าครึ่งยังคงอยู่ 26 สัปดาห์หลังสิ้นสุดเหลือร้อยละ {left} ของผลช่วงท้าย{span}",
    ),
    "note.backfires while it runs": (
        "{A} does harm while it runs: {effect} points against no scheme{span}.",
        "{A}ส่งผลเสียระหว่างดำเนินมาตรการ {effect} จุดร้อยละเมื่อเทียบกับไม่มีมาตรการ{span}",
    ),
    "note.backfires after it ends": (
        "{A} does harm after it ends: {effect} points against no scheme{span}, 14 to 26 weeks after.",
        "{A}ส่งผลเสียหลังสิ้นสุดมาตรการ {effect} จุดร้อยละเมื่อเทียบกับไม่มีมาตรการ{span} ในสัปดาห์ที่ 14 ถึง 26 หลังสิ้นสุด",
    ),
    "note.budget never opens": (
        "{A} never opens in {n} of {R} societies: its budget does not cover the most that one week could cost.{helps}",
        "{A}ไม่เคยเปิดใน {n} จาก {R} สังคมจำลอง งบประมาณไม่พอสำหรับยอดสูงสุดที่อาจต้องจ่ายในหนึ่งสัปดาห์{helps}",
    ),
    "note.budget closes early": (
        "The budget closes {a} early in {n} of {R} societies (median week {week}){left}: the rest does not cover the most that a week could cost.{helps}",
        "งบประมาณทำให้{a}ปิดก่อนกำหนดใน {n} จาก {R} สังคมจำลอง (ค่ามัธยฐานสัปดาห์ที่ {week}){left} เพราะเงินที่เหลือไม่พอสำหรับยอดสูงสุดที่อาจต้องจ่ายในหนึ่งสัปดาห์{helps}",
    ),
    "note.budget is spent": (
        "The budget of {a} is spent before the end in {n} of {R} societies (median week {week}); as announced, what would pass it is cut in proportion.",
        "งบประมาณของ{a}ใช้หมดก่อนสิ้นสุดใน {n} จาก {R} สังคมจำลอง (ค่ามัธยฐานสัปดาห์ที่ {week}) ยอดที่เกินงบประมาณลดลงตามส่วนตามที่ประกาศไว้",
    ),
    "budget.left": (
        ", with {baht} baht of it left on average",
        " โดยเหลือเงินเฉลี่ย {baht} บาท",
    ),
    "budget.helps": (
        " With {ways} it would stay open for longer.",
        " หากใช้ {ways} จะเปิดรับได้นานขึ้น",
    ),
    "scheme.of": ("{scheme} in {arm}", "{scheme}ใน{arm}"),
    "note.pay-outs are cut": (
        "{A} pays {share}% of what is due: pay-outs are cut for want of money in {n} of {R} societies, first in week {week} (median).",
        "{A}จ่ายได้ร้อยละ {share} ของยอดที่ถึงกำหนด ยอดจ่ายลดลงเพราะเงินไม่พอใน {n} จาก {R} สังคมจำลอง เริ่มในสัปดาห์ที่ {week} (ค่ามัธยฐาน)",
    ),
    "note.some wait": (
        "On average {people} wait at the end for a place with {a}, in {n} of {R} societies: the budget serves no more to the end.",
        "เมื่อสิ้นสุดมีผู้รอรับสิทธิ์ของ{a}เฉลี่ย {people} ราย ใน {n} จาก {R} สังคมจำลอง งบประมาณไม่พอสำหรับคนมากกว่านี้จนจบมาตรการ",
    ),
    "note.paid for nothing": (
        "{share}% of what {a} pays goes to acts that were claimed and never done; they are {false}% of the claims that count.",
        "ร้อยละ {share} ของเงินที่{a}จ่ายเป็นการแจ้งเท็จซึ่งไม่ได้ทำจริง คิดเป็นร้อยละ {false} ของรายการที่นับ",
    ),
    "note.checks cost": (
        "Checking claims is {share}% of the cost of {a}.",
        "ค่าตรวจสอบการแจ้งเป็นร้อยละ {share} ของต้นทุนของ{a}",
    ),
    "note.too costly": (
        "{A} costs more than the limit: {cost} baht per additional act{span}; the scenario allows {ceiling}.",
        "{A}มีต้นทุนสูงกว่าที่กำหนด {cost} บาทต่อครั้งที่เพิ่มขึ้น{span} ขณะที่กำหนดไว้ไม่เกิน {ceiling} บาท",
    ),
    "note.cost in few": (
        "{A} costs anything in {n} of {R} societies: a few of them make its mean cost, which can lie outside the range.",
        "{A}มีค่าใช้จ่ายใน {n} จาก {R} สังคมจำลอง ค่าเฉลี่ยของต้นทุนจึงมาจากไม่กี่สังคมและอาจอยู่นอกช่วง",
    ),
    "note.rests on judgement": (
        "The size of what {a} does rests on judgement: no study of one exists.",
        "ผลของ{a}มาจากการประเมินเอง ยังไม่มีการศึกษาเรื่องนี้",
    ),
    "note.run by": (
        "{A}: in its last week {share}% of {who} run it{span}, {n} of {units} on average; {twin}% would anyway.",
        "{A} ในสัปดาห์สุดท้าย{who}ร้อยละ {share} ดำเนินมาตรการ{span} เฉลี่ย {n} จาก {units} แห่ง โดยร้อยละ {twin} ดำเนินการอยู่แล้ว",
    ),
    "note.few join": (
        "{A} reaches few: {share}% take part at some time ({low} to {high}).",
        "{A}มีผู้เข้าร่วมน้อย ร้อยละ {share} เคยเข้าร่วม ({low} ถึง {high})",
    ),
    "note.fewer join": (
        "{Who} take part in {a} less often: {share}% against {of_all}%.",
        "{Who}เข้าร่วม{a}ร้อยละ {share} ขณะที่ทั้งหมดร้อยละ {of_all}",
    ),
    "note.left behind": (
        "{Who} gain less than half as much from {a} as citizens on average: {effect} against {of_all} points.",
        "{Who}ได้ผลจาก{a}ไม่ถึงครึ่งของค่าเฉลี่ย {effect} เทียบกับ {of_all} จุดร้อยละ",
    ),
    "note.more groups": ("And {more} more: see the report.", "และอีก {more} กรณี ดูในรายงาน"),
    "note.hidden": (
        "{hidden_are} hidden: fewer than {k} people, or hidden so that such a group cannot be worked out from the rest.",
        "{hidden_are} เพราะมีไม่ถึง {k} คน หรือเพื่อไม่ให้คำนวณย้อนหากลุ่มเช่นนั้นจากส่วนที่เหลือได้",
    ),
    # what a result rests on
    "note.leans on weak evidence": (
        "Read {schemes} with care: none of the published experiments tests {mechanisms}.",
        "โปรดอ่านด้วยความระมัดระวัง ผลของ{schemes}อาศัย{mechanisms} ซึ่งไม่มีการทดลองที่ตีพิมพ์เรื่องใดเคยทดสอบ",
    ),
    "note.outside the evidence": (
        "This goes beyond what has been tested: for {schemes}, {what} is {value}; studies cover {low} to {high}.",
        "ค่านี้อยู่นอกช่วงที่เคยมีการศึกษา {what}ของ{schemes}เท่ากับ {value} การศึกษาครอบคลุม {low} ถึง {high}",
    ),
    "behind.kinds": (
        "No study tried a behaviour of this kind: {kinds}.",
        "ไม่มีการศึกษาใดทดลองกับพฤติกรรมประเภทนี้ คือ {kinds}",
    ),
    "behind.untold": (
        "{Mechanisms}: none of the published experiments tells how much; their size is judgement.",
        "{Mechanisms} ไม่มีการทดลองที่ตีพิมพ์เรื่องใดบอกขนาดได้ ขนาดจึงมาจากการประเมินเอง",
    ),
    "behind.none thai": (
        "Behind these schemes stand {studies}, none of them from Thailand.",
        "มาตรการเหล่านี้มี{studies}รองรับ ไม่มีเรื่องใดทำในประเทศไทย",
    ),
    "behind.one thai": (
        "Behind these schemes stand {studies}, one of them from Thailand ({titles}).",
        "มาตรการเหล่านี้มี{studies}รองรับ ทำในประเทศไทยหนึ่งเรื่อง ({titles})",
    ),
    "behind.some thai": (
        "Behind these schemes stand {studies}, {n} of them from Thailand ({titles}).",
        "มาตรการเหล่านี้มี{studies}รองรับ ทำในประเทศไทย {n} เรื่อง ({titles})",
    ),
    "behind.predicted": (
        "Predicted by parameters that had not seen them, all {studies}: the typical error is {mae} in log-odds, and {share}% of the figures lie inside the 90% range.",
        "เมื่อทำนาย{studies}ทั้งหมดด้วยค่าพารามิเตอร์ที่ไม่เคยเห็น ความคลาดเคลื่อนโดยทั่วไปคือ {mae} ในหน่วยล็อกออดส์ และผลร้อยละ {share} อยู่ในช่วงร้อยละ 90",
    ),
    "behind.line": ("{A}: {studies} behind what it uses", "{A}มี{studies}รองรับกลไกที่ใช้"),
    "behind.line thai 0": (", none from Thailand", " ไม่มีเรื่องใดทำในประเทศไทย"),
    "behind.line thai 1": (", {n} from Thailand", " ทำในประเทศไทย {n} เรื่อง"),
    "behind.by mechanism": (
        "Studies by mechanism (and their typical error, predicted unseen, log-odds): {mechanisms}.",
        "จำนวนการศึกษาตามกลไก (และความคลาดเคลื่อนเมื่อทำนายโดยไม่เคยเห็น หน่วยล็อกออดส์) {mechanisms}",
    ),
    "behind.thai": ("Thai: {n}", "ไทย {n}"),
    "behind.none": ("none", "ไม่มี"),
    "behind.every scheme": ("every scheme", "ทุกมาตรการ"),
    "behind.pilot": (
        "A pilot stands behind too: the parameters were learned from {what}.",
        "มีโครงการนำร่องรองรับด้วย ค่าพารามิเตอร์เรียนรู้จาก {what}",
    ),
    "behind.pilot differs": ("{what} was {there}, here it is {here}", "{what} เป็น {there} แต่ที่นี่เป็น {here}"),
    "behind.pilot elsewhere": (
        "That pilot was in another setting ({differences}), so its lesson may not hold here and the ranges may be too "
        "narrow. Learn again with this scenario, or compare without --parameters.",
        "โครงการนำร่องนั้นอยู่ในสภาพที่ต่างออกไป ({differences}) สิ่งที่เรียนรู้จึงอาจใช้ที่นี่ไม่ได้และช่วงอาจแคบเกินไป "
        "ให้เรียนรู้ใหม่ด้วยสถานการณ์นี้หรือเปรียบเทียบโดยไม่ใช้ --parameters",
    ),
    "behind.caption": ("The studies behind what the schemes use", "การศึกษาที่รองรับกลไกของมาตรการ"),
    "behind.head mechanism": ("Mechanism", "กลไก"),
    "behind.head used by": ("Used by", "มาตรการที่ใช้"),
    "behind.head studies": ("Studies", "การศึกษา"),
    "behind.head error": ("Typical error", "ความคลาดเคลื่อน"),
    "behind.head inside": ("Inside the 90% range", "อยู่ในช่วงร้อยละ 90"),
    "behind.note": (
        "Each study was predicted by parameters that had not seen it. Typical error: mean absolute error of its figures in log-odds, each study counting once; a dash where it is not scored.",
        "แต่ละการศึกษาทำนายด้วยค่าพารามิเตอร์ที่ไม่เคยเห็นการศึกษานั้น ความคลาดเคลื่อนคือค่าเฉลี่ยของความคลาดเคลื่อนสัมบูรณ์ในหน่วยล็อกออดส์ แต่ละการศึกษานับหนึ่งครั้ง ขีดหมายถึงยังไม่มีคะแนน",
    ),
    # titles of figures
    "title.did more": (
        "{A} did more than {b} in {n} of {R} societies",
        "{A}ได้ผลมากกว่า{b}ใน {n} จาก {R} สังคมจำลอง",
    ),
    "title.differ": (
        "{A} and {b} differ by less than {delta_points} in {n} of {R} societies",
        "{A}กับ{b}ต่างกันไม่ถึง {delta_points}ใน {n} จาก {R} สังคมจำลอง",
    ),
    "title.adds": (
        "{A} adds more than {delta_points} in {n} of {R} societies",
        "{A}ทำให้เพิ่มขึ้นเกิน {delta_points}ใน {n} จาก {R} สังคมจำลอง",
    ),
    "title.all small": (
        "Every scheme changes less than {delta_points} in at least {n} of {R} societies",
        "ทุกมาตรการเปลี่ยนไม่ถึง {delta_points} อย่างน้อยใน {n} จาก {R} สังคมจำลอง",
    ),
    "title.beyond": (
        "The horizon ends before half a year after the schemes.",
        "ระยะเวลาจำลองจบก่อนครึ่งปีหลังสิ้นสุดมาตรการ",
    ),
    "title.left untold": (
        "Half a year after the end it cannot be told whether anything of {a} is left: {effect} points{span}.",
        "ครึ่งปีหลังสิ้นสุด ยังบอกไม่ได้ว่าผลของ{a}เหลืออยู่หรือไม่ {effect} จุดร้อยละ{span}",
    ),
    "title.left": (
        "Half a year after the end, {effect} points{span} of {a} are left.",
        "ครึ่งปีหลังสิ้นสุด ผลของ{a}เหลือ {effect} จุดร้อยละ{span}",
    ),
    "title.left most": (
        "Half a year after the end most is left of {a}: {effect} points{span}.",
        "ครึ่งปีหลังสิ้นสุด ผลของ{a}เหลือมากที่สุด คือ {effect} จุดร้อยละ{span}",
    ),
    "title.cost open": (
        "These runs do not settle which scheme's additional act costs least.",
        "ยังตัดสินไม่ได้ว่ามาตรการใดมีต้นทุนต่อครั้งที่เพิ่มขึ้นต่ำที่สุด",
    ),
    "title.cost unknown": (
        "What an additional act costs is not settled.",
        "ยังบอกต้นทุนต่อครั้งที่เพิ่มขึ้นไม่ได้",
    ),
    "title.cost one": (
        "An additional act costs {cost} baht{span}.",
        "การทำที่เพิ่มขึ้นหนึ่งครั้งมีต้นทุน {cost} บาท{span}",
    ),
    "title.cost only": (
        "Only of {a} is the cost of an additional act settled: {cost} baht{span}.",
        "ต้นทุนต่อครั้งที่เพิ่มขึ้นบอกได้เฉพาะ{a} คือ {cost} บาท{span}",
    ),
    "title.cost least": (
        "{A} costs least per additional act: {cost} baht{span}.",
        "{A}มีต้นทุนต่อครั้งที่เพิ่มขึ้นต่ำที่สุด คือ {cost} บาท{span}",
    ),
    "title.behind": (
        "{Who} gain less than half as much from {a} as the average{more}.",
        "{Who}ได้ผลจาก{a}ไม่ถึงครึ่งของค่าเฉลี่ย{more}",
    ),
    "title.one more": (", and {n} more case", " และมีอีก {n} กรณี"),
    "title.more": (", and {n} more cases", " และมีอีก {n} กรณี"),
    "title.nothing to share": (
        "No scheme adds more than {delta_points}, so there is nothing to share out among groups.",
        "ไม่มีมาตรการใดได้ผลเกิน {delta_points} จึงไม่มีผลให้แบ่งดูรายกลุ่ม",
    ),
    "title.none behind": (
        "No group is likely to gain less than half as much as the average.",
        "ไม่พบกลุ่มใดที่น่าจะได้ไม่ถึงครึ่งของค่าเฉลี่ย",
    ),
    "title.unjudged": (
        "Not judged, for their average is at most {delta_points}: {names}.",
        "ไม่ได้ตรวจ{names} เพราะผลเฉลี่ยไม่เกิน {delta_points}",
    ),
}


def say(key: str, lang: str, **fields: object) -> str:
    """Return a sentence with its fields filled in, spaced as its language wants it."""
    return spaced(SENTENCES[key][lang == "th"].format(**fields), lang)


def spaced(text: str, lang: str) -> str:
    """Put a blank between Thai and Latin letters, as between a scheme's Latin name and the verb after it."""
    if lang != "th":
        return text
    return re.sub(r"([ก-๛])([A-Za-z])", r"\1 \2", re.sub(r"([A-Za-z0-9])([ก-๛])", r"\1 \2", text))
