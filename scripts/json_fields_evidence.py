"""What `kwamdee evidence --json` prints, field by field; errors are in log-odds."""

Row = tuple[str, str, str, str]  # path, type, English, Thai

_FIGURES = (
    (
        "crps",
        "score of the predicted distribution (CRPS), smaller is better",
        "คะแนนของการแจกแจงที่ทำนาย (CRPS) ยิ่งน้อยยิ่งดี",
    ),
    ("crps_flat", "the same of the flat mean per kind of incentive", "คะแนนเดียวกันของค่าเฉลี่ยตามชนิดของสิ่งจูงใจ"),
    ("mae", "mean absolute error of the median", "ความคลาดเคลื่อนสัมบูรณ์เฉลี่ยของมัธยฐาน"),
    ("mae_flat", "the same of the flat mean", "ความคลาดเคลื่อนเดียวกันของค่าเฉลี่ยตามชนิด"),
    ("mae_none", "the same of no effect", "ความคลาดเคลื่อนเดียวกันเมื่อบอกว่าไม่มีผล"),
    ("coverage50", "share of figures in the 50% interval", "สัดส่วนที่อยู่ในช่วงร้อยละ 50"),
    ("coverage90", "share of figures in the 90% interval", "สัดส่วนที่อยู่ในช่วงร้อยละ 90"),
)
_COUNTS = (("studies", "studies", "จำนวนการศึกษา"), ("arms", "arms", "จำนวนทางเลือก"))
_BOOTSTRAP = (
    ("mean", "number", "a rule's error less the model's, mean over studies; above 0 the model is better", "ความคลาดเคลื่อนของกฎลบของแบบจำลอง เฉลี่ยทุกการศึกษา มากกว่า 0 คือแบบจำลองดีกว่า"),
    ("se", "number", "its standard error, from drawing studies again", "ความคลาดเคลื่อนมาตรฐาน จากการสุ่มซ้ำการศึกษา"),
    ("low", "number", "lower end of 90%", "ปลายล่างของร้อยละ 90"),
    ("high", "number", "upper end of 90%", "ปลายบนของร้อยละ 90"),
    ("studies", "integer", "studies", "จำนวนการศึกษา"),
)  # fmt: skip


def _part(path: str, en: str, th: str) -> list[Row]:
    """Return the fields of rows scored together; each figure is the mean over studies."""
    return [
        (path, "object or null", en, th),
        *((f"{path}.{name}", "number", *said) for name, *said in _FIGURES),
        (
            f"{path}.spearman",
            "number or null",
            "order of arms in studies of at least 4",
            "ลำดับของทางเลือกในการศึกษาที่มีอย่างน้อย 4 ทางเลือก",
        ),
        (f"{path}.sign", "number", "share of arms whose sign is right", "สัดส่วนของทางเลือกที่ทิศทางถูกต้อง"),
        *((f"{path}.{name}", "integer", *said) for name, *said in _COUNTS),
        (f"{path}.differences", "object", "the model against each rule", "แบบจำลองเทียบกับแต่ละกฎ"),
        *_differences(path),
    ]


def _differences(path: str) -> list[Row]:
    return [
        (f"{path}.differences.RULE", "object or null", "bootstrap over studies", "การสุ่มซ้ำการศึกษา"),
        *((f"{path}.differences.RULE.{name}", *said) for name, *said in _BOOTSTRAP),
    ]


def _given(path: str, en: str, th: str) -> list[Row]:
    return [
        (path, "object or null", en, th),
        (f"{path}.mae", "number", "mean absolute error", "ความคลาดเคลื่อนสัมบูรณ์เฉลี่ย"),
        (
            f"{path}.mae_best_rule",
            "number",
            "half the given arm, half the flat mean",
            "ครึ่งหนึ่งของทางเลือกที่รู้ ครึ่งหนึ่งของค่าเฉลี่ยตามชนิด",
        ),
        (f"{path}.mae_same", "number", "same as the given arm", "เท่ากับทางเลือกที่รู้"),
        (f"{path}.mae_flat", "number", "flat mean", "ค่าเฉลี่ยตามชนิด"),
        (
            f"{path}.mae_flat_shift",
            "number",
            "flat mean plus the given arm's distance from it",
            "ค่าเฉลี่ยตามชนิดเลื่อนตามทางเลือกที่รู้",
        ),
        (f"{path}.mae_none", "number", "no effect", "ไม่มีผล"),
        (f"{path}.crps", "number", "score of the predicted distribution", "คะแนนของการแจกแจงที่ทำนาย"),
        (f"{path}.coverage50", "number", "share in the 50% interval", "สัดส่วนที่อยู่ในช่วงร้อยละ 50"),
        (f"{path}.coverage90", "number", "share in the 90% interval", "สัดส่วนที่อยู่ในช่วงร้อยละ 90"),
        (f"{path}.studies", "integer", "studies with at least two arms", "จำนวนการศึกษาที่มีอย่างน้อยสองทางเลือก"),
        (f"{path}.differences", "object", "the model against each rule", "แบบจำลองเทียบกับแต่ละกฎ"),
        *_differences(path),
    ]


EVIDENCE: list[Row] = [
    *_part("zero_shot", "studies that calibrate, each predicted without itself; in a folder of one's own those of either role, none of which the parameters have seen; all studies where that leaves none", "การศึกษาที่ใช้ปรับเทียบ ทำนายทีละการศึกษาโดยไม่ใช้ตัวเอง ในโฟลเดอร์ของท่านเองคือการศึกษาของทั้งสองบทบาท ซึ่งค่ากำหนดไม่เคยเห็น หรือทุกการศึกษาถ้าไม่เหลือการศึกษาใด"),
    *_given("one_arm_given", "the first arm of a study known, as from a pilot, the others predicted", "รู้ผลของทางเลือกแรกในการศึกษาเหมือนรู้จากโครงการนำร่อง แล้วทำนายทางเลือกอื่น"),
    *_given("each_arm_given", "the same with every arm the known one in turn", "เช่นเดียวกัน โดยให้ทุกทางเลือกเป็นทางเลือกที่รู้ทีละทางเลือก"),
    *_part("first_test", "studies when first seen, by the prediction written then", "การศึกษาเมื่อเห็นครั้งแรก ตามคำทำนายที่เขียนไว้ครั้งนั้น"),
    ("dellavigna_pope", "object or null", "presses, from the control and two piece rates", "จำนวนครั้งที่กด จากกลุ่มควบคุมและค่าจ้างต่อชิ้นสองอัตรา"),
    ("dellavigna_pope.mae", "number", "mean absolute error", "ความคลาดเคลื่อนสัมบูรณ์เฉลี่ย"),
    ("dellavigna_pope.mean_expert", "number", "of the mean of 208 experts", "ของค่าเฉลี่ยของผู้เชี่ยวชาญ 208 คน"),
    ("dellavigna_pope.individual_expert", "number", "of one expert", "ของผู้เชี่ยวชาญหนึ่งคน"),
    *_part("all", "every study asked for", "ทุกการศึกษาที่ขอ"),
    *_part("exact", "arms that the library expresses exactly", "ทางเลือกที่ระบบแสดงได้ตรง"),
    *_part("approximated", "arms coded as their nearest form", "ทางเลือกที่ใช้รูปแบบที่ใกล้ที่สุด"),
    ("studies", "integer", "studies", "จำนวนการศึกษา"),
    ("arms", "integer", "arms, one a row", "จำนวนทางเลือก แถวละหนึ่ง"),
    ("not_scored", "integer", "published figures that are listed and not scored", "ผลที่ตีพิมพ์ที่แสดงไว้แต่ไม่ให้คะแนน"),
    ("not_scored_figures", "array", "these figures", "ผลเหล่านั้น"),
    ("not_scored_figures[]", "object", "one figure", "ผลหนึ่งค่า"),
    ("not_scored_figures[].study", "string", "its study", "การศึกษา"),
    ("not_scored_figures[].arm", "string", "its arm", "ทางเลือก"),
    ("not_scored_figures[].behaviour", "string", "its behaviour", "พฤติกรรม"),
    ("not_scored_figures[].weeks", "array", "first week and the one after the last", "สัปดาห์แรก และสัปดาห์ถัดจากสัปดาห์สุดท้าย"),
    ("not_scored_figures[].weeks[]", "integer", "a week", "สัปดาห์"),
    ("not_scored_figures[].why", "object", "why it is not scored", "เหตุที่ไม่ให้คะแนน"),
    ("not_scored_figures[].why.en", "string", "in English", "ภาษาอังกฤษ"),
    ("not_scored_figures[].why.th", "string", "in Thai", "ภาษาไทย"),
    ("remarks", "array", "what to look at again in studies of one's own; empty for the shipped ones", "สิ่งที่ควรตรวจอีกครั้งในการศึกษาของท่านเอง ว่างสำหรับการศึกษาที่มากับโปรแกรม"),
    ("remarks[]", "object", "one remark", "ข้อสังเกตหนึ่งข้อ"),
    ("remarks[].en", "string", "in English", "ภาษาอังกฤษ"),
    ("remarks[].th", "string", "in Thai", "ภาษาไทย"),
    ("variants", "integer or null", "structural variants of the law that were tried", "จำนวนแบบของกฎที่ลองแล้ว"),
    ("parameters", "string or null", "what made the parameters", "ที่มาของค่าพารามิเตอร์"),
    ("stale", "boolean", "the parameters do not fit code or studies", "ค่าพารามิเตอร์ไม่ตรงกับโปรแกรมหรือการศึกษา"),
    ("by_study", "array of objects", "scores of each study", "คะแนนของแต่ละการศึกษา"),
    ("by_study[]", "object", "one study", "การศึกษาหนึ่ง"),
    ("by_study[].study", "string", "study", "การศึกษา"),
    ("by_study[].arms", "integer", "arms", "จำนวนทางเลือก"),
    *((f"by_study[].{name}", "number", *said) for name, *said in _FIGURES),
    ("by_study[].spearman", "number or null", "order of its arms", "ลำดับของทางเลือก"),
    ("by_study[].own_mae", "number or null", "mean absolute error in its own unit", "ความคลาดเคลื่อนสัมบูรณ์เฉลี่ยในหน่วยของการศึกษา"),
    ("by_study[].unit", "string or null", "that unit", "หน่วยนั้น"),
    ("rows", "array of objects", "one an arm", "ทางเลือกละหนึ่งแถว"),
    ("rows[]", "object", "one arm", "ทางเลือกหนึ่ง"),
    ("rows[].study", "string", "study", "การศึกษา"),
    ("rows[].arm", "string", "arm", "ทางเลือก"),
    ("rows[].behaviour", "string", "behaviour", "พฤติกรรม"),
    ("rows[].weeks", "array of integers", "first week observed, and the week after the last", "สัปดาห์แรกที่สังเกต และสัปดาห์ถัดจากสัปดาห์สุดท้าย"),
    ("rows[].weeks[]", "integer", "week", "สัปดาห์"),
    ("rows[].role", "string", "calibrate or test", "calibrate หรือ test"),
    ("rows[].family", "string", "kind of incentive for the flat mean", "ชนิดของสิ่งจูงใจสำหรับค่าเฉลี่ยตามชนิด"),
    ("rows[].predicted", "number", "median", "มัธยฐาน"),
    ("rows[].low", "number", "lower end of 90%", "ปลายล่างของร้อยละ 90"),
    ("rows[].high", "number", "upper end of 90%", "ปลายบนของร้อยละ 90"),
    ("rows[].observed", "number", "published", "ค่าที่ตีพิมพ์"),
    ("rows[].se", "number", "its standard error, the reference's within", "ความคลาดเคลื่อนมาตรฐาน รวมของกลุ่มอ้างอิง"),
    ("rows[].observed_low", "number", "lower end of 95%", "ปลายล่างของร้อยละ 95"),
    ("rows[].observed_high", "number", "upper end of 95%", "ปลายบนของร้อยละ 95"),
    ("rows[].inside", "boolean", "observed within low and high", "ค่าที่สังเกตได้อยู่ในช่วงที่ทำนาย"),
    ("rows[].crps", "number", "score of the predicted distribution", "คะแนนของการแจกแจงที่ทำนาย"),
    ("rows[].flat", "number", "the flat mean's prediction", "ค่าทำนายของค่าเฉลี่ยตามชนิด"),
    ("rows[].crps_flat", "number", "its score", "คะแนนของค่าเฉลี่ยตามชนิด"),
    ("rows[].approximation", "string or null", "why the arm is coded as its nearest form", "เหตุที่ใช้รูปแบบที่ใกล้ที่สุด"),
    ("rows[].unit", "string or null", "the study's own unit", "หน่วยของการศึกษา"),
    ("rows[].own_error", "number or null", "absolute error in that unit", "ความคลาดเคลื่อนสัมบูรณ์ในหน่วยนั้น"),
    ("rows[].provenance", "string", "seen or computed", "seen หรือ computed"),
]  # fmt: skip
