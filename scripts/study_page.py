"""The page of the study file, in English and Thai, from the JSON Schema."""

from collections.abc import Iterator
from typing import Any

from scripts.scenario_page import TOP, Tables
from simulation.studies.plan.names import OUTCOMES
from simulation.studies.plan.schema import FILE_NAME, study_schema

Schema = dict[str, Any]

EXAMPLE = """```toml
format = 1
about.title = { en = "How large a discount", th = "ส่วนลดเท่าใด" }
about.question = { en = "Does a larger discount last longer?", th = "ส่วนลดที่มากกว่าได้ผลนานกว่าหรือไม่" }

[study]
scenario = "bangkok-waste"
set = { "world.citizens" = 2000 }
arms = ["fee_discount", "comparison"]
outcomes = ["effect_pp", "effect_after_pp", "cost_per_act_baht"]
replicates = 20

[levers.size]
key = "arms.fee_discount.schemes.fee.baht_per_month"
range = [0, 120]
levels = 5
unit = { en = "baht a month", th = "บาทต่อเดือน" }
title = { en = "Size of the discount", th = "ขนาดของส่วนลด" }

[uncertainties.peers]
key = "parameters.w_d"

[contrasts.lead]
arm = "comparison"
less = "fee_discount"

[design]
kind = "saltelli"
base = 64
seed = 1
```"""

CALL = """```python
import simulation as kw

found = kw.study(
    "bangkok-waste",
    levers={"size": {"key": "arms.fee_discount.schemes.fee.baht_per_month", "range": [0, 120], "levels": 5}},
    uncertainties={"peers": {"key": "parameters.w_d"}},
    design={"kind": "latin-hypercube", "points": 100},
    arms=["fee_discount", "comparison"],
    replicates=20,
    set={"world.citizens": 2000},
)
found.points, found.runs, found.warnings
```"""

HEAD = dict(
    en=f"""# The study file

Written by `scripts/make_reference.py` from the classes that read the file. [ภาษาไทย](study-file.th.md)

A study is one TOML file, `study.toml` in a folder of its own: a scenario, what is varied in it, at which points, and what is judged.

{EXAMPLE}

```
kwamdee validate study.toml                        # every mistake at once; how many points and runs; nothing is run
kwamdee schema --study --out {FILE_NAME}
```

`kwamdee validate` takes the file, its folder, or the name of a shipped study. The schema serves editors that complete and check: keep it
beside the study and write `#:schema {FILE_NAME}` as the file's first line.

## Levers and uncertainties

**Levers** are what policy sets, **uncertainties** what nobody knows; both are factors and are varied in the same way, and reports tell them
apart. A factor sets one `key` of the scenario, or several `keys` together, or one parameter of the law as `parameters.NAME`
([parameters](parameters.md)). Its values are a `range` or are listed in `values`: numbers, texts, or true and false. Rival rules of the model are
factors like any other: `key = "law.decision"`, `values = ["logit", "threshold"]`.

- A range is walked and drawn evenly (`scale = "linear"`) or by equal factors (`scale = "log"`). Where the key takes whole numbers, so does
  the factor. `step` keeps to the lower end and what lies whole steps above it, in every design.
- A parameter of the law needs no range: its 5 and 95% points are taken. `parameters.responsiveness` and `parameters.habit_deviate` put one
  standard normal deviate in the place of every behaviour's.
- Both ends of a range, and the values, are put into the scenario when the file is read: what the scenario refuses, by its ranges or its rules of
  rights, is refused here, at the line of the study.
- Names become columns of the results: letters, digits and `_`. Names of columns that there are already are refused.

## Designs

| kind | points | when |
|---|---|---|
| `grid` | every combination of the levels or values: their product | one to three factors; response curves and heat maps; policy choices that are listed |
| `latin-hypercube` | `points` | many factors, one look at all of them: trees, PRIM, delta and PAWN read it. Ten points a factor or more |
| `sobol` | `points`, best a power of 2 | as before, still more even; its first points stay when more are asked for |
| `saltelli` | `base` x (factors + 2), the base a power of 2 | Sobol' indices S1 and ST: how much of an outcome's spread each factor brings. 512 or more; 64 is a first look |
| `morris` | `trajectories` x (factors + 1) | screening: which of many factors matter at all, for few runs. 10 to 50 trajectories, 4 levels |
| `list` | rows of a CSV `file`, or `rows` | points from elsewhere: those of a paper, of another program, or of an earlier study |

- The points follow from the design's `seed`, to the bit, in every run. A grid is never held in memory: its points are made as they are asked for.
- Whole numbers and listed values have equal parts of a drawn factor: of three values each is drawn a third of the time.
- Drawn designs need SciPy, `saltelli` and `morris` also SALib: `pip install "kwamdee[studies]"`. Where a newer version would draw other points, a
  study that was begun says so and stops.
- A CSV file is UTF-8 with commas between columns and decimal points in numbers; its first line names the factors, each further line is a point.
  Semicolons, decimal commas, empty cells and columns that are no factor are told with their line.

## How often

`replicates` societies are run at every point, the same ones at all of them: replicate 3 has the same people, ties, luck and drawn parameters
everywhere, so that points differ only by what is varied. Instead, a `target` adds societies at a point until the Monte Carlo standard error of an
outcome is small enough:

```toml
[study]
target = {{ mcse = 0.2, outcome = "effect_pp", at_least = 8, at_most = 200 }}
```

A study that takes more than ten minutes asks for `--yes` when it is run; one that nobody could run is refused with the number of its runs and the hours.

## What is warned of

Designs too small for what they are to tell, a parameter of the law under `[levers]`, a factor of an arm that is not run, and values that the
scenario takes alone but not together: such points are run, fail and are kept as failed.

## Changes on the command line

`--set KEY=VALUE` changes the study (`--set design.points=200`, `--set study.replicates=5`) or its scenario (`--set world.citizens=500`), by
the key's first word. More societies go into the same results; anything else that is asked makes other results.

## From Python

{CALL}

The arguments are the tables and keys of the file, and mistakes name the argument. `kw.load_study("experiments/NAME")` reads a file.

## Outcomes

{", ".join(f"`{name}`" for name in OUTCOMES)}: see [results](results.md). The first of `outcomes` leads.

## Every key

**bold**: needed. NAME is a name of your own.
""",
    th=f"""# ไฟล์การศึกษา

เขียนโดย `scripts/make_reference.py` จากคลาสที่อ่านไฟล์ [English](study-file.md)

การศึกษาหนึ่งคือไฟล์ TOML หนึ่งไฟล์ `study.toml` ในโฟลเดอร์ของตนเอง มีสถานการณ์ สิ่งที่เปลี่ยนในสถานการณ์ จุดที่จำลอง และผลลัพธ์ที่พิจารณา

{EXAMPLE}

```
kwamdee validate study.toml --lang th              # บอกข้อผิดพลาดทั้งหมดในครั้งเดียว จำนวนจุดและรอบ โดยไม่เริ่มจำลอง
kwamdee schema --study --lang th --out {FILE_NAME}
```

`kwamdee validate` รับไฟล์ โฟลเดอร์ของไฟล์ หรือชื่อการศึกษาที่มีให้ สคีมาใช้กับโปรแกรมแก้ไขที่เติมคำและตรวจให้ วางไว้ในโฟลเดอร์เดียวกัน
และเขียนบรรทัดแรกของไฟล์ว่า `#:schema {FILE_NAME}`

## สิ่งที่นโยบายกำหนด และสิ่งที่ไม่มีใครรู้แน่

**levers** คือสิ่งที่นโยบายกำหนดได้ **uncertainties** คือสิ่งที่ไม่มีใครรู้แน่ ทั้งสองเป็นปัจจัยและเปลี่ยนด้วยวิธีเดียวกัน รายงานแยกให้เห็น ปัจจัยหนึ่งตั้งค่า `key` หนึ่งคีย์ของสถานการณ์
หรือหลายคีย์พร้อมกันด้วย `keys` หรือค่าหนึ่งของกฎเป็น `parameters.NAME` ([ค่าของกฎ](parameters.md)) ค่าที่ใช้เป็นช่วง `range` หรือรายการ `values` ซึ่งเป็นตัวเลข
ข้อความ หรือ true กับ false กฎอื่นของแบบจำลองก็เป็นปัจจัยได้ เช่น `key = "law.decision"`, `values = ["logit", "threshold"]`

- ช่วงเดินและสุ่มอย่างสม่ำเสมอ (`scale = "linear"`) หรือเพิ่มเป็นเท่าตัวเท่ากัน (`scale = "log"`) เมื่อคีย์รับจำนวนเต็ม ปัจจัยก็ใช้จำนวนเต็ม `step` ใช้เฉพาะค่าต่ำสุดและค่าที่สูงขึ้นทีละขั้น ในทุกแบบ
- ค่าของกฎไม่ต้องระบุช่วง จะใช้จุดร้อยละ 5 และ 95 ส่วน `parameters.responsiveness` และ `parameters.habit_deviate` ใช้ค่าเบี่ยงเบนปรกติมาตรฐานค่าเดียวแทนของทุกพฤติกรรม
- ปลายทั้งสองของช่วงและค่าต่าง ๆ ถูกลองใส่ในสถานการณ์เมื่ออ่านไฟล์ สิ่งที่สถานการณ์ไม่รับ ไม่ว่าเพราะเกินช่วงหรือผิดกฎด้านสิทธิ จะถูกปฏิเสธที่บรรทัดของไฟล์การศึกษา
- ชื่อปัจจัยเป็นชื่อคอลัมน์ของผล ใช้ตัวอักษร ตัวเลข และ `_` ชื่อที่ซ้ำกับคอลัมน์ที่มีอยู่แล้วใช้ไม่ได้

## แบบการทดลอง

| kind | จำนวนจุด | ใช้เมื่อ |
|---|---|---|
| `grid` | ทุกค่าผสมกัน คือผลคูณของจำนวนระดับหรือค่า | หนึ่งถึงสามปัจจัย กราฟผลตามค่า แผนที่ความร้อน และทางเลือกนโยบายที่ระบุเป็นรายการ |
| `latin-hypercube` | `points` | หลายปัจจัย ดูทั้งหมดในครั้งเดียว ใช้กับต้นไม้ตัดสินใจ PRIM delta และ PAWN ควรมีสิบจุดต่อปัจจัยขึ้นไป |
| `sobol` | `points` ควรเป็นกำลังของ 2 | เช่นเดียวกัน แต่กระจายสม่ำเสมอกว่า จุดแรก ๆ คงเดิมเมื่อขอจุดเพิ่ม |
| `saltelli` | `base` x (จำนวนปัจจัย + 2) ฐานเป็นกำลังของ 2 | ดัชนี Sobol' S1 และ ST คือแต่ละปัจจัยทำให้ผลต่างกันเพียงใด ควรใช้ 512 ขึ้นไป 64 ใช้ดูคร่าว ๆ |
| `morris` | `trajectories` x (จำนวนปัจจัย + 1) | คัดกรองว่าปัจจัยใดมีความหมาย ด้วยจำนวนรอบน้อย ใช้ 10 ถึง 50 เส้นทาง 4 ระดับ |
| `list` | แถวของไฟล์ CSV ใน `file` หรือ `rows` | จุดจากที่อื่น เช่น จากบทความ จากโปรแกรมอื่น หรือจากการศึกษาก่อนหน้า |

- จุดกำหนดจาก `seed` ของแบบ เหมือนกันทุกบิตทุกครั้ง grid ไม่ถูกเก็บไว้ในหน่วยความจำ แต่ละจุดสร้างเมื่อใช้
- จำนวนเต็มและค่าในรายการมีส่วนเท่ากันเมื่อสุ่ม เช่น มีสามค่า แต่ละค่าถูกสุ่มหนึ่งในสามครั้ง
- แบบที่สุ่มต้องใช้ SciPy และ `saltelli` กับ `morris` ต้องใช้ SALib ด้วย: `pip install "kwamdee[studies]"` หากรุ่นใหม่สุ่มได้จุดอื่น การศึกษาที่เริ่มไว้แล้วจะแจ้งและหยุด
- ไฟล์ CSV เป็น UTF-8 คั่นคอลัมน์ด้วยจุลภาค ใช้จุดเป็นจุดทศนิยม บรรทัดแรกเป็นชื่อปัจจัย บรรทัดต่อไปบรรทัดละหนึ่งจุด อัฒภาค จุลภาคทศนิยม ช่องว่าง และคอลัมน์ที่ไม่ใช่ปัจจัย จะแจ้งพร้อมบรรทัด

## จำลองกี่ครั้ง

จำลอง `replicates` สังคมที่ทุกจุด เป็นสังคมชุดเดียวกัน สังคมที่ 3 มีคน ความสัมพันธ์ โชค และค่าที่สุ่มเหมือนกันทุกจุด จุดจึงต่างกันเฉพาะสิ่งที่เปลี่ยน หรือใช้ `target`
เพื่อเพิ่มสังคมที่จุดหนึ่งจนความคลาดเคลื่อนมาตรฐานของการจำลองของผลลัพธ์เล็กพอ

```toml
[study]
target = {{ mcse = 0.2, outcome = "effect_pp", at_least = 8, at_most = 200 }}
```

การศึกษาที่ใช้เวลาเกินสิบนาทีต้องใช้ `--yes` เมื่อเริ่มจำลอง การศึกษาที่ไม่มีใครจำลองได้จะถูกปฏิเสธ พร้อมจำนวนรอบและชั่วโมง

## สิ่งที่เตือน

แบบที่เล็กเกินไปสำหรับสิ่งที่จะบอก ค่าของกฎที่อยู่ใน `[levers]` ปัจจัยของทางเลือกที่ไม่ได้จำลอง และค่าที่สถานการณ์รับทีละค่าแต่ไม่รับพร้อมกัน จุดเช่นนี้จะจำลองไม่สำเร็จและบันทึกไว้ว่าไม่สำเร็จ

## เปลี่ยนค่าในคำสั่ง

`--set KEY=VALUE` เปลี่ยนการศึกษา (`--set design.points=200`, `--set study.replicates=5`) หรือสถานการณ์ (`--set world.citizens=500`) ดูจากคำแรกของคีย์
สังคมที่เพิ่มเก็บในผลชุดเดิม สิ่งอื่นที่เปลี่ยนทำให้เป็นผลอีกชุด

## จาก Python

{CALL}

อาร์กิวเมนต์คือตารางและคีย์ของไฟล์ ข้อผิดพลาดบอกชื่ออาร์กิวเมนต์ `kw.load_study("experiments/NAME")` อ่านไฟล์

## ผลลัพธ์

{", ".join(f"`{name}`" for name in OUTCOMES)} ดู[ผลจำลอง](results.md) ผลลัพธ์แรกใน `outcomes` เป็นผลลัพธ์หลัก

## ทุกคีย์

**ตัวหนา** คือต้องมี NAME คือชื่อที่ตั้งเอง
""",
)


def page(lang: str) -> str:
    """Return the page in a language."""
    return "\n".join([HEAD[lang], *_StudyTables(lang).lines()])


class _StudyTables(Tables):
    """The tables of a study file, one section each, in its order."""

    def __init__(self, lang: str) -> None:
        self.lang, self.schema = lang, study_schema(lang)
        self.defs: Schema = self.schema["$defs"]

    def lines(self) -> Iterator[str]:
        """Yield the sections."""
        yield from self.section("", {**self.schema, "title": TOP[self.lang]}, self.schema["required"])

    def inside(self, path: str, made: Schema) -> Iterator[str]:
        """Yield the tables behind a key; uncertainties are written as levers are."""
        if path == "uncertainties":
            return
        shown = path.replace("levers", "levers.NAME], [uncertainties") if path == "levers" else path
        yield from super().inside(shown, made)

    def needed(self, name: str) -> list[str]:
        """Return the keys that a table must have."""
        return list(self.defs[name].get("required", []))
