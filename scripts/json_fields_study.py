"""What the commands of studies print with `--json`, field by field; see `scripts/json_fields.py`."""

from scripts.json_fields_behind import BEHIND_STUDY

Field = tuple[str, str, str, str]

_INT, _NUM, _MAYBE, _TEXT = "integer", "number", "number or null", "string"
_ANY = "string, number, integer, boolean or null"
_CELL = "see [results.md](results.md)", "ดู [results.md](results.md)"


def _words(path: str, en: str, th: str) -> list[Field]:
    return [
        (path, "object of `en` and `th`", en, th),
        (f"{path}.en", _TEXT, "in English", "ภาษาอังกฤษ"),
        (f"{path}.th", _TEXT, "in Thai", "ภาษาไทย"),
    ]


_ASKED: list[Field] = [
    ("study", _TEXT, "the study's short name", "ชื่อย่อของการศึกษา"),
    *_words("title", "its title", "ชื่อเรื่อง"),
    *_words("question", "its question", "คำถาม"),
    ("scenario", _TEXT, "the scenario's short name", "ชื่อย่อของสถานการณ์"),
    (
        "digest",
        _TEXT,
        "sha256 of what is asked; societies and titles apart",
        "sha256 ของสิ่งที่ศึกษา ไม่รวมจำนวนสังคมจำลองและชื่อเรื่อง",
    ),
    ("design", _TEXT, "kind of the design, such as grid", "แบบการทดลอง เช่น grid"),
    ("seed", _INT, "root seed", "เลขสุ่มตั้งต้น"),
    ("parameters", _TEXT, "posterior, default or a file with its digest", "posterior, default หรือชื่อไฟล์พร้อมรหัสย่อ"),
    ("outcomes", "array of strings", "outcomes that are judged; the first leads", "ผลลัพธ์ที่พิจารณา ผลแรกเป็นผลหลัก"),
    ("outcomes[]", _TEXT, "an outcome", "ผลลัพธ์หนึ่ง"),
    ("factors", "array", "what is varied, in the order of the file", "สิ่งที่เปลี่ยน ตามลำดับในไฟล์"),
    ("factors[]", "object", "one factor", "ปัจจัยหนึ่ง"),
    ("factors[].name", _TEXT, "its name: its column in every table", "ชื่อ เป็นชื่อคอลัมน์ในทุกตาราง"),
    (
        "factors[].role",
        _TEXT,
        "lever (policy sets it) or uncertainty",
        "lever (นโยบายกำหนดได้) หรือ uncertainty (ไม่มีใครรู้)",
    ),
    ("factors[].keys", "array of strings", "what it sets", "คีย์ที่ตั้งค่า"),
    ("factors[].keys[]", _TEXT, "a dotted key, or parameters.NAME", "คีย์คั่นด้วยจุด หรือ parameters.NAME"),
    ("factors[].values", "array", "its values where they are listed; else empty", "ค่าที่ใช้ ว่างเมื่อเป็นช่วง"),
    ("factors[].values[]", "number, string or boolean", "a value", "ค่าหนึ่ง"),
    ("factors[].low", _MAYBE, "lower end of its range", "ปลายล่างของช่วง"),
    ("factors[].high", _MAYBE, "upper end of its range", "ปลายบนของช่วง"),
    ("factors[].scale", _TEXT, "linear or log", "linear หรือ log"),
    (
        "factors[].usual",
        "number, string, boolean or null",
        "its value in the scenario; null where it is drawn or several keys differ",
        "ค่าในสถานการณ์ เป็น null เมื่อเป็นค่าสุ่มหรือหลายคีย์ต่างกัน",
    ),
    ("factors[].unit", _TEXT, "its unit in English, blank for none", "หน่วยเป็นภาษาอังกฤษ ว่างเมื่อไม่มี"),
]
_THERE: list[Field] = [
    ("folder", _TEXT, "the results folder", "โฟลเดอร์เก็บผล"),
    (
        "manifest",
        _TEXT,
        "its manifest: study and scenario whole, digests, versions, code",
        "บันทึกการจำลองในโฟลเดอร์ มีการศึกษา สถานการณ์ และรุ่นครบถ้วน",
    ),
    ("done", _INT, "runs that are kept and went well", "รอบที่เก็บไว้และสำเร็จ"),
    ("failed", _INT, "runs that failed", "รอบที่ล้มเหลว"),
    ("missing", _INT, "runs that are not there yet", "รอบที่ยังไม่มี"),
    (
        "total",
        _INT,
        "runs of the whole design, at most where a target decides",
        "รอบทั้งหมดของแบบการทดลอง เมื่อมีเป้าหมายคือจำนวนสูงสุด",
    ),
    ("said", "object", "what is found, in words; empty where no run is there", "สิ่งที่พบเป็นถ้อยคำ ว่างเมื่อยังไม่มีรอบใด"),
    *_words("said.headline", "the answer in one sentence", "คำตอบหนึ่งประโยค"),
    *_words("said.answer", "the answer", "คำตอบ"),
    *_words("said.how_sure", "how sure this is", "มั่นใจเพียงใด"),
    ("said.notes", "object of `en` and `th`", "what must be known first", "สิ่งที่ต้องรู้ก่อน"),
    ("said.notes.en", "array of strings", "in English", "ภาษาอังกฤษ"),
    ("said.notes.en[]", _TEXT, "one note", "ข้อสังเกตหนึ่งข้อ"),
    ("said.notes.th", "array of strings", "in Thai", "ภาษาไทย"),
    ("said.notes.th[]", _TEXT, "one note", "ข้อสังเกตหนึ่งข้อ"),
]
_TABLES: list[Field] = [
    ("points", "array", "a row a point and arm, contrasts too", "แถวละหนึ่งจุดและทางเลือก รวมผลต่าง"),
    ("points[]", "object", "one row", "แถวหนึ่ง"),
    ("points[].point", _INT, "point, from 0", "จุด เริ่มที่ 0"),
    ("points[].arm", _TEXT, "arm or contrast", "ทางเลือกหรือผลต่าง"),
    ("points[].replicates", _INT, "runs of it that went well", "รอบที่สำเร็จ"),
    ("points[].failed", _INT, "runs of it that failed", "รอบที่ล้มเหลว"),
    (
        "points[].COLUMN",
        _ANY,
        "a factor's value; the mean of an outcome, or with _sd, _mcse, _low, _high: " + _CELL[0],
        "ค่าของปัจจัย ค่าเฉลี่ยของผลลัพธ์ หรือที่ลงท้ายด้วย _sd, _mcse, _low, _high " + _CELL[1],
    ),
    (
        "swings",
        "object",
        "by arm and contrast: how far each factor moves the first outcome",
        "แยกตามทางเลือกและผลต่าง ปัจจัยแต่ละตัวเปลี่ยนผลแรกเท่าใด",
    ),
    ("swings.ARM", "array", "the widest first", "เรียงจากมากไปน้อย"),
    ("swings.ARM[]", "object", "one factor", "ปัจจัยหนึ่ง"),
    ("swings.ARM[].factor", _TEXT, "factor", "ปัจจัย"),
    ("swings.ARM[].role", _TEXT, "lever or uncertainty", "lever หรือ uncertainty"),
    (
        "swings.ARM[].kind",
        _TEXT,
        "levels, fifths, extremes or elementary effects",
        "levels, fifths, extremes หรือ elementary effects",
    ),
    ("swings.ARM[].low_value", "number, string, boolean or null", "value at the low end", "ค่าที่ปลายล่าง"),
    ("swings.ARM[].high_value", "number, string, boolean or null", "value at the high end", "ค่าที่ปลายบน"),
    ("swings.ARM[].low_mean", _MAYBE, "mean outcome there", "ค่าเฉลี่ยของผลที่ปลายล่าง"),
    ("swings.ARM[].high_mean", _MAYBE, "mean outcome there", "ค่าเฉลี่ยของผลที่ปลายบน"),
    ("swings.ARM[].swing", _MAYBE, "the second less the first; of Morris mu", "ผลต่างของสองค่า ของ Morris คือ mu"),
    ("swings.ARM[].swing_mcse", _MAYBE, "its Monte Carlo standard error", "ความคลาดเคลื่อนมาตรฐานของการจำลอง"),
    ("swings.ARM[].swing_se", _MAYBE, "its standard error by the draw of the design", "ความคลาดเคลื่อนมาตรฐานจากการสุ่มจุด"),
    ("swings.ARM[].size", _MAYBE, "size of the swing; of Morris mu*", "ขนาดของผลต่าง ของ Morris คือ mu*"),
    ("swings.ARM[].low_points", _INT, "points at the low end", "จำนวนจุดที่ปลายล่าง"),
    ("swings.ARM[].high_points", _INT, "points at the high end", "จำนวนจุดที่ปลายบน"),
    ("indices", "array", "indices of sensitivity; empty for a sweep", "ดัชนีความอ่อนไหว ว่างสำหรับ sweep"),
    ("indices[]", "object", "one factor, arm and outcome", "หนึ่งปัจจัย ทางเลือก และผลลัพธ์"),
    ("indices[].factor", _TEXT, "factor", "ปัจจัย"),
    ("indices[].method", _TEXT, "morris, sobol, pawn or delta", "morris, sobol, pawn หรือ delta"),
    ("indices[].arm", _TEXT, "arm or contrast", "ทางเลือกหรือผลต่าง"),
    ("indices[].outcome", _TEXT, "outcome", "ผลลัพธ์"),
    ("indices[].used", _INT, "points that were used", "จำนวนจุดที่ใช้"),
    (
        "indices[].noise_share",
        _MAYBE,
        "share of the variance over points that is noise, at most",
        "สัดส่วนของความแปรปรวนที่เป็นความบังเอิญ อย่างมาก",
    ),
    ("indices[].COLUMN", _MAYBE, "an index or an end of its interval: " + _CELL[0], "ดัชนีหรือปลายของช่วง " + _CELL[1]),
    ("failures", "array", "runs that failed", "รอบที่ล้มเหลว"),
    ("failures[]", "object", "one run", "รอบหนึ่ง"),
    ("failures[].run_id", _TEXT, "its identity", "รหัสของรอบ"),
    ("failures[].point", _INT, "point, from 0", "จุด เริ่มที่ 0"),
    ("failures[].arm", _TEXT, "arm", "ทางเลือก"),
    ("failures[].replicate", _INT, "simulated society, from 0", "สังคมจำลอง เริ่มที่ 0"),
    ("failures[].error", _TEXT, "kind of the error", "ชนิดของข้อผิดพลาด"),
    ("failures[].message", _TEXT, "why it failed", "เหตุที่ล้มเหลว"),
    ("failures[].command", _TEXT, "repeats it", "คำสั่งที่ทำซ้ำ"),
    ("failures[].COLUMN", _ANY, "its other columns: " + _CELL[0], "คอลัมน์อื่น " + _CELL[1]),
]
SWEEP: list[Field] = [*_ASKED, *_THERE, *BEHIND_STUDY, *_TABLES]

DRY_RUN: list[Field] = [
    ("study", _TEXT, "the study's short name", "ชื่อย่อของการศึกษา"),
    ("digest", _TEXT, "sha256 of what is asked", "sha256 ของสิ่งที่ศึกษา"),
    ("points", _INT, "points of the design", "จำนวนจุดของแบบการทดลอง"),
    ("runs", _INT, "runs that would be there at the end", "จำนวนรอบเมื่อเสร็จ"),
    ("kept", _INT, "of them, kept already", "ในจำนวนนี้เก็บไว้แล้ว"),
    ("seconds", _NUM, "time that the rest takes, as a probe says", "เวลาที่เหลือ วินาที ตามที่ลองวัด"),
    ("memory", _INT, "most memory at once, bytes", "หน่วยความจำสูงสุด ไบต์"),
    ("disk", _INT, "room on disk, bytes; 0 where it is not known", "เนื้อที่ดิสก์ ไบต์ เป็น 0 เมื่อไม่ทราบ"),
    ("jobs", _INT, "processes", "จำนวนโพรเซส"),
    ("probe_runs", _INT, "runs that were tried", "จำนวนรอบที่ลอง"),
    ("probe_seconds", _NUM, "time of the trial", "เวลาที่ใช้ลอง วินาที"),
    ("folder", _TEXT, "where the results would lie", "โฟลเดอร์เก็บผล"),
    ("limit", "integer or null", "the limit that was given", "จำนวนรอบที่กำหนดด้วย --limit"),
]

STATUS: list[Field] = [
    ("study", _TEXT, "the study's short name", "ชื่อย่อของการศึกษา"),
    ("folder", _TEXT, "the results folder", "โฟลเดอร์เก็บผล"),
    ("done", _INT, "runs that are kept and went well", "รอบที่เก็บไว้และสำเร็จ"),
    ("failed", _INT, "runs that failed", "รอบที่ล้มเหลว"),
    ("missing", _INT, "runs that are not there yet", "รอบที่ยังไม่มี"),
    (
        "total",
        _INT,
        "runs of the whole design, at most where a target decides",
        "รอบทั้งหมดของแบบการทดลอง เมื่อมีเป้าหมายคือจำนวนสูงสุด",
    ),
    ("owner", "array or null", "who works on it: process and host", "ผู้ที่กำลังจำลองอยู่ คือโพรเซสและเครื่อง"),
    ("owner[]", "integer or string", "process, then host", "โพรเซส แล้วเครื่อง"),
]

RERUN: list[Field] = [
    ("folder", _TEXT, "the study's folder", "โฟลเดอร์ของการศึกษา"),
    ("same", "boolean", "whether the run is the same to the bit", "ตรงกันทุกบิตหรือไม่"),
    ("differs", "array of strings", "columns that differ", "คอลัมน์ที่ต่างกัน"),
    ("differs[]", _TEXT, "a column", "คอลัมน์หนึ่ง"),
    ("same_code", "boolean", "whether the code is that of the first run", "โปรแกรมเป็นรุ่นเดียวกับครั้งแรกหรือไม่"),
    ("before", "object", "the row that is kept", "แถวที่เก็บไว้"),
    ("before.COLUMN", _ANY, "a column: " + _CELL[0], "คอลัมน์หนึ่ง " + _CELL[1]),
    ("now", "object", "the row of today", "แถวที่ได้ครั้งนี้"),
    ("now.COLUMN", _ANY, "a column: " + _CELL[0], "คอลัมน์หนึ่ง " + _CELL[1]),
]

VERIFY: list[Field] = [
    ("whole", "boolean", "whether nothing is damaged and nothing is missing", "ไม่มีส่วนใดเสียหายหรือขาดหรือไม่"),
    ("tasks", _INT, "simulated societies of all points", "จำนวนสังคมจำลองของทุกจุด"),
    ("kept", _INT, "of them, those whose runs are all there", "ในจำนวนนี้มีครบทุกรอบ"),
    ("runs", _INT, "runs that are kept", "จำนวนรอบที่เก็บไว้"),
    ("fragments", _INT, "files that were read, every byte", "จำนวนไฟล์ที่ตรวจทุกไบต์"),
    ("findings", "array", "what was found", "สิ่งที่พบ"),
    ("findings[]", "object", "one finding", "สิ่งหนึ่งที่พบ"),
    ("findings[].file", _TEXT, "its file", "ไฟล์"),
    ("findings[].en", _TEXT, "what it is, in English", "คืออะไร ภาษาอังกฤษ"),
    ("findings[].th", _TEXT, "what it is, in Thai", "คืออะไร ภาษาไทย"),
    ("findings[].grave", "boolean", "whether the study is not whole for it", "ทำให้การศึกษาไม่ครบถ้วนหรือไม่"),
]
