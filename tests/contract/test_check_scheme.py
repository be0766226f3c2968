"""The contract test itself: every installed scheme passes it, and each fault that it promises to find is found."""

import pickle
import random
from typing import ClassVar, Literal

import numpy as np
import pytest
from pydantic import ConfigDict, Field

from simulation.core.params import Text
from simulation.incentives.base import Offer, Scheme, Settlement
from simulation.incentives.catalogue import scheme_classes
from simulation.incentives.check import ContractError, check_scheme
from simulation.incentives.targeting import Target


@pytest.mark.parametrize("kind", sorted(scheme_classes()))
def test_every_installed_scheme_keeps_the_contract(kind):
    check_scheme(scheme_classes()[kind])


class Tokens(Scheme):
    """Tokens, a scheme as another distribution would bring it (Somebody 2020)."""

    label: ClassVar[Text] = Text(en="Tokens", th="เหรียญ")
    what: ClassVar[Text] = Text(en="Each act earns a token.", th="ทำแต่ละครั้งได้เหรียญ")
    literature: ClassVar[tuple[str, ...]] = ("Somebody 2020",)
    amounts: ClassVar[tuple[str, ...]] = ("baht",)

    kind: Literal["tokens"] = "tokens"
    baht: float = Field(ge=0, le=100)

    @property
    def components(self):
        return ("tokens",) if self.baht else ()

    def offer(self, people, week):
        return Offer(contingent=1.0, value_baht=self.baht, controlling=0.5) if self.baht else Offer.none()

    def settle(self, people, week, book):
        return Settlement((week.acts * week.live).astype(np.int64) * round(100 * self.baht))

    def greatest_liability(self, people, week):
        return int(week.eligible.sum()) * round(week.n) * round(100 * self.baht)


def faults_of(cls) -> str:
    with pytest.raises(ContractError) as error:
        check_scheme(cls, {"baht": 2.0})
    return "\n".join(error.value.faults)


def test_a_good_scheme_of_another_distribution_passes():
    check_scheme(Tokens, {"baht": 2.0})


class Unlabelled(Tokens):
    """Unlabelled (2020)."""

    label: ClassVar[Text] = Text(en="Tokens")
    literature: ClassVar[tuple[str, ...]] = ()


class Thawed(Tokens):
    """Thawed (2020)."""

    model_config = ConfigDict(frozen=False)


class Taking(Tokens):
    """Takes (2020)."""

    baht: float = Field(le=100)


class AlwaysSomething(Tokens):
    """Offers at 0 too (2020)."""

    def offer(self, people, week):
        return Offer(contingent=1.0)


class Drawing(Tokens):
    """Draws (2020)."""

    def offer(self, people, week):
        return Offer(contingent=1.0, value_baht=random.random())


class DrawingFreshly(Tokens):
    """Draws from a generator of its own (2020)."""

    def offer(self, people, week):
        return Offer(contingent=1.0, value_baht=float(np.random.default_rng().random()))


class Mutating(Tokens):
    """Writes into what it is shown (2020)."""

    def offer(self, people, week):
        people.wage[:] = 0
        return Offer(contingent=1.0)


class Generous(Tokens):
    """Pays those who take no part (2020)."""

    def settle(self, people, week, book):
        return Settlement(week.acts.astype(np.int64) * round(100 * self.baht))


class Underestimating(Tokens):
    """Promises less than it pays (2020)."""

    def greatest_liability(self, people, week):
        return 1


class Fractional(Tokens):
    """Pays fractions of satang (2020)."""

    def settle(self, people, week, book):
        return Settlement(week.acts * week.live * 0.5)


class Curious(Tokens):
    """Reads what is none of its business (2020)."""

    def offer(self, people, week):
        return Offer(contingent=people.column("sex").astype(np.float32))


class OwnTarget(Target):
    """A target with a sensitive trait."""

    religion: str = "any"


class Targeting(Tokens):
    """Brings its own target (2020)."""

    target: OwnTarget = OwnTarget()


class Misshapen(Tokens):
    """Offers to half of the citizens (2020)."""

    def offer(self, people, week):
        return Offer(contingent=np.ones(people.n // 2, np.float32))


@pytest.mark.parametrize(
    ("cls", "named"),
    [
        (Unlabelled, "English and Thai"),
        (Unlabelled, "literature"),
        (Thawed, "not frozen"),
        (Taking, "only give"),
        (AlwaysSomething, "still offers"),
        (Drawing, "draws random numbers"),
        (DrawingFreshly, "answers differently"),
        (Mutating, "read-only"),
        (Generous, "take no part"),
        (Underestimating, "greatest_liability"),
        (Fractional, "whole satang"),
        (Curious, "RightsError"),
        (Targeting, "own target"),
        (Misshapen, "shape"),
    ],
)
def test_a_fault_is_found_and_named(cls, named):
    assert named in faults_of(cls)


def test_the_faults_survive_a_process_and_are_told_in_thai_too():
    error = ContractError("tokens", ["one", "two"])
    again = pickle.loads(pickle.dumps(error))
    assert (again.kind, again.faults, str(again)) == ("tokens", ("one", "two"), str(error))
    assert again.render("th").startswith("มาตรการ 'tokens' ไม่เป็นไปตามข้อตกลง")
