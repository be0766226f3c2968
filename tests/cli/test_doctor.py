import json
import subprocess
import sys
from importlib import metadata

import pytest

from simulation.cli import checkup
from tests.cli.test_json import hold


@pytest.fixture
def installed(monkeypatch):
    """Return a way to say which versions are there instead; None: not installed."""

    def instead(**versions):
        true = metadata.version

        def version(name):
            if versions.get(name, "") is None:
                raise metadata.PackageNotFoundError(name)
            return versions.get(name) or true(name)

        monkeypatch.setattr(checkup, "version", version)

    return instead


def test_where_nothing_is_wrong_it_ends_with_0_and_says_so_in_both_languages(kwamdee):
    done = kwamdee("doctor")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1] == "Nothing is wrong: all that a run needs is there."
    assert metadata.version("numpy") in done.out
    done = kwamdee("doctor", "--lang", "th")
    assert done.code == 0
    assert done.out.splitlines()[-1] == "ทุกอย่างที่การจำลองต้องใช้พร้อมแล้ว"


def test_the_object_is_as_documented_and_names_what_the_metadata_asks_for(kwamdee):
    found = json.loads(kwamdee("doctor", "--json").out)
    assert hold(found, "doctor") <= {"faults[]", "faults[].en", "faults[].th", "extras.EXTRA.missing[]"}
    assert len(found["packages"]) == len(metadata.requires("kwamdee"))
    assert set(found["extras"]) == set(metadata.metadata("kwamdee").get_all("Provides-Extra"))
    assert found["usable"]
    assert "bangkok-waste" in found["scenarios"]["names"]
    assert found["fonts"]["draw_thai"]


def test_a_missing_extra_is_named_with_the_line_that_installs_it_and_is_no_fault(kwamdee, installed):
    installed(numba=None)
    done = kwamdee("doctor")
    assert done.code == 0
    assert 'lacks numba: pip install "kwamdee[fast]"' in done.out
    assert 'ขาด numba: pip install "kwamdee[fast]"' in kwamdee("doctor", "--lang", "th").out
    fast = json.loads(kwamdee("doctor", "--json").out)["extras"]["fast"]
    assert fast == {"missing": ["numba"], "install": 'pip install "kwamdee[fast]"'}


@pytest.mark.parametrize(
    ("versions", "en", "th"),
    [
        ({"mesa": "2.9.1"}, 'mesa 2.9.1 does not fit: pip install "mesa<4,>=3.3.1"', "mesa 2.9.1 รุ่นใช้ไม่ได้"),
        ({"mesa": "4.0.0"}, "mesa 4.0.0 does not fit", "mesa 4.0.0 รุ่นใช้ไม่ได้"),
        ({"jinja2": None}, "jinja2 is missing: pip install", "jinja2 ยังไม่ได้ติดตั้ง"),
    ],
)
def test_what_a_run_needs_and_lacks_ends_with_2_and_its_remedy(versions, en, th, kwamdee, installed):
    installed(**versions)
    done = kwamdee("doctor")
    assert done.code == 2
    assert en in done.out
    assert th in kwamdee("doctor", "--lang", "th").out
    found = json.loads(kwamdee("doctor", "--json").out)
    assert not found["usable"]
    assert en in found["faults"][0]["en"]


def test_a_package_that_does_not_load_is_a_fault_and_no_traceback(kwamdee, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = kwamdee("doctor")
    assert done.code == 2
    assert "pyarrow" in done.out.split("What must be mended:")[1]
    assert "does not load (ModuleNotFoundError" in done.out
    assert done.err == ""


def test_fonts_and_scenarios_that_are_gone_are_faults(kwamdee, monkeypatch, tmp_path):
    monkeypatch.setattr("simulation.scenario.load.shipped", dict)
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    found = json.loads(kwamdee("doctor", "--json").out)
    assert [f["en"].split(" (")[0] for f in found["faults"]] == [
        "no font of the package draws Thai",
        "no shipped scenario was found. Install kwamdee again.",
    ]


def test_numba_that_quarrels_with_numpy_does_not_fit(installed):
    installed(numpy="99.0")
    assert checkup._quarrel("numba").endswith("numpy is 99.0")
    assert checkup._quarrel("pandas") == ""


@pytest.mark.parametrize(
    ("found", "needs", "fit"),
    [
        ("3.3.1", "<4,>=3.3.1", True), ("3.3", "<4,>=3.3.1", False), ("4.0.0", "<4,>=3.3.1", False),
        ("2.10", ">=2.9", True), ("2", ">=2.0.0", True), ("4.0.0rc1", "<4", False), ("1.0", "", True),
    ],
)  # fmt: skip
def test_versions_are_compared_as_numbers(found, needs, fit):
    assert checkup.fits(found, needs) == fit


def test_it_is_quick_for_it_loads_neither_mesa_nor_networkx_nor_numba():
    code = (
        "import sys; from simulation.cli.checkup import check_up; check_up(False); "
        "print([m for m in ('mesa', 'networkx', 'numba', 'matplotlib.pyplot', 'matplotlib.font_manager') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
