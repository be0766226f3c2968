"""`kwamdee run`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulation.cli.app import app
from simulation.cli.options import (
    EngineOption,
    JsonOption,
    LangOption,
    ParametersOption,
    ScenarioArgument,
    SeedOption,
    SetOption,
    settings_of,
)
from simulation.cli.say import language, say, say_json, screen, speaks_unicode

if TYPE_CHECKING:
    from simulation.studies.run import Run

ArmOption = Annotated[str, typer.Option(help="Name of the arm, such as control.")]
ReplicateOption = Annotated[int, typer.Option(help="Which simulated society, from 0.")]
FileOption = Annotated[str | None, typer.Option("--out", help="Write the trajectory to a .csv or .parquet file.")]


@app.command()
def run(
    scenario: ScenarioArgument,
    arm: ArmOption = "",
    replicate: ReplicateOption = 0,
    seed: SeedOption = None,
    set_: SetOption = None,
    engine: EngineOption = "auto",
    parameters: ParametersOption = "posterior",
    out: FileOption = None,
    json_: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Run one arm in one simulated society and print what happens week by week.

    Example: kwamdee run bangkok-waste --arm fee_discount --set run.weeks=60 --out weeks.csv
    """
    from simulation.core.errors import whole_number
    from simulation.reports.weekly import WeeksShown
    from simulation.scenario.load import load
    from simulation.studies.run import run as run_one

    spoken = language(lang)
    settings = settings_of(seed, None, set_)
    whole_number("--replicate", replicate, 0, 2**31 - 1)
    path = _fit_path(out)
    if not arm:
        _name_an_arm(list(load(scenario, settings).arms))
    watch = WeeksShown(not json_, spoken, speaks_unicode(sys.stderr))
    done = run_one(
        scenario,
        arm=arm,
        replicate=replicate,
        set_=settings,
        engine=engine,  # type: ignore[arg-type]  # checked there
        parameters=parameters,
        progress=watch.update,
    )
    if path is not None:
        _write(done, path)
    if json_:
        say_json(_json_of(done))
    else:
        _show(done, spoken, path)


def _fit_path(out: str | None) -> Path | None:
    """Return where the trajectory goes; raises InputError for a name that cannot be, before anything is run."""
    from simulation.core.errors import InputError

    if out is None:
        return None
    path = Path(out)
    if path.suffix not in (".csv", ".parquet"):
        raise InputError(
            f'--out is "{out}"; the name of a file that ends in .csv or .parquet.',
            f'--out เป็น "{out}" ต้องเป็นชื่อไฟล์ที่ลงท้ายด้วย .csv หรือ .parquet',
        )
    if not path.parent.is_dir():
        raise InputError(f"--out: there is no folder {path.parent}.", f"--out: ไม่พบโฟลเดอร์ {path.parent}")
    return path


def _name_an_arm(arms: list[str]) -> None:
    from simulation.core.errors import InputError

    names = ", ".join(arms)
    raise InputError(
        f"Name the arm to run: --arm {arms[-1]}. There are: {names}.",
        f"ให้ระบุทางเลือกที่จะจำลอง: --arm {arms[-1]} ที่มี: {names}",
    )


def _write(done: Run, path: Path) -> None:
    from simulation.results.store import write_table, write_text

    if path.suffix == ".csv":
        write_text(path, done.trajectory.to_csv(index=False, lineterminator="\n"))
    else:
        write_table(path.parent, path.stem, done.trajectory)


def _show(done: Run, lang: str, path: Path | None) -> None:
    from simulation.reports.run_words import caution, line_of, table_of

    look = screen()
    shown = lang if look.unicode else "en"
    lines = [*table_of(done, shown, look.piped or not look.unicode), "", line_of(done, shown), caution(shown)]
    say("\n".join([*lines, *_evidence(done, shown)]))
    if path is not None:
        say(str(path))


def _evidence(done: Run, lang: str) -> list[str]:
    """Return the studies behind the arm as lines, a blank one first; none for an arm without schemes."""
    from simulation.reports.lines import wrapped
    from simulation.reports.run_words import evidence_of

    said = [line for sentence in evidence_of(done, lang) for line in wrapped(sentence, "  ")]
    return ["", "หลักฐาน" if lang == "th" else "Evidence", *said] if said else []


def _json_of(done: Run) -> dict[str, Any]:
    """Return the run as one object: who it is, what stands behind it, outcomes, trajectory; null where not known."""
    from simulation.reports.run_words import evidence_of

    rows = done.trajectory.astype(object).where(done.trajectory.notna(), None)
    return {
        "scenario": done.facts.name,
        "digest": done.scenario.digest,
        "seed": done.scenario.run.seed,
        "arm": done.arm.name,
        "replicate": done.replicate,
        "run_id": str(done.runs["run_id"].iloc[0]),
        "evidence": None if done.behind is None else done.behind.to_json(),
        "evidence_said": {spoken: evidence_of(done, spoken) for spoken in ("en", "th")},
        "outcomes": {k: None if v != v else v for k, v in done.outcomes.items()},
        "trajectory": rows.to_dict("records"),
    }
