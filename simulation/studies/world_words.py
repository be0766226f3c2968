"""The world of a scenario in a few sentences, before anything is run."""

from __future__ import annotations

from simulation.core.params import Text
from simulation.scenario.drafting.facts import provinces
from simulation.scenario.model import Scenario
from simulation.studies.rules_said import GENERATORS
from simulation.world.facts import name_of_act
from simulation.world.spec import PROVINCES

_LAYERS = {"work": ("work", "ที่ทำงาน"), "neighbourhood": ("neighbourhood", "เพื่อนบ้าน"), "wide": ("farther away", "ที่อื่น")}


def place_of(scenario: Scenario) -> Text:
    """Return the name of the province whose code `world.place` is; what the file calls it where it is no such code."""
    place = scenario.world.place
    found = next((p.name for p in provinces() if p.iso == place.upper()), None)
    return found or Text(en=place, th="ประเทศไทย" if place == "Thailand" else place)


def people_are_real(scenario: Scenario) -> bool:
    """Tell whether the people, or who is tied to whom, come from a user's own tables."""
    files = scenario.world.files
    return files is not None and not {"citizens", "ties"}.isdisjoint(files.given())


def world_of(scenario: Scenario) -> tuple[Text, ...]:
    """Return who lives in the world, whom they know, how often they may act, and what is compared with what.

    What a user's own tables say of people and ties is not said again.
    """
    if scenario.world.files is not None:
        return (*_chances(scenario), _COMPARED_OWN)
    return (_people(scenario), _ties(scenario), *_chances(scenario), _COMPARED)


_COMPARED = Text(
    en="Every simulated society is drawn anew, and is compared with itself without a scheme; one step is a week.",
    th="สังคมจำลองแต่ละสังคมสุ่มขึ้นใหม่และเทียบกับตัวเองเมื่อไม่มีมาตรการ หนึ่งก้าวคือหนึ่งสัปดาห์",
)


_COMPARED_OWN = Text(
    en="What your tables say is the same in every simulated society, which is compared with itself without a scheme; "
    "one step is a week.",
    th="สิ่งที่ตารางของคุณระบุเหมือนกันในทุกสังคมจำลอง แต่ละสังคมเทียบกับตัวเองเมื่อไม่มีมาตรการ หนึ่งก้าวคือหนึ่งสัปดาห์",
)


def _people(scenario: Scenario) -> Text:
    w = scenario.world
    n, places = f"{w.citizens:,}", f"{w.localities.number:,}"
    place = place_of(scenario)
    live = "one locality" if w.localities.number == 1 else f"{places} localities"
    if w.localities.of == "provinces":
        live, places = f"{live} of the {PROVINCES} provinces", f"{places} พื้นที่ของ {PROVINCES} จังหวัด"
    else:
        places = f"{places} พื้นที่"
    if w.decider == "household":
        return Text(
            en=f"{place.en}: {n} synthetic households in {live}, one adult answering for each.",
            th=f"{place.th}: ครัวเรือนสมมุติ {n} ครัวเรือนใน {places} มีผู้ใหญ่หนึ่งคนตอบแทนแต่ละครัวเรือน",
        )
    return Text(
        en=f"{place.en}: {n} synthetic people of {w.youngest} or older in {live}.",
        th=f"{place.th}: คนสมมุติอายุ {w.youngest} ปีขึ้นไป {n} คนใน {places}",
    )


def _ties(scenario: Scenario) -> Text:
    ties = scenario.world.ties
    known = [(f"{getattr(ties, key):g}", *words) for key, words in _LAYERS.items() if getattr(ties, key) > 0]
    if not known:
        return Text(en="They know those of their household.", th="รู้จักกันเฉพาะคนในครัวเรือน")
    en = ", ".join(f"{n} ({layer})" for n, layer, _ in known)
    th = " ".join(f"{n} คน ({layer})" for n, _, layer in known)
    return Text(
        en=f"Beside their household they know on average so many others: {en}{_laid(scenario, 0)}.",
        th=f"นอกจากคนในครัวเรือน แต่ละคนรู้จักผู้อื่นโดยเฉลี่ย {th}{_laid(scenario, 1)}",
    )


def _laid(scenario: Scenario, lang: int) -> str:
    """Say how these ties are laid where that is not in the layers of a town."""
    generator = scenario.world.ties.generator
    if generator == "layers":
        return ""
    return (", but laid as ", " แต่วางเป็น")[lang] + GENERATORS[generator][lang]


def _chances(scenario: Scenario) -> tuple[Text, ...]:
    found = []
    for name, b in scenario.behaviours.items():
        plain_en, plain_th = name_of_act(name)
        title = b.title or Text(en=plain_en, th=plain_th)
        n, level = b.opportunities_per_week, f"{100 * b.baseline:.3g}"
        name_en = title.en[:1].upper() + title.en[1:]
        often = f"{n:g} chances" if n != 1 else "1 chance"
        found.append(
            Text(
                en=f"{name_en}: {often} a week, of which {level} in 100 are taken without a scheme.",
                th=f"{title.get('th')} มีโอกาสสัปดาห์ละ {n:g} ครั้ง เมื่อไม่มีมาตรการทำ {level} ใน 100 ครั้ง",
            )
        )
    return tuple(found)
