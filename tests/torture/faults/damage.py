"""C: fragments cut, changed, lost, doubled; a folder that moves; a clock set back; stores of other versions."""

import json
import random
import shutil
import zipfile

from tests.torture.faults.kills import NO_REPORT
from tests.torture.faults.place import KILL, QUICK
from tests.torture.faults.place import slow as slowly
from tests.torture.faults.tally import Tally
from tests.torture.faults.writers import sums

SEED = 20_660
LENGTHS = 20
OFTEN = {"soon": 0.05}


def c1(place, times):
    """Each fragment cut at 20 lengths, a byte changed, one lost, one doubled, a foreign file, the manifest gone."""
    tally, rng = Tally(), random.Random(SEED)
    good = _good(place)
    names = sorted(p.name for p in (good / "runs").iterdir())
    cuts = [(_cut, k / LENGTHS) for k in range(LENGTHS)]
    if times > LENGTHS:  # three fragments at each length
        cuts = [(_cut, k / LENGTHS) for _ in range(3) for k in range(LENGTHS)]
    others = [(kind, None) for kind in (_change, _lose, _double, _foreign, _empty_manifest, _no_manifest)]
    cases = [*others, *rng.sample(cuts, len(cuts))]
    for n in range(min(times, len(cases))):
        kind, much = cases[n]
        name = names[n % len(names)]
        with tally.trial(f"{kind.__name__[1:].replace('_', ' ')} {much or ''} {name[:16]}"):
            place.anew(QUICK)
            shutil.copytree(good, place.results)
            lost = kind(place.results, name, much, rng)
            _named_and_mended(place, tally, kind, name, lost)
    return tally


def _good(place):
    """Return a finished folder of several fragments."""
    place.anew({**QUICK, **slowly(0.01)})
    place.done("--jobs", 1, asked={**NO_REPORT, **OFTEN})
    good = place.folder / "good"
    shutil.rmtree(good, ignore_errors=True)
    shutil.copytree(place.results, good)
    assert 4 <= len(list((good / "runs").iterdir())) <= 60
    return good


def _named_and_mended(place, tally, kind, name, lost):
    """`verify` names it, `show` goes on with the rest, and a resume does only what is missing."""
    wrong = {_foreign: "letter.txt", _empty_manifest: "manifest.json", _no_manifest: "manifest.json"}.get(kind, name)
    whole = kind is _double
    before = sums(place.results)
    checked = place.begin(place.results, verb="verify")
    code = checked.wait()
    said = checked.out() + checked.err()
    if kind is _lose:
        assert "not there" in said, said
    elif not whole:
        assert wrong in said, said
    assert code == (0 if whole else 2), f"exit {code}: {said}"
    shown = place.done(place.results, verb="show")
    assert f"{100 - lost} of 100 runs" in shown.out(), shown.out()[:200]
    assert sums(place.results) == before, "looking changed it"
    place.done("--jobs", 1, asked=NO_REPORT)
    place.same()
    tally.add("runs done again", sum(place.executions().values()))
    assert sum(place.executions().values()) == lost, f"{sum(place.executions().values())} runs done, {lost} were lost"


def _rows(name):
    return int(name.split("-")[1])


def _cut(folder, name, much, _rng):
    path = folder / "runs" / name
    data = path.read_bytes()
    path.write_bytes(data[: int(much * len(data))])
    return _rows(name)


def _change(folder, name, _much, rng):
    path = folder / "runs" / name
    data = bytearray(path.read_bytes())
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    path.write_bytes(bytes(data))
    return _rows(name)


def _lose(folder, name, _much, _rng):
    (folder / "runs" / name).unlink()
    return _rows(name)


def _double(folder, name, _much, _rng):
    first, rest = name.split("-", 1)
    shutil.copy(folder / "runs" / name, folder / "runs" / f"{int(first) + 1:09d}-{rest}")
    return 0


def _foreign(folder, _name, _much, _rng):
    (folder / "runs" / "letter.txt").write_text("a letter", "utf-8")
    return 0


def _empty_manifest(folder, _name, _much, _rng):
    (folder / "manifest.json").write_bytes(b"")
    return 0


def _no_manifest(folder, _name, _much, _rng):
    (folder / "manifest.json").unlink()
    return 0


def c2(place, times):
    """The folder moved between kill and resume; zipped, unzipped and verified elsewhere; the clock set back a day."""
    tally = Tally()
    kinds = (_moved, _zipped, _clock_back)
    for n in range(times):
        kind = kinds[n % len(kinds)]
        with tally.trial(kind.__name__[1:].replace("_", " ")):
            place.anew({**QUICK, **slowly(0.01)})
            driver = place.begin("--jobs", 1, asked={**NO_REPORT, **OFTEN})
            place.until(lambda: place.told() > 20, of=driver)
            driver.signal(KILL)
            driver.wait(5)
            kept, before = place.kept(), place.executions()
            assert kept
            elsewhere = place.folder / "else where"
            shutil.rmtree(elsewhere, ignore_errors=True)
            kind(place, elsewhere)
            assert not [task for task in kept if place.executions()[task] > before[task]], "kept runs were done again"
            shutil.rmtree(elsewhere, ignore_errors=True)
    return tally


def _moved(place, elsewhere):
    place.results.rename(elsewhere)
    place.done("--jobs", 1, out=elsewhere, asked=NO_REPORT)
    place.same(folder=elsewhere)


def _zipped(place, elsewhere):
    place.done("--jobs", 1, asked={})
    path = place.folder / "study.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for file in place.results.rglob("*"):
            packed.write(file, file.relative_to(place.results))
    with zipfile.ZipFile(path) as packed:
        packed.extractall(elsewhere)
    shutil.rmtree(place.results)
    assert "100 of 100" in place.done(elsewhere, verb="verify").out()
    place.same(folder=elsewhere)


def _clock_back(place, _elsewhere):
    place.done("--jobs", 1, asked={**NO_REPORT, "clock": -86_400})
    place.same()


def c3(place, times):
    """A store begun by another version of the program, and one of a newer format."""
    tally = Tally()
    place.anew(QUICK)
    for n in range(times):
        kind = (_older, _newer)[n % 2]
        with tally.trial(kind.__name__[1:]):
            place.anew({**QUICK, **slowly(0.01)})
            driver = place.begin(
                "--jobs", 1, asked={**NO_REPORT, **OFTEN, **({"code": "1" * 64} if kind is _older else {})}
            )
            place.until(lambda: place.told() > 20, of=driver)
            driver.signal(KILL)
            driver.wait(5)
            kind(place)
    return tally


def _older(place):
    """Read as it is; going on with it by this version is refused, and both are named."""
    before, kept = sums(place.results), len(place.kept())
    shown = place.done(place.results, verb="show")
    assert f"{kept} of 100 runs" in shown.out(), shown.out()[:200]
    done = place.done("--jobs", 1, asked=NO_REPORT, code=2)
    from simulation.core.version import code_digest

    for word in ("11111111", code_digest()[:8]):
        assert word in done.err(), done.err()
    assert sums(place.results) == before, "it was altered"


def _newer(place):
    """Refused by every command, and both versions are named."""
    path = place.results / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**manifest, "format": 2, "version": "99.1"}), "utf-8")
    from simulation.core.version import VERSION

    before = sums(place.results)
    for done in (
        place.done("--jobs", 1, asked=NO_REPORT, code=2),
        place.done(place.results, verb="show", code=2),
        place.done(place.results, verb="verify", code=2),
    ):
        for word in ("99.1", VERSION):
            assert word in done.err(), done.err()
    assert sums(place.results) == before, "it was altered"
