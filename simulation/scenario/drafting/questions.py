"""What `kwamdee init` asks, in its order; each question with its default and what can be answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulation.core.params import Text
from simulation.incentives.catalogue import scheme_classes
from simulation.results.intervals import LEAST_FOR_INTERVAL
from simulation.scenario.drafting import answers
from simulation.scenario.drafting.eligible import ELIGIBLE, combined
from simulation.scenario.drafting.facts import Fact, Province, behaviours
from simulation.scenario.drafting.notes import on_entry
from simulation.scenario.drafting.numbers import BAHT, PEOPLE, POINTS, SOCIETIES, WEEKS, number
from simulation.scenario.drafting.plan import MOST_WEEKS, OWN, Plan
from simulation.scenario.drafting.schemes import is_paid, reaches_everybody
from simulation.scenario.scheme_page import LEVELS

Options = tuple[tuple[str, Text], ...]
Reader = Callable[[str, Plan], Any]


def _none() -> Options:
    return ()


def _nothing(_: Plan) -> Text | None:
    return None


def _always(_: Plan) -> bool:
    return True


@dataclass(frozen=True)
class Question:
    """One question: the answer that it fills, its words, its default, how it is read, what can be chosen.

    `shows` is the property of the plan that is the default; `applies` tells whether it is asked at all; `heading` is
    what an option of a long list stands under; `note` is what is to be said of the plan once it is answered.
    """

    fills: str
    words: Text
    hint: Text
    shows: str
    read: Reader
    options: Callable[[], Options] = _none
    applies: Callable[[Plan], bool] = _always
    heading: Callable[[str], Text] | None = None
    note: Callable[[Plan], Text | None] = _nothing

    def default(self, plan: Plan, lang: str) -> str:
        """Return the default as one would type it."""
        return _as_typed(getattr(plan, self.shows), lang)


def _as_typed(value: Any, lang: str) -> str:
    if isinstance(value, Text | Province):
        return (value if isinstance(value, Text) else value.name).get(lang)
    if isinstance(value, Fact):
        return value.id
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, float):
        return f"{value:g}"
    if value is None:
        return "ไม่จำกัด" if lang == "th" else "none"
    return str(value)


def _number(low: float, high: float, units: tuple[str, ...] = (), whole: bool = False) -> Reader:
    def read(said: str, _: Plan) -> float:
        return number(said, low, high, whole, units=units)

    return read


def _one_of(options: Options) -> tuple[Reader, Callable[[], Options]]:
    def read(said: str, _: Plan) -> str:
        return answers.choice(said, options)

    def shown() -> Options:
        return options

    return read, shown


def _province(said: str, _: Plan) -> Province:
    return answers.province(said)


def _fact(said: str, _: Plan) -> Fact:
    return answers.behaviour(said)


def _text(said: str, _: Plan) -> str:
    return answers.text(said)


def _chances(said: str, _: Plan) -> float:
    return answers.chances(said)


def _kinds(said: str, _: Plan) -> tuple[str, ...]:
    return answers.choices(said, kind_options())


def _eligible(said: str, _: Plan) -> str:
    return combined(answers.choices(said, ELIGIBLE))


def _eligible_options() -> Options:
    return ELIGIBLE


def _worth(said: str, plan: Plan) -> float:
    return number(said, 0, plan.most_worth, low_open=True, units=BAHT)


def _budget(said: str, _: Plan) -> float | None:
    return answers.budget(said)


def _after(said: str, plan: Plan) -> float:
    return number(said, 0, MOST_WEEKS - plan.start - plan.weeks, whole=True, units=WEEKS)


def _points(said: str, _: Plan) -> float:
    return number(said, 0, 100, units=POINTS)


def _start(said: str, _: Plan) -> float:
    return answers.start(said)


def _pays(plan: Plan) -> bool:
    return any(is_paid(kind) for kind in plan.kinds)


def _asks_to_sign_up(plan: Plan) -> bool:
    return any(not reaches_everybody(kind) for kind in plan.kinds)


def _signs_up(plan: Plan) -> bool:
    return plan.mode == "opt-in" and _asks_to_sign_up(plan)


DECIDERS: Options = (
    ("citizen", Text(en="each citizen", th="พลเมืองแต่ละคน")),
    ("household", Text(en="one adult for each household", th="ผู้ใหญ่หนึ่งคนแทนครัวเรือน")),
)
DYNAMICS: Options = (
    ("flow", Text(en="decided anew each time", th="ตัดสินใจใหม่ทุกครั้ง")),
    ("sticky", Text(en="kept until it is decided again", th="ทำเหมือนเดิมจนกว่าจะตัดสินใจใหม่")),
)
MODES: Options = (
    ("opt-in", Text(en="people sign up", th="ผู้สนใจสมัครเอง")),
    ("automatic", Text(en="everybody is in, and may leave", th="ทุกคนเข้าร่วม และออกได้")),
)
FRICTIONS: Options = (
    ("one-tap", Text(en="one tap", th="แตะครั้งเดียว")),
    ("web-form", Text(en="a form on the web", th="กรอกแบบออนไลน์")),
    ("effortful-proof", Text(en="proof that takes effort", th="ต้องแสดงหลักฐาน")),
)


def behaviour_options() -> Options:
    """Return the behaviours of the table with their rates and marks, and one's own."""
    return tuple((f.id, _with_rate(f)) for f in (*behaviours(), OWN))


def _with_rate(known: Fact) -> Text:
    rate, mark = f"{100 * known.baseline:g}", _MARKS[known.mark]
    return Text(en=f"{known.title.en}: {rate} %, {mark.en}", th=f"{known.title.th}: ร้อยละ {rate} {mark.th}")


_MARKS = {
    "V": Text(en="seen in the source", th="เห็นในแหล่งที่มา"),
    "D": Text(en="derived from such figures", th="คำนวณจากตัวเลขในแหล่งที่มา"),
    "R": Text(en="recalled", th="จากความจำ"),
    "design": Text(en="a chosen value", th="ค่าที่เลือก"),
}


def kind_options() -> Options:
    """Return the kinds of scheme that are installed, those for individuals first, then organisations, then areas."""
    kinds = scheme_classes().items()
    return tuple((kind, cls.label) for level in LEVELS for kind, cls in kinds if cls.level == level)


def _level(kind: str) -> Text:
    return LEVELS[scheme_classes()[kind].level]


def questions() -> tuple[Question, ...]:
    """Return every question in the order in which it is asked; at most 20."""
    return (*_of_the_world(), *_of_the_behaviour(), *_of_the_schemes(), *_of_the_run())


def _of_the_world() -> tuple[Question, ...]:
    return (
        Question(
            "province",
            Text(en="Which province?", th="จังหวัดใด"),
            Text(en="A name in English or Thai, or a code such as TH-50.", th="ชื่อภาษาไทยหรืออังกฤษ หรือรหัส เช่น TH-50"),
            "province",
            _province,
        ),
        Question(
            "fact",
            Text(en="Which behaviour?", th="พฤติกรรมใด"),
            Text(en="A number or a word of the list.", th="หมายเลขหรือคำจากรายการ"),
            "fact",
            _fact,
            behaviour_options,
        ),
        Question(
            "title",
            Text(en="Title?", th="ชื่อเรื่อง"),
            Text(en="One line.", th="หนึ่งบรรทัด"),
            "titles",
            _text,
        ),
        Question(
            "question",
            Text(en="Which question should it answer?", th="ต้องการตอบคำถามใด"),
            Text(en="One line.", th="หนึ่งบรรทัด"),
            "questions",
            _text,
        ),
        Question(
            "decider",
            Text(en="Who decides?", th="ใครเป็นผู้ตัดสินใจ"),
            Text(en="A number or a word of the list.", th="หมายเลขหรือคำจากรายการ"),
            "who",
            *_one_of(DECIDERS),
        ),
        Question(
            "citizens",
            Text(en="How many of them are simulated?", th="จำลองจำนวนเท่าใด"),
            Text(en="100 to 1,000,000; 10,000 is quick.", th="100 ถึง 1,000,000 ถ้า 10,000 จะเร็ว"),
            "citizens",
            _number(100, 1_000_000, PEOPLE, whole=True),
        ),
    )


def _of_the_behaviour() -> tuple[Question, ...]:
    return (
        Question(
            "baseline",
            Text(en="How often is it done without any scheme?", th="เมื่อไม่มีมาตรการ ทำบ่อยเพียงใด"),
            Text(
                en="Share of opportunities, 0.001 to 0.999; 34 % is 0.34.",
                th="สัดส่วนของโอกาส ตั้งแต่ 0.001 ถึง 0.999 ร้อยละ 34 คือ 0.34",
            ),
            "rate",
            _number(0.001, 0.999),
        ),
        Question(
            "opportunities",
            Text(en="How many opportunities a week?", th="มีโอกาสทำสัปดาห์ละกี่ครั้ง"),
            Text(
                en="1 to 14, or less than 1: 0.23 is once a month, 0.02 once a year.",
                th="1 ถึง 14 หรือน้อยกว่า 1 เช่น 0.23 คือเดือนละครั้ง 0.02 คือปีละครั้ง",
            ),
            "chances",
            _chances,
        ),
        Question(
            "dynamics",
            Text(en="How is it decided?", th="ตัดสินใจอย่างไร"),
            Text(en="A number or a word of the list.", th="หมายเลขหรือคำจากรายการ"),
            "dynamics",
            *_one_of(DYNAMICS),
        ),
    )


def _of_the_schemes() -> tuple[Question, ...]:
    return (
        Question(
            "kinds",
            Text(en="Which schemes are compared?", th="เปรียบเทียบมาตรการใดบ้าง"),
            Text(
                en="One or several, with commas; each becomes an arm. all: every one. kwamdee schemes says what each does.",
                th="หนึ่งหรือหลายอย่าง คั่นด้วยจุลภาค แต่ละอย่างเป็นหนึ่งทางเลือก all คือทั้งหมด ดูคำอธิบายด้วย kwamdee schemes",
            ),
            "kinds",
            _kinds,
            kind_options,
            heading=_level,
        ),
        Question(
            "worth",
            Text(en="What is it worth to someone who always acts?", th="ผู้ที่ทำทุกครั้งได้รับมูลค่าเท่าใด"),
            Text(
                en="Baht a month, above 0. What is paid by the act or the month is worth this; what is not is an example.",
                th="บาทต่อเดือน มากกว่า 0 มาตรการที่จ่ายต่อครั้งหรือต่อเดือนได้เท่านี้ทุกอย่าง ที่จ่ายแบบอื่นใช้ค่าตัวอย่าง",
            ),
            "usual_worth",
            _worth,
            applies=_pays,
        ),
        Question(
            "eligible",
            Text(en="Who is eligible?", th="ใครมีสิทธิ์"),
            Text(
                en="One, or several with commas, such as 60+, rural: who belongs to all of them, of ages and sectors to any.",
                th="หนึ่งกลุ่ม หรือหลายกลุ่มคั่นด้วยจุลภาค เช่น 60+, rural คือผู้ที่อยู่ในทุกกลุ่ม ส่วนช่วงอายุและภาคส่วนอยู่ในกลุ่มใดก็ได้",
            ),
            "eligible",
            _eligible,
            _eligible_options,
        ),
        Question(
            "mode",
            Text(en="How do people come in?", th="เข้าร่วมอย่างไร"),
            Text(
                en="Messages and goals of an area reach everybody all the same.",
                th="ข้อความและเป้าหมายของพื้นที่ถึงทุกคนอยู่แล้ว",
            ),
            "mode",
            *_one_of(MODES),
            applies=_asks_to_sign_up,
            note=on_entry,
        ),
        Question(
            "friction",
            Text(en="How hard is signing up?", th="สมัครยากเพียงใด"),
            Text(en="A number or a word of the list.", th="หมายเลขหรือคำจากรายการ"),
            "friction",
            *_one_of(FRICTIONS),
            applies=_signs_up,
        ),
        Question(
            "budget",
            Text(en="The most that each paid scheme may pay in all?", th="มาตรการที่จ่ายเงินแต่ละอย่างจ่ายได้ทั้งหมดไม่เกินเท่าใด"),
            Text(en="Baht; none: no limit.", th="หน่วยบาท หรือพิมพ์ ไม่จำกัด"),
            "budget",
            _budget,
            applies=_pays,
        ),
    )


def _of_the_run() -> tuple[Question, ...]:
    return (
        Question(
            "start",
            Text(en="In which week do they start?", th="เริ่มสัปดาห์ที่เท่าใด"),
            Text(
                en="Weeks from the beginning of the simulation, 0 to 520; no calendar date.",
                th="นับเป็นสัปดาห์จากเริ่มการจำลอง ตั้งแต่ 0 ถึง 520 ไม่ใช่วันที่ตามปฏิทิน",
            ),
            "start",
            _start,
        ),
        Question(
            "weeks",
            Text(en="For how many weeks do they run?", th="ดำเนินกี่สัปดาห์"),
            Text(en="From 1 to 2,600.", th="ตั้งแต่ 1 ถึง 2,600"),
            "weeks",
            _number(1, 2600, WEEKS, whole=True),
        ),
        Question(
            "after",
            Text(en="For how many weeks do we watch after the end?", th="ติดตามหลังสิ้นสุดกี่สัปดาห์"),
            Text(en="From 0; with 28 it shows what is left after half a year.", th="ตั้งแต่ 0 ถ้า 28 จะเห็นผลที่เหลือหลังครึ่งปี"),
            "after",
            _after,
        ),
        Question(
            "replicates",
            Text(en="How many simulated societies?", th="จำลองกี่สังคม"),
            Text(
                en=f"From 1 to 1,000; ranges need {LEAST_FOR_INTERVAL}.",
                th=f"ตั้งแต่ 1 ถึง 1,000 ถ้าต้องการช่วงต้องมี {LEAST_FOR_INTERVAL}",
            ),
            "replicates",
            _number(1, 1000, SOCIETIES, whole=True),
        ),
        Question(
            "smallest",
            Text(en="Which effect is the smallest that matters?", th="ผลเล็กที่สุดที่มีความหมายคือเท่าใด"),
            Text(en="Percentage points of opportunities, 0 to 100.", th="จุดร้อยละของโอกาส ตั้งแต่ 0 ถึง 100"),
            "smallest",
            _points,
        ),
    )
