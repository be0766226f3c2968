"""What `compare --json` prints of an arm's money, field by field; see `scripts/json_fields.py`."""

Field = tuple[str, str, str, str]

MONEY: list[Field] = [
    (
        "arms.ARM.money",
        "object or null",
        "what its ledgers say, over the societies; null for the control and where amounts are in days of wage",
        "สรุปบัญชีเงินของสังคมจำลอง เป็น null สำหรับทางเลือกที่ไม่มีมาตรการ และเมื่อจำนวนเป็นวันของค่าจ้าง",
    ),
    (
        "arms.ARM.money.closed_societies",
        "integer",
        "societies in which the money ended before the scheme did",
        "จำนวนสังคมจำลองที่เงินหมดก่อนมาตรการสิ้นสุด",
    ),
    (
        "arms.ARM.money.closed_week",
        "integer or null",
        "median week in which the money ended; null where it never did",
        "ค่ามัธยฐานของสัปดาห์ที่เงินหมด เป็น null เมื่อเงินไม่หมด",
    ),
    (
        "arms.ARM.money.paid_share",
        "number or null",
        "share paid of what was due; null where nothing was",
        "สัดส่วนที่จ่ายของยอดที่ถึงกำหนด เป็น null เมื่อไม่มียอดถึงกำหนด",
    ),
    (
        "arms.ARM.money.cut_societies",
        "integer",
        "societies in which a pay-out was cut for want of money",
        "จำนวนสังคมจำลองที่ลดยอดจ่ายเพราะเงินไม่พอ",
    ),
    (
        "arms.ARM.money.cut_week",
        "integer or null",
        "median first week of a cut",
        "ค่ามัธยฐานของสัปดาห์แรกที่ลดยอดจ่าย",
    ),
    ("arms.ARM.money.waiting", "number", "mean people waiting at the end", "จำนวนผู้รอเฉลี่ยเมื่อสิ้นสุด"),
    (
        "arms.ARM.money.waiting_societies",
        "integer",
        "societies in which somebody waits at the end",
        "จำนวนสังคมจำลองที่มีผู้รอเมื่อสิ้นสุด",
    ),
    (
        "arms.ARM.money.false_share",
        "number or null",
        "false claims, share of the claims that count",
        "สัดส่วนของการแจ้งเท็จในรายการที่นับ",
    ),
    (
        "arms.ARM.money.paid_for_nothing_share",
        "number or null",
        "share of what was paid that went to acts never done",
        "สัดส่วนของเงินที่จ่ายให้การแจ้งเท็จ",
    ),
    (
        "arms.ARM.money.checking_share",
        "number or null",
        "checks, share of all costs",
        "สัดส่วนของค่าตรวจในต้นทุนทั้งหมด",
    ),
]
