"""A SolaraViz page of one arm in one society: the graph coloured by what people do, beside the course of the weeks."""

from __future__ import annotations

from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from simulation.core.errors import InputError, one_of
from simulation.dashboard.pictures import course_figure, png, society_figure, watched
from simulation.engine.arguments import check_arm
from simulation.engine.model import SocialModel
from simulation.reports.words import points
from simulation.scenario.load import load
from simulation.scenario.model import Scenario

CITIZENS = 400
SMALLEST, LARGEST, MOST = 100, 1000, 3000
SAID = {
    "week": (
        "<b>Week {week} of {weeks}</b>, {act}, arm {arm}",
        "<b>สัปดาห์ที่ {week} จาก {weeks}</b> {act} ทางเลือก {arm}",
    ),
    "household": ("{n:,} households, seed {seed}", "ครัวเรือน {n:,} ราย เลขตั้งต้น {seed}"),
    "citizen": ("{n:,} citizens, seed {seed}", "พลเมือง {n:,} ราย เลขตั้งต้น {seed}"),
    "share": (
        "{share:.1f}% of chances acted on, {twin:.1f}% without a scheme: {change} percentage points",
        "ลงมือทำร้อยละ {share:.1f} ของโอกาส เมื่อไม่มีมาตรการร้อยละ {twin:.1f} ต่างกัน {change} จุดร้อยละ",
    ),
    "part": ("{part:,} take part, {paid:,.0f} baht paid so far", "เข้าร่วม {part:,} ราย จ่ายแล้ว {paid:,.0f} บาท"),
    "keys": (
        "Step is one week; what is changed at the left holds from Reset on",
        "Step คือเดินหนึ่งสัปดาห์ ▶ คือเดินต่อเนื่อง ค่าที่เปลี่ยนทางซ้ายมีผลเมื่อกด Reset",
    ),
    "caution": (
        "<i>One society shows how, not how much. For ranges: kwamdee compare</i>",
        "<i>สังคมจำลองเดียวบอกว่าเกิดอย่างไร ไม่บอกว่าเท่าใด ดูช่วงได้ด้วยคำสั่ง kwamdee compare</i>",
    ),
}
"""What the page says of a week, in English and Thai."""


class WatchedModel(SocialModel):
    """A SocialModel whose size and seed are arguments, for the page's controls."""

    def __init__(
        self,
        scenario: str | Path | Scenario = "bangkok-waste",
        arm: str = "control",
        n_citizens: int | None = None,
        seed: int = 1,
    ) -> None:
        """Prepare the society at this size, None for the scenario's, and open the arm."""
        definition = load(scenario)
        if n_citizens is not None:
            definition = definition.with_({"world.citizens": int(n_citizens)})
        super().__init__(definition, arm, rng=int(seed))


def viz(
    scenario: str | Path | Scenario = "bangkok-waste",
    arm: str | None = None,
    behaviour: str | None = None,
    n_citizens: int | None = None,
) -> Any:
    """Return a page to watch one arm week by week, for a notebook's last line or `solara run` (as `page`).

    Args:
        scenario: A file, a shipped name or a Scenario.
        arm: Name of the arm; by default the first that has schemes.
        behaviour: Name of the behaviour to colour by; by default that of the arm's first scheme.
        n_citizens: Citizens at first, 400 by default; the page has a control. A world of one's own has its own size.

    Raises:
        InputError: Where the extra "dashboard" is not installed, for an arm that is none, for more than can be drawn.
    """
    solara, solara_viz = _solara()
    definition = load(scenario)
    chosen = next((name for name, a in definition.arms.items() if a.schemes), "control") if arm is None else arm
    check_arm(chosen, definition.arms)
    size = n_citizens if definition.world.files is not None or n_citizens is not None else CITIZENS
    if size is not None:
        definition.with_({"world.citizens": size})  # raises here, not later in the browser
    _drawable(definition.world.citizens if size is None else size)
    if behaviour is not None:
        one_of("behaviour=", behaviour, list(definition.behaviours))

    def built() -> WatchedModel:
        return WatchedModel(definition, chosen, size, definition.run.seed)

    def watching() -> Any:
        return solara_viz(
            solara.use_memo(built, []),  # each visitor watches a society of their own
            components=[
                (society(behaviour), 0),
                (course(behaviour), 0),
                (words(behaviour), 0),
                (words(behaviour, "th"), 0),
            ],
            model_params=_controls(definition, chosen, size),
            name=f"{definition.about.title.en}  {definition.about.title.th}".strip(),
            play_interval=200,
        )

    return solara.component(watching)()


def society(behaviour: str | None = None) -> Any:
    """Return a component for `SolaraViz(components=[...])`: the graph, coloured by the share of chances acted on."""

    def picture(model: Any) -> Any:
        return _image(society_figure(model, behaviour), "kwamdee-society")

    return picture


def course(behaviour: str | None = None) -> Any:
    """Return a component for `SolaraViz(components=[...])`: the scheme's world and its twin by week."""

    def picture(model: Any) -> Any:
        return _image(course_figure(model, behaviour), "kwamdee-course")

    return picture


def words(behaviour: str | None = None, lang: str = "en") -> Any:
    """Return a component for `SolaraViz(components=[...])`: the week in numbers, in English or Thai."""

    def text(model: Any) -> Any:
        solara: Any = import_module("solara")
        inner = f"<p lang={lang}>{'<br>'.join(in_words(model, behaviour, lang))}</p>"
        return solara.HTML(tag="div", unsafe_innerHTML=inner, classes=["kwamdee-words"])

    return text


def in_words(model: Any, behaviour: str | None = None, lang: str = "en") -> list[str]:
    """Say the week in numbers, in lines of HTML, in English or Thai."""
    name = watched(model, behaviour)
    i, thai = model.behaviour_index(name), lang == "th"
    share, twin = (100 * model.share(column, i) for column in ("acts", "acts_twin"))
    where = {"week": model.week, "weeks": model.definition.run.weeks, "act": escape(name), "arm": escape(model.arm)}
    world = {"n": model.faces.n_present, "seed": model.definition.run.seed}
    lines = [SAID["week"], SAID[model.definition.world.decider]]
    if share == share:  # NaN before the first week
        where |= {"share": share, "twin": twin, "change": points(share - twin)}
        lines.append(SAID["share"])
    if model.state.schemes:
        where |= {
            "part": int(model.state.live_any.sum()),
            "paid": sum(s.paid_satang for s in model.state.schemes) / 100,
        }
        lines.append(SAID["part"])
    return [line[thai].format(**where, **world) for line in (*lines, SAID["keys"], SAID["caution"])]


def _drawable(n: int) -> None:
    if n > MOST:
        raise InputError(
            f"The page draws at most {MOST:,} citizens, not {n:,}: give n_citizens=",
            f"หน้านี้วาดพลเมืองได้ไม่เกิน {MOST:,} ราย ไม่ใช่ {n:,} ราย ให้ระบุ n_citizens=",
        )


def _controls(definition: Scenario, arm: str, size: int | None) -> dict[str, Any]:
    """Return what SolaraViz shows at the left; a world of one's own has no control of its size."""
    found: dict[str, Any] = {
        "scenario": definition,
        "arm": {"type": "Select", "value": arm, "values": list(definition.arms), "label": "Arm ทางเลือก"},
    }
    if size is not None:
        least = min(size, max(SMALLEST, definition.world.localities.number))
        found["n_citizens"] = _slider("Citizens พลเมือง", size, least, max(LARGEST, size), 50)
    seed = definition.run.seed
    return {**found, "seed": _slider("Seed เลขตั้งต้น", seed, 0, max(50, seed), 1)}


def _slider(label: str, value: int, low: int, high: int, step: int) -> dict[str, Any]:
    return {"type": "SliderInt", "label": label, "value": value, "min": low, "max": high, "step": step}


def _image(figure: Any, name: str) -> Any:
    solara: Any = import_module("solara")
    return solara.Image(png(figure), width="100%", format="png", classes=[name])


def _solara() -> tuple[Any, Any]:
    try:
        import_module("altair")  # mesa.visualization imports it
        solara = import_module("solara")
    except ImportError:
        raise InputError(
            'The page needs Solara: pip install "kwamdee[dashboard]"',
            'หน้านี้ต้องใช้ Solara ติดตั้งด้วยคำสั่ง pip install "kwamdee[dashboard]"',
        ) from None
    from mesa.visualization import SolaraViz

    return solara, SolaraViz
