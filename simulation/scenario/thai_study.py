"""What the keys of [study] and [[observed]] are called and mean in Thai, and in English where the class does not say it."""

from __future__ import annotations

from simulation.scenario.wording import Words

CLASSES: dict[str, Words] = {
    "Study": Words("งานวิจัย", "การทดลองที่ตีพิมพ์แล้วซึ่งสถานการณ์นี้จำลองซ้ำ"),
    "Published": Words("หน่วยที่ตีพิมพ์", "แปลงตัวเลขที่ตีพิมพ์เป็นสัดส่วนของโอกาส โดยสัดส่วนเท่ากับตัวเลขหารด้วย scale"),
    "StudyArm": Words("สิ่งที่รู้ของทางเลือก", "สิ่งที่รู้อยู่ก่อนเกี่ยวกับทางเลือก นอกเหนือจากมาตรการ"),
    "Assumed": Words("ค่าที่สมมุติ", "ค่าตั้งต้นที่จำมา ไม่ได้อ่านจากแหล่งที่มา พร้อมช่วงที่เป็นไปได้"),
    "Observed": Words("ค่าที่ตีพิมพ์", "ตัวเลขที่ตีพิมพ์ของทางเลือกหนึ่ง"),
}

KEYS: dict[str, Words] = {
    "Study.citation": Words("รายการอ้างอิง", "รายการอ้างอิงฉบับเต็ม", "The full reference."),
    "Study.doi": Words("ดีโอไอ", "รหัส DOI ของบทความ", "The article's DOI."),
    "Study.setting": Words("บริบท", "ทดลองที่ใด เมื่อใด", "Where and when it was run."),
    "Study.known_beforehand": Words(
        "สิ่งที่รู้ก่อน", "ผลใดที่รู้อยู่ก่อนจำลอง", "What of its results was known before it was simulated."
    ),
    "Study.role": Words(
        "หน้าที่",
        "calibrate ใช้ปรับพารามิเตอร์ได้ test ทำนายก่อน และยังไม่ใช้ปรับจนกว่าจะบันทึกคะแนนครั้งแรก",
        "calibrate: parameters may be fitted to it; test: predicted first, and fitted to only once that is on record.",
    ),
    "Study.currency": Words(
        "สกุลเงิน",
        "สกุลเงินของทุกจำนวนเงินในไฟล์ รวมคีย์ที่มีคำว่า baht ทุกคนมีค่าจ้างของตนเอง และไม่แสดงต้นทุน",
        "What all amounts of the file are counted in, keys that say baht too; everybody has a wage, and no cost is shown.",
    ),
    "Study.sample": Words("จำนวนคน", "จำนวนคนในการทดลอง", unit="persons"),
    "Study.outcome": Words(
        "หน่วยที่ตีพิมพ์",
        "ตัวเลขที่ตีพิมพ์เป็นสัดส่วนของโอกาสได้อย่างไร ไม่เขียนคือเป็นสัดส่วนอยู่แล้ว",
        "How a published figure becomes a share of opportunities; left out where it is one.",
    ),
    "Study.arms": Words(
        "สิ่งที่รู้ของทางเลือก",
        "สิ่งที่รู้อยู่ก่อนของแต่ละทางเลือก ตามชื่อทางเลือก",
        "What is known of arms beforehand, by their names.",
    ),
    "Study.assumed": Words(
        "ค่าที่สมมุติ", "ค่าตั้งต้นที่จำมา ไม่ได้อ่านจากแหล่งที่มา", "Inputs that were recalled, not read, with their ranges."
    ),
    "Published.scale": Words("ตัวหาร", "ตัวเลขที่ตีพิมพ์หารด้วยค่านี้เป็นสัดส่วนของโอกาส", unit="as published"),
    "Published.unit": Words("หน่วย", "หน่วยของตัวเลขที่ตีพิมพ์", "What the published figures are counted in."),
    "StudyArm.accepted": Words("สัดส่วนที่เข้าร่วม", "สัดส่วนของผู้ได้รับข้อเสนอที่เข้าร่วม คนอื่นทำเหมือนไม่มีมาตรการ", unit="share"),
    "StudyArm.approximation": Words(
        "ค่าประมาณ",
        "เหตุใดมาตรการที่มีจึงแทนทางเลือกนี้ไม่ได้ตรงนัก ทางเลือกเช่นนี้รายงานแยก",
        "Why the schemes cannot express this arm exactly; such arms are reported apart.",
    ),
    "Assumed.key": Words(
        "คีย์", "คีย์เต็มของตัวเลขในไฟล์นี้", "Dotted key of a number in this file, such as world.daily_wage.mean."
    ),
    "Assumed.low": Words("ค่าต่ำ", "ค่าต่ำสุดที่เป็นไปได้", "Lower end of its range.", "as the key"),
    "Assumed.high": Words("ค่าสูง", "ค่าสูงสุดที่เป็นไปได้", "Upper end of its range.", "as the key"),
    "Assumed.why": Words("เหตุผล", "เหตุใดจึงสมมุติ และช่วงมาจากที่ใด", "Why it is assumed, and where the range comes from."),
    "Observed.arm": Words("ทางเลือก", "ทางเลือกที่ตัวเลขนี้เป็นของ", "The arm that the figure belongs to."),
    "Observed.behaviour": Words(
        "พฤติกรรม",
        "พฤติกรรมที่ตัวเลขนี้เป็นของ ต้องเขียนเมื่อมีหลายพฤติกรรม",
        "The behaviour that it belongs to; needed where there are several.",
    ),
    "Observed.reference": Words(
        "ทางเลือกอ้างอิง", "ทางเลือกที่นำมาเทียบ ไม่เขียนคือ control", "The arm that it is compared with; control where left out."
    ),
    "Observed.weeks": Words(
        "สัปดาห์ที่วัด",
        "สัปดาห์แรก และสัปดาห์ถัดจากสัปดาห์สุดท้ายที่วัด ไม่เขียนคือทุกสัปดาห์ที่ดำเนินมาตรการ",
        "First week measured and the one after the last; all weeks of the offer where left out.",
    ),
    "Observed.quantity": Words(
        "ปริมาณ",
        "level ระดับ difference ผลต่างจากทางเลือกอ้างอิง log_odds ผลต่างของล็อกออดส์ odds_ratio อัตราส่วนออดส์ ratio อัตราส่วนของระดับ",
        "level: the arm's own; difference, log_odds, odds_ratio, ratio: of the arm and its reference.",
    ),
    "Observed.value": Words("ค่า", "ตัวเลขที่ตีพิมพ์", unit="as published"),
    "Observed.se": Words(
        "ความคลาดเคลื่อนมาตรฐาน", "ความคลาดเคลื่อนมาตรฐานของค่านี้ ของอัตราส่วนคือของลอการิทึม", unit="as published"
    ),
    "Observed.ci": Words("ช่วงความเชื่อมั่น", "ช่วงความเชื่อมั่นร้อยละ 95 ค่าต่ำ ค่าสูง"),
    "Observed.n": Words("จำนวนคน", "จำนวนคนที่สังเกต", unit="persons"),
    "Observed.provenance": Words(
        "รู้มาอย่างไร",
        "seen อ่านจากแหล่งที่มา computed คำนวณจากตัวเลขหรือข้อมูลดังกล่าว recalled จากความจำ ซึ่งไม่นำมาให้คะแนน",
        "seen: read in the source; computed: from such figures or data; recalled: from memory, and never scored.",
    ),
    "Observed.note": Words("หมายเหตุ", "หมายเหตุของตัวเลขนี้", "A remark on the figure."),
}
