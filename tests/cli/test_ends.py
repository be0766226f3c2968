import os
import pty
import re
import subprocess
import sys

import pytest

from simulation.cli import codes, ends
from simulation.studies import run_many as runner
from simulation.studies.kept import Kept, locked

SMALL = ("--set", "world.citizens=200", "--replicates", "1", "--jobs", "1")
WORDS = {"en": "mistake of Kwamdee's, not yours", "th": "ข้อผิดพลาดของ Kwamdee ไม่ใช่ของคุณ"}


def breaks(*_, **__):
    raise ZeroDivisionError("of ours")


def test_done_is_0(kwamdee):
    assert kwamdee("schemes").code == codes.DONE == 0
    assert kwamdee("--version").code == codes.DONE


@pytest.mark.parametrize("lang", ["en", "th"])
def test_a_bug_of_ours_is_1_and_says_so(lang, kwamdee, monkeypatch):
    monkeypatch.setattr("simulation.incentives.catalogue.scheme_classes", breaks)
    done = kwamdee("schemes", "--lang", lang)
    assert (done.code, done.out) == (codes.OURS, "") == (1, "")
    assert WORDS[lang] in done.err
    assert "ZeroDivisionError: of ours" in done.err
    assert "KWAMDEE_DEBUG=1" in done.err


def test_a_bug_of_ours_shows_its_traceback_where_that_is_wished(kwamdee, monkeypatch):
    monkeypatch.setattr("simulation.incentives.catalogue.scheme_classes", breaks)
    monkeypatch.setattr(sys, "argv", ["kwamdee", "schemes"])
    monkeypatch.setenv("KWAMDEE_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        ends.main()


@pytest.mark.parametrize(("lang", "said"), [("en", "1 mistake in"), ("th", "พบข้อผิดพลาด 1 จุด")])
def test_bad_input_is_2(lang, said, kwamdee):
    done = kwamdee("validate", "bangkok-waste", "--set", "run.weeks=0", "--lang", lang)
    assert (done.code, done.out) == (codes.BAD_INPUT, "") == (2, "")
    assert said in done.err


def test_some_runs_that_failed_are_3(kwamdee, tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "start", breaks)
    done = kwamdee("compare", "bangkok-waste", *SMALL, "--out", str(tmp_path))
    assert done.code == codes.SOME_FAILED == 3
    assert (tmp_path / "report.html").is_file()
    assert "\x1b" not in done.out + done.err


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Storage gave out: No space left"), ("th", "หน่วยเก็บข้อมูลใช้งานไม่ได้: No space left")]
)
def test_storage_that_gives_out_is_4(lang, said, kwamdee, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Kept, "save", full)
    done = kwamdee("compare", "bangkok-waste", *SMALL, "--out", str(tmp_path), "--quiet", "--lang", lang)
    assert (done.code, done.out) == (codes.STORAGE, "") == (4, "")
    assert said in done.err
    monkeypatch.setattr("simulation.incentives.catalogue.scheme_classes", full)
    done = kwamdee("schemes", "--lang", lang)  # outside a comparison
    assert done.code == codes.STORAGE
    assert done.err.startswith(said.split(":")[0])


@pytest.mark.parametrize(("lang", "said"), [("en", "is in use: process"), ("th", "กำลังถูกใช้อยู่: โพรเซส")])
def test_a_folder_in_use_is_5(lang, said, kwamdee, tmp_path):
    with locked(tmp_path):
        done = kwamdee("compare", "bangkok-waste", *SMALL, "--out", str(tmp_path), "--lang", lang)
    assert (done.code, done.out) == (codes.IN_USE, "") == (5, "")
    assert said in done.err


def test_the_errors_of_folders_and_sizes_are_in_thai_too(kwamdee, tmp_path):
    (tmp_path / "taken").write_text("mine", "utf-8")
    for args, said in (
        (("--out", str(tmp_path / "taken")), "มีไฟล์ชื่อนี้อยู่แล้ว"),
        (("--set", "world.citizens=9000000", "--jobs", "64"), "GiB"),
        (("--replicates", "9000"), "เพิ่ม --yes"),
    ):
        done = kwamdee("compare", "bangkok-waste", *args, "--lang", "th")
        assert done.code == codes.BAD_INPUT
        assert said in done.err
        assert re.search("[ก-๛]", done.err)


@pytest.mark.parametrize(("code", "sign"), [(129, "SIGHUP"), (130, "SIGINT"), (143, "SIGTERM")])
def test_signals_end_with_what_schedulers_expect(code, sign):
    script = (
        "import os, signal, simulation.incentives.catalogue as c; from simulation.__main__ import main; "
        f"c.scheme_classes = lambda: os.kill(os.getpid(), signal.{sign}); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "schemes", "--lang", "th"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.strip() == "หยุดแล้ว ยังไม่ได้เริ่มจำลอง"


@pytest.mark.parametrize(("code", "sign"), [(130, "SIGINT"), (143, "SIGTERM")])
def test_an_interruption_that_a_library_takes_for_its_own_failure_is_no_bug_of_ours(code, sign):
    script = (
        "import os, signal, simulation.incentives.catalogue as c; from simulation.__main__ import main\n"
        "def wrapped():\n"
        "    try: os.kill(os.getpid(), signal." + sign + ")\n"
        "    except BaseException: raise ValueError('error calling a serializer') from None\n"
        "c.scheme_classes = wrapped; main()"
    )
    done = subprocess.run([sys.executable, "-c", script, "schemes"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.strip() == "Stopped. What is done is kept."


def test_the_codes_are_those_of_the_signals_and_each_has_its_meaning():
    from simulation import __main__ as outermost

    assert (outermost.INTERRUPTED, outermost.HUNG_UP, outermost.TERMINATED) == (
        codes.INTERRUPTED, codes.HUNG_UP, codes.TERMINATED,
    )  # fmt: skip
    named = {value for name, value in vars(codes).items() if name.isupper() and isinstance(value, int)}
    assert named == set(codes.MEANINGS) == {0, 1, 2, 3, 4, 5, 129, 130, 143}


def test_a_reader_who_has_seen_enough_is_no_error():
    command = f'"{sys.executable}" -m simulation schemes --json | head -c 5; echo " ${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ('[{"ki 0\n', "")


def on_a_terminal(code, **variables):
    """Run a line of Python with its output on a terminal and return what is written there."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TERM": "xterm-256color", **variables},
    )
    os.close(theirs)
    written = b""
    try:
        while part := os.read(ours, 65536):
            written += part
    except OSError:  # Linux: the other end is closed
        pass
    finally:
        os.close(ours)
    assert process.wait() == 0
    return written.decode()


@pytest.mark.parametrize(
    ("variables", "on"),
    [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colours_are_for_terminals_that_want_them(variables, on):
    code = "from simulation.cli.say import screen; print(screen().colour)"
    assert on_a_terminal(code, **variables).strip() == str(on)
    piped = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert piped.stdout == "False\n"


@pytest.mark.parametrize(
    "args", [("schemes",), ("validate", "bangkok-waste"), ("doctor",), ("--help",), ("--version",)]
)
def test_no_command_prints_colours_into_a_file(args, kwamdee):
    assert "\x1b" not in "".join(kwamdee(*args)[1:])
