"""The fields of `compare --json` that say what a result rests on."""

Field = tuple[str, str, str, str]  # path, type, English, Thai

_AT = "arms.ARM.evidence"

BEHIND: list[Field] = [
    (_AT, "object or null", "what its result rests on; null for the control, and for results made before this was kept", "ผลนี้อาศัยหลักฐานใด เป็น null สำหรับทางเลือกที่ไม่มีมาตรการ และผลที่ทำไว้ก่อนจะเก็บข้อมูลนี้"),
    (f"{_AT}.mechanisms", "array", "mechanisms that its schemes use", "กลไกที่มาตรการใช้"),
    (f"{_AT}.mechanisms[]", "object", "one mechanism", "กลไกหนึ่ง"),
    (f"{_AT}.mechanisms[].mechanism", "string", "its name, such as money or recognition", "ชื่อกลไก เช่น money หรือ recognition"),
    (f"{_AT}.mechanisms[].told", "boolean", "experiments can tell its size", "การทดลองบอกขนาดของกลไกนี้ได้"),
    (f"{_AT}.mechanisms[].studies", "array", "studies behind it", "การศึกษาที่รองรับ"),
    (f"{_AT}.mechanisms[].studies[]", "string", "a study", "การศึกษา"),
    (f"{_AT}.mechanisms[].arms", "integer", "arms of these", "จำนวนทางเลือกในการศึกษา"),
    (f"{_AT}.mechanisms[].countries", "array", "countries of these", "ประเทศที่ทำการศึกษา"),
    (f"{_AT}.mechanisms[].countries[]", "string", "ISO 3166 code", "รหัสประเทศ ISO 3166"),
    (f"{_AT}.mechanisms[].thai_studies", "integer", "studies made in Thailand", "การศึกษาที่ทำในประเทศไทย"),
    (f"{_AT}.mechanisms[].mae", "number or null", "mean absolute error of their prediction, log-odds; null where not scored", "ความคลาดเคลื่อนสัมบูรณ์เฉลี่ยของคำทำนาย ลอการิทึมของออดส์ เป็น null เมื่อไม่มีคะแนน"),
    (f"{_AT}.mechanisms[].coverage90", "number or null", "share of their figures in the 90% range; null where not scored", "สัดส่วนของผลที่อยู่ในช่วงร้อยละ 90 เป็น null เมื่อไม่มีคะแนน"),
    (f"{_AT}.studies", "array", "studies behind any of its mechanisms", "การศึกษาที่รองรับกลไกใดก็ตาม"),
    (f"{_AT}.studies[]", "string", "a study", "การศึกษา"),
    (f"{_AT}.without_evidence", "array", "mechanisms without any study", "กลไกที่ไม่มีการศึกษารองรับ"),
    (f"{_AT}.without_evidence[]", "string", "a mechanism", "กลไก"),
    (f"{_AT}.outside", "array", "what lies outside the range of the studies", "ค่าที่อยู่นอกช่วงของการศึกษา"),
    (f"{_AT}.outside[]", "object", "one value", "ค่าหนึ่ง"),
    (f"{_AT}.outside[].what", "string", "value_days (days of wage), offer_weeks, weeks_after or baseline (a share)", "value_days (วันของค่าจ้าง) offer_weeks weeks_after หรือ baseline (สัดส่วน)"),
    (f"{_AT}.outside[].value", "number", "the value", "ค่า"),
    (f"{_AT}.outside[].low", "number", "least that studies cover", "ค่าน้อยที่สุดที่มีการศึกษา"),
    (f"{_AT}.outside[].high", "number", "most that studies cover", "ค่ามากที่สุดที่มีการศึกษา"),
    (f"{_AT}.kinds_not_studied", "array", "virtues of its behaviours that no study's behaviour serves", "คุณธรรมของพฤติกรรมที่ไม่มีการศึกษาใดทดลอง"),
    (f"{_AT}.kinds_not_studied[]", "string", "a virtue", "คุณธรรม"),
    ("evidence", "object of `en` and `th`", "what the results rest on, in sentences, warnings first", "ผลชุดนี้อาศัยหลักฐานใด เป็นถ้อยคำ เริ่มด้วยคำเตือน"),
    *((f"evidence.{lang}", "array of strings", en, th) for lang, en, th in (("en", "in English", "ภาษาอังกฤษ"), ("th", "in Thai", "ภาษาไทย"))),
    *((f"evidence.{lang}[]", "string", "one sentence", "ข้อความหนึ่ง") for lang in ("en", "th")),
]  # fmt: skip
