"""What `kwamdee run --json` and `kwamdee show --table NAME --json` print, field by field, in English and Thai."""

from scripts.json_fields_behind import BEHIND_RUN
from simulation.results.columns import TABLES

_OUTCOMES = (
    ("effect_pp", "mean effect while offered, percentage points", "ผลเฉลี่ยระหว่างมีมาตรการ จุดร้อยละ"),
    ("effect_after_pp", "the same in weeks 14 to 26 after the end", "ผลในสัปดาห์ที่ 14 ถึง 26 หลังสิ้นสุด จุดร้อยละ"),
    ("last_pp", "the same in the last 4 weeks of offer", "ผลใน 4 สัปดาห์สุดท้ายที่มีมาตรการ จุดร้อยละ"),
    ("spillover_pp", "effect on those who never took part so far, percentage points", "ผลต่อผู้ที่ยังไม่เคยเข้าร่วม จุดร้อยละ"),
    ("level_twin", "share of chances acted on without a scheme", "สัดส่วนของโอกาสที่ลงมือทำเมื่อไม่มีมาตรการ"),
    ("level", "the same with the scheme, while offered", "สัดส่วนเดียวกันระหว่างมีมาตรการ"),
    ("extra_acts", "additional acts of all weeks", "จำนวนครั้งที่เพิ่มขึ้นทั้งหมด"),
    ("cost_baht", "all paid and all running costs, baht", "เงินที่จ่ายและค่าดำเนินงานทั้งหมด บาท"),
    ("rewards_additional", "rewards for additional acts, baht", "รางวัลแก่การทำที่เพิ่มขึ้น บาท"),
    ("rewards_anyway", "rewards for acts that would have happened anyway, baht", "รางวัลแก่การทำที่จะเกิดอยู่แล้ว บาท"),
    ("running", "running costs, baht", "ค่าดำเนินงาน บาท"),
    ("paid_for_nothing", "of the rewards, for acts never done, baht", "ในรางวัล จ่ายให้การแจ้งเท็จ บาท"),
    ("checking", "of the running costs, for checks, baht", "ในค่าดำเนินงาน เป็นค่าตรวจ บาท"),
    ("take_up", "share of the eligible who took part", "สัดส่วนของผู้มีสิทธิที่เข้าร่วม"),
    ("kept_share_3_5", "effect in weeks 3 to 5 after the end, percentage points", "ผลในสัปดาห์ที่ 3 ถึง 5 หลังสิ้นสุด จุดร้อยละ"),
    ("kept_share_12_14", "the same in weeks 12 to 14", "ผลในสัปดาห์ที่ 12 ถึง 14 หลังสิ้นสุด จุดร้อยละ"),
    ("kept_share", "the same in weeks 24 to 28", "ผลในสัปดาห์ที่ 24 ถึง 28 หลังสิ้นสุด จุดร้อยละ"),
)
_WEEKLY_TH = {
    "week": "สัปดาห์ นับจาก 0",
    "behaviour": "ชื่อพฤติกรรม",
    "acts_share": "สัดส่วนของโอกาสที่ลงมือทำเมื่อมีมาตรการ",
    "twin_share": "สัดส่วนของโอกาสที่ลงมือทำเมื่อไม่มีมาตรการ",
    "effect_pp": "ผลต่างของทั้งสอง จุดร้อยละ",
    "opportunities": "จำนวนโอกาส",
    "enrolled": "จำนวนผู้เข้าร่วม",
    "paid_baht": "จ่ายแก่ผู้คนในสัปดาห์นั้น บาท",
}
_INTEGERS = ("week", "opportunities", "enrolled")

RUN = [
    ("scenario", "string", "the scenario's short name", "ชื่อย่อของสถานการณ์"),
    ("digest", "string", "sha256 of the scenario with all changes put in", "sha256 ของสถานการณ์รวมค่าที่เปลี่ยนทั้งหมด"),
    ("seed", "integer", "root seed", "เลขสุ่มตั้งต้น"),
    ("arm", "string", "name of the arm", "ชื่อทางเลือก"),
    ("replicate", "integer", "which simulated society, from 0", "สังคมจำลองลำดับที่เท่าใด เริ่มที่ 0"),
    ("run_id", "string", "the run, as in the tables of a comparison", "รหัสของรอบ ตามตารางของการเปรียบเทียบ"),
    *BEHIND_RUN,
    ("outcomes", "object", "outcomes of the run; empty for an arm without schemes", "ผลของรอบ ว่างเมื่อไม่มีมาตรการ"),
    *((f"outcomes.{name}", "number or null", en, th) for name, en, th in _OUTCOMES),
    ("trajectory", "array", "one row for each week and behaviour", "หนึ่งแถวต่อสัปดาห์และพฤติกรรม"),
    ("trajectory[]", "object", "one week", "หนึ่งสัปดาห์"),
    *(
        (
            f"trajectory[].{c.name}",
            "integer" if c.name in _INTEGERS else "string" if c.name == "behaviour" else "number or null",
            c.meaning,
            _WEEKLY_TH[c.name],
        )
        for c in TABLES["trajectory"]
    ),
]
SHOW_TABLE = [
    ("table", "string", "name of the table", "ชื่อตาราง"),
    ("rows", "array", "its rows", "แถวของตาราง"),
    ("rows[]", "object", "one row, by column: [python.md](python.md)", "หนึ่งแถว ตามคอลัมน์: [python.md](python.md)"),
    ("rows[].COLUMN", "string, number, integer, boolean or null", "a value", "ค่าหนึ่งค่า"),
]
