"""What `kwamdee learn --json` prints, field by field."""

Row = tuple[str, str, str, str]  # path, type, English, Thai


def _range(path: str, en: str, th: str) -> list[Row]:
    return [
        (path, "object", en, th),
        (f"{path}.median", "number", "median", "มัธยฐาน"),
        (f"{path}.low", "number", "lower end of 90%", "ปลายล่างของร้อยละ 90"),
        (f"{path}.high", "number", "upper end of 90%", "ปลายบนของร้อยละ 90"),
    ]


def _moved(path: str, en: str, th: str) -> list[Row]:
    return [
        (path, "object", en, th),
        *_range(f"{path}.prior", "before the pilot", "ก่อนโครงการนำร่อง"),
        *_range(f"{path}.posterior", "after it", "หลังโครงการนำร่อง"),
        (
            f"{path}.moved",
            "number",
            "by how many standard deviations of before the median went",
            "มัธยฐานเลื่อนไปกี่ส่วนเบี่ยงเบนมาตรฐานของก่อนโครงการนำร่อง",
        ),
    ]


def _predicted(path: str, en: str, th: str) -> list[Row]:
    return [
        (path, "object", en, th),
        *_range(
            f"{path}.level",
            "share of opportunities acted on, sampling error within",
            "สัดส่วนของโอกาสที่ลงมือทำ รวมความคลาดเคลื่อนจากการสุ่ม",
        ),
        (
            f"{path}.p",
            "number",
            "how likely a figure at least so far from the middle is, two-sided",
            "โอกาสที่ตัวเลขจะห่างจากค่ากลางอย่างน้อยเท่านี้ สองด้าน",
        ),
    ]


LEARN: list[Row] = [
    ("scenario", "string", "name or file of the scenario", "ชื่อหรือไฟล์ของสถานการณ์"),
    ("digest", "string", "its digest", "ค่าย่อยของสถานการณ์"),
    ("pilot", "object", "the pilot's table", "ตารางของโครงการนำร่อง"),
    ("pilot.file", "string", "file", "ไฟล์"),
    ("pilot.sha256", "string", "sha256 of its bytes", "sha256 ของไฟล์"),
    ("pilot.over", "string", "whose acts are counted: eligible or enrolled", "นับการกระทำของใคร: eligible หรือ enrolled"),
    ("arms", "array of objects", "one an arm and behaviour, while its offer runs and after it", "หนึ่งแถวต่อทางเลือกและพฤติกรรม ระหว่างเสนอและหลังสิ้นสุด"),
    ("arms[]", "object", "one arm", "ทางเลือกหนึ่ง"),
    ("arms[].arm", "string", "arm", "ทางเลือก"),
    ("arms[].behaviour", "string", "behaviour", "พฤติกรรม"),
    ("arms[].week_from", "integer", "first week observed", "สัปดาห์แรกที่สังเกต"),
    ("arms[].week_to", "integer", "last week observed", "สัปดาห์สุดท้ายที่สังเกต"),
    ("arms[].after", "boolean", "observed after the offer ended", "สังเกตหลังสิ้นสุดการเสนอ"),
    ("arms[].people", "number", "people observed", "จำนวนคนที่สังเกต"),
    ("arms[].observed", "object", "what was observed", "สิ่งที่สังเกตได้"),
    ("arms[].observed.level", "number", "share of opportunities acted on", "สัดส่วนของโอกาสที่ลงมือทำ"),
    ("arms[].observed.control", "number", "that of the control", "สัดส่วนของกลุ่มควบคุม"),
    ("arms[].observed.log_odds", "number", "log-odds of the arm less those of the control", "ล็อกออดส์ของทางเลือก ลบของกลุ่มควบคุม"),
    ("arms[].observed.se", "number", "its standard error", "ความคลาดเคลื่อนมาตรฐาน"),
    *_predicted("arms[].prior", "predicted before the pilot", "ค่าทำนายก่อนโครงการนำร่อง"),
    *_predicted("arms[].posterior", "predicted after it", "ค่าทำนายหลังโครงการนำร่อง"),
    ("responsiveness", "object", "how strongly people respond by behaviour; 1 is the middle of published studies", "คนตอบสนองแรงเพียงใดตามพฤติกรรม 1 คือค่ากลางของการศึกษาที่ตีพิมพ์"),
    *_moved("responsiveness.BEHAVIOUR", "one behaviour", "พฤติกรรมหนึ่ง"),
    ("parameters", "object", "parameters of the law", "พารามิเตอร์ของแบบจำลอง"),
    *_moved("parameters.NAME", "one parameter", "พารามิเตอร์หนึ่ง"),
    ("effective", "number", "how many parameter sets still count", "จำนวนชุดพารามิเตอร์ที่ยังมีน้ำหนัก"),
    ("members", "integer", "how many there were", "จำนวนชุดทั้งหมด"),
    ("warnings", "array of objects", "what a reader has to know", "สิ่งที่ผู้อ่านต้องรู้"),
    ("warnings[]", "object", "one warning", "คำเตือนหนึ่งข้อ"),
    ("warnings[].rule", "string", "its short name", "ชื่อย่อ"),
    ("warnings[].en", "string", "in English", "ภาษาอังกฤษ"),
    ("warnings[].th", "string", "in Thai", "ภาษาไทย"),
    ("written", "string", "the table of parameters", "ตารางพารามิเตอร์"),
]  # fmt: skip
