"""The study file as classes: what is varied, how, and what is judged; what only one kind of design needs, `rules` say."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, field_validator

from simulation.agents.ensemble import FORMER
from simulation.core.params import Frozen, FrozenDict, Line, Text, Wrong
from simulation.core.params import unit as in_thai
from simulation.scenario.model import About
from simulation.scenario.thai import UNITS

Kind = Literal["grid", "latin-hypercube", "sobol", "saltelli", "morris", "list"]
Scale = Literal["linear", "log"]
MOST_LEVELS = 1_000_000
MOST_POINTS = 1_000_000
MOST_BASE = 65_536
MOST_TRAJECTORIES = 10_000
MOST_REPLICATES = 100_000


def _is_one(value: Any) -> Any:
    """Refuse what only equals 1: true and 1.0."""
    if type(value) is not int or value != 1:
        raise Wrong("Write format = 1, the only format there is", "ให้เขียน format = 1 ซึ่งเป็นรูปแบบเดียวที่มี")
    return value


def _in_both(value: Any) -> Any:
    """Take one text for both languages; a unit that the format knows has its Thai."""
    return {"en": value, "th": UNITS.get(value, "")} if isinstance(value, str) else value


Words = Annotated[Text, BeforeValidator(_in_both)]
"""A text in both languages; one that is written once stands for both."""


class Target(Frozen):
    """How near the mean of an outcome is to be known before no more societies are run."""

    label: ClassVar[Text] = Text(en="Target", th="เป้าหมายความแม่นยำ")
    what: ClassVar[Text] = Text(
        en="Societies are added at a point until the Monte Carlo standard error of an outcome is small enough in every arm.",
        th="เพิ่มสังคมจำลองที่จุดหนึ่ง ๆ จนความคลาดเคลื่อนมาตรฐานของการจำลองของผลลัพธ์เล็กพอในทุกทางเลือก",
    )
    mcse: float = Field(
        gt=0,
        le=1e12,
        description="Monte Carlo standard error to be reached, in the unit of the outcome.",
        json_schema_extra=in_thai(
            "", "ความคลาดเคลื่อนที่ต้องการ", "ความคลาดเคลื่อนมาตรฐานของการจำลองที่ต้องการให้ถึง ในหน่วยของผลลัพธ์"
        ),
    )
    outcome: str | None = Field(
        default=None,
        description="Outcome whose mean is meant; by default the first of outcomes.",
        json_schema_extra=in_thai("", "ผลลัพธ์", "ผลลัพธ์ที่ใช้ค่าเฉลี่ย หากไม่ระบุคือผลลัพธ์แรกใน outcomes"),
    )
    at_least: int = Field(
        default=8,
        ge=2,
        le=MOST_REPLICATES,
        description="Fewest societies at each point.",
        json_schema_extra=in_thai("simulated societies", "อย่างน้อย", "จำนวนสังคมจำลองน้อยที่สุดที่แต่ละจุด"),
    )
    at_most: int = Field(
        default=200,
        ge=2,
        le=MOST_REPLICATES,
        description="Most societies at each point.",
        json_schema_extra=in_thai("simulated societies", "ไม่เกิน", "จำนวนสังคมจำลองมากที่สุดที่แต่ละจุด"),
    )


class StudyTable(Frozen):
    """The scenario, the arms, how often, and what is judged."""

    label: ClassVar[Text] = Text(en="Study", th="การศึกษา")
    what: ClassVar[Text] = Text(
        en="The scenario, its arms that are run, how many simulated societies at each point, and what is judged.",
        th="สถานการณ์ ทางเลือกที่จำลอง จำนวนสังคมจำลองที่แต่ละจุด และผลลัพธ์ที่พิจารณา",
    )
    scenario: str = Field(
        min_length=1,
        max_length=1000,
        description="A shipped scenario by name, or a file, found from the folder of the study file.",
        json_schema_extra=in_thai("", "สถานการณ์", "ชื่อสถานการณ์ที่มีให้ หรือไฟล์ นับจากโฟลเดอร์ของไฟล์การศึกษา"),
    )
    set: FrozenDict[Any] = Field(
        default=FrozenDict(),
        description="Values of the scenario that hold at every point, by dotted key or as tables.",
        json_schema_extra=in_thai("", "ค่าที่เปลี่ยน", "ค่าของสถานการณ์ที่ใช้ทุกจุด เขียนเป็นคีย์คั่นด้วยจุดหรือเป็นตาราง"),
    )
    arms: tuple[str, ...] = Field(
        default=(),
        strict=False,
        description="Arms that are run; by default all that have schemes.",
        json_schema_extra=in_thai("", "ทางเลือก", "ทางเลือกที่จำลอง หากไม่ระบุคือทุกทางเลือกที่มีมาตรการ"),
    )
    outcomes: tuple[str, ...] = Field(
        default=("effect_pp",),
        strict=False,
        description="Outcomes that are judged; the first leads.",
        json_schema_extra=in_thai("", "ผลลัพธ์", "ผลลัพธ์ที่พิจารณา ผลลัพธ์แรกเป็นผลลัพธ์หลัก"),
    )
    replicates: int | None = Field(
        default=None,
        ge=1,
        le=MOST_REPLICATES,
        description="Simulated societies at each point, the same ones at all; 20 where neither this nor a target is given.",
        json_schema_extra=in_thai(
            "simulated societies",
            "จำนวนสังคมจำลอง",
            "จำนวนสังคมจำลองที่แต่ละจุด เป็นสังคมเดียวกันทุกจุด หากไม่ระบุและไม่มี target คือ 20",
        ),
    )
    target: Target | None = Field(
        default=None,
        description="Instead of replicates: societies are added until an outcome is known well enough.",
        json_schema_extra=in_thai("", "เป้าหมาย", "ใช้แทน replicates คือเพิ่มสังคมจำลองจนรู้ผลลัพธ์แม่นยำพอ"),
    )
    parameters: str = Field(
        default="posterior",
        min_length=1,
        max_length=1000,
        description="posterior: each society draws its parameters of the law; default: all have the best guess; or a table "
        "of your own, a CSV or Parquet file found from the folder of the study file: each society draws a row of it.",
        json_schema_extra=in_thai(
            "",
            "ค่าของกฎ",
            "posterior แต่ละสังคมสุ่มค่าของกฎเอง default ทุกสังคมใช้ค่าประมาณที่ดีที่สุด หรือตารางของท่านเองเป็นไฟล์ CSV หรือ Parquet "
            "นับจากโฟลเดอร์ของไฟล์การศึกษา แต่ละสังคมสุ่มหนึ่งแถว",
        ),
    )
    keep: Literal["outcomes", "series"] = Field(
        default="outcomes",
        description="outcomes: one row a run; series: each run's weeks too.",
        json_schema_extra=in_thai("", "สิ่งที่เก็บ", "outcomes หนึ่งแถวต่อการจำลอง series เก็บรายสัปดาห์ของทุกการจำลองด้วย"),
    )

    @field_validator("parameters", mode="before")
    @classmethod
    def _called_now(cls, value: Any) -> Any:
        """Read the name that "posterior" had before."""
        return "posterior" if value == FORMER else value


class FactorSpec(Frozen):
    """One thing that the study varies: which keys it sets, and its range or its values."""

    label: ClassVar[Text] = Text(en="Factor", th="ปัจจัย")
    what: ClassVar[Text] = Text(
        en="One thing that is varied: which key of the scenario or parameter of the law it sets, and its range or its values.",
        th="สิ่งหนึ่งที่เปลี่ยน ตั้งค่าคีย์ใดของสถานการณ์หรือค่าใดของกฎ และช่วงหรือค่าที่ใช้",
    )
    key: str | None = Field(
        default=None,
        description="Dotted key of the scenario, or parameters.NAME for a parameter of the law.",
        json_schema_extra=in_thai("", "คีย์", "คีย์ของสถานการณ์คั่นด้วยจุด หรือ parameters.NAME สำหรับค่าของกฎ"),
    )
    keys: tuple[str, ...] = Field(
        default=(),
        strict=False,
        description="Instead of key: several keys that are set together, to the same value.",
        json_schema_extra=in_thai("", "หลายคีย์", "ใช้แทน key คือหลายคีย์ที่ตั้งเป็นค่าเดียวกันพร้อมกัน"),
    )
    range: tuple[float, ...] = Field(
        default=(),
        strict=False,
        description="Lower and upper end; of a parameter of the law by default its 5 and 95 % points.",
        json_schema_extra=in_thai("", "ช่วง", "ค่าต่ำสุดและสูงสุด ของค่าของกฎหากไม่ระบุคือจุดร้อยละ 5 และ 95"),
    )
    values: tuple[Any, ...] = Field(
        default=(),
        strict=False,
        description="Instead of range: the values themselves, numbers, texts or true and false.",
        json_schema_extra=in_thai("", "ค่า", "ใช้แทน range คือค่าที่ใช้ เป็นตัวเลข ข้อความ หรือ true กับ false"),
    )
    levels: int | None = Field(
        default=None,
        ge=2,
        le=MOST_LEVELS,
        description="In a grid: how many values of the range, both ends included.",
        json_schema_extra=in_thai("", "จำนวนระดับ", "ในแบบ grid ใช้กี่ค่าของช่วง รวมปลายทั้งสอง"),
    )
    step: float | None = Field(
        default=None,
        gt=0,
        le=1e12,
        description="Only the lower end and what lies whole steps above it.",
        json_schema_extra=in_thai("", "ขั้น", "ใช้เฉพาะค่าต่ำสุดและค่าที่สูงขึ้นทีละขั้นนี้"),
    )
    scale: Scale = Field(
        default="linear",
        description="How a range is walked and drawn; log: by equal factors.",
        json_schema_extra=in_thai("", "มาตรา", "เดินและสุ่มในช่วงอย่างไร log คือเพิ่มเป็นเท่าตัวเท่ากัน"),
    )
    whole: bool | None = Field(
        default=None,
        description="Whether only whole numbers are used; by default where the key takes only them.",
        json_schema_extra=in_thai("", "จำนวนเต็ม", "ใช้เฉพาะจำนวนเต็มหรือไม่ หากไม่ระบุดูจากคีย์"),
    )
    unit: Words | None = Field(
        default=None,
        description="Unit in words; by default that of the key.",
        json_schema_extra=in_thai("", "หน่วย", "หน่วยเป็นคำ หากไม่ระบุใช้ของคีย์"),
    )
    title: Words | None = Field(
        default=None,
        description="What a reader sees; by default the title of the key.",
        json_schema_extra=in_thai("", "ชื่อเรื่อง", "ข้อความที่ผู้อ่านเห็น หากไม่ระบุใช้ชื่อของคีย์"),
    )
    source: Line | None = None


class ContrastSpec(Frozen):
    """A difference between two arms that is judged too."""

    label: ClassVar[Text] = Text(en="Contrast", th="ผลต่าง")
    what: ClassVar[Text] = Text(
        en="An outcome of one arm less that of another, society by society.",
        th="ผลลัพธ์ของทางเลือกหนึ่งลบด้วยของอีกทางเลือก เทียบทีละสังคมจำลอง",
    )
    outcome: str = Field(
        default="effect_pp",
        description="Outcome of both arms.",
        json_schema_extra=in_thai("", "ผลลัพธ์", "ผลลัพธ์ของทั้งสองทางเลือก"),
    )
    arm: str = Field(description="Arm.", json_schema_extra=in_thai("", "ทางเลือก", "ทางเลือก"))
    less: str = Field(
        description="Arm whose outcome is taken off.",
        json_schema_extra=in_thai("", "ลบด้วย", "ทางเลือกที่นำผลลัพธ์มาลบออก"),
    )
    title: Words | None = Field(
        default=None,
        description="What a reader sees; by default both arms' titles.",
        json_schema_extra=in_thai("", "ชื่อเรื่อง", "ข้อความที่ผู้อ่านเห็น หากไม่ระบุใช้ชื่อของสองทางเลือก"),
    )


class DesignSpec(Frozen):
    """At which points the factors are set."""

    label: ClassVar[Text] = Text(en="Design", th="แบบการทดลอง")
    what: ClassVar[Text] = Text(
        en="At which points the factors are set: every combination, points spread by chance, or a list.",
        th="ตั้งค่าปัจจัยที่จุดใดบ้าง ทุกค่าผสมกัน จุดที่สุ่มกระจาย หรือรายการ",
    )
    kind: Kind = Field(description="How the points are chosen.", json_schema_extra=in_thai("", "ชนิด", "เลือกจุดอย่างไร"))
    levels: int | None = Field(
        default=None,
        ge=2,
        le=MOST_LEVELS,
        description="grid: values of each range that names no levels of its own. morris: levels of every factor, an even number, 4 as a rule.",
        json_schema_extra=in_thai(
            "", "จำนวนระดับ", "grid จำนวนค่าของแต่ละช่วงที่ไม่ได้ระบุเอง morris จำนวนระดับของทุกปัจจัย เป็นเลขคู่ ปกติใช้ 4"
        ),
    )
    points: int | None = Field(
        default=None,
        ge=1,
        le=MOST_POINTS,
        description="latin-hypercube and sobol: number of points; of sobol best a power of 2.",
        json_schema_extra=in_thai("", "จำนวนจุด", "latin-hypercube และ sobol จำนวนจุด ของ sobol ควรเป็นกำลังของ 2"),
    )
    base: int | None = Field(
        default=None,
        ge=2,
        le=MOST_BASE,
        description="saltelli: N of its N (d + 2) points, d factors; best a power of 2.",
        json_schema_extra=in_thai("", "ฐาน", "saltelli ค่า N ของจำนวนจุด N (d + 2) เมื่อมี d ปัจจัย ควรเป็นกำลังของ 2"),
    )
    trajectories: int | None = Field(
        default=None,
        ge=2,
        le=MOST_TRAJECTORIES,
        description="morris: trajectories, each of d + 1 points.",
        json_schema_extra=in_thai("", "จำนวนเส้นทาง", "morris จำนวนเส้นทาง เส้นทางละ d + 1 จุด"),
    )
    file: str | None = Field(
        default=None,
        min_length=1,
        max_length=1000,
        description="list: a CSV file with one column for each factor and one row for each point, found from the study file.",
        json_schema_extra=in_thai("", "ไฟล์", "list ไฟล์ CSV หนึ่งคอลัมน์ต่อปัจจัย หนึ่งแถวต่อจุด นับจากโฟลเดอร์ของไฟล์การศึกษา"),
    )
    rows: tuple[FrozenDict[Any], ...] = Field(
        default=(),
        strict=False,
        description="list: instead of file, the points themselves: a value for each factor.",
        json_schema_extra=in_thai("", "แถว", "list ใช้แทน file คือจุดต่าง ๆ โดยให้ค่าของทุกปัจจัย"),
    )
    seed: int = Field(
        default=1,
        ge=0,
        le=2**32 - 1,
        description="Seed of the points; the same seed gives the same points.",
        json_schema_extra=in_thai("", "เลขสุ่มของจุด", "เลขสุ่มของจุด เลขเดียวกันให้จุดเดียวกัน"),
    )


class StudySpec(Frozen):
    """A study: what is varied in a scenario, at which points, and what is judged."""

    label: ClassVar[Text] = Text(en="Study file", th="ไฟล์การศึกษา")
    what: ClassVar[Text] = Text(
        en="A study: a scenario, what is varied in it, at which points, and what is judged.",
        th="การศึกษาหนึ่งชุด สถานการณ์ สิ่งที่เปลี่ยน จุดที่จำลอง และผลลัพธ์ที่พิจารณา",
    )
    format: Annotated[Literal[1], BeforeValidator(_is_one)] = Field(
        description="Number of the format.", json_schema_extra=in_thai("", "รูปแบบ", "เลขของรูปแบบไฟล์")
    )
    about: About | None = Field(
        default=None,
        description="Title and question; by default those of the scenario.",
        json_schema_extra=in_thai("", "เกี่ยวกับ", "ชื่อเรื่องและคำถาม หากไม่ระบุใช้ของสถานการณ์"),
    )
    study: StudyTable = Field(
        description="The scenario, its arms, how often, and what is judged.",
        json_schema_extra=in_thai("", "การศึกษา", "สถานการณ์ ทางเลือก จำนวนสังคมจำลอง และผลลัพธ์"),
    )
    levers: FrozenDict[FactorSpec] = Field(
        default=FrozenDict(),
        description="What policy sets.",
        json_schema_extra=in_thai("", "สิ่งที่นโยบายกำหนด", "สิ่งที่นโยบายกำหนดได้"),
    )
    uncertainties: FrozenDict[FactorSpec] = Field(
        default=FrozenDict(),
        description="What nobody knows.",
        json_schema_extra=in_thai("", "สิ่งที่ไม่รู้", "สิ่งที่ไม่มีใครรู้แน่"),
    )
    contrasts: FrozenDict[ContrastSpec] = Field(
        default=FrozenDict(),
        description="Differences between arms that are judged too.",
        json_schema_extra=in_thai("", "ผลต่าง", "ผลต่างระหว่างทางเลือกที่พิจารณาด้วย"),
    )
    design: DesignSpec = Field(
        description="At which points.", json_schema_extra=in_thai("", "แบบการทดลอง", "จำลองที่จุดใดบ้าง")
    )
