"""Small studies for the tests of the store: a layout, rows that are known by their place, a store that holds them."""

from pathlib import Path

from simulation.results.fragments.layout import Layout
from simulation.results.fragments.store import Store

ARMS = ("control", "fee", "letter")
LAYOUT = Layout(ARMS, 4, 5, (("reward", "float64"), ("target", "text"), ("open", "bool"), ("people", "int64")))


def manifest(layout=LAYOUT, **more):
    return {"digest": "d" * 64, "code": "c" * 64, "version": "0.1.0", "layout": layout.to_dict(), **more}


def row(task, arm, layout=LAYOUT, status="ok", **more):
    point, replicate = divmod(task, layout.replicates)
    factors = {"reward": point / 7, "target": f"group {point}", "open": point % 2 == 0, "people": 10 * point}
    return {
        "run_id": f"{task:012d}{layout.arms.index(arm):04d}",
        "point": point,
        "arm": arm,
        "replicate": replicate,
        **{name: factors[name] for name, _ in layout.factors},
        "scenario": f"{point:012d}",
        "seed": 1,
        "status": status,
        "error": "" if status == "ok" else "ValueError",
        "message": "" if status == "ok" else "no such thing",
        "command": "",
        "effect_pp": point + replicate / 10 + layout.arms.index(arm) / 100,
        "seconds": 0.1,
        "started": 1.0,
        "host": "here",
        "pid": 1,
        "attempt": 1,
        "engine": "numpy",
        **more,
    }


def rows(tasks, layout=LAYOUT, **more):
    return [row(task, arm, layout, **more) for task in tasks for arm in layout.arms]


def begun(folder: Path, layout=LAYOUT, **more) -> Store:
    folder.mkdir(exist_ok=True)
    store = Store(folder)
    store.begin(manifest(layout, **more))
    return store


def filled(folder: Path, layout=LAYOUT, batch=2) -> Store:
    """A whole study, in fragments of `batch` tasks, the later ones written first."""
    store = begun(folder, layout)
    for first in reversed(range(0, layout.tasks, batch)):
        store.write("runs", rows(range(first, min(first + batch, layout.tasks)), layout))
    return store


def table(store: Store):
    """The result table without what may differ between two runs of one spec."""
    from simulation.results.study_columns import CIRCUMSTANCES

    return store.frame().drop(columns=list(CIRCUMSTANCES))
