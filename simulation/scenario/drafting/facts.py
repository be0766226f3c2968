"""What a draft starts from: provinces, behaviours with their sourced rates, wages and internet use, from the facts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from simulation.core.params import Text
from simulation.world.facts import fact, table

EARNERS, DAYS = 1.5, 26
"""Earners of a household and paid days of a month, chosen values, for a daily wage from a household's income."""
_GREATER_BANGKOK = ("TH-10", "TH-11", "TH-12", "TH-13")
_OFTEN = {
    "daily": 7.0,
    "3-5 per week": 4.0,
    "weekly": 1.0,
    "monthly": 0.23,
    "quarterly": 0.08,
    "1-4 per year (minimum gap about 3 months)": 0.08,
    "episodic (flood season Aug-Nov)": 0.08,
    "rare (0-2 per year)": 0.02,
}
"""Opportunities a week for each way in which the table says how often; chosen values."""


@dataclass(frozen=True)
class Province:
    """A province: its code, its names, its region."""

    iso: str
    name: Text
    region: str


@dataclass(frozen=True)
class Fact:
    """A behaviour of the table: its rate with mark and source, how often there is a chance, how it can be verified."""

    id: str
    title: Text
    baseline: float
    mark: str
    note: str
    source: str
    opportunities: float
    decider: str
    found: float
    evidence: str
    risk: str


@cache
def provinces() -> tuple[Province, ...]:
    """Return the 77 provinces."""
    return tuple(
        Province(r["iso"], Text(en=r["name_en"], th=r["name_th"]), r["region5_nso"]) for r in table("provinces")
    )


@cache
def behaviours() -> tuple[Fact, ...]:
    """Return the behaviours of the table, in its order."""
    return tuple(
        Fact(
            id=r["id"],
            title=Text(en=r["name_en"], th=r["name_th"]),
            baseline=float(r["baseline_rate"]),
            mark=_mark(r["baseline_mark"]),
            note=f"{r['unit_of_participation']}: {r['baseline_note']}",
            source=r["baseline_source"],
            opportunities=_OFTEN[r["typical_frequency"]],
            decider="household" if r["unit_of_participation"].startswith("household") else "citizen",
            found=float(r["verifiability_0to1"]),
            evidence=r["evidence_channel"],
            risk=r["gaming_risk"],
        )
        for r in table("behaviours")
    )


def _mark(said: str) -> str:
    """Return the mark of a rate from the table's words for it."""
    if "DERIVED" in said:
        return "D"
    if said.startswith("VERIFIED") and "DESIGN" not in said:
        return "V"
    return "R" if said.startswith("RECALLED") else "design"


def daily_wage(province: Province) -> tuple[int, str]:
    """Return a mean daily wage of a province, baht, and how it follows from the income of its region's households."""
    region = "Bangkok+3" if province.iso in _GREATER_BANGKOK else province.region
    row = fact("mean household income per month", region)
    return round(float(row["value"]) / EARNERS / DAYS), row["value"]


def online() -> dict[str, float]:
    """Return the share who use the internet by age band."""
    rows = [r for r in table("population_parameters") if r["parameter"] == "internet users by age"]
    return {r["group"]: float(r["value"]) for r in rows if r["group"] != "6-14"}
