"""What a scenario may say of its world: place, people, income, localities, organisations, ties."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from simulation.core.params import BetweenKeys, Frozen, FrozenDict, Line, Share, counted

Mark = Literal["V", "D", "L", "R", "design"]
"""V seen in the source, D derived from such figures, L low confidence, R recalled, design a chosen value."""
ONLINE_BANDS = ("15-24", "25-34", "35-49", "50+")
ONLINE_MINORS = "6-14"
"""A further band of `online`, in worlds with children."""
MeanDegree = Annotated[float, Field(ge=0.0, le=100.0, json_schema_extra={"unit": "ties a person"})]


Path = Annotated[Line, Field(min_length=1, max_length=1000)] | None
Generator = Literal["layers", "ring", "small-world", "random", "scale-free", "blocks"]
"""How ties are laid; see `world.generators`."""
ROLES = ("citizens", "ties", "organisations", "localities")
"""What a file of a world of one's own may be of."""


PROVINCES = 77
"""Provinces of Thailand; a national world has a locality in each."""


class DailyWage(Frozen):
    """Own daily wage: lognormal with this mean and Gini coefficient."""

    mean: float = Field(ge=0.001, le=1e6, description="Mean daily wage, baht.")
    gini: float = Field(ge=0, lt=0.95, description="Gini coefficient of wages, 0 to 0.95.")
    source: str | None = None
    mark: Mark | None = None


class Localities(Frozen):
    """Localities (districts, villages): all of about the same size.

    They lie in one place, or in the provinces of the country, which have people in proportion to those registered.
    """

    number: int = Field(ge=1, le=100_000, description="How many localities.")
    name: Line = Field(default="locality", max_length=60, description="What one is called.")
    of: Literal["place", "provinces"] = Field(default="place", description="Where they lie.")


class Sectors(Frozen):
    """Shares of organisations by sector; they sum to 1."""

    public: Share = Field(default=0.2, description="Share of public organisations.")
    private: Share = Field(default=0.7, description="Share of private organisations.")
    civil: Share = Field(default=0.1, description="Share of civil-society organisations.")

    @model_validator(mode="after")
    def _sums_to_one(self) -> Sectors:
        total = self.public + self.private + self.civil
        if abs(total - 1.0) > 1e-6:
            raise BetweenKeys(
                f"The shares of sectors sum to {total:g}; they must sum to 1", f"สัดส่วนรวมได้ {total:g} ต้องรวมได้ 1"
            )
        return self


class Organisations(Frozen):
    """Organisations (schools, workplaces, temples, groups) and who belongs to them."""

    mean_size: float = Field(default=40, ge=2, le=100_000, description="Mean number of members.")
    sectors: Sectors = Sectors()
    source: str | None = None
    mark: Mark | None = None


class Ties(Frozen):
    """Mean number of ties a person has in each layer, and how alike and how knit friends are."""

    household: float = Field(default=2.7, ge=1, le=20, description="Mean household size, persons.")
    work: MeanDegree = Field(default=0.0, description="Mean ties to colleagues.")
    neighbourhood: MeanDegree = Field(default=0.0, description="Mean ties to neighbours.")
    wide: MeanDegree = Field(default=0.0, description="Mean ties anywhere.")
    homophily_age: Share = Field(default=0.0, description="Share of wide ties within the age band.")
    clustering: Share = Field(
        default=0.0, description="Mean clustering of all ties; as much of it as these degrees allow."
    )
    generator: Generator = Field(
        default="layers",
        description="How ties are laid: in the layers of a town, or as many of them beyond the household as a ring, a "
        "small world, at random, scale-free or in blocks.",
    )
    source: str | None = None
    mark: Mark | None = None


class Files(Frozen):
    """Tables of a world of one's own; what they do not say is drawn. Paths count from the scenario's folder."""

    citizens: Path = Field(default=None, description="Table of citizens, CSV or Parquet, one row each.")
    ties: Path = Field(default=None, description="Ties: GraphML, or an edge list as CSV or Parquet.")
    organisations: Path = Field(default=None, description="Table of organisations, CSV or Parquet.")
    localities: Path = Field(default=None, description="Table of localities, CSV or Parquet.")
    sha256: str = Field(default="", max_length=64, description="Digest of what was read; written by Kwamdee.")

    def given(self) -> dict[str, str]:
        """Return the paths that are given, by what they are of."""
        paths = {role: getattr(self, role) for role in ROLES}
        return {role: path for role, path in paths.items() if path is not None}


class WorldSpec(Frozen):
    """A world: citizens of 15 or older unless it says younger, or one adult answering for each household."""

    place: Line = Field(default="TH-10", max_length=60, description="ISO 3166-2 code or a name.")
    citizens: int = Field(ge=1, le=100_000_000, description="Number of citizens or households.")
    decider: Literal["citizen", "household"] = "citizen"
    daily_wage: DailyWage
    online: FrozenDict[Share] | None = Field(default=None, description="Share who use the internet, by age band.")
    urban: Share = Field(default=0.3718, description="Share who live in municipal areas.")
    localities: Localities = Localities(number=1)
    organisations: Organisations | None = None
    ties: Ties = Ties()
    files: Files | None = Field(default=None, description="A world of one's own.")
    youngest: int = Field(
        default=15, ge=6, le=15, description="Age of the youngest citizens; below 15 each has a guardian."
    )

    @property
    def online_bands(self) -> tuple[str, ...]:
        """Age bands that `online` may name."""
        return ONLINE_BANDS if self.youngest == 15 else (ONLINE_MINORS, *ONLINE_BANDS)

    @model_validator(mode="after")
    def _bands(self) -> WorldSpec:
        for band in self.online or ():
            if band not in self.online_bands:
                names = ", ".join(self.online_bands)
                raise BetweenKeys(
                    f"online has no age band {band!r}; allowed: {names}", f"online ไม่มีช่วงอายุ {band!r} ใช้ได้: {names}"
                )
        if self.youngest < 15 and self.decider == "household":
            raise BetweenKeys(
                'decider = "household" lets an adult answer, so "youngest" stays 15',
                'decider = "household" มีผู้ใหญ่ตอบแทนครัวเรือน "youngest" จึงเป็น 15',
            )
        if self.localities.number > self.citizens:
            n = self.localities.number
            raise BetweenKeys(
                f"localities.number is {n:,}, but there {_are(self.citizens)}",
                f"localities.number เท่ากับ {n:,} มากกว่าพลเมือง {self.citizens:,} คน",
            )
        if self.localities.of == "provinces" and self.files is not None:
            raise BetweenKeys(
                'localities.of = "provinces" is of a world that is drawn; world.files brings one of its own',
                'localities.of = "provinces" ใช้กับสังคมที่สุ่มขึ้น แต่ world.files นำสังคมของตนเองมา',
            )
        if self.localities.of == "provinces" and self.localities.number < PROVINCES:
            n = self.localities.number
            raise BetweenKeys(
                f'localities.number is {n}; of = "provinces" needs at least {PROVINCES}, one for each province',
                f'localities.number เท่ากับ {n} แต่ of = "provinces" ต้องมีอย่างน้อย {PROVINCES} คือจังหวัดละหนึ่งแห่ง',
            )
        return self


def _are(citizens: int) -> str:
    return f"{'is' if citizens == 1 else 'are'} {counted(citizens, 'citizen')}"
