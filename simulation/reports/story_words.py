"""The words of a citizen's story in both languages; a test holds them complete."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TermWords:
    """A term of the decision: its name, a short name for tables, one plain sentence on what it means."""

    en: str
    th: str
    short_en: str
    short_th: str
    means_en: str
    means_th: str

    def name(self, lang: str) -> str:
        """Return the name."""
        return self.th if lang == "th" else self.en

    def short(self, lang: str) -> str:
        """Return the short name."""
        return self.short_th if lang == "th" else self.short_en

    def means(self, lang: str) -> str:
        """Return the sentence."""
        return self.means_th if lang == "th" else self.means_en


TERM_WORDS = {
    "alpha": TermWords(
        "own motivation",
        "แรงจูงใจของตนเอง",
        "motivation",
        "แรงจูงใจ",
        "How much this citizen wants to act anyway; the twin has the same.",
        "ความอยากทำที่มีอยู่เอง คู่เทียบมีเท่ากัน",
    ),
    "trend": TermWords(
        "trend",
        "แนวโน้ม",
        "trend",
        "แนวโน้ม",
        "A change over the years that everybody shares; the twin has it too.",
        "การเปลี่ยนแปลงตามปีที่ทุกคนมีร่วมกัน คู่เทียบมีเท่ากัน",
    ),
    "contingent": TermWords(
        "any reward",
        "การมีรางวัล",
        "reward",
        "รางวัล",
        "That an act earns something at all, whatever it is worth.",
        "การที่ทำแล้วได้สิ่งตอบแทน ไม่ว่ามีมูลค่าเท่าใด",
    ),
    "money": TermWords(
        "worth of the reward",
        "มูลค่าของรางวัล",
        "money",
        "มูลค่า",
        "What one more act is worth in days of one's own wage; the first baht count most (a logarithm).",
        "มูลค่าของการทำอีกหนึ่งครั้ง คิดเป็นวันของค่าจ้างตนเอง บาทแรก ๆ มีน้ำหนักมากที่สุด เพราะคิดเป็นลอการิทึม",
    ),
    "recognition": TermWords(
        "being seen",
        "การเป็นที่รับรู้",
        "seen",
        "รับรู้",
        "An honour that others see; it is worth less the more people hold it.",
        "เกียรติที่ผู้อื่นเห็น ยิ่งมีผู้ได้รับมาก ยิ่งมีค่าน้อยลง",
    ),
    "appeal": TermWords(
        "appeal",
        "คำเชิญชวน",
        "appeal",
        "เชิญชวน",
        "Being asked, and told what the act is good for.",
        "การได้รับคำเชิญชวน และได้รู้ว่าทำแล้วเกิดประโยชน์ใด",
    ),
    "commitment": TermWords(
        "an open goal",
        "เป้าหมายที่ยังเปิดอยู่",
        "goal",
        "เป้าหมาย",
        "A goal or threshold that can still be reached draws one towards it; once passed or lost it does not.",
        "เป้าหมายหรือเกณฑ์ที่ยังไปถึงได้ชวนให้ทำ เมื่อถึงแล้วหรือไปไม่ถึงแล้วก็ไม่ชวนอีก",
    ),
    "pivotality": TermWords(
        "what one act adds",
        "ส่วนที่การทำหนึ่งครั้งเพิ่ม",
        "adds",
        "ส่วนเพิ่ม",
        "How much one act matters to the others who share the goal.",
        "การทำหนึ่งครั้งมีผลต่อผู้อื่นที่มีเป้าหมายร่วมกันเพียงใด",
    ),
    "message": TermWords(
        "message on others",
        "ข้อความแจ้งผลของผู้อื่น",
        "message",
        "ข้อความ",
        "Being told that others act more often than oneself would; a gap above 20 points counts as 20.",
        "การได้รู้ว่าผู้อื่นทำบ่อยกว่าที่ตนเองจะทำ ส่วนต่างที่เกิน 20 จุดร้อยละ นับเป็น 20",
    ),
    "discrepancy": TermWords(
        "the unknown",
        "ส่วนที่ไม่มีใครรู้",
        "unknown",
        "ไม่รู้",
        "What no study tells of this kind of scheme: drawn once for the whole society, the same at every amount.",
        "ส่วนที่ไม่มีการศึกษาใดบอกได้เกี่ยวกับมาตรการแบบนี้ สุ่มครั้งเดียวทั้งสังคมจำลอง เท่ากันทุกจำนวนเงิน",
    ),
    "expectation": TermWords(
        "what one expects",
        "ความคาดหวัง",
        "expected",
        "คาดหวัง",
        "A reward that is announced and has not begun adds; one below what one has become used to takes away.",
        "รางวัลที่ประกาศแล้วแต่ยังไม่เริ่มทำให้อยากทำมากขึ้น รางวัลที่น้อยกว่าที่เคยชินทำให้อยากทำน้อยลง",
    ),
    "norm": TermWords(
        "neighbours",
        "คนรอบตัว",
        "neighbours",
        "คนรอบตัว",
        "What those one is tied to were seen to do of late beyond what their own twins did.",
        "สิ่งที่คนรอบตัวทำให้เห็นในระยะหลัง ส่วนที่มากกว่าคู่เทียบของเขาเอง",
    ),
    "habit": TermWords(
        "habit",
        "ความเคยชิน",
        "habit",
        "เคยชิน",
        "What was done beyond the twin in earlier weeks and has become usual.",
        "สิ่งที่ทำมากกว่าคู่เทียบในสัปดาห์ก่อน ๆ จนกลายเป็นปกติ",
    ),
    "overlap": TermWords(
        "the weaker of two",
        "แรงที่อ่อนกว่า",
        "overlap",
        "ซ้อนกัน",
        "Today's reasons and habit point the same way: only the stronger acts, so the weaker is taken off.",
        "เหตุผลของวันนี้กับความเคยชินไปทางเดียวกัน แรงที่มากกว่าเท่านั้นมีผล จึงหักแรงที่อ่อนกว่าออก",
    ),
    "crowding": TermWords(
        "crowding-out",
        "การเข้าแทนแรงจูงใจ",
        "crowding",
        "เข้าแทน",
        "A reward that feels controlling takes away from one's own wish to act.",
        "รางวัลที่รู้สึกว่าบังคับ ลดความอยากทำของตนเองลง",
    ),
    "elsewhere": TermWords(
        "other rules, by [law]",
        "กติกาอื่น ตาม [law]",
        "by [law]",
        "ตาม [law]",
        "Hours gained in a substitute last week take away; crowding that waits for the end is given back. "
        "Where a push counts from a threshold on, what lies below it is taken off, and more is added above.",
        "ชั่วโมงที่ใช้เพิ่มกับพฤติกรรมทดแทนในสัปดาห์ก่อนทำให้ทำน้อยลง การเข้าแทนที่เกิดเฉพาะหลังสิ้นสุดมาตรการจะถูกคืนก่อน "
        "หากแรงผลักมีผลเมื่อถึงระดับขั้นต่ำของแต่ละคน แรงที่ต่ำกว่านั้นถูกหักออก และแรงที่ถึงระดับนั้นได้เพิ่ม",
    ),
    "ease": TermWords(
        "ease of access",
        "ความสะดวก",
        "ease",
        "สะดวก",
        "The scheme makes the act easier to do.",
        "มาตรการทำให้ทำได้ง่ายขึ้น",
    ),
    "bound": TermWords(
        "held in bounds",
        "ขีดจำกัด",
        "bound",
        "ขีดจำกัด",
        "Chances are held just short of never and of always.",
        "โอกาสไม่ลดลงจนเป็นไม่มีเลย และไม่เพิ่มจนเป็นแน่นอน",
    ),
}

_PAIRS: dict[str, tuple[str, str]] = {
    "title": ("Citizen {citizen} of {n}, {title}", "พลเมืองหมายเลข {citizen} จาก {n} {title}"),
    "arm": ("Arm {name} ({title}), {chosen}", "ทางเลือก {name} ({title}) {chosen}"),
    "arm_first": ("the first with schemes", "ทางเลือกแรกที่มีมาตรการ"),
    "arm_asked": ("as asked", "ตามที่ระบุ"),
    "society": ("simulated society {replicate}, seed {seed}", "สังคมจำลองที่ {replicate} เลขสุ่มตั้งต้น {seed}"),
    "nobody_real": (
        "This citizen is simulated; nobody real is described.",
        "พลเมืองคนนี้เป็นคนจำลอง ไม่ได้กล่าวถึงบุคคลจริง",
    ),
    "own_tables": (
        "What the scenario's tables say of this row is theirs; all that is done and felt here is simulated and tells nothing of any real person.",
        "ข้อมูลของแถวนี้มาจากตารางของไฟล์สถานการณ์ ส่วนสิ่งที่ทำและรู้สึกทั้งหมดเป็นการจำลอง ไม่ได้บอกสิ่งใดเกี่ยวกับบุคคลจริง",
    ),
    "who_most": (
        "Nobody was named, so this is the citizen whose acts differ most from the twin's.",
        "ไม่ได้ระบุพลเมือง จึงเลือกผู้ที่ทำต่างจากคู่เทียบมากที่สุด",
    ),
    "who_first": (
        "Nobody was named, so this is the first citizen.",
        "ไม่ได้ระบุพลเมือง จึงเลือกคนแรก",
    ),
    "twin": (
        "The twin is the same person with the same luck, in the same society without any scheme. What the two do apart is what the scheme did to this citizen.",
        "คู่เทียบคือคนเดียวกันที่มีโชคเดียวกัน ในสังคมเดียวกันที่ไม่มีมาตรการ ส่วนที่ทั้งสองทำต่างกันคือผลของมาตรการต่อพลเมืองคนนี้",
    ),
    "no_scheme": (
        "This arm has no scheme: nothing is offered, and citizen and twin are one and the same.",
        "ทางเลือกนี้ไม่มีมาตรการ ไม่มีสิ่งใดเสนอให้ พลเมืองกับคู่เทียบจึงเป็นคนเดียวกัน",
    ),
    "not_aimed": (
        "No scheme of this arm aims at {behaviour}: citizen and twin do the same.",
        "ทางเลือกนี้ไม่มีมาตรการที่มุ่งไปที่{behaviour} พลเมืองกับคู่เทียบจึงทำเหมือนกัน",
    ),
    "not_eligible": (
        "The schemes do not reach this citizen; what changes comes from the neighbours alone.",
        "พลเมืองคนนี้ไม่อยู่ในกลุ่มที่มีสิทธิ์ ส่วนที่เปลี่ยนมาจากคนรอบตัวเท่านั้น",
    ),
    "not_reached": (
        "This citizen may take part, but no channel of the schemes reaches them; what changes comes from the neighbours alone.",
        "พลเมืองคนนี้มีสิทธิ์ แต่ไม่มีช่องทางใดของมาตรการเข้าถึง ส่วนที่เปลี่ยนมาจากคนรอบตัวเท่านั้น",
    ),
    "male": ("man", "ผู้ชาย"),
    "female": ("woman", "ผู้หญิง"),
    "who": ("A {sex} of {age} (aged {band}), {area}, in {place}.", "{sex}อายุ {age} ปี (กลุ่มอายุ {band} ปี) {area} {place}"),
    "who_household": ("Answers for the household.", "ตอบแทนครัวเรือน"),
    "urban": ("in town", "อยู่ในเขตเมือง"),
    "rural": ("in a village", "อยู่นอกเขตเมือง"),
    "place": ("{name}", "พื้นที่หมายเลข {number}"),
    "online": ("Uses the internet.", "ใช้อินเทอร์เน็ต"),
    "offline": ("Does not use the internet.", "ไม่ใช้อินเทอร์เน็ต"),
    "public": ("a public organisation", "องค์กรภาครัฐ"),
    "private": ("a private organisation", "องค์กรภาคเอกชน"),
    "civil": ("a civil-society organisation", "องค์กรภาคประชาสังคม"),
    "work": ("Belongs to {sector} with {members}.", "สังกัด{sector} ซึ่งมีสมาชิก {members} คน"),
    "no_work": ("Belongs to no organisation.", "ไม่สังกัดองค์กร"),
    "wage": (
        "Worth of a day: {wage} baht; income fifth {fifth} of 5 (5 is the richest).",
        "ค่าจ้างต่อวัน {wage} บาท กลุ่มรายได้ครัวเรือนที่ {fifth} จาก 5 (5 คือรายได้มากที่สุด)",
    ),
    "ties": ("Tied to {n}{layers}.", "มีคนรอบตัว {n} คน{layers}"),
    "twice": ("some in several ways", "บางคนมากกว่าหนึ่งทาง"),
    "household": ("household {n}", "ครัวเรือน {n}"),
    "at_work": ("work {n}", "ที่ทำงาน {n}"),
    "neighbourhood": ("neighbourhood {n}", "ละแวกบ้าน {n}"),
    "wide": ("elsewhere {n}", "ที่อื่น {n}"),
    "own": (
        "{behaviour}: would take {rate} of 100 chances without any scheme; responds {s} times as strongly as a usual participant (responsiveness s).",
        "{behaviour} หากไม่มีมาตรการจะทำ {rate} จาก 100 ครั้ง ตอบสนองแรง {s} เท่าของผู้เข้าร่วมทั่วไป (ค่าการตอบสนอง s)",
    ),
    "week_by_week": ("Week by week", "รายสัปดาห์"),
    "legend": (
        "Weeks count from 0, as in the scenario. Chance and twin: the chance of one act in the two worlds, %. Acts and twin: what was done, of so many chances. Neighb.: acts of neighbours beyond their twins', points. Habit: points. In rows of several weeks acts and baht are added up.",
        "สัปดาห์นับจาก 0 ตามไฟล์สถานการณ์ โอกาสกับคู่เทียบ คือโอกาสที่จะทำหนึ่งครั้งในสองโลก เป็นร้อยละ ทำกับคู่เทียบ คือจำนวนครั้งที่ทำ จากโอกาสทั้งหมด คนรอบตัว คือส่วนที่คนรอบตัวทำมากกว่าคู่เทียบของเขา เป็นจุดร้อยละ เคยชิน เป็นจุดร้อยละ แถวที่มีหลายสัปดาห์ รวมจำนวนครั้งและบาท",
    ),
    "sampled": (
        "Of weeks in which nothing changed one in {every} is shown.",
        "สัปดาห์ที่ไม่มีอะไรเปลี่ยน แสดงหนึ่งในทุก {every} สัปดาห์",
    ),
    "c_week": ("week", "สัปดาห์"),
    "c_offer": ("offer", "เสนอ"),
    "c_chance": ("chance", "โอกาส"),
    "c_twin": ("twin", "คู่เทียบ"),
    "c_acts": ("acts", "ทำ"),
    "c_of": ("of", "จาก"),
    "c_norm": ("neighb.", "คนรอบตัว"),
    "c_habit": ("habit", "เคยชิน"),
    "c_baht": ("baht", "บาท"),
    "c_note": ("event, cause", "สิ่งที่เกิดขึ้น"),
    "in": ("in", "ร่วม"),
    "open": ("open", "เปิด"),
    "shut": ("-", "-"),
    "same": ("the same", "เหมือนเดิม"),
    "no_chance": ("no chance", "ไม่มีโอกาส"),
    "opened": ("opens", "เปิด"),
    "joined": ("joins", "เข้าร่วม"),
    "never_began": ("never begins", "ไม่ได้เริ่ม"),
    "left": ("leaves", "ออก"),
    "ended": ("ends", "สิ้นสุด"),
    "paused": ("pauses", "พัก"),
    "budget": ("closed by budget", "ปิดเพราะงบ"),
    "kept": ("kept", "คงไว้"),
    "decisions": ("The decision, term by term", "การตัดสินใจ ทีละส่วน"),
    "decisions_say": (
        "In log-odds: 0 is a chance of 50%, +1 is 73%, -1 is 27%. The terms add up to the sum; the chance follows from it.",
        "หน่วยเป็นล็อกออดส์ 0 คือโอกาสร้อยละ 50 +1 คือร้อยละ 73 -1 คือร้อยละ 27 ส่วนต่าง ๆ รวมกันเป็นผลรวม แล้วได้โอกาสจากผลรวม",
    ),
    "h_week": ("Week {week}{why}", "สัปดาห์ที่ {week}{why}"),
    "first_difference": ("first act apart from the twin", "ทำต่างจากคู่เทียบครั้งแรก"),
    "e_opened": ("{scheme} opens", "{scheme} เปิด"),
    "e_joined": ("joins {scheme}", "เข้าร่วม {scheme}"),
    "e_never_began": ("signs up for {scheme} and never begins", "สมัคร {scheme} แต่ไม่ได้เริ่ม"),
    "e_left": ("leaves {scheme}, free and at once", "ออกจาก {scheme} โดยไม่เสียอะไร"),
    "e_paused": ("{scheme} is out of season", "{scheme} พักนอกฤดูกาล"),
    "e_ended": ("{scheme} ends", "{scheme} สิ้นสุด"),
    "e_budget": ("the money of {scheme} is gone", "งบของ {scheme} หมด"),
    "world": ("scheme", "มีมาตรการ"),
    "sum": ("sum", "ผลรวม"),
    "chance": ("chance of one act", "โอกาสที่จะทำหนึ่งครั้ง"),
    "acts": ("acts, of {n}", "จำนวนครั้งที่ทำ จาก {n}"),
    "state": ("act kept up", "ทำอยู่"),
    "offer_line": ("{scheme} offers: {what}.", "{scheme} เสนอ {what}"),
    "f_worth": (
        "one act is worth {baht} baht, {days} days of own wage",
        "ทำหนึ่งครั้งมีมูลค่า {baht} บาท คิดเป็น {days} วันของค่าจ้างตนเอง",
    ),
    "f_reward": ("a reward for each act", "รางวัลต่อการทำแต่ละครั้ง"),
    "f_seen": ("visibility {v}, of the group {share}% hold the honour", "ระดับการรับรู้ {v} ในกลุ่มมีผู้ได้รับเกียรติร้อยละ {share}"),
    "f_appeal": ("an appeal", "คำเชิญชวน"),
    "f_goal": ("a goal within reach", "เป้าหมายที่ยังไปถึงได้"),
    "f_adds": ("one act counts {q} of the goal's people", "การทำหนึ่งครั้งนับเป็น {q} ของคนในเป้าหมาย"),
    "f_message": (
        "others took {reference}% of their chances, oneself {own}%",
        "ผู้อื่นทำร้อยละ {reference} ของโอกาส ตนเองร้อยละ {own}",
    ),
    "f_nothing": ("nothing that draws this week", "ไม่มีสิ่งที่ดึงดูดในสัปดาห์นี้"),
    "signing": (
        "Could sign up for {scheme}: chance {chance}%, draw {draw}, so {result}; {ties}% of the ties take part.",
        "สมัคร {scheme} ได้ โอกาสร้อยละ {chance} เลขสุ่ม {draw} จึง{result} คนรอบตัวเข้าร่วมร้อยละ {ties}",
    ),
    "signs": ("signs up", "สมัคร"),
    "signs_not": ("does not", "ไม่สมัคร"),
    "seen": (
        "Neighbours last week: {n} with a chance, {acted} acted, {twin} in the twins' world; by strength of ties {share}% of chances against {share_twin}%.",
        "คนรอบตัวในสัปดาห์ก่อน มีโอกาส {n} คน ทำ {acted} คน ในโลกของคู่เทียบ {twin} คน เมื่อถ่วงตามความใกล้ชิด ทำร้อยละ {share} ของโอกาส เทียบกับร้อยละ {share_twin}",
    ),
    "draw": (
        "One draw serves both worlds, the larger the more acts: {draw} gives {acts} and {twin}.",
        "เลขสุ่มเดียวใช้กับทั้งสองโลก ยิ่งมากยิ่งทำหลายครั้ง เลข {draw} ได้ {acts} ครั้ง และ {twin} ครั้ง",
    ),
    "no_opportunity": ("No opportunity this week, in neither world.", "สัปดาห์นี้ไม่มีโอกาสทำในทั้งสองโลก"),
    "sticky_decided": (
        "Decided this week: one acts where the draw {draw} is below the chance.",
        "ตัดสินใจในสัปดาห์นี้ ทำเมื่อเลขสุ่ม {draw} ต่ำกว่าโอกาส",
    ),
    "sticky_kept": (
        "Not decided this week: what was decided before stands (draw {draw}).",
        "ไม่ได้ตัดสินใจในสัปดาห์นี้ สิ่งที่ตัดสินใจไว้ก่อนยังคงอยู่ (เลขสุ่ม {draw})",
    ),
    "factor": ("weight {weight} x {feature}", "น้ำหนัก {weight} x {feature}"),
    "factor_s": ("weight {weight} x {feature} x s {s}", "น้ำหนัก {weight} x {feature} x s {s}"),
    "paid": ("Paid this week: {baht} baht.", "ได้รับในสัปดาห์นี้ {baht} บาท"),
    "changed": ("Weeks in which something changed", "สัปดาห์ที่มีสิ่งเปลี่ยน"),
    "changed_say": (
        "The same terms, in log-odds; those of the offer are together in one column.",
        "ส่วนเดียวกัน หน่วยเป็นล็อกออดส์ ส่วนของข้อเสนอรวมอยู่ในคอลัมน์เดียว",
    ),
    "m_own": ("own", "ตนเอง"),
    "m_offer": ("offer", "ข้อเสนอ"),
    "m_rest": ("other", "อื่น"),
    "end": ("In the end", "เมื่อสิ้นสุด"),
    "end_acts": (
        "Over {weeks} weeks {acts} acts of {of} chances; the twin {twin}. The scheme made a difference of {difference}.",
        "ตลอด {weeks} สัปดาห์ ทำ {acts} ครั้ง จากโอกาส {of} ครั้ง คู่เทียบทำ {twin} ครั้ง มาตรการทำให้ต่างกัน {difference} ครั้ง",
    ),
    "end_sticky": (
        "Kept the act up in {acts} of {weeks} weeks; the twin in {twin}. The scheme made a difference of {difference}.",
        "ทำอยู่ {acts} สัปดาห์ จาก {weeks} สัปดาห์ คู่เทียบ {twin} สัปดาห์ มาตรการทำให้ต่างกัน {difference} สัปดาห์",
    ),
    "end_live": ("Took part in {live} of the weeks.", "เข้าร่วม {live} สัปดาห์"),
    "end_paid": ("Earned {baht} baht, in {payments} payments.", "ได้รับ {baht} บาท จ่าย {payments} ครั้ง"),
    "end_unpaid": ("Earned no money.", "ไม่ได้รับเงิน"),
    "end_honour": ("Held the honour in {weeks} weeks.", "ได้รับเกียรติ {weeks} สัปดาห์"),
    "end_checked": (
        "Checks look at {share}% of claims. They are reckoned as a share; no single check is drawn, so this citizen is neither checked nor passed over.",
        "ตรวจสอบร้อยละ {share} ของที่แจ้ง โดยคิดเป็นสัดส่วน ไม่ได้สุ่มตรวจเป็นรายคน จึงไม่มีสัปดาห์ใดที่พลเมืองคนนี้ถูกตรวจหรือไม่ถูกตรวจ",
    ),
    "end_terms": (
        "What moved the chance, in log-odds added up over the weeks (of reasons and habit only the stronger of the week): {terms}.",
        "สิ่งที่ทำให้โอกาสเปลี่ยน หน่วยเป็นล็อกออดส์ รวมทุกสัปดาห์ (ระหว่างเหตุผลกับความเคยชิน นับแรงที่มากกว่าในสัปดาห์นั้น) {terms}",
    ),
    "end_causes": (
        "Acts apart from the twin's, by what moved the chance most in their week: {terms}.",
        "จำนวนครั้งที่ต่างจากคู่เทียบ ตามสิ่งที่ทำให้โอกาสเปลี่ยนมากที่สุดในสัปดาห์นั้น {terms}",
    ),
    "end_kept": ("a decision that still stands", "การตัดสินใจที่ยังคงอยู่"),
    "end_most": ("Most was done by: {term}.", "ส่วนที่มีผลมากที่สุดคือ {term}"),
    "end_still": ("Nothing ever moved the chance.", "ไม่มีสิ่งใดทำให้โอกาสเปลี่ยน"),
}
STORY: dict[str, dict[str, str]] = {
    "en": {key: en for key, (en, _) in _PAIRS.items()},
    "th": {key: th for key, (_, th) in _PAIRS.items()},
}
