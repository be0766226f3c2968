"""What `compare --json` prints of each scheme of an arm, field by field; see `scripts/json_fields.py`."""

Field = tuple[str, str, str, str]

_EACH: tuple[Field, ...] = (
    ("scheme", "string", "name of the scheme in the file", "ชื่อมาตรการในไฟล์"),
    ("when_spent", "string", "close, pro-rata or waiting-list", "close, pro-rata หรือ waiting-list"),
    ("eligible", "number or null", "people who may take part, mean over societies", "ผู้มีสิทธิ์ เฉลี่ยต่อสังคมจำลอง"),
    ("reached", "number or null", "of them, whom its offer reaches", "ผู้มีสิทธิ์ที่เข้าถึงได้"),
    ("took_part", "number or null", "people who ever were in it while it was offered", "ผู้ที่เคยเข้าร่วมขณะที่มาตรการเปิด"),
    ("signed_up", "number or null", "people who ever signed up or were entered", "ผู้ที่เคยสมัคร หรือได้เข้าร่วมโดยอัตโนมัติ"),
    (
        "paid_baht",
        "number or null",
        "paid to people and areas, mean over societies; null where amounts are not in baht",
        "เงินที่จ่ายแก่คนและพื้นที่ เฉลี่ยต่อสังคมจำลอง เป็น null เมื่อจำนวนเงินไม่ใช่บาท",
    ),
    (
        "paid_share",
        "number or null",
        "share paid of what was due; null where nothing was",
        "สัดส่วนที่จ่ายของยอดที่ถึงกำหนด เป็น null เมื่อไม่มียอดถึงกำหนด",
    ),
    (
        "closed_societies",
        "integer",
        "societies in which its budget closed the offer",
        "จำนวนสังคมจำลองที่งบประมาณทำให้ปิดก่อนกำหนด",
    ),
    ("closed_week", "integer or null", "median week of that", "ค่ามัธยฐานของสัปดาห์ที่ปิด"),
    (
        "left_baht",
        "number or null",
        "what was left of its budget in those societies, mean",
        "งบประมาณที่เหลือในสังคมจำลองเหล่านั้น เฉลี่ย",
    ),
    (
        "cut_societies",
        "integer",
        "societies in which a pay-out was cut for want of money",
        "จำนวนสังคมจำลองที่ลดยอดจ่ายเพราะเงินไม่พอ",
    ),
    ("cut_week", "integer or null", "median first week of a cut", "ค่ามัธยฐานของสัปดาห์แรกที่ลดยอดจ่าย"),
    ("waiting", "number", "mean people waiting at the end", "จำนวนผู้รอเฉลี่ยเมื่อสิ้นสุด"),
    (
        "waiting_societies",
        "integer",
        "societies in which somebody waits at the end",
        "จำนวนสังคมจำลองที่มีผู้รอเมื่อสิ้นสุด",
    ),
)
SCHEMES: list[Field] = [
    (
        "arms.ARM.schemes",
        "array or null",
        "its schemes one by one, in the order of the file; null for the control",
        "มาตรการทีละรายการตามลำดับในไฟล์ เป็น null สำหรับทางเลือกที่ไม่มีมาตรการ",
    ),
    ("arms.ARM.schemes[]", "object", "a scheme over the societies", "มาตรการหนึ่งจากทุกสังคมจำลอง"),
    *((f"arms.ARM.schemes[].{name}", kind, en, th) for name, kind, en, th in _EACH),
]
