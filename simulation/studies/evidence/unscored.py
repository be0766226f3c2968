"""What a card says of figures that are not scored, and of studies whose figures cannot be what they seem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulation.core.floats import logit64
from simulation.core.names import listed, quoted
from simulation.core.params import Text
from simulation.scenario.between import CONTROL
from simulation.scenario.study import Observed
from simulation.studies.evidence.coding import Span
from simulation.studies.evidence.files import Design
from simulation.studies.evidence.rules import Known
from simulation.studies.evidence.targets import WHY_NOT, Figure, levels_of_control, scale_of

TWICE = Text(
    en="its arm, behaviour and weeks have a figure further up",
    th="ทางเลือก พฤติกรรม และสัปดาห์เดียวกันมีตัวเลขอยู่ก่อนแล้ว",
)
"""Why a second figure of the same row is not scored."""
FAR = 1.5
"""Log-odds between a control's published level and the baseline above which the unit is asked about."""


@dataclass(frozen=True)
class Unscored:
    """A published figure that is listed and never scored, and why."""

    study: str
    span: Span
    why: Text

    def to_json(self) -> dict[str, object]:
        """Return it as plain data."""
        s = self.span
        return {
            "study": self.study,
            "arm": s.arm,
            "behaviour": s.behaviour,
            "weeks": [s.week_from, s.week_to],
            "why": {"en": self.why.en, "th": self.why.th},
        }


def unscored_of(study: str, figures: Iterable[Figure], scored: Mapping[Span, Figure]) -> Iterator[Unscored]:
    """Yield the figures of arms that are not among those scored, in the order of the file."""
    for f in figures:
        if scored.get(f.span) is not f:
            yield Unscored(study, f.span, TWICE if f.span in scored and not f.why_not else f.why or WHY_NOT["error"])


def remarks_of(design: Design, observed: Sequence[Observed]) -> Iterator[Text]:
    """Yield what looks like a slip: a control far from its baseline, and arms of which nothing was published."""
    scenario = design.scenario
    scale = scale_of(scenario)
    for name, behaviour in scenario.behaviours.items():
        for row in levels_of_control(scenario, observed, name):
            p = row.value / scale
            if 0.0 < p < 1.0 and abs(logit64(p) - logit64(float(behaviour.baseline))) > FAR:
                yield _far(design.id, name, row.value, scale, float(behaviour.baseline))
                break
    for arm_name, arm in scenario.arms.items():
        frictions = [str(s.enrolment.friction) for s in arm.schemes.values() if s.enrolment.friction is not None]
        if frictions:
            yield _few_sign_up(design.id, arm_name, frictions[0])
    there = {row.arm for row in observed} | {row.reference for row in observed}
    silent = tuple(name for name in scenario.arms if name != CONTROL and name not in there)
    if silent:
        it = "it" if len(silent) == 1 else "them"
        yield Text(
            en=f"{design.id}: no figure is published of {listed(silent)}; nothing is predicted of {it}.",
            th=f"{design.id}: ไม่มีผลที่ตีพิมพ์ของ {listed(silent)} จึงไม่ได้ทำนาย",
        )


def offered_to_nobody(known: Known, designs: Iterable[Design]) -> Iterator[Text]:
    """Yield the arms that, as a small society reads them, offer nobody anything for the behaviour observed, and why."""
    scenarios = {design.id: design.scenario for design in designs}
    for row in {(r.study, r.arm, r.behaviour): r for r, _ in known if r.family == "none"}.values():
        scenario = scenarios[row.study]
        first = next(iter(scenario.behaviours))
        if all((s.behaviour or first) != row.behaviour for s in scenario.arms[row.arm].schemes.values()):
            yield Text(
                en=f"{row.study}: no scheme of the arm {row.arm} aims at {row.behaviour}, so hardly any effect on it is predicted.",
                th=f"{row.study}: ไม่มีมาตรการใดในทางเลือก {row.arm} มุ่งที่ {row.behaviour} จึงแทบไม่ทำนายผลต่อพฤติกรรมนี้",
            )
            continue
        yield Text(
            en=f"{row.study}: what the arm {row.arm} offers for {row.behaviour} reaches nobody, so hardly any effect is "
            "predicted. The world lacks what its schemes need: teams need organisations, pairs need ties.",
            th=f"{row.study}: สิ่งที่ทางเลือก {row.arm} เสนอสำหรับ {row.behaviour} ไม่ถึงใครเลย จึงแทบไม่ทำนายผลใด "
            "สังคมจำลองขาดสิ่งที่มาตรการต้องใช้ ทีมต้องมีองค์กร และคู่ต้องมีสายสัมพันธ์",
        )


def seen_under_another_name(designs: Iterable[Design], shipped: Iterable[Design]) -> Iterator[Text]:
    """Yield studies of one's own that have the DOI of a shipped one and another name: the parameters have seen them."""
    names: dict[str, list[str]] = {}
    for design in shipped:
        names.setdefault(_doi(design), []).append(design.id)
    for design in designs:
        same = names.get(_doi(design), []) if _doi(design) else []
        if same and design.id not in same:
            word = quoted(same[0])
            yield Text(
                en=f"{design.id} has the DOI of the shipped study {word}: the parameters may have seen it. Call its file "
                f"{same[0]}.toml, and it is predicted by parameters that have not.",
                th=f"{design.id} มี DOI เดียวกับงานวิจัย {word} ที่มากับโปรแกรม ค่ากำหนดอาจเคยเห็นแล้ว ให้ตั้งชื่อไฟล์เป็น "
                f"{same[0]}.toml เพื่อทำนายด้วยค่ากำหนดที่ไม่เคยเห็น",
            )


def _doi(design: Design) -> str:
    study = design.scenario.study
    return "" if study is None else (study.doi or "").strip().lower()


def _far(study: str, behaviour: str, value: float, scale: float, baseline: float) -> Text:
    share = value / scale
    return Text(
        en=f"{study}: the control's published level of {value:g} is {share:.3g} as a share, and the baseline of "
        f"{behaviour} is {baseline:g}. Is the figure in the unit that study.outcome.scale = {scale:g} divides?",
        th=f"{study}: ระดับที่ตีพิมพ์ของ control คือ {value:g} คิดเป็นสัดส่วน {share:.3g} แต่ baseline ของ {behaviour} คือ "
        f"{baseline:g} ตรวจว่าตัวเลขอยู่ในหน่วยที่หารด้วย study.outcome.scale = {scale:g} หรือไม่",
    )


def _few_sign_up(study: str, arm: str, friction: str) -> Text:
    return Text(
        en=f"{study}: by friction = {quoted(friction)} only some sign up in the arm {arm}. Where the figure is of everybody who was "
        "offered it, write target_share = 0.99 and target_weeks = 1 instead, and study.arms for the share who accepted.",
        th=f"{study}: เมื่อ friction = {quoted(friction)} จะมีผู้สมัครเพียงบางส่วนในทางเลือก {arm} ถ้าตัวเลขเป็นของทุกคนที่ได้รับข้อเสนอ "
        "ให้เขียน target_share = 0.99 และ target_weeks = 1 แทน และเขียนสัดส่วนผู้เข้าร่วมใน study.arms",
    )
