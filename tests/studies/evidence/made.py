"""Rows, figures and predictions made up for the tests of scores and of the card."""

import numpy as np

from simulation.core.params import Text
from simulation.studies.evidence.card import Provenance, StudyFacts, make_card
from simulation.studies.evidence.coding import Span
from simulation.studies.evidence.rows import Row, Target
from simulation.studies.evidence.score import Prediction
from simulation.studies.evidence.targets import WHY_NOT
from simulation.studies.evidence.unscored import Unscored


def row(study="one", arm="a", family="cash", role="calibrate", approximation="", **more):
    values = {
        "behaviour": "act", "baseline": 0.5, "spread": 2.0, "opportunities": 1, "chance": 1.0, "sticky": False,
        "redecision": 0.0, "intrinsic": 0.2, "contingent": 1.0, "value": 0.1, "visibility": 0.0, "appeal": 0.0,
        "commitment": 0.0, "pivotality": 0.0, "message": 0.0, "reference": 0.0, "controlling": 1.0, "accepted": 1.0,
        "live_from": 0, "live_to": 1, "week_from": 0, "week_to": 1, "scale": 100.0, "unit": "presses",
    }  # fmt: skip
    return Row(study=study, arm=arm, family=family, role=role, approximation=approximation, **(values | more))


def target(log_odds, se=0.1, se_reference=0.0, level=None):
    return Target(log_odds, se, se_reference, level, log_odds, se, "log_odds", "seen")


class Fixed:
    """Predicts the same 200 draws for every row, evenly spread from `low` to `high`; the given arm moves them."""

    provenance = Provenance(parameters="made up", variants=7)

    def __init__(self, low=0.0, high=1.0):
        self.draws = np.linspace(low, high, 200)

    def predict(self, rows):
        return [Prediction(r, self.draws, 1 / (1 + np.exp(-self.draws))) for r in rows]

    def given(self, known, rows):
        return [Prediction(r, self.draws - self.draws.mean() + known[0][1].log_odds) for r in rows]


KNOWN = [
    (row("one", "a"), target(0.4, level=0.6)),
    (row("one", "b"), target(0.6, level=0.65)),
    (row("one", "c", "appeal"), target(0.1, level=0.52)),
    (row("one", "d"), target(3.0, level=0.95)),
    (row("two", "a"), target(0.2, 0.03, 0.04)),
    (row("two", "deposit", "deposit", approximation="own stakes"), target(0.9)),
    (row("three", "a", "team"), target(0.5)),
]
FACTS = {
    "one": StudyFacts(Text(en="Pressing buttons", th="กดปุ่ม"), "Somebody 2001", "10.1/one", {"a": Text(en="One cent", th="หนึ่งเซนต์")}),
    "two": StudyFacts(
        Text(en="Quitting", th="เลิกบุหรี่"), "Somebody 2002", approximations={"deposit": Text(en="Own money at stake.", th="มีเงินของตนเองเป็นเดิมพัน")}
    ),
}  # fmt: skip

UNSCORED = tuple(Unscored("one", Span(arm, "act", 0, 1), WHY_NOT["recalled"]) for arm in "ef")


def card(known=KNOWN, **more):
    source = Fixed()
    provenance = Provenance(
        variants=7,
        stale=Text(en="the law has changed since.", th="กฎเปลี่ยนไปหลังจากนั้น"),
        curves={"beta_c": (np.linspace(0, 1, 50), np.linspace(0.3, 0.5, 50))},
    )
    return make_card(
        known,
        source,
        **(
            {
                "learner": source,
                "facts": FACTS,
                "provenance": provenance,
                "listed": UNSCORED,
                "remarks": (Text(en="Look again.", th="ตรวจอีกครั้ง"),),
            }
            | more
        ),
    )
