"""What `kwamdee calibrate --json` and `kwamdee evidence --without TERM --json` print, field by field."""

Row = tuple[str, str, str, str]  # path, type, English, Thai

CALIBRATE: list[Row] = [
    ("format", "integer", "version of this object", "รุ่นของข้อมูลชุดนี้"),
    ("studies", "array of strings", "studies that the posterior was fitted to", "งานวิจัยที่ใช้ปรับเทียบค่าหลังข้อมูล"),
    ("studies[]", "string", "name of a study", "ชื่องานวิจัย"),
    ("arms", "integer", "their figures", "จำนวนค่าของงานวิจัยเหล่านั้น"),
    ("first_studies", "array of strings", "studies that calibrate, each left out once", "งานวิจัยที่ใช้ปรับเทียบรอบแรก ตัดออกทีละงาน"),
    ("first_studies[]", "string", "name of a study", "ชื่องานวิจัย"),
    ("first_arms", "integer", "their figures", "จำนวนค่าของงานวิจัยรอบแรก"),
    ("identity", "string", "digest of rows, figures, priors and settings", "ค่าแฮชของแถว ค่าที่สังเกต ค่าก่อนข้อมูล และการตั้งค่า"),
    ("code", "string", "digest of the code", "ค่าแฮชของโปรแกรม"),
    ("settings", "object", "lengths and seed of the chains", "ความยาวและเมล็ดสุ่มของลูกโซ่"),
    ("settings.seed", "integer", "seed", "เมล็ดสุ่ม"),
    ("settings.warmup", "integer", "steps of adaptation of a chain with all rows", "จำนวนก้าวปรับตัวของลูกโซ่ที่ใช้ทุกแถว"),
    ("settings.draws", "integer", "draws of such a chain", "จำนวนค่าสุ่มของลูกโซ่นั้น"),
    ("settings.without", "array of strings", "terms of the law left out; none here", "พจน์ที่ตัดออก ในที่นี้ไม่มี"),
    ("made_with", "array of strings", "versions that made the chains", "รุ่นของเครื่องมือที่ใช้"),
    ("made_with[]", "string", "versions and machine", "รุ่นและชนิดเครื่อง"),
    ("parameters", "object", "each parameter of the law", "พารามิเตอร์แต่ละตัวของแบบจำลอง"),
    ("parameters.NAME", "object", "a parameter", "พารามิเตอร์ตัวหนึ่ง"),
    ("parameters.NAME.low", "number", "lower end of 90%", "ปลายล่างของร้อยละ 90"),
    ("parameters.NAME.median", "number", "median", "มัธยฐาน"),
    ("parameters.NAME.high", "number", "upper end of 90%", "ปลายบนของร้อยละ 90"),
    ("parameters.NAME.effective_draws", "number", "independent draws that would say as much", "จำนวนค่าสุ่มอิสระที่ให้ข้อมูลเท่ากัน"),
    ("parameters.NAME.r_hat", "number", "how far the chains differ; 1 where they agree", "ความต่างระหว่างลูกโซ่ เท่ากับ 1 เมื่อตรงกัน"),
    ("parameters.NAME.moved_most_by", "string or null", "study that moves it most when left out", "งานวิจัยที่ทำให้ค่านี้เปลี่ยนมากที่สุดเมื่อตัดออก"),
    ("parameters.NAME.moved_by_sd", "number or null", "by how many standard deviations", "เปลี่ยนไปกี่ส่วนเบี่ยงเบนมาตรฐาน"),
    ("divergent", "integer", "draws that diverged", "จำนวนค่าสุ่มที่ลู่ออก"),
    ("draws", "integer", "draws of all chains", "จำนวนค่าสุ่มของทุกลูกโซ่"),
]  # fmt: skip

WITHOUT: list[Row] = [
    ("term", "string", "term of the law that was left out", "พจน์ของแบบจำลองที่ตัดออก"),
    ("mae", "number", "mean absolute error without it, studies not seen", "ความคลาดเคลื่อนสัมบูรณ์เฉลี่ยเมื่อตัดออก ในงานวิจัยที่ไม่ได้ใช้ปรับเทียบ"),
    ("crps", "number", "score of the predicted distribution without it", "คะแนนของการแจกแจงที่ทำนายเมื่อตัดออก"),
    ("coverage90", "number", "share of figures in the 90% interval without it", "สัดส่วนที่อยู่ในช่วงร้อยละ 90 เมื่อตัดออก"),
    ("mae_with", "number", "mean absolute error with it", "ความคลาดเคลื่อนสัมบูรณ์เฉลี่ยเมื่อมีพจน์นี้"),
    ("crps_with", "number", "score with it", "คะแนนเมื่อมีพจน์นี้"),
    ("crps_worse", "number", "by how much the score is worse without it", "คะแนนแย่ลงเท่าใดเมื่อตัดออก"),
    ("crps_worse_se", "number", "its standard error, from drawing studies again", "ความคลาดเคลื่อนมาตรฐาน จากการสุ่มซ้ำงานวิจัย"),
    ("mae_worse", "number", "by how much the error is larger without it", "ความคลาดเคลื่อนเพิ่มขึ้นเท่าใดเมื่อตัดออก"),
    ("mae_worse_se", "number", "its standard error", "ความคลาดเคลื่อนมาตรฐาน"),
    ("earns_its_place", "boolean", "whether the score is worse by more than one standard error", "คะแนนแย่ลงเกินหนึ่งความคลาดเคลื่อนมาตรฐานหรือไม่"),
]  # fmt: skip
