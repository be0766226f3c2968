"""`kwamdee validate` for a study file."""

from __future__ import annotations

import typer

from simulation.cli.ends import BAD_INPUT
from simulation.cli.say import say, say_json


def validate_study(name: str, settings: list[str], json_: bool, lang: str) -> None:
    """Check a study file, say how many runs it asks for and what should be noticed; 2 where it is wrong."""
    from simulation.core.errors import SHOWN_AT_ONCE, ScenarioError
    from simulation.studies.plan.read import load_study

    try:
        found = load_study(name, settings)
    except ScenarioError as error:
        if json_:
            problems = [vars(p) for p in error.problems[:SHOWN_AT_ONCE]]
            say_json({"valid": False, "mistakes": error.total, "problems": problems, "notices": [], "warnings": []})
        else:
            typer.echo(error.render(lang), err=True)
        raise typer.Exit(BAD_INPUT) from None
    warnings = [{"rule": "", "key": "", **w.model_dump()} for w in found.warnings]
    size = {"points": found.points, "replicates": found.replicates, "arms": len(found.arms), "runs": found.runs}
    if json_:
        valid = {"valid": True, "mistakes": 0, "problems": [], "notices": [], "warnings": warnings}
        say_json({**valid, "design": found.design.kind, "factors": len(found.design.factors), **size})
        return
    from simulation.reports.study.progress import duration
    from simulation.studies.estimate import cores
    from simulation.studies.plan.sizes import seconds_of_society

    say(_valid(name, found.design.kind, len(found.design.factors), size, lang))
    societies = found.points * found.replicates
    seconds = societies * seconds_of_society(found.scenario, len(found.arms)) / min(cores(), max(1, societies))
    takes = duration(seconds, lang)
    say(f"ใช้เวลาราว {takes}บนเครื่องนี้" if lang == "th" else f"About {takes} here.")
    for warning in found.warnings:
        say(f"{'คำเตือน' if lang == 'th' else 'Warning '} {warning.get(lang)}")


def _valid(name: str, kind: str, factors: int, size: dict[str, int], lang: str) -> str:
    points, replicates, arms, runs = (f"{size[key]:,}" for key in ("points", "replicates", "arms", "runs"))
    if lang == "th":
        return (
            f"{name} ถูกต้อง\nแบบ {kind} {factors} ปัจจัย {points} จุด {arms} ทางเลือก จุดละ {replicates} สังคมจำลอง\n"
            f"รวม {runs} รอบ"
        )
    many = {key: "" if size[key] == 1 else "s" for key in size}
    societies = "society" if size["replicates"] == 1 else "societies"
    return (
        f"{name} is valid.\n{kind}, {factors} factor{'' if factors == 1 else 's'}: {points} point{many['points']}, "
        f"{arms} arm{many['arms']}, {replicates} {societies} at each point.\nThat is {runs} run{many['runs']}."
    )
