"""What `compare --json` prints of an arm's side effects and rights, field by field; see `scripts/json_fields.py`."""

Field = tuple[str, str, str, str]
_ENDS = "null below 19 societies or where there is none"
_ENDS_TH = "เป็น null เมื่อมีไม่ถึง 19 สังคมจำลองหรือไม่มี"


def _measures(path: str, en: str, th: str, of: str, of_th: str) -> list[Field]:
    one = f"{path}.{of}"
    return [
        (path, "object or null", f"{en}; null for the control", f"{th} เป็น null สำหรับทางเลือกที่ไม่มีมาตรการ"),
        (one, "object", f"one {of.lower()}, named as in the tables", f"{of_th}หนึ่งข้อ ชื่อเหมือนในตาราง"),
        (f"{one}.value", "number or null", "what was found; null where it cannot be", "ค่าที่พบ เป็น null เมื่อหาไม่ได้"),
        (
            f"{one}.low",
            "number or null",
            f"lower end of its 90% interval; {_ENDS}",
            f"ปลายล่างของช่วงร้อยละ 90 {_ENDS_TH}",
        ),
        (f"{one}.high", "number or null", f"upper end; {_ENDS}", f"ปลายบน {_ENDS_TH}"),
        (f"{one}.unit", "string", "unit of the numbers", "หน่วยของตัวเลข"),
    ]


MEASURED: list[Field] = [
    *_measures(
        "arms.ARM.side_effects",
        "side effects: crowding, false claims, acts lost elsewhere, rewards for acts done anyway, novelty, effect on "
        "others, level after",
        "ผลข้างเคียง: การเบียดแรงจูงใจภายใน การแจ้งเท็จ การกระทำที่หายไปที่อื่น รางวัลแก่สิ่งที่ทำอยู่แล้ว ความแปลกใหม่ ผลต่อผู้อื่น "
        "และระดับหลังสิ้นสุด",
        "WHAT",
        "ผลข้างเคียง",
    ),
    *_measures(
        "arms.ARM.rights",
        "what was measured of people's rights: rules broken, gaps in take-up, who is not reached, who gets the money, "
        "pressure, harm after, consent",
        "สิ่งที่วัดด้านสิทธิ: กฎที่ละเมิด ความต่างของการเข้าร่วม ผู้ที่เข้าไม่ถึง ผู้ได้รับเงิน แรงกดดัน ผลเสียภายหลัง และความยินยอม",
        "CHECK",
        "รายการ",
    ),
    (
        "arms.ARM.rights.CHECK.limit",
        "number or null",
        "what the rules ask for; null where they set no limit",
        "เกณฑ์ที่กฎกำหนด เป็น null เมื่อไม่มีเกณฑ์",
    ),
    (
        "arms.ARM.rights.CHECK.kept",
        "boolean or null",
        "whether the limit is kept; null where there is none",
        "เป็นไปตามเกณฑ์หรือไม่ เป็น null เมื่อไม่มีเกณฑ์",
    ),
]
