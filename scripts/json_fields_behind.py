"""The fields of `compare --json`, `run --json` and of studies that say what a result rests on."""

Field = tuple[str, str, str, str]  # path, type, English, Thai


def behind_fields(at: str, en: str, th: str) -> list[Field]:
    """Return the fields of what stands behind one arm, which lie at a path; `en` and `th` say when it is null."""
    return [
        (at, "object or null", f"what its result rests on; {en}", f"ผลนี้อาศัยหลักฐานใด {th}"),
        (f"{at}.mechanisms", "array", "mechanisms that its schemes use", "กลไกที่มาตรการใช้"),
        (f"{at}.mechanisms[]", "object", "one mechanism", "กลไกหนึ่ง"),
        (f"{at}.mechanisms[].mechanism", "string", "its name, such as money or recognition", "ชื่อกลไก เช่น money หรือ recognition"),
        (f"{at}.mechanisms[].told", "boolean", "experiments can tell its size", "การทดลองบอกขนาดของกลไกนี้ได้"),
        (f"{at}.mechanisms[].studies", "array", "studies behind it", "การศึกษาที่รองรับ"),
        (f"{at}.mechanisms[].studies[]", "string", "a study", "การศึกษา"),
        (f"{at}.mechanisms[].arms", "integer", "arms of these", "จำนวนทางเลือกในการศึกษา"),
        (f"{at}.mechanisms[].countries", "array", "countries of these", "ประเทศที่ทำการศึกษา"),
        (f"{at}.mechanisms[].countries[]", "string", "ISO 3166 code", "รหัสประเทศ ISO 3166"),
        (f"{at}.mechanisms[].thai_studies", "integer", "studies made in Thailand", "การศึกษาที่ทำในประเทศไทย"),
        (f"{at}.mechanisms[].mae", "number or null", "mean absolute error of their prediction, log-odds; null where not scored", "ความคลาดเคลื่อนสัมบูรณ์เฉลี่ยของคำทำนาย ล็อกออดส์ เป็น null เมื่อไม่มีคะแนน"),
        (f"{at}.mechanisms[].coverage90", "number or null", "share of their figures in the 90% range; null where not scored", "สัดส่วนของผลที่อยู่ในช่วงร้อยละ 90 เป็น null เมื่อไม่มีคะแนน"),
        (f"{at}.studies", "array", "studies behind any of its mechanisms", "การศึกษาที่รองรับกลไกใดก็ตาม"),
        (f"{at}.studies[]", "string", "a study", "การศึกษา"),
        (f"{at}.without_evidence", "array", "mechanisms without any study", "กลไกที่ไม่มีการศึกษารองรับ"),
        (f"{at}.without_evidence[]", "string", "a mechanism", "กลไก"),
        (f"{at}.outside", "array", "what lies outside the range of the studies", "ค่าที่อยู่นอกช่วงของการศึกษา"),
        (f"{at}.outside[]", "object", "one value", "ค่าหนึ่ง"),
        (f"{at}.outside[].what", "string", "value_days (days of wage), offer_weeks, weeks_after or baseline (a share)", "value_days (วันของค่าจ้าง) offer_weeks weeks_after หรือ baseline (สัดส่วน)"),
        (f"{at}.outside[].value", "number", "the value", "ค่า"),
        (f"{at}.outside[].low", "number", "least that studies cover", "ค่าน้อยที่สุดที่มีการศึกษา"),
        (f"{at}.outside[].high", "number", "most that studies cover", "ค่ามากที่สุดที่มีการศึกษา"),
        (f"{at}.kinds_not_studied", "array", "virtues of its behaviours that no study's behaviour serves", "คุณธรรมของพฤติกรรมที่ไม่มีการศึกษาใดทดลอง"),
        (f"{at}.kinds_not_studied[]", "string", "a virtue", "คุณธรรม"),
    ]  # fmt: skip


def sentence_fields(at: str, en: str, th: str) -> list[Field]:
    """Return the fields of sentences in both languages."""
    return [
        (at, "object of `en` and `th`", en, th),
        *((f"{at}.{lang}", "array of strings", en, th) for lang, en, th in (("en", "in English", "ภาษาอังกฤษ"), ("th", "in Thai", "ภาษาไทย"))),
        *((f"{at}.{lang}[]", "string", "one sentence", "ข้อความหนึ่ง") for lang in ("en", "th")),
    ]  # fmt: skip


BEHIND: list[Field] = [
    *behind_fields(
        "arms.ARM.evidence",
        "null for the control, and for results made before this was kept",
        "เป็น null สำหรับทางเลือกที่ไม่มีมาตรการ และผลที่ทำไว้ก่อนจะเก็บข้อมูลนี้",
    ),
    *sentence_fields(
        "evidence", "what the results rest on, in sentences, warnings first", "ผลชุดนี้อาศัยหลักฐานใด เป็นถ้อยคำ เริ่มด้วยคำเตือน"
    ),
]
BEHIND_RUN: list[Field] = [
    *behind_fields("evidence", "null for the control", "เป็น null สำหรับทางเลือกที่ไม่มีมาตรการ"),
    *sentence_fields("evidence_said", "the same in sentences", "ข้อมูลเดียวกันเป็นถ้อยคำ"),
]
BEHIND_STUDY: list[Field] = [
    ("evidence", "object", "what the arms rest on, looked up at the scenario's own values", "ทางเลือกอาศัยหลักฐานใด ตรวจที่ค่าของสถานการณ์"),
    ("evidence.arms", "object", "by arm", "แยกตามทางเลือก"),
    *behind_fields("evidence.arms.ARM", "never null here", "ไม่เป็น null ในที่นี้"),
    *(
        (f"evidence.{lang}{end}", kind, en, th)
        for lang, en, th in (
            ("en", "in sentences, with what the ends of factors reach, in English", "เป็นถ้อยคำ รวมค่าปลายของปัจจัย ภาษาอังกฤษ"),
            ("th", "the same in Thai", "ข้อความเดียวกันภาษาไทย"),
        )
        for end, kind in (("", "array of strings"), ("[]", "string"))
    ),
]  # fmt: skip
