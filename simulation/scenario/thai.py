"""What each key of the format is called and means in Thai, and in English where its class has no words of its own.

A scheme brings its words itself: its `label` and `what`, and `unit(...)` beside each of its parameters.
"""

from __future__ import annotations

from simulation.scenario import thai_study
from simulation.scenario.wording import Words

UNITS = {
    "share": "สัดส่วน",
    "share of opportunities": "สัดส่วนของโอกาส",
    "baht": "บาท",
    "baht a week": "บาทต่อสัปดาห์",
    "baht a month": "บาทต่อเดือน",
    "baht a day": "บาทต่อวัน",
    "baht an act": "บาทต่อครั้ง",
    "baht for each baht": "บาทต่อบาท",
    "days of own wage": "วันของค่าจ้างตนเอง",
    "ties a person": "เส้นโยงต่อคน",
    "weeks": "สัปดาห์",
    "years": "ปี",
    "week": "สัปดาห์ที่ นับจาก 0",
    "times a week": "ครั้งต่อสัปดาห์",
    "acts a month": "ครั้งต่อเดือน",
    "chance": "โอกาสเกิด",
    "chance a week": "โอกาสเกิดต่อสัปดาห์",
    "percentage points": "จุดร้อยละ",
    "persons": "คน",
    "people or households": "คนหรือครัวเรือน",
    "members": "คน",
    "simulated societies": "สังคมจำลอง",
    "localities": "พื้นที่",
    "logit": "โลจิต",
    "logit a year": "โลจิตต่อปี",
    "logit per hour": "โลจิตต่อชั่วโมง",
    "logit per share": "โลจิตต่อสัดส่วน",
    "ln units": "หน่วยลอการิทึม",
    "factor": "ตัวคูณ",
    "hours": "ชั่วโมง",
    "index": "ดัชนี",
    "whole number": "จำนวนเต็ม",
    "as published": "ตามที่ตีพิมพ์",
    "as the key": "ตามคีย์",
}
"""Thai for the units that the format uses."""

_MARK = Words(
    "เครื่องหมายที่มา",
    "V เห็นในแหล่งที่มา D คำนวณจากตัวเลขดังกล่าว L ความเชื่อมั่นต่ำ R จากความจำ design ค่าที่เลือกเอง",
    "V seen in the source, D derived from such figures, L low confidence, R recalled, design a chosen value.",
)
_SOURCE = Words("แหล่งที่มา", "แหล่งที่มาของตัวเลขในตารางนี้", "Where the numbers of this table come from.")

CLASSES: dict[str, Words] = {
    "Scenario": Words(
        "สถานการณ์",
        "คำถามหนึ่งข้อ สังคมจำลองที่ใช้ตอบ และทางเลือกที่นำมาเทียบกัน",
        "A question, a society to answer it in, and the arms that are compared.",
    ),
    "About": Words("เกี่ยวกับ", "สถานการณ์นี้เกี่ยวกับอะไร เป็นคำพูด"),
    "Text": Words("ข้อความ", "ข้อความที่ผู้อ่านเห็น เป็นภาษาอังกฤษและภาษาไทย"),
    "Run": Words("การจำลอง", "จำลองนานเท่าใด กี่สังคม จากเลขสุ่มใด และผลขนาดใดจึงมีความหมาย"),
    "WorldSpec": Words("สังคม", "พลเมืองอายุ 15 ปีขึ้นไปหากไม่ระบุให้น้อยกว่านั้น หรือผู้ใหญ่หนึ่งคนที่ตัดสินใจแทนครัวเรือน"),
    "Files": Words("ตารางของตนเอง", "ตารางของสังคมของตนเอง สิ่งที่ตารางไม่บอกจะสุ่มให้ ที่อยู่ไฟล์นับจากโฟลเดอร์ของไฟล์สถานการณ์"),
    "DailyWage": Words("ค่าจ้างรายวัน", "ค่าจ้างรายวันของตนเอง แจกแจงแบบลอการิทึมปรกติด้วยค่าเฉลี่ยและสัมประสิทธิ์จีนีนี้"),
    "Localities": Words("พื้นที่", "พื้นที่ เช่น เขตหรือหมู่บ้าน ซึ่งมีขนาดใกล้เคียงกัน"),
    "Organisations": Words("องค์กร", "องค์กร เช่น โรงเรียน ที่ทำงาน วัด กลุ่ม และสมาชิก"),
    "Sectors": Words("ภาคส่วน", "สัดส่วนขององค์กรตามภาคส่วน รวมกันได้ 1"),
    "Ties": Words("ความสัมพันธ์", "จำนวนเส้นโยงเฉลี่ยต่อคนในแต่ละชั้น และความคล้ายและความแน่นแฟ้นของเพื่อน"),
    "Behaviour": Words("พฤติกรรม", "พฤติกรรมหนึ่ง ทำบ่อยเพียงใดเมื่อไม่มีมาตรการ และมีโอกาสทำบ่อยเพียงใด"),
    "Arm": Words("ทางเลือก", "ชุดมาตรการหนึ่งชุด control ไม่มีมาตรการ"),
    "Adoption": Words("การตัดสินใจดำเนินมาตรการ", "องค์กรหรือพื้นที่ตัดสินใจทุก 4 สัปดาห์ว่าจะดำเนินมาตรการหรือไม่"),
    "Schedule": Words("กำหนดเวลา", "สัปดาห์ที่ดำเนินมาตรการ อาจเพิ่มขึ้นและลดลงทีละขั้น และอาจมีเฉพาะบางฤดูกาล"),
    "Enrolment": Words("การเข้าร่วม", "เข้าร่วมอัตโนมัติหรือสมัครเอง การออกทำได้เสมอและไม่มีค่าใช้จ่าย"),
    "Target": Words("ผู้มีสิทธิ์", "ทุกคน หรือผู้ที่ตรงทุกเงื่อนไขที่ระบุ"),
    "Season": Words("ฤดูกาล", "สัปดาห์ของปี 52 สัปดาห์ที่ดำเนินมาตรการ นับจากสัปดาห์ที่ 0 ของการจำลอง ข้ามปีได้"),
    "Channels": Words(
        "ช่องทาง",
        "เข้าถึงผู้มีสิทธิ์ทางใด ไม่เขียนคือเข้าถึงทุกคนโดยไม่มีค่าใช้จ่าย ผู้ที่ไม่มีช่องทางใดเข้าถึงมีสิทธิ์แต่ไม่ได้เข้าร่วม",
    ),
    "Checks": Words(
        "การตรวจสอบ",
        "สัดส่วนของการแจ้งที่ถูกตรวจ โอกาสที่การตรวจผิดพลาดทั้งสองทาง และค่าตรวจ",
    ),
    "LawSpec": Words("กฎของพฤติกรรม", "ผลข้างเคียงและแบบจำลองย่อยทางเลือก ซึ่งเปิดปิดหรือปรับได้ ไม่เขียนคือกฎเดิม"),
    "Rights": Words("สิทธิ", "สิ่งที่คุ้มครองคนในผลที่เผยแพร่"),
    **thai_study.CLASSES,
}
"""Title and meaning of each table; the English is the class's docstring where none stands here."""

KEYS: dict[str, Words] = {
    "Scenario.format": Words("รูปแบบ", "รุ่นของรูปแบบไฟล์ เขียน 1 เสมอ", "Version of the file format; always 1."),
    "Scenario.extends": Words(
        "ต่อยอดจาก",
        "ไฟล์สถานการณ์อื่น นับจากโฟลเดอร์ของไฟล์นี้ หรือชื่อสถานการณ์ที่มีให้ สิ่งที่เขียนในไฟล์นี้มาก่อน",
        "Another scenario, a file from the folder of this one or a shipped name; what this file says comes first.",
    ),
    "Scenario.drop": Words(
        "ตัดออก",
        'คีย์ที่สืบทอดมาและไม่ใช้ เช่น "arms.recognition"',
        'Inherited keys that are left out, such as "arms.recognition".',
    ),
    "Scenario.about": Words("เกี่ยวกับ", "ชื่อเรื่องและคำถาม", "Title and question."),
    "Scenario.run": Words("การจำลอง", "ระยะเวลา จำนวนสังคมจำลอง เลขสุ่มตั้งต้น", "Horizon, simulated societies, seed."),
    "Scenario.world": Words(
        "สังคม", "สถานที่ พลเมือง รายได้ พื้นที่ องค์กร ความสัมพันธ์", "Place, citizens, income, localities, organisations, ties."
    ),
    "Scenario.behaviours": Words(
        "พฤติกรรม", "พฤติกรรมที่สนใจ ตั้งชื่อเอง", "The behaviours in question, by names of your own."
    ),
    "Scenario.arms": Words(
        "ทางเลือก",
        "ทางเลือกที่นำมาเทียบกัน ตั้งชื่อเอง ต้องมี control ที่ไม่มีมาตรการ",
        "What is compared, by names of your own; one is control, without schemes.",
    ),
    "Scenario.law": Words(
        "กฎของพฤติกรรม",
        "ผลข้างเคียงและแบบจำลองย่อยทางเลือกที่เปิดปิดหรือปรับได้ ดู docs/law.th.md",
        "Side effects and rival submodels that are switched or turned; see docs/law.md.",
    ),
    "Scenario.rights": Words("สิทธิ", "สิ่งที่คุ้มครองคนในผลที่เผยแพร่", "What protects people in what is published."),
    "Scenario.study": Words("งานวิจัย", "การทดลองที่ตีพิมพ์แล้วซึ่งจำลองซ้ำ", "The published experiment that is replayed."),
    "Scenario.observed": Words("ค่าที่ตีพิมพ์", "ตัวเลขที่ตีพิมพ์ของแต่ละทางเลือก", "Published figures of the arms."),
    "Scenario.sources": Words(
        "ที่มาของค่า",
        "ที่มาหรือช่วงที่เป็นไปได้ของค่า ตามชื่อคีย์เต็ม",
        "Source or plausible range of a value, by its dotted key.",
    ),
    "Scenario.cost_ceiling_baht": Words("เพดานต้นทุน", "ต้นทุนต่อการกระทำที่เพิ่มหนึ่งครั้งที่ยอมรับได้สูงสุด ก่อนจะถือว่ามาตรการแพงเกินไป"),
    "About.title": Words("ชื่อเรื่อง", "ชื่อเรื่องของสถานการณ์", "Title of the scenario."),
    "About.question": Words("คำถาม", "คำถามที่สถานการณ์นี้ตอบ", "The question that the scenario asks."),
    "Text.en": Words("ภาษาอังกฤษ", "ข้อความภาษาอังกฤษ", "The text in English."),
    "Text.th": Words(
        "ภาษาไทย", "ข้อความภาษาไทย ถ้าไม่มีจะใช้ภาษาอังกฤษ", "The text in Thai; English is shown where there is none."
    ),
    "Run.weeks": Words("ระยะเวลาจำลอง", "จำนวนสัปดาห์ที่จำลองทั้งหมด รวมช่วงหลังสิ้นสุดมาตรการ", unit="weeks"),
    "Run.replicates": Words("จำนวนสังคมจำลอง", "จำนวนสังคมจำลองที่ใช้เทียบทุกทางเลือก", unit="simulated societies"),
    "Run.seed": Words("เลขสุ่มตั้งต้น", "เลขเดียวกันให้ผลเดียวกันทุกบิต", unit="whole number"),
    "Run.smallest_effect_pp": Words(
        "ผลเล็กที่สุดที่มีความหมาย", "ผลที่เล็กกว่านี้ถือว่าไม่ต่างกัน เป็นค่าที่เลือกเอง", unit="percentage points"
    ),
    "WorldSpec.place": Words("สถานที่", "รหัสจังหวัด ISO 3166-2 เช่น TH-10 หรือชื่อ"),
    "WorldSpec.citizens": Words("จำนวนพลเมือง", "จำนวนพลเมืองหรือครัวเรือนที่จำลอง", unit="people or households"),
    "WorldSpec.decider": Words(
        "ผู้ตัดสินใจ",
        "citizen พลเมืองแต่ละคน household ผู้ใหญ่หนึ่งคนตัดสินใจแทนครัวเรือน",
        "citizen: each for oneself; household: one adult answers for each household.",
    ),
    "WorldSpec.youngest": Words("อายุน้อยที่สุด", "อายุของพลเมืองที่อายุน้อยที่สุด 6 ถึง 15 ปี ผู้มีอายุต่ำกว่า 15 ปีมีผู้ปกครอง", unit="years"),
    "WorldSpec.daily_wage": Words("ค่าจ้างรายวัน", "ค่าเฉลี่ยและการกระจายของค่าจ้าง", "Mean and spread of wages."),
    "WorldSpec.online": Words("การใช้อินเทอร์เน็ต", "สัดส่วนผู้ใช้อินเทอร์เน็ตตามช่วงอายุ", unit="share"),
    "WorldSpec.urban": Words("เมือง", "สัดส่วนผู้อยู่ในเขตเทศบาล"),
    "WorldSpec.localities": Words("พื้นที่", "จำนวนพื้นที่และคำเรียก", "How many localities, and what one is called."),
    "WorldSpec.organisations": Words(
        "องค์กร",
        "ขนาดเฉลี่ยและภาคส่วนขององค์กร ถ้าไม่เขียนจะไม่มีองค์กร",
        "Size and sectors of organisations; none where it is left out.",
    ),
    "WorldSpec.ties": Words("ความสัมพันธ์", "ใครรู้จักใคร กี่คนในแต่ละชั้น", "Who knows whom: how many in each layer."),
    "WorldSpec.files": Words(
        "ตารางของตนเอง",
        "ตารางพลเมือง ความสัมพันธ์ องค์กร หรือพื้นที่ของตนเอง",
        "Tables of citizens, ties, organisations or localities of one's own.",
    ),
    "Files.citizens": Words("ตารางพลเมือง", "ตารางพลเมือง CSV หรือ Parquet แถวละคน"),
    "Files.ties": Words("ความสัมพันธ์", "เส้นโยง เป็น GraphML หรือรายการเส้นโยง CSV หรือ Parquet"),
    "Files.organisations": Words("ตารางองค์กร", "ตารางองค์กร CSV หรือ Parquet"),
    "Files.localities": Words("ตารางพื้นที่", "ตารางพื้นที่ CSV หรือ Parquet"),
    "Files.sha256": Words("รหัสของตาราง", "รหัสของสิ่งที่อ่าน Kwamdee เขียนเอง"),
    "DailyWage.mean": Words("ค่าเฉลี่ย", "ค่าจ้างเฉลี่ยต่อวัน", unit="baht a day"),
    "DailyWage.gini": Words("สัมประสิทธิ์จีนี", "ความเหลื่อมล้ำของค่าจ้าง", unit="index"),
    "Localities.number": Words("จำนวนพื้นที่", "มีพื้นที่กี่แห่ง", unit="localities"),
    "Localities.of": Words(
        "อยู่ที่ใด",
        "place อยู่ในที่เดียว provinces กระจายอยู่ใน 77 จังหวัดตามจำนวนประชากรในทะเบียนราษฎร",
        "place: all in one place; provinces: in the 77 provinces, by registered population.",
    ),
    "Localities.name": Words("คำเรียกพื้นที่", "เรียกพื้นที่หนึ่งแห่งว่าอะไร เช่น district"),
    "Organisations.mean_size": Words("ขนาดเฉลี่ย", "จำนวนสมาชิกเฉลี่ยขององค์กร", unit="members"),
    "Organisations.sectors": Words(
        "ภาคส่วน", "สัดส่วนขององค์กรภาครัฐ เอกชน และประชาสังคม", "Shares of public, private and civil organisations."
    ),
    "Sectors.public": Words("ภาครัฐ", "สัดส่วนองค์กรภาครัฐ"),
    "Sectors.private": Words("ภาคเอกชน", "สัดส่วนองค์กรภาคเอกชน"),
    "Sectors.civil": Words("ภาคประชาสังคม", "สัดส่วนองค์กรภาคประชาสังคม"),
    "Ties.household": Words("ครัวเรือน", "จำนวนคนเฉลี่ยในครัวเรือน", unit="persons"),
    "Ties.work": Words("ที่ทำงาน", "จำนวนเพื่อนร่วมงานเฉลี่ย"),
    "Ties.neighbourhood": Words("เพื่อนบ้าน", "จำนวนเพื่อนบ้านเฉลี่ย"),
    "Ties.wide": Words("ทั่วไป", "จำนวนคนรู้จักที่อื่นเฉลี่ย"),
    "Ties.homophily_age": Words("วัยใกล้กัน", "สัดส่วนของคนรู้จักทั่วไปที่อยู่ในช่วงอายุเดียวกัน"),
    "Ties.clustering": Words("ความเกาะกลุ่ม", "เพื่อนของเพื่อนรู้จักกันมากเพียงใด เท่าที่จำนวนเส้นโยงเอื้อ"),
    "Ties.generator": Words(
        "วิธีวางเส้นโยง",
        "layers เป็นชั้นแบบเมือง หรือนอกครัวเรือนมีเส้นโยงเท่ากันแต่วางเป็น ring วงแหวน small-world โลกใบเล็ก random สุ่ม "
        "scale-free ไร้สเกล blocks แบบกลุ่ม",
    ),
    "Behaviour.title": Words("ชื่อพฤติกรรม", "ชื่อที่ใช้ในรายงาน", "What reports call it."),
    "Behaviour.baseline": Words("อัตราเดิม", "สัดส่วนของโอกาสที่ลงมือทำเมื่อไม่มีมาตรการ", unit="share of opportunities"),
    "Behaviour.opportunities_per_week": Words("โอกาสต่อสัปดาห์", "จำนวนเต็ม 1-14 หรือน้อยกว่า 1", unit="times a week"),
    "Behaviour.dynamics": Words(
        "ลักษณะการตัดสินใจ",
        "flow ตัดสินใจใหม่ทุกโอกาส sticky ทำเหมือนเดิมจนกว่าจะตัดสินใจใหม่",
        "flow: decided anew at each opportunity; sticky: kept until it is decided again.",
    ),
    "Behaviour.intrinsic": Words("เหตุผลในใจ", "สัดส่วนของเหตุผลในใจที่รางวัลอาจเบียดออก"),
    "Behaviour.visible": Words("การมองเห็น", "ผู้อื่นเห็นการกระทำนี้มากเพียงใด"),
    "Behaviour.spread": Words("ความต่างของคน", "คนมีแรงจูงใจต่างกันมากเพียงใด", unit="logit"),
    "Behaviour.redecision": Words("โอกาสตัดสินใจใหม่", "โอกาสต่อสัปดาห์ที่จะตัดสินใจใหม่ ใช้กับ sticky เท่านั้น", unit="chance a week"),
    "Behaviour.trend_per_year": Words("แนวโน้มต่อปี", "แนวโน้มร่วมของทุกคน", unit="logit a year"),
    "Behaviour.virtue": Words("คุณธรรม", "คุณธรรมหลักที่พฤติกรรมนี้สนับสนุน พฤติกรรมที่รู้จักแล้วใช้ตามตาราง"),
    "Behaviour.sdg_targets": Words("เป้าหมาย SDG", "เป้าหมายย่อย SDG ที่พฤติกรรมนี้สนับสนุน พฤติกรรมที่รู้จักแล้วใช้ตามตาราง"),
    "Behaviour.sensitive": Words(
        "ข้อมูลอ่อนไหว",
        "การทำพฤติกรรมนี้เผยเรื่องใดของผู้ทำ เช่น health สุขภาพ religion ศาสนา",
        "What the act reveals of whoever does it, such as health or religion; a reward to persons then asks for explicit consent.",
    ),
    "Behaviour.reports_persons": Words("กล่าวหาผู้อื่น", "true ถ้าการทำพฤติกรรมนี้เป็นการแจ้งหรือกล่าวหาผู้อื่น จะให้รางวัลแก่บุคคลไม่ได้"),
    "Behaviour.hours_per_act": Words("ชั่วโมงต่อครั้ง", "การทำหนึ่งครั้งใช้กี่ชั่วโมง ถ้าไม่เขียนใช้ค่าในตารางพฤติกรรม", unit="hours"),
    "Behaviour.substitutes": Words("พฤติกรรมทดแทน", "พฤติกรรมซึ่งชั่วโมงที่เพิ่มขึ้นดึงไปจากพฤติกรรมนี้ ใช้กับ displacement ใน [law]"),
    "Arm.title": Words("ชื่อทางเลือก", "ชื่อที่ใช้ในรายงาน", "What reports call it."),
    "Arm.schemes": Words(
        "มาตรการ",
        "มาตรการของทางเลือกนี้ ตั้งชื่อเอง ว่างไว้สำหรับ control",
        "The schemes of this arm, by names of your own; none for control.",
    ),
    "Arm.combine": Words(
        "การรวมมาตรการ",
        "เมื่อมีหลายมาตรการมุ่งพฤติกรรมเดียวกัน counts-once สิ่งจูงใจชนิดเดียวกันนับครั้งเดียว "
        "strongest นับเฉพาะมาตรการที่แรงที่สุด additive บวกกันทั้งหมด",
    ),
    "LawSpec.fade": Words(
        "ข้อความจืดลง", "ข้อความเดิมมีผลน้อยลงเมื่อได้รับต่อเนื่องหรือไม่ ถ้าไม่เขียนคือใช่ เว้นแต่มี [study] ซึ่งจำลองข้อความครั้งเดียว"
    ),
    "LawSpec.crowding_acts": Words("การเข้าแทนมีผลเมื่อใด", "always ตลอดเวลา after เฉพาะเมื่อไม่มีมาตรการใดดำเนินอยู่กับผู้นั้น"),
    "LawSpec.reference_dependence": Words(
        "การเทียบกับที่เคยได้",
        "รางวัลที่น้อยกว่าที่เคยชินลดเหตุผลของวันนี้มากเพียงใด ใช้แทนการเข้าแทนแรงจูงใจ",
        unit="share",
    ),
    "LawSpec.displacement": Words(
        "การทดแทนกัน", "แต่ละชั่วโมงที่เพิ่มให้พฤติกรรมทดแทนในสัปดาห์ก่อน ลดแรงผลักของพฤติกรรมนี้เท่าใด", unit="logit per hour"
    ),
    "LawSpec.anticipation": Words(
        "การคาดหวัง", "สัดส่วนของเหตุผลที่จะได้รับ ซึ่งมีผลแล้วเมื่อประกาศ โดยไม่สร้างนิสัยและไม่เข้าแทน", unit="share"
    ),
    "LawSpec.announced_weeks": Words("ประกาศก่อนกี่สัปดาห์", "มาตรการประกาศก่อนเริ่มกี่สัปดาห์", unit="weeks"),
    "LawSpec.response_of_deprived": Words(
        "การตอบสนองของผู้ขาดแคลน",
        "ผู้มีรายได้ครัวเรือนน้อยที่สุดสองในห้าตอบสนองเป็น exp(g_d) เท่าของผู้อื่น โดยค่าเฉลี่ยของทุกคนเท่าเดิม",
        unit="ln units",
    ),
    "LawSpec.learning_from_rewards": Words(
        "เรียนรู้จากรางวัลของผู้อื่น",
        "คนรอบตัวที่ได้รับเงินในเดือนก่อนทำให้สมัครตามมากเพียงใด ใช้แทนผลของคนรอบตัวที่เข้าร่วม",
        unit="logit per share",
    ),
    "LawSpec.broken_promises": Words("การผิดสัญญา", "หลังการจ่ายถูกลดตามส่วน ผู้สมัครลดลงมากเพียงใด", unit="logit"),
    "LawSpec.at_scale": Words("เมื่อทำทั่วประเทศ", "ผลของข้อความ คำเชิญชวน และคำมั่น เหลือกี่เท่าเมื่อทำทั่วประเทศ", unit="factor"),
    "LawSpec.honour_at_scale": Words("การยกย่องเมื่อทำทั่วประเทศ", "ผลของการยกย่องเหลือกี่เท่าเมื่อทำทั่วประเทศ", unit="factor"),
    "LawSpec.homophily_motivation": Words(
        "ความคล้ายของแรงจูงใจ", "คนในครัวเรือนเดียวกันมีแรงจูงใจคล้ายกันเพียงใด ในพื้นที่เดียวกันคล้ายกันครึ่งหนึ่งของนั้น", unit="share"
    ),
    "LawSpec.decision": Words(
        "การตัดสินใจ",
        "แรงผลักเปลี่ยนการกระทำอย่างไร logit ตามขนาดของแรง threshold มีผลเต็มที่เมื่อถึงระดับขั้นต่ำของแต่ละคน",
    ),
    "LawSpec.norm_perception": Words(
        "การรับรู้ผู้อื่น",
        "เห็นผู้อื่นทำอย่างไร weighted คนรอบตัวตามน้ำหนัก majority สิ่งที่คนรอบตัวส่วนใหญ่ทำ locality ค่าเฉลี่ยของพื้นที่ "
        "salient คนที่ลงมือทำเด่นกว่า",
    ),
    "Scheme.kind": Words(
        "ชนิด", "ชนิดของมาตรการ ดูทั้งหมดด้วย kwamdee schemes --lang th", "Which scheme it is; see kwamdee schemes."
    ),
    "Scheme.title": Words("ชื่อมาตรการ", "ชื่อที่ใช้ในรายงาน", "What reports call it."),
    "Scheme.behaviour": Words("พฤติกรรม", "พฤติกรรมที่มาตรการมุ่งไป"),
    "Scheme.schedule": Words("กำหนดเวลา", "สัปดาห์ที่ดำเนินมาตรการ", "The weeks of offer."),
    "Scheme.enrolment": Words("การเข้าร่วม", "เข้าร่วมอัตโนมัติหรือสมัครเอง", "Automatic or by signing up."),
    "Scheme.target": Words("ผู้มีสิทธิ์", "ใครมีสิทธิ์ได้รับมาตรการ", "Who may be offered it."),
    "Scheme.channels": Words("ช่องทาง", "เข้าถึงผู้มีสิทธิ์ทางใด", "By which channels people are reached."),
    "Scheme.checks": Words("การตรวจสอบ", "การแจ้งถูกตรวจมากเพียงใด", "How much of what is claimed is checked."),
    "Scheme.consent": Words("ความยินยอม", "explicit ขอความยินยอมโดยชัดแจ้ง จำเป็นเมื่อพฤติกรรมเผยข้อมูลอ่อนไหว"),
    "Scheme.budget_baht": Words("งบประมาณ", "จ่ายได้ทั้งหมดไม่เกินเท่าใด"),
    "Scheme.budget_baht_per_week": Words("งบประมาณต่อสัปดาห์", "จ่ายได้ไม่เกินเท่าใดในหนึ่งสัปดาห์"),
    "Scheme.budget_baht_per_head": Words("วงเงินต่อคน", "จ่ายให้หนึ่งคนได้ทั้งหมดไม่เกินเท่าใด"),
    "Scheme.when_spent": Words(
        "เมื่อเงินใกล้หมด",
        "close ปิดสำหรับทุกคนเมื่องบประมาณไม่พอยอดสูงสุดของหนึ่งสัปดาห์ pro-rata เปิดจนเงินหมด ยอดที่เกินเงินที่เหลือลดลงตามส่วน "
        "waiting-list รับเท่าที่จ่ายได้จนจบ ที่เหลือรอตามลำดับการสมัคร",
    ),
    "Scheme.run_cost_baht_per_week": Words("ค่าดำเนินการ", "ค่าใช้จ่ายในการดำเนินมาตรการต่อสัปดาห์", unit="baht a week"),
    "Scheme.organisations": Words("องค์กรเป็นผู้ตัดสินใจ", "องค์กรตัดสินใจอย่างไรว่าจะดำเนินมาตรการหรือไม่ ถ้าไม่เขียนจะดำเนินการกับทุกคน"),
    "Scheme.localities": Words("พื้นที่เป็นผู้ตัดสินใจ", "พื้นที่ตัดสินใจอย่างไรว่าจะดำเนินมาตรการหรือไม่ ถ้าไม่เขียนจะดำเนินการกับทุกคน"),
    "Schedule.start": Words("สัปดาห์เริ่ม", "สัปดาห์แรกของมาตรการ นับจาก 0", unit="week"),
    "Schedule.weeks": Words("จำนวนสัปดาห์", "ดำเนินมาตรการกี่สัปดาห์ นับตั้งแต่สัปดาห์แรกถึงสัปดาห์สุดท้าย", unit="weeks"),
    "Schedule.taper": Words("ช่วงลดลง", "จำนวนสัปดาห์ท้ายที่มูลค่าลดลงทีละขั้นก่อนสิ้นสุด 0 คือสิ้นสุดทันที"),
    "Schedule.ramp": Words("ช่วงเพิ่มขึ้น", "จำนวนสัปดาห์แรกที่มูลค่าเพิ่มขึ้นทีละขั้น 0 คือเต็มจำนวนทันที"),
    "Schedule.season": Words("ฤดูกาล", "สัปดาห์ของปีที่ดำเนินมาตรการ ไม่เขียนคือตลอดปี"),
    "Schedule.follow_up": Words("ช่วงติดตามผล", "จำนวนสัปดาห์หลังสิ้นสุดที่ต้องจำลองต่อ เพื่อดูผลที่เหลือ"),
    "Season.first_week": Words("สัปดาห์แรกของฤดูกาล", "สัปดาห์ที่ 0 ถึง 51 ของปี", unit="week"),
    "Season.weeks": Words("ความยาวฤดูกาล", "จำนวนสัปดาห์ของฤดูกาล 1 ถึง 51", unit="weeks"),
    "Enrolment.mode": Words(
        "วิธีเข้าร่วม", "automatic ทุกคนที่มีสิทธิ์ opt-in ผู้ที่สมัครเอง", "automatic: everybody eligible; opt-in: those who sign up."
    ),
    "Enrolment.friction": Words(
        "ความยุ่งยากในการสมัคร",
        "one-tap แตะครั้งเดียว web-form กรอกแบบออนไลน์ effortful-proof ต้องแสดงหลักฐาน",
        "How hard signing up is: one-tap, a web form, or proof that takes effort.",
    ),
    "Enrolment.target_share": Words("สัดส่วนผู้สมัคร", "สัดส่วนของผู้มีสิทธิ์ที่สมมติว่าสมัครแล้วเมื่อถึง target_weeks", unit="share"),
    "Enrolment.target_weeks": Words("ภายในกี่สัปดาห์", "จำนวนสัปดาห์นับจากเริ่มจนถึงสัดส่วนผู้สมัครที่กำหนด", unit="weeks"),
    "Enrolment.exit_chance": Words("โอกาสออก", "โอกาสต่อสัปดาห์ที่จะออก", unit="chance a week"),
    "Enrolment.guardian_consent": Words(
        "ความยินยอมของผู้ปกครอง", "สัดส่วนผู้ปกครองที่ยินยอมให้เด็กอายุต่ำกว่า 15 ปีเข้าร่วม ไม่เขียนคือเด็กไม่มีสิทธิ์เข้าร่วม", unit="share"
    ),
    "Target.online": Words("เฉพาะผู้ใช้อินเทอร์เน็ต", "true เฉพาะผู้ใช้อินเทอร์เน็ต"),
    "Target.age_bands": Words("ช่วงอายุ", "เฉพาะช่วงอายุเหล่านี้ ว่างไว้คือทุกช่วง"),
    "Target.sectors": Words("ภาคส่วน", "เฉพาะสมาชิกของภาคส่วนเหล่านี้ ว่างไว้คือทุกภาคส่วน"),
    "Target.localities": Words("พื้นที่", "เฉพาะพื้นที่หมายเลขเหล่านี้ นับจาก 1 ว่างไว้คือทุกพื้นที่"),
    "Target.urban": Words("เมืองหรือชนบท", "true เฉพาะในเขตเทศบาล false เฉพาะนอกเขต"),
    "Target.income_fifths": Words("กลุ่มรายได้", "เฉพาะกลุ่มรายได้ครัวเรือนต่อหัวเหล่านี้จากห้ากลุ่ม 1 จนที่สุด ว่างไว้คือทุกกลุ่ม"),
    "Target.below_rate": Words("ทำน้อยกว่า", "เฉพาะผู้ที่อัตราของตนเมื่อไม่มีมาตรการต่ำกว่านี้", unit="share of opportunities"),
    "Target.least_active_share": Words("ผู้ที่ทำน้อยที่สุด", "เฉพาะผู้ที่ทำน้อยที่สุดเมื่อไม่มีมาตรการ ตามสัดส่วนนี้ของพลเมือง", unit="share"),
    "Target.nominated_share": Words(
        "เพื่อนที่ถูกระบุชื่อ",
        "เฉพาะเพื่อนที่ถูกระบุชื่อ สัดส่วนนี้ของพลเมืองซึ่งสุ่มมาระบุชื่อเพื่อนคนละหนึ่งคน จึงได้ผู้ที่รู้จักคนมาก",
        unit="share",
    ),
    "Target.worst_off_localities": Words("พื้นที่ด้อยที่สุด", "เฉพาะพื้นที่ด้อยที่สุดก่อน ตามสัดส่วนนี้ของพื้นที่", unit="share"),
    "Target.worst_off_by": Words(
        "ด้อยตามอะไร",
        "wage ค่าจ้างเฉลี่ย rate อัตราเฉลี่ยเมื่อไม่มีมาตรการ",
        "wage: mean wage, as usual; rate: mean rate without the scheme.",
    ),
    "Channels.app": Words("แอปพลิเคชัน", "true เข้าถึงผู้ใช้อินเทอร์เน็ตทางโทรศัพท์"),
    "Channels.paper_share": Words("เอกสาร", "สัดส่วนของผู้ที่เหลือซึ่งเข้าถึงได้ด้วยเอกสาร", unit="share"),
    "Channels.agent_share": Words("เจ้าหน้าที่ชุมชน", "สัดส่วนของผู้ที่เหลือซึ่งเจ้าหน้าที่ชุมชนเข้าถึง", unit="share"),
    "Channels.baht_per_paper": Words("ค่าเอกสาร", "ค่าใช้จ่ายต่อคนที่เข้าถึงด้วยเอกสาร ครั้งเดียวเมื่อเริ่ม", unit="baht"),
    "Channels.baht_per_agent": Words("ค่าเจ้าหน้าที่", "ค่าใช้จ่ายต่อคนที่เจ้าหน้าที่เข้าถึง ครั้งเดียวเมื่อเริ่ม", unit="baht"),
    "Checks.share": Words("สัดส่วนที่ตรวจ", "สัดส่วนของการแจ้งที่ถูกตรวจ"),
    "Checks.found": Words("โอกาสตรวจพบ", "โอกาสที่การตรวจพบการแจ้งเท็จ"),
    "Checks.wrongly_refused": Words("โอกาสปฏิเสธผิด", "โอกาสที่การตรวจปฏิเสธการแจ้งจริง"),
    "Checks.baht_per_check": Words("ค่าตรวจ", "ค่าใช้จ่ายต่อการตรวจหนึ่งครั้ง หักจากงบประมาณ"),
    "Checks.reward_elasticity": Words(
        "การแจ้งเท็จตามรางวัล",
        "การแจ้งเท็จเพิ่มตามมูลค่าของการแจ้งยกกำลังเท่าใด 0 คือไม่เพิ่ม ซึ่งใกล้เคียงกับที่การทดลองพบ",
    ),
    "Rights.smallest_cell": Words("กลุ่มเล็กที่สุด", "ไม่เผยแพร่ตัวเลขของกลุ่มที่มีคนน้อยกว่านี้", unit="persons"),
    **thai_study.KEYS,
    "*.source": _SOURCE,
    "*.mark": _MARK,
}
"""Each key by the class that declares it, `*` for any class."""


def words_of(cls: type, name: str) -> Words:
    """Return the words of a key: by the class that declares it, else those of any class; empty where there are none."""
    for parent in cls.__mro__:
        found = KEYS.get(f"{parent.__name__}.{name}")
        if found is not None:
            return found
    return KEYS.get(f"*.{name}", Words("", ""))
