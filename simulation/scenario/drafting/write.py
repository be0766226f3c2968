"""A plan as a commented scenario file: each number with its unit, its range, and its source or that it was chosen."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic import BaseModel

from simulation.core.clock import Schedule
from simulation.core.params import Text
from simulation.incentives.base import Enrolment, Scheme
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.verification import Checks
from simulation.scenario.drafting.eligible import target_of
from simulation.scenario.drafting.facts import DAYS, EARNERS, daily_wage, online
from simulation.scenario.drafting.notes import asks_consent
from simulation.scenario.drafting.plan import OWN, Plan
from simulation.scenario.drafting.schemes import amounts, is_claimed, is_paid, reaches_everybody, toml_number
from simulation.scenario.fields import known_field
from simulation.scenario.model import Behaviour, Rights, Run
from simulation.scenario.schema import FILE_NAME
from simulation.scenario.words import key_words
from simulation.world.facts import fact
from simulation.world.spec import DailyWage, Localities, Organisations, Sectors, Ties, WorldSpec

ARM_OF = "trial_"
DESIGN = Text(en="design", th="ค่าที่เลือก")
_COLUMN = 30


def draft(plan: Plan, lang: str = "en") -> str:
    """Return the text of the scenario that a plan makes, its comments in `lang`."""
    writer = _Writer(plan, lang)
    blocks = (writer.head(), writer.run(), writer.world(), writer.behaviour(), writer.arms(), writer.rights())
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def quoted_toml(text: str) -> str:
    """Return a text of one line as TOML."""
    return json.dumps(text, ensure_ascii=False)


class _Writer:
    """Writes one table after the other."""

    def __init__(self, plan: Plan, lang: str) -> None:
        self.plan, self.lang = plan, lang

    def say(self, en: str, th: str) -> str:
        """Return one of two texts, by the language."""
        return th if self.lang == "th" else en

    def line(self, cls: type[BaseModel], key: str, value: str, why: Text | None = None, prefix: str = "") -> str:
        """Return `key = value` with a comment: unit, range, and where the value comes from."""
        field = cls.model_fields[key]
        known, words = known_field(field, cls), key_words(cls, key, field)
        parts = [words.unit.get(self.lang)] if words.unit is not None else []
        parts += [known.bounds(self.lang)] if known.bounds() else []
        parts += [" / ".join(known.choices)] if known.choices else []
        about = (" " if self.lang == "th" else ", ").join(parts) or words.description.get(self.lang).rstrip(".")
        told = f"{about}; {why.get(self.lang)}" if why is not None else about
        return f"{f'{prefix}{key} = {value}':<{_COLUMN}} # {told}"

    def text(self, key: str, typed: str | None, usual: Text) -> str:
        """Return a text in both languages; what was typed stands in the language of the file."""
        both = usual
        if typed is not None:
            both = Text(en=typed) if self.lang == "en" else Text(en=typed, th=typed)
        th = f", th = {quoted_toml(both.th)}" if both.th else ""
        return f"{key} = {{ en = {quoted_toml(both.en)}{th} }}"

    def head(self) -> list[str]:
        """Write the question and what the file is about."""
        plan = self.plan
        return [
            f"#:schema {FILE_NAME}",
            f"# {plan.question if plan.question is not None else plan.questions.get(self.lang)}",
            "#",
            *self.say(
                "# Marks: V seen in the source, D derived from such figures, L low confidence, R recalled, design a chosen value.\n"
                f"# For completion in an editor: kwamdee schema --out {FILE_NAME}",
                "# เครื่องหมาย: V เห็นในแหล่งที่มา D คำนวณจากตัวเลขดังกล่าว L ความเชื่อมั่นต่ำ R จากความจำ design ค่าที่เลือกเอง\n"
                f"# ให้โปรแกรมแก้ไขช่วยเติมคำ: kwamdee schema --lang th --out {FILE_NAME}",
            ).split("\n"),
            "format = 1",
            "",
            "[about]",
            self.text("title", plan.title, plan.titles),
            self.text("question", plan.question, plan.questions),
        ]

    def run(self) -> list[str]:
        """Write horizon, societies, seed and the smallest effect."""
        plan = self.plan
        weeks = Text(
            en=f"design: {plan.start} before, {plan.weeks} of offer, {plan.after} after",
            th=f"ค่าที่เลือก: ก่อน {plan.start} ระหว่าง {plan.weeks} หลัง {plan.after}",
        )
        return [
            "[run]",
            self.line(Run, "weeks", str(plan.horizon), weeks),
            self.line(Run, "replicates", str(plan.replicates), DESIGN),
            self.line(Run, "seed", "1", DESIGN),
            self.line(Run, "smallest_effect_pp", toml_number(plan.smallest), DESIGN),
        ]

    def world(self) -> list[str]:
        """Write place, people, income, organisations and ties."""
        return [*self._place(), "", *self._wage(), "", *self._organisations(), "", *self._ties()]

    def _place(self) -> list[str]:
        plan = self.plan
        urban = fact("municipal share")
        national = Text(en=f"V: national, {urban['year']}", th=f"V: ทั้งประเทศ {urban['year']}")
        bangkok = Text(en="design: all of Bangkok is municipal", th="ค่าที่เลือก: กรุงเทพฯ เป็นเขตเมืองทั้งหมด")
        in_bangkok = plan.province.iso == "TH-10"
        rate = "1.0" if in_bangkok else urban["value"]
        bands = ", ".join(f'"{band}" = {toml_number(share)}' for band, share in online().items())
        places = Text(en="design: 200 people or more in each", th="ค่าที่เลือก: แห่งละ 200 คนขึ้นไป")
        return [
            "[world]",
            self.line(WorldSpec, "place", quoted_toml(plan.province.iso), plan.province.name),
            self.line(WorldSpec, "citizens", str(plan.citizens), DESIGN),
            self.line(WorldSpec, "decider", quoted_toml(plan.who)),
            self.line(WorldSpec, "urban", rate, bangkok if in_bangkok else national),
            f"online = {{ {bands} }} # {self.say('share, 0 to 1; V: NSO ICT survey, Q4 2021', 'สัดส่วน ตั้งแต่ 0 ถึง 1; V: สำรวจไอซีที สสช. ไตรมาส 4 ปี 2564')}",
            self.line(Localities, "number", str(self._localities()), places, "localities."),
            self.line(Localities, "name", quoted_toml(self._locality(in_bangkok)), None, "localities."),
        ]

    def _locality(self, in_bangkok: bool) -> str:
        return self.say("district", "เขต" if in_bangkok else "พื้นที่")

    def _localities(self) -> int:
        return max(1, min(50, self.plan.citizens // 200))

    def _wage(self) -> list[str]:
        mean, income = daily_wage(self.plan.province)
        gini = fact("income Gini")
        how = Text(
            en=f"D: {income} baht a household a month (V) / {EARNERS:g} earners / {DAYS} days (design)",
            th=f"D: รายได้ครัวเรือนเดือนละ {income} บาท (V) / ผู้มีรายได้ {EARNERS:g} คน / {DAYS} วัน (ค่าที่เลือก)",
        )
        return [
            "[world.daily_wage]",
            self.line(DailyWage, "mean", str(mean), how),
            self.line(
                DailyWage,
                "gini",
                gini["value"],
                Text(en=f"V: national, {gini['year']}", th=f"V: ทั้งประเทศ {gini['year']}"),
            ),
            f"source = {quoted_toml('NSO Statistical Yearbook 2021, table 299; ' + gini['source'])}",
            'mark = "D"',
        ]

    def _organisations(self) -> list[str]:
        sectors = (("public", "0.2"), ("private", "0.7"), ("civil", "0.1"))
        return [
            "[world.organisations]",
            self.line(Organisations, "mean_size", "40", DESIGN),
            *(self.line(Sectors, name, share, DESIGN, "sectors.") for name, share in sectors),
            'mark = "design"',
        ]

    def _ties(self) -> list[str]:
        contacts = Text(en="V: synthetic Thai contact matrix, 2015", th="V: ตารางการพบปะสังเคราะห์ของไทย ปี 2558")
        recalled = Text(en="R: friendship graphs 0.15 to 0.35", th="R: กราฟมิตรภาพ 0.15 ถึง 0.35")
        return [
            "[world.ties]",
            *(
                self.line(Ties, key, value, DESIGN)
                for key, value in (("work", "6"), ("neighbourhood", "6"), ("wide", "4"))
            ),
            self.line(Ties, "homophily_age", "0.44", contacts),
            self.line(Ties, "clustering", "0.25", recalled),
            'mark = "design"',
        ]

    def behaviour(self) -> list[str]:
        """Write the behaviour, its rate with its source."""
        plan, known = self.plan, self.plan.fact
        own = known.id == OWN.id or plan.rate != known.baseline
        mark = "design" if own else known.mark
        see, see_th = ("see source", "ดูแหล่งที่มา") if known.source else ("see above", "ดูข้างบน")
        why = Text(en=f"{mark}: {'entered' if own else see}", th=f"{mark}: {'ใส่เอง' if own else see_th}")
        lines = [
            f"[behaviours.{known.id}]",
            f"title = {{ en = {quoted_toml(known.title.en)}, th = {quoted_toml(known.title.th)} }}",
        ]
        said = (("", "ข้อมูลในตาราง: ", "" if own else known.note), ("Evidence: ", "หลักฐาน: ", known.evidence))
        notes = [self.say(en, th) + text for en, th, text in (*said, ("Risk: ", "ความเสี่ยง: ", known.risk)) if text]
        lines[:0] = [f"# {note}" for note in notes]
        lines += [
            self.line(Behaviour, "baseline", toml_number(plan.rate), why),
            self.line(Behaviour, "opportunities_per_week", toml_number(plan.chances), DESIGN),
            self.line(Behaviour, "dynamics", quoted_toml(plan.dynamics), DESIGN),
        ]
        if plan.dynamics == "sticky":
            lines.append(self.line(Behaviour, "redecision", "0.1", DESIGN))
        lines += [self.line(Behaviour, "intrinsic", "0.3", _JUDGEMENT), self.line(Behaviour, "visible", "0.35", DESIGN)]
        if known.source and not own:
            lines.append(f"source = {quoted_toml(known.source)}")
        return [*lines, f'mark = "{mark}"']

    def arms(self) -> list[str]:
        """Write the control and one arm for each kind."""
        control = self.say("# What the others are compared with: no scheme.", "# ฐานเทียบของทางเลือกอื่น: ไม่มีมาตรการ")
        lines = [control, "[arms.control]"]
        for kind in self.plan.kinds:
            lines += ["", *self._arm(kind)]
        return lines

    def _arm(self, kind: str) -> Iterator[str]:
        plan, cls = self.plan, scheme_classes()[kind]
        name = kind if all(c.isalnum() or c in "_-" for c in kind) else ARM_OF + str(plan.kinds.index(kind))
        yield f"# {cls.what.get(self.lang)}"
        yield f"[arms.{name}]"
        yield f"title = {{ en = {quoted_toml(cls.label.en)}, th = {quoted_toml(cls.label.th)} }}"
        yield f"[arms.{name}.schemes.{name}]"
        yield f"kind = {quoted_toml(kind)}"
        yield f"behaviour = {quoted_toml(plan.fact.id)}"
        for amount in amounts(kind, plan):
            yield self.line(cls, amount.key, amount.value, amount.why)
        yield from self._delivery(kind)
        yield 'mark = "design"'

    def _delivery(self, kind: str) -> Iterator[str]:
        plan, target = self.plan, target_of(self.plan.eligible)
        if target is not None:
            yield f"{f'target = {target[0]}':<{_COLUMN}} # {target[1].get(self.lang)}; {DESIGN.get(self.lang)}"
        everybody = Text(en="it reaches everybody", th="ถึงทุกคน")
        asked = asks_consent(kind, plan)
        if asked:
            yield self.line(Scheme, "consent", '"explicit"', _CONSENT)
        if reaches_everybody(kind) or (plan.mode == "automatic" and not asked):
            why = everybody if reaches_everybody(kind) else DESIGN
            yield self.line(Enrolment, "mode", '"automatic"', why, "enrolment.")
        else:
            yield self.line(Enrolment, "mode", '"opt-in"', _CONSENT if asked else DESIGN, "enrolment.")
            yield self.line(Enrolment, "friction", quoted_toml(plan.friction), DESIGN, "enrolment.")
        yield self.line(Schedule, "start", str(plan.start), DESIGN, "schedule.")
        yield self.line(Schedule, "weeks", str(plan.weeks), DESIGN, "schedule.")
        if is_claimed(kind):
            table = Text(en="design: table of behaviours", th="ค่าที่เลือก: ตารางพฤติกรรม")
            yield self.line(Checks, "share", "0.1", DESIGN, "checks.")
            yield self.line(
                Checks, "found", toml_number(plan.fact.found), table if plan.fact.source else DESIGN, "checks."
            )
        if is_paid(kind) and plan.budget is not None:
            yield self.line(Scheme, "budget_baht", toml_number(plan.budget), DESIGN)

    def rights(self) -> list[str]:
        """Write what protects people, and the ranges that are plausible for what was chosen."""
        head = self.say("# Ranges that are plausible for the chosen values.", "# ช่วงที่เป็นไปได้ของค่าที่เลือก")
        key = f"behaviours.{self.plan.fact.id}"
        ranges = (
            ("run.smallest_effect_pp", "design, 0.5 to 2"),
            ("world.daily_wage.mean", f"earners in a household: design, 1 to 2; {DAYS} paid days: design, 22 to 30"),
            ("world.organisations.mean_size", "design, 10 to 200"),
            ("world.organisations.sectors", "design; each share within 0.1"),
            ("world.ties.work", "design, 2 to 10"),
            ("world.ties.neighbourhood", "design, 2 to 10"),
            ("world.ties.wide", "design, 2 to 8"),
            ("world.ties.clustering", "R, 0.15 to 0.35"),
            (f"{key}.opportunities_per_week", "design, from half to twice as many"),
            (f"{key}.intrinsic", "judgement; 0.3 either way, drawn for each society"),
            (f"{key}.visible", "design, 0.2 to 1"),
        )
        return [
            "[rights]",
            self.line(Rights, "smallest_cell", "10", DESIGN),
            "",
            head,
            "[sources]",
            *(f"{quoted_toml(name)} = {quoted_toml(said)}" for name, said in ranges),
        ]


_CONSENT = Text(en="the act tells of health: rules G5 and G7", th="การทำสิ่งนี้เผยเรื่องสุขภาพ: กฎ G5 และ G7")
_JUDGEMENT = Text(en="judgement, varied by 0.3 either way", th="ค่าที่ประเมิน แปรได้ 0.3 ทั้งสองทาง")
