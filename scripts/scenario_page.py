"""The page of the scenario file, in English and Thai, from the JSON Schema."""

from collections.abc import Iterator
from typing import Any

from simulation.scenario.schema import FILE_NAME, scenario_schema

Schema = dict[str, Any]
COMMON = "arms.NAME.schemes.NAME"

HEAD = dict(
    en=f"""# The scenario file

Written by `scripts/make_reference.py` from the classes that read the file. [ภาษาไทย](scenario-file.th.md)

A scenario is one TOML file: a question, a society to answer it in, and the arms that are compared. Start from a few questions
or from a copy, change a number, check it, run it:

```
kwamdee init my-scheme.toml                        # at most 20 questions; Enter takes each default
kwamdee init my-scheme.toml --from bangkok-waste   # a copy of a shipped one
kwamdee validate my-scheme.toml                    # every mistake at once: file, line, key, value received, what is right
kwamdee compare my-scheme.toml
```

## What comes first

Where a value is said more than once, the first of these holds:

1. `--set key=value` on the command line (`--seed` and `--replicates` are short for two of them)
2. the file itself
3. the file that it extends, then the one which that extends, and so on
4. the default of the format, in the tables below

## Variants: extends and drop

A file that says `extends` holds only what differs from another: a file, found from the folder of the one that says it, or a shipped
scenario by name. Up to 8 files may extend one another.

```toml
extends = "bangkok-waste"
drop = ["arms.comparison", "world.organisations"] # inherited, and left out here

[run]
weeks = 80

[arms.fee_discount.schemes.fee]
baht_per_month = 60
```

- **Tables merge key by key**, and behaviours, arms and schemes by their names: above, one amount of one scheme changes and
  everything else of it stays. New names come after the inherited ones.
- **Written whole**, taking the place of what was there: lists; a text in two languages; and a table that says which form it has, a
  scheme with its `kind` and an enrolment with its `mode`.
- **`drop`** lists inherited keys, in full, that are left out. What is dropped can be written anew in the same file.
- **`source` and `mark`** vouch for the numbers beside them. A file that changes one says its own source; otherwise none is kept.
- A mistake in the other file is named with that file and line. One that arises only from the variant is named at the line of the
  variant that brings it. The digest of the results is that of the whole; their manifest lists the files.

## Completion in an editor

```
kwamdee schema --out {FILE_NAME}
```

writes the format as JSON Schema (2020-12), with the schemes that are installed here; `--lang th` puts titles and descriptions in Thai
(both languages are always under `x-kwamdee`). In VS Code install *Even Better TOML*, keep the schema in the folder of the scenario and
write as the file's first line:

```toml
#:schema {FILE_NAME}
```

`kwamdee init` writes that line. The editor then offers keys and words and marks what is out of range. It does not know rules
between keys, such as a scheme that ends after the horizon: `kwamdee validate` does.

## Every key

**bold**: needed in a file that extends no other. NAME is a name of your own: letters, digits, `_` and `-`, up to 60.
""",
    th=f"""# ไฟล์สถานการณ์

เขียนโดย `scripts/make_reference.py` จากคลาสที่อ่านไฟล์ [English](scenario-file.md)

สถานการณ์หนึ่งคือไฟล์ TOML หนึ่งไฟล์ มีคำถาม สังคมที่ใช้ตอบ และทางเลือกที่นำมาเทียบกัน เริ่มจากคำถามไม่กี่ข้อหรือจากสำเนา แก้ตัวเลข ตรวจ แล้วจำลอง

```
kwamdee init my-scheme.toml --lang th              # ไม่เกิน 20 คำถาม กด Enter เพื่อใช้ค่าตั้งต้น
kwamdee init my-scheme.toml --from bangkok-waste   # สำเนาของสถานการณ์ที่มีให้
kwamdee validate my-scheme.toml --lang th          # บอกข้อผิดพลาดทั้งหมดในครั้งเดียว
kwamdee compare my-scheme.toml --lang th
```

## สิ่งใดมาก่อน

เมื่อค่าหนึ่งเขียนไว้หลายที่ ใช้ค่าแรกตามลำดับนี้

1. `--set key=value` ในคำสั่ง (`--seed` และ `--replicates` เป็นแบบย่อของสองค่า)
2. ไฟล์นั้นเอง
3. ไฟล์ที่ต่อยอดมา แล้วไฟล์ที่ไฟล์นั้นต่อยอดมา ตามลำดับ
4. ค่าตั้งต้นของรูปแบบ ตามตารางข้างล่าง

## ไฟล์ที่ต่อยอด: extends และ drop

ไฟล์ที่มี `extends` เขียนเฉพาะสิ่งที่ต่างจากไฟล์อื่น ซึ่งเป็นไฟล์นับจากโฟลเดอร์ของไฟล์นี้ หรือชื่อสถานการณ์ที่มีให้ ต่อยอดกันได้ไม่เกิน 8 ไฟล์

```toml
extends = "bangkok-waste"
drop = ["arms.comparison", "world.organisations"] # สืบทอดมา แต่ไม่ใช้

[run]
weeks = 80

[arms.fee_discount.schemes.fee]
baht_per_month = 60
```

- **ตารางรวมกันทีละคีย์** พฤติกรรม ทางเลือก และมาตรการรวมกันตามชื่อ ตัวอย่างข้างบนเปลี่ยนมูลค่าเดียวของมาตรการเดียว ที่เหลือคงเดิม ชื่อใหม่ต่อท้ายชื่อที่สืบทอดมา
- **เขียนใหม่ทั้งหมด** แทนของเดิม ได้แก่ รายการ ข้อความสองภาษา และตารางที่บอกรูปแบบของตน คือมาตรการที่มี `kind` และการเข้าร่วมที่มี `mode`
- **`drop`** คือรายการคีย์เต็มที่สืบทอดมาและตัดออก สิ่งที่ตัดออกเขียนใหม่ในไฟล์เดียวกันได้
- **`source` และ `mark`** รับรองตัวเลขที่อยู่ข้างกัน ไฟล์ที่เปลี่ยนตัวเลขต้องบอกแหล่งที่มาเอง มิฉะนั้นจะไม่มีแหล่งที่มา
- ข้อผิดพลาดของไฟล์อื่นบอกชื่อไฟล์และบรรทัดของไฟล์นั้น ข้อผิดพลาดที่เกิดจากการต่อยอดบอกบรรทัดที่ทำให้เกิด รหัสของผลจำลองเป็นของทั้งหมดรวมกัน และมีรายชื่อไฟล์กำกับ

## ให้โปรแกรมแก้ไขช่วยเติมคำ

```
kwamdee schema --lang th --out {FILE_NAME}
```

เขียนรูปแบบเป็น JSON Schema (2020-12) พร้อมมาตรการที่ติดตั้งไว้ ใน VS Code ให้ติดตั้ง *Even Better TOML* วางสคีมาไว้ในโฟลเดอร์เดียวกับไฟล์สถานการณ์ และเขียนบรรทัดแรกของไฟล์ว่า

```toml
#:schema {FILE_NAME}
```

`kwamdee init` เขียนบรรทัดนี้ให้ โปรแกรมแก้ไขจะเสนอคีย์และคำที่ใช้ได้ และบอกเมื่อค่าเกินช่วง แต่ไม่รู้กฎระหว่างคีย์ เช่น มาตรการที่สิ้นสุดหลังระยะเวลาจำลอง ซึ่ง `kwamdee validate` รู้

## ทุกคีย์

**ตัวหนา** คือต้องมีในไฟล์ที่ไม่ได้ต่อยอดจากไฟล์อื่น NAME คือชื่อที่ตั้งเอง ใช้ตัวอักษร ตัวเลข `_` และ `-` ไม่เกิน 60 ตัว
""",
)
COLUMNS = {
    "en": ("key", "meaning", "unit", "range or words", "default"),
    "th": ("คีย์", "ความหมาย", "หน่วย", "ช่วงหรือคำที่ใช้ได้", "ค่าตั้งต้น"),
}
TOP = {"en": "At the head of the file", "th": "ต้นไฟล์"}
ALL_KINDS = {"en": "Every kind", "th": "ทุกชนิด"}
SHARED = {"en": "What all kinds of scheme take.", "th": "สิ่งที่มาตรการทุกชนิดมี"}
YES_NO = "true, false"


def page(lang: str) -> str:
    """Return the page in a language."""
    return "\n".join([HEAD[lang], *Tables(lang).lines()])


class Tables:
    """The tables of the format, one section each, in its order."""

    def __init__(self, lang: str) -> None:
        self.lang, self.schema = lang, scenario_schema(lang)
        self.defs: Schema = self.schema["$defs"]

    def lines(self) -> Iterator[str]:
        """Yield the sections."""
        yield from self.section("", {**self.schema, "title": TOP[self.lang]}, self.schema["then"].get("required", []))

    def section(self, path: str, table: Schema, needed: list[str], keys: list[str] | None = None) -> Iterator[str]:
        """Yield one table with its keys, then the tables inside it."""
        properties = {k: v for k, v in table["properties"].items() if keys is None or k in keys}
        heading = f"`[{path}]` {table['title']}" if path else table["title"]
        yield from (f"### {heading}", "", f"{table['description']}", "")
        yield "| " + " | ".join(COLUMNS[self.lang]) + " |"
        yield "|---|---|---|---|---|"
        yield from (self.row(key, made, key in needed) for key, made in properties.items())
        yield ""
        for key, made in properties.items():
            yield from self.inside(f"{path}.{key}".lstrip("."), made)

    def row(self, key: str, made: Schema, needed: bool) -> str:
        """Return the row of a key."""
        ours = made["x-kwamdee"]
        unit = ours.get("unit", {}).get(self.lang) or ours.get("unit", {}).get("en", "")
        default = f"`{_toml(made['default'])}`" if "default" in made and key != "kind" else ""
        name = f"**`{key}`**" if needed else f"`{key}`"
        return f"| {name} | {ours['description'][self.lang]} | {unit} | {self.allowed(made)} | {default} |"

    def allowed(self, made: Schema) -> str:
        """Return the words or the range that a key takes."""
        made = made.get("items", made) if made.get("type") == "array" else made
        if "enum" in made or "const" in made:
            return ", ".join(f"`{word}`" for word in made.get("enum", [made.get("const")]))
        if made.get("type") == "boolean":
            return YES_NO
        said = made.get("description", "")
        mark = {"en": "Range: ", "th": "ช่วง "}[self.lang]
        return said.rsplit(mark, 1)[1].rstrip(".") if mark in said else ""

    def inside(self, path: str, made: Schema) -> Iterator[str]:
        """Yield the tables behind a key: one, those that the user names, or the elements of a list."""
        if "$ref" in made:
            yield from self.of(path, made["$ref"])
        inner = made.get("additionalProperties", made.get("items"))
        if isinstance(inner, dict) and "$ref" in inner:
            yield from self.of(f"{path}.NAME" if "additionalProperties" in made else f"[{path}]", inner["$ref"])
        elif isinstance(inner, dict) and "discriminator" in inner:
            yield from self.kinds(f"{path}.NAME", inner["discriminator"]["mapping"])

    def of(self, path: str, ref: str) -> Iterator[str]:
        """Yield the section of a definition; texts need none."""
        name = ref.rsplit("/", 1)[1]
        if name != "Text":
            yield from self.section(path, self.defs[name], self.needed(name))

    def kinds(self, path: str, mapping: dict[str, str]) -> Iterator[str]:
        """Yield what all schemes share, then each kind with its own parameters."""
        names = [ref.rsplit("/", 1)[1] for ref in mapping.values()]
        shared = [k for k in self.defs[names[0]]["properties"] if all(k in self.defs[n]["properties"] for n in names)]
        first = self.defs[names[0]] | {"title": ALL_KINDS[self.lang], "description": SHARED[self.lang]}
        common = {k: {**v, "const": None} if k == "kind" else v for k, v in first["properties"].items()}
        common["kind"] = {**common["kind"], "enum": list(mapping)}
        yield from self.section(path, {**first, "properties": common}, ["kind", "schedule"], shared)
        for kind, name in zip(mapping, names, strict=True):
            own = [k for k in self.defs[name]["properties"] if k not in shared]
            section = self.section(path, self.defs[name], self.needed(name), own)
            yield from (line.replace(f"`[{path}]`", f'`kind = "{kind}"`') for line in section)

    def needed(self, name: str) -> list[str]:
        """Return the keys that a table must have."""
        whole = self.defs.get(f"whole.{name}", {})
        return list(whole.get("else", whole).get("required", []))


def _toml(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
