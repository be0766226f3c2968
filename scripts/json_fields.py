"""What each command's `--json` prints, field by field, in English and Thai.

A test compares this with what the commands print, both ways. `arms.ARM` stands for an object whose keys are names,
`problems[]` for an array. A field is added freely; one that is renamed, removed or changes its meaning is a change of
format, marked **Migration** in the CHANGELOG.
"""

from scripts.json_fields_behind import BEHIND
from scripts.json_fields_calibrate import CALIBRATE, WITHOUT
from scripts.json_fields_evidence import EVIDENCE
from scripts.json_fields_learn import LEARN
from scripts.json_fields_measured import MEASURED
from scripts.json_fields_money import MONEY
from scripts.json_fields_run import RUN, SHOW_TABLE
from scripts.json_fields_schemes import SCHEMES
from scripts.json_fields_story import STORY
from scripts.json_fields_study import DRY_RUN, RERUN, STATUS, SWEEP, VERIFY

Field = tuple[str, str, str, str]  # path, type, English, Thai

_RANGE_EN = "`mean`, `low`, `high` (ends of the 90% interval, null below 19 societies)"
_RANGE_TH = "`mean`, `low`, `high` (ปลายของช่วงร้อยละ 90 เป็น null เมื่อมีไม่ถึง 19 สังคมจำลอง)"
_BOTH = "object of `en` and `th`"


def _range(path: str, en: str, th: str) -> list[Field]:
    return [
        (path, "object or null", f"{en}: {_RANGE_EN}", f"{th}: {_RANGE_TH}"),
        (f"{path}.mean", "number", "mean over the societies", "ค่าเฉลี่ยของสังคมจำลอง"),
        (f"{path}.low", "number or null", "lower end", "ปลายล่าง"),
        (f"{path}.high", "number or null", "upper end", "ปลายบน"),
    ]


def _words(path: str, en: str, th: str, array: bool = False) -> list[Field]:
    of = "array of strings" if array else "string"
    kind, tail = _BOTH, "[]" if array else ""
    return [
        (path, kind, en, th),
        (f"{path}.en", of, "in English", "ภาษาอังกฤษ"),
        (f"{path}.th", of, "in Thai", "ภาษาไทย"),
        *([(f"{path}.{lang}{tail}", "string", "one note", "ข้อสังเกตหนึ่งข้อ") for lang in ("en", "th")] if array else []),
    ]


COMPARE: list[Field] = [
    ("scenario", "string", "the scenario's short name", "ชื่อย่อของสถานการณ์"),
    ("digest", "string", "sha256 of the scenario with all changes put in", "sha256 ของสถานการณ์รวมค่าที่เปลี่ยนทั้งหมด"),
    ("seed", "integer", "root seed", "เลขสุ่มตั้งต้น"),
    ("replicates", "integer", "simulated societies", "จำนวนสังคมจำลอง"),
    ("warnings", "array", "what is allowed but risky for people", "สิ่งที่ทำได้แต่มีความเสี่ยงต่อคน"),
    ("warnings[]", "object", "one risk", "ความเสี่ยงหนึ่งข้อ"),
    ("warnings[].rule", "string", "the rule that it touches, such as G10", "กฎที่เกี่ยวข้อง เช่น G10"),
    ("warnings[].key", "string", "the dotted key that brings it", "ชื่อค่าที่ทำให้เกิด คั่นด้วยจุด"),
    ("warnings[].en", "string", "why, in English", "เหตุผล ภาษาอังกฤษ"),
    ("warnings[].th", "string", "why, in Thai", "เหตุผล ภาษาไทย"),
    ("arms", "object", "arms by name, the control among them", "ทางเลือกตามชื่อ รวมทางเลือกที่ไม่มีมาตรการ"),
    ("arms.ARM", "object", "one arm", "ทางเลือกหนึ่ง"),
    *_range("arms.ARM.effect_pp", "mean effect while offered, percentage points", "ผลเฉลี่ยระหว่างมีมาตรการ จุดร้อยละ"),
    *_range(
        "arms.ARM.effect_after_pp",
        "the same in weeks 14 to 26 after the end; null where the horizon does not reach",
        "ผลในสัปดาห์ที่ 14 ถึง 26 หลังสิ้นสุด เป็น null เมื่อจำลองไม่ถึง",
    ),
    *_range(
        "arms.ARM.kept_share",
        "share of the last effect that is left in weeks 24 to 28 after the end",
        "สัดส่วนของผลช่วงท้ายที่เหลืออยู่ในสัปดาห์ที่ 24 ถึง 28 หลังสิ้นสุด",
    ),
    *_range(
        "arms.ARM.cost_per_act_baht",
        "baht per additional act; null where the scenario names no cost",
        "บาทต่อครั้งที่เพิ่มขึ้น เป็น null เมื่อสถานการณ์ไม่ได้ระบุต้นทุน",
    ),
    *_range(
        "arms.ARM.cost_baht",
        "all costs of a society, baht; null for the control and where amounts are in days of wage",
        "ต้นทุนทั้งหมดของหนึ่งสังคมจำลอง บาท เป็น null สำหรับทางเลือกที่ไม่มีมาตรการ และเมื่อจำนวนเป็นวันของค่าจ้าง",
    ),
    *_range("arms.ARM.take_up", "share of the eligible who took part", "สัดส่วนของผู้มีสิทธิที่เข้าร่วม"),
    (
        "arms.ARM.p_best",
        "number",
        "share of societies in which this arm does most",
        "สัดส่วนของสังคมจำลองที่ทางเลือกนี้ให้ผลมากที่สุด",
    ),
    (
        "arms.ARM.behaviours",
        "object or null",
        "effect by behaviour, percentage points; null for the control",
        "ผลตามพฤติกรรม จุดร้อยละ เป็น null สำหรับทางเลือกที่ไม่มีมาตรการ",
    ),
    *_range("arms.ARM.behaviours.BEHAVIOUR", "one behaviour", "พฤติกรรมหนึ่ง"),
    (
        "arms.ARM.serves",
        "array or null",
        "virtues, SDG goals and SDG targets that the behaviours serve; null for the control",
        "คุณธรรม เป้าหมาย SDG และเป้าหมายย่อยที่พฤติกรรมสนับสนุน เป็น null สำหรับทางเลือกที่ไม่มีมาตรการ",
    ),
    ("arms.ARM.serves[]", "object", "one of them", "หนึ่งในนั้น"),
    ("arms.ARM.serves[].kind", "string", "virtue, sdg_goal or sdg_target", "virtue, sdg_goal หรือ sdg_target"),
    ("arms.ARM.serves[].key", "string", "which virtue, goal or target", "คุณธรรมหรือเป้าหมายใด"),
    *_range("arms.ARM.serves[].effect_pp", "effect on their acts, percentage points", "ผลต่อการกระทำ จุดร้อยละ"),
    *_range(
        "arms.ARM.serves[].extra_acts",
        "additional acts of all weeks for 1,000 people",
        "การกระทำที่เพิ่มขึ้นทุกสัปดาห์ต่อ 1,000 คน",
    ),
    *MONEY,
    *SCHEMES,
    *MEASURED,
    (
        "arms.ARM.groups",
        "array or null",
        "groups of people; null for the control",
        "กลุ่มคน เป็น null สำหรับทางเลือกที่ไม่มีมาตรการ",
    ),
    ("arms.ARM.groups[]", "object", "one group", "กลุ่มหนึ่ง"),
    ("arms.ARM.groups[].kind", "string", "by what people are grouped", "แบ่งกลุ่มด้วยสิ่งใด"),
    ("arms.ARM.groups[].group", "string", "which group", "กลุ่มใด"),
    ("arms.ARM.groups[].people", "integer or null", "people in it", "จำนวนคน"),
    *_range("arms.ARM.groups[].effect_pp", "effect on the group, percentage points", "ผลต่อกลุ่ม จุดร้อยละ"),
    ("arms.ARM.groups[].take_up", "number or null", "share of the eligible who took part", "สัดส่วนของผู้มีสิทธิที่เข้าร่วม"),
    ("arms.ARM.groups[].left_behind", "boolean or null", "gains clearly less than others", "ได้น้อยกว่ากลุ่มอื่นอย่างชัดเจน"),
    ("arms.ARM.groups[].fewer_join", "boolean or null", "clearly fewer of it join", "มีผู้เข้าร่วมน้อยกว่าอย่างชัดเจน"),
    ("arms.ARM.groups[].hidden", "boolean", "too few people to be shown", "มีคนน้อยเกินกว่าจะแสดง"),
    (
        "arms.ARM.running",
        "array or null",
        "who runs its schemes, where organisations or localities decide; null for the control",
        "ใครดำเนินมาตรการ เมื่อองค์กรหรือพื้นที่เป็นผู้ตัดสินใจ เป็น null สำหรับทางเลือกที่ไม่มีมาตรการ",
    ),
    ("arms.ARM.running[]", "object", "organisations, or localities", "องค์กร หรือพื้นที่"),
    ("arms.ARM.running[].run_by", "string", "organisations or localities", "organisations องค์กร localities พื้นที่"),
    ("arms.ARM.running[].units", "number", "how many there are", "มีทั้งหมดกี่แห่ง"),
    *_range(
        "arms.ARM.running[].share",
        "share that runs a scheme of the arm in its last week of offer",
        "สัดส่วนที่ดำเนินมาตรการในสัปดาห์สุดท้ายของมาตรการ",
    ),
    *_range("arms.ARM.running[].share_twin", "share that would run such a scheme anyway", "สัดส่วนที่ดำเนินการอยู่แล้ว"),
    *_range("arms.ARM.running[].number", "how many run it then", "จำนวนแห่งที่ดำเนินมาตรการในสัปดาห์นั้น"),
    ("arms.ARM.running[].granted_baht", "number", "grants to them, all weeks", "เงินอุดหนุนที่ได้รับทั้งหมด"),
    (
        "arms.ARM.running[].cofunded_baht",
        "number",
        "what they paid of what members got",
        "ส่วนที่จ่ายเองจากเงินที่สมาชิกได้รับ",
    ),
    (
        "observed",
        "array",
        "what a study observed; only where the scenario names one",
        "สิ่งที่การศึกษาสังเกตได้ มีเมื่อสถานการณ์ระบุการศึกษา",
    ),
    ("observed[]", "object", "one observation", "ค่าหนึ่ง"),
    ("observed[].arm", "string", "its arm", "ทางเลือก"),
    ("observed[].level", "number", "level observed, a share", "ระดับที่สังเกตได้ เป็นสัดส่วน"),
    ("observed[].se", "number or null", "its standard error", "ความคลาดเคลื่อนมาตรฐาน"),
    *_range("observed[].simulated", "level simulated", "ระดับที่จำลองได้"),
    *_range(
        "first_minus_second_pp",
        "effect of the first arm less that of the second, percentage points",
        "ผลของทางเลือกอันดับหนึ่งลบอันดับสอง จุดร้อยละ",
    ),
    ("quick", "boolean", "a look at fewer people and societies: not for decisions", "ดูคร่าว ๆ ห้ามใช้ตัดสินใจ"),
    ("finished", "boolean", "all runs that were asked for are done", "จำลองครบทุกรอบแล้ว"),
    *_words(
        "mark",
        "the warning of a quick look or of an unfinished comparison, else empty",
        "คำเตือนเมื่อดูคร่าว ๆ หรือยังไม่เสร็จ ไม่เช่นนั้นว่าง",
    ),
    *_words("answer", "the answer in words", "คำตอบเป็นถ้อยคำ"),
    *_words("left_behind", "who gains least, in words; empty where nobody does", "ผู้ที่ได้น้อยที่สุด ว่างเมื่อไม่มี"),
    *_words("how_sure", "how sure this is, in words", "มั่นใจเพียงใด เป็นถ้อยคำ"),
    *_words("notes", "notes, the assumption of who signs up first", "ข้อสังเกต เริ่มด้วยข้อสมมติเรื่องผู้สมัคร", array=True),
    *BEHIND,
]

VALIDATE: list[Field] = [
    ("valid", "boolean", "whether the file can be run", "ไฟล์ใช้จำลองได้หรือไม่"),
    ("mistakes", "integer", "how many mistakes there are in all", "จำนวนข้อผิดพลาดทั้งหมด"),
    ("problems", "array", "the first 20 of them, in the order of the file", "ข้อผิดพลาด 20 จุดแรก ตามลำดับในไฟล์"),
    ("problems[]", "object", "one mistake", "ข้อผิดพลาดหนึ่งจุด"),
    ("problems[].file", "string", "the file, or --set", "ไฟล์ หรือ --set"),
    ("problems[].line", "integer", "line, from 1; 0 where there is none", "บรรทัด เริ่มที่ 1 เป็น 0 เมื่อไม่มี"),
    ("problems[].column", "integer", "column, from 1; 0 where there is none", "ตำแหน่งในบรรทัด เริ่มที่ 1 เป็น 0 เมื่อไม่มี"),
    ("problems[].key", "string", "dotted key", "ชื่อค่า คั่นด้วยจุด"),
    ("problems[].text_en", "string", "the message in English", "ข้อความภาษาอังกฤษ"),
    ("problems[].text_th", "string", "the message in Thai", "ข้อความภาษาไทย"),
    ("problems[].received", "string", "what stands there", "ค่าที่ได้รับ"),
    ("problems[].expected", "string", "what may stand there", "ค่าที่ใช้ได้"),
    ("problems[].suggestion", "string", "the nearest name", "ชื่อที่ใกล้เคียง"),
    ("problems[].source_line", "string", "the line itself", "บรรทัดนั้น"),
    ("problems[].caret_start", "integer", "where in it the mistake begins, from 0", "จุดเริ่มของข้อผิดพลาดในบรรทัด เริ่มที่ 0"),
    ("problems[].caret_end", "integer", "where it ends; both 0 where unknown", "จุดสิ้นสุด เป็น 0 ทั้งคู่เมื่อไม่ทราบ"),
    (
        "problems[].rule",
        "string",
        "the rule of rights that it breaks, such as G1; else empty",
        "กฎด้านสิทธิที่ผิด เช่น G1 ไม่เช่นนั้นว่าง",
    ),
    (
        "notices",
        "array",
        "what was noticed of tables of one's own, each with en and th",
        "ข้อสังเกตจากตารางของผู้ใช้เอง แต่ละข้อมี en และ th",
    ),
    (
        "warnings",
        "array",
        "what is allowed but risky for people, each with rule, key, en and th",
        "สิ่งที่ทำได้แต่มีความเสี่ยงต่อคน แต่ละข้อมี rule key en และ th",
    ),
]

EXPLAIN: list[Field] = [
    ("scenario", "string", "the scenario's short name", "ชื่อย่อของสถานการณ์"),
    ("digest", "string", "sha256 of the scenario with all changes put in", "sha256 ของสถานการณ์รวมค่าที่เปลี่ยนทั้งหมด"),
    *_words("title", "its title", "ชื่อเรื่อง"),
    ("sections", "array", "what is said, in its order", "สิ่งที่อธิบาย ตามลำดับ"),
    ("sections[]", "object", "one section", "หัวข้อหนึ่ง"),
    ("sections[].key", "string", "its name", "ชื่อของหัวข้อ"),
    *_words("sections[].title", "its heading", "หัวข้อ"),
    ("sections[].items", "array", "its sentences", "ข้อความในหัวข้อ"),
    ("sections[].items[]", "object", "one sentence", "ข้อความหนึ่ง"),
    ("sections[].items[].level", "integer", "how deep it is indented, from 0", "ระดับการย่อหน้า เริ่มที่ 0"),
    ("sections[].items[].label", f"{_BOTH}, or null", "its label", "ป้ายของข้อความ"),
    ("sections[].items[].label.en", "string", "in English", "ภาษาอังกฤษ"),
    ("sections[].items[].label.th", "string", "in Thai", "ภาษาไทย"),
    *_words("sections[].items[].text", "the sentence", "ข้อความ"),
    (
        "most",
        "array",
        "the most that each scheme could cost in a society",
        "ค่าใช้จ่ายมากที่สุดที่เป็นไปได้ของแต่ละมาตรการในสังคมหนึ่ง",
    ),
    ("most[]", "object", "one scheme", "มาตรการหนึ่ง"),
    ("most[].arm", "string", "its arm", "ทางเลือก"),
    ("most[].scheme", "string", "its name", "ชื่อของมาตรการ"),
    ("most[].eligible", "integer", "people who may take part", "ผู้มีสิทธิ"),
    ("most[].reached", "integer", "of them, whom a channel reaches", "ในจำนวนนี้ ผู้ที่มีช่องทางเข้าถึง"),
    ("most[].outreach_baht", "number", "what reaching them costs once, baht", "ค่าเข้าถึงครั้งเดียว บาท"),
    ("most[].citizens", "integer", "people in all", "พลเมืองทั้งหมด"),
    ("most[].first_week", "integer or null", "first week of the offer", "สัปดาห์แรกที่เปิด"),
    ("most[].last_week", "integer or null", "last week of the offer", "สัปดาห์สุดท้ายที่เปิด"),
    (
        "most[].most_baht",
        "number or null",
        "the most it could pay, baht; null where there is no bound",
        "จ่ายมากที่สุด บาท เป็น null เมื่อไม่มีขอบเขต",
    ),
    ("most[].running_baht", "number or null", "running costs, baht", "ค่าดำเนินการ บาท"),
    (
        "most[].budget_baht",
        "number or null",
        "its budget, baht; null where it has none",
        "งบประมาณ บาท เป็น null เมื่อไม่มี",
    ),
    (
        "most[].budget_may_close_in_week",
        "integer or null",
        "first week in which the budget could close it",
        "สัปดาห์แรกที่งบประมาณอาจทำให้ต้องปิด",
    ),
]


def _kind(at: str) -> list[Field]:
    each = f"{at}parameters[]"
    return [
        (f"{at}kind", "string", "its name in a scenario file", "ชื่อในไฟล์สถานการณ์"),
        (f"{at}level", "string", "individual, organisation or area", "ระดับ: individual, organisation หรือ area"),
        *_words(f"{at}title", "its name", "ชื่อที่อ่าน"),
        *_words(f"{at}what", "what it does", "สิ่งที่มาตรการทำ"),
        *_words(f"{at}rests_on", "what the size of its effect rests on", "สิ่งที่ขนาดของผลอาศัย"),
        (f"{at}strength", "string", "several studies, one study or judgement", "ความหนักแน่นของหลักฐาน"),
        (f"{at}literature", "array", "its literature", "เอกสารอ้างอิง"),
        (f"{at}literature[]", "string", "one work", "งานหนึ่งชิ้น"),
        (f"{at}example", "string", "a part of a scenario file, TOML", "ส่วนหนึ่งของไฟล์สถานการณ์ เป็น TOML"),
        (f"{at}parameters", "array", "its keys, its own first", "คีย์ของมาตรการ เริ่มด้วยคีย์เฉพาะชนิด"),
        (each, "object", "one key", "คีย์หนึ่ง"),
        (f"{each}.name", "string", "the key", "ชื่อคีย์"),
        (f"{each}.type", "string", "number, whole number, text, list, table, true or false", "ชนิดของค่า"),
        *_words(f"{each}.title", "its name", "ชื่อที่อ่าน"),
        *_words(f"{each}.meaning", "what it means", "ความหมาย"),
        (f"{each}.unit", "string or null", "its unit", "หน่วย"),
        (f"{each}.low", "number or null", "least value", "ค่าต่ำสุด"),
        (f"{each}.high", "number or null", "largest value", "ค่าสูงสุด"),
        (f"{each}.choices", "array", "the texts that it may be; empty for any", "ข้อความที่เลือกได้ ว่างเมื่อไม่จำกัด"),
        (f"{each}.choices[]", "string", "one of them", "หนึ่งในนั้น"),
        (f"{each}.required", "boolean", "whether it must be given", "ต้องระบุหรือไม่"),
        (
            f"{each}.default",
            "number, string, boolean, array or null",
            "what it is where it is not given; null for a table",
            "ค่าเมื่อไม่ระบุ เป็น null สำหรับตาราง",
        ),
        (f"{each}.default[]", "number or string", "one value", "ค่าหนึ่ง"),
        (f"{each}.shared", "boolean", "whether every kind has it", "ทุกชนิดมีคีย์นี้หรือไม่"),
    ]


SCHEMES: list[Field] = [("[]", "object", "one kind, in the order of their names", "ชนิดหนึ่ง เรียงตามชื่อ"), *_kind("[].")]
SCHEME = _kind("")

DOCTOR: list[Field] = [
    ("usable", "boolean", "whether all that a run needs is there", "มีทุกอย่างที่การจำลองต้องใช้หรือไม่"),
    ("faults", "array", "what must be mended", "สิ่งที่ต้องแก้ไข"),
    *_words("faults[]", "one fault and its remedy", "ข้อบกพร่องหนึ่งข้อและวิธีแก้"),
    ("kwamdee", "string", "version of Kwamdee", "รุ่นของ Kwamdee"),
    ("python", "string", "version of Python", "รุ่นของ Python"),
    ("system", "string", "operating system and processor", "ระบบปฏิบัติการและหน่วยประมวลผล"),
    ("cores", "integer or null", "processes that can run at once", "จำนวนโพรเซสที่ทำงานพร้อมกันได้"),
    ("free_memory_bytes", "integer or null", "free memory", "หน่วยความจำที่ว่าง"),
    ("packages", "array", "what Kwamdee asks for", "ชุดโปรแกรมที่ Kwamdee ต้องใช้"),
    ("packages[]", "object", "one package", "ชุดหนึ่ง"),
    ("packages[].name", "string", "its name", "ชื่อ"),
    (
        "packages[].extra",
        "string",
        "the extra that asks for it; empty: every run does",
        "ส่วนเพิ่มที่ต้องใช้ ว่างหมายถึงต้องใช้เสมอ",
    ),
    ("packages[].needs", "string", "versions that fit", "รุ่นที่ใช้ได้"),
    ("packages[].found", "string or null", "version that is there", "รุ่นที่มี"),
    ("packages[].state", "string", "ok, missing, unfit or broken", "ok, missing, unfit หรือ broken"),
    ("packages[].why", "string", "why it does not fit or load", "เหตุที่ใช้ไม่ได้"),
    ("extras", "object", "the extras by name", "ส่วนเพิ่มตามชื่อ"),
    ("extras.EXTRA", "object", "one extra", "ส่วนเพิ่มหนึ่ง"),
    ("extras.EXTRA.missing", "array of strings", "what it lacks", "สิ่งที่ขาด"),
    ("extras.EXTRA.missing[]", "string", "a package", "ชุดโปรแกรมหนึ่ง"),
    (
        "extras.EXTRA.install",
        "string or null",
        "the line that installs it; null where nothing is missing",
        "คำสั่งติดตั้ง เป็น null เมื่อไม่ขาดอะไร",
    ),
    ("cache", "object", "Numba's compiled passes", "ที่เก็บส่วนที่ Numba แปลแล้ว"),
    ("cache.folder", "string", "folder", "โฟลเดอร์"),
    ("cache.bytes", "integer", "size", "ขนาด"),
    ("cache.writable", "boolean", "whether it can be written", "เขียนได้หรือไม่"),
    ("fonts", "object", "the package's fonts", "แบบอักษรที่มีมาให้"),
    ("fonts.folder", "string", "folder", "โฟลเดอร์"),
    ("fonts.found", "array of strings", "files", "ไฟล์"),
    ("fonts.found[]", "string", "a file", "ไฟล์หนึ่ง"),
    (
        "fonts.draw_thai",
        "array of strings",
        "those with which Matplotlib draws Thai",
        "ไฟล์ที่ Matplotlib ใช้เขียนภาษาไทยได้",
    ),
    ("fonts.draw_thai[]", "string", "a file", "ไฟล์หนึ่ง"),
    ("scenarios", "object", "shipped scenarios", "สถานการณ์ที่มีให้"),
    ("scenarios.folder", "string or null", "folder", "โฟลเดอร์"),
    ("scenarios.names", "array of strings", "their names", "ชื่อ"),
    ("scenarios.names[]", "string", "a name", "ชื่อหนึ่ง"),
    ("terminal", "object", "where results are printed", "ที่แสดงผล"),
    ("terminal.encoding", "string", "encoding", "รหัสอักขระ"),
    ("terminal.writes_thai", "boolean", "whether it can write Thai", "เขียนภาษาไทยได้หรือไม่"),
    ("terminal.language", "string", "language asked for", "ภาษาที่ขอ"),
    ("terminal.asked_by", "string", "--lang, KWAMDEE_LANG or the locale", "ขอด้วย --lang, KWAMDEE_LANG หรือภาษาของระบบ"),
    ("terminal.colour", "boolean", "whether results are printed in colours", "แสดงผลเป็นสีหรือไม่"),
]

OF_STUDY: list[Field] = [
    ("design", "string", "kind of the design, such as grid", "แบบการทดลอง เช่น grid"),
    ("factors", "integer", "how many things are varied", "จำนวนปัจจัยที่เปลี่ยน"),
    ("points", "integer", "points of the design", "จำนวนจุดของแบบการทดลอง"),
    ("replicates", "integer", "simulated societies at each point, at most", "จำนวนสังคมจำลองที่แต่ละจุด อย่างมาก"),
    ("arms", "integer", "arms that are run", "จำนวนทางเลือกที่จำลอง"),
    ("runs", "integer", "runs in all, at most", "จำนวนรอบทั้งหมด อย่างมาก"),
]

FIELDS: dict[str, list[Field]] = {
    "compare": COMPARE,
    "demo": COMPARE,
    "show": COMPARE,
    "show --table": SHOW_TABLE,
    "run": RUN,
    "evidence": EVIDENCE,
    "evidence --without": WITHOUT,
    "calibrate": CALIBRATE,
    "learn": LEARN,
    "validate": VALIDATE,
    "validate STUDY": [*VALIDATE, *OF_STUDY],
    "explain": EXPLAIN,
    "story": STORY,
    "schemes": SCHEMES,
    "schemes KIND": SCHEME,
    "doctor": DOCTOR,
    "sweep": SWEEP,
    "sensitivity": SWEEP,
    "show STUDY": SWEEP,
    "sweep --dry-run": DRY_RUN,
    "sweep --status": STATUS,
    "rerun": RERUN,
    "verify": VERIFY,
}
"""By command; every command that has `--json` is here."""
