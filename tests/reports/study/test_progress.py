import io
import sys

import pytest

from simulation.reports.study.progress import SweepProgress, clock, duration, rate, stopped_study


def run(progress, kept=(0, 10, 30, 50, 70, 100), before=0):
    for k in kept:
        progress.update(min(100, k + 7), 100, before, k)
    progress.update(100, 100, before, kept[-1], "done")


def test_plain_lines_come_at_each_quarter_and_count_what_is_kept(capsys):
    run(SweepProgress(True, "en"))
    text = capsys.readouterr().err
    lines = text.splitlines()
    assert lines[:-1] == [f"{q}%  {k} of 100 runs kept" for q, k in ((0, 0), (25, 30), (50, 50), (100, 100))]
    assert lines[-1] == "Done     100 of 100 runs kept in 1 s"
    assert "\r" not in text


def test_runs_from_before_are_named(capsys):
    run(SweepProgress(True, "th"), kept=(41, 100), before=41)
    assert "25%  เก็บแล้ว 41 จาก 100 รอบ (41 รอบจากครั้งก่อน)" in capsys.readouterr().err


def test_quiet_says_nothing(capsys):
    run(SweepProgress(False, "en"))
    assert capsys.readouterr().err == ""


def test_each_stage_is_said_once(capsys):
    progress = SweepProgress(True, "en", opening="Title")
    for stage in ("probe", "probe", "compile", "run", "write"):
        progress.update(0, 10, 0, 0, stage)
    text = capsys.readouterr().err
    assert text.startswith("Title\n")
    assert text.count("Trying a few runs") == 1
    assert text.index("Compiling") < text.index("0%") < text.index("Writing")


def test_a_terminal_gets_a_bar_with_rate_and_time_left(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    out = Terminal()
    monkeypatch.setattr(sys, "stderr", out)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    now = [100.0]
    monkeypatch.setattr("simulation.reports.study.progress.time.monotonic", lambda: now[0])
    progress = SweepProgress(True, "en")
    progress.update(41, 100, 41, 41)
    now[0] += 5
    progress.update(51, 100, 41, 50)
    last = out.getvalue().split("\r\x1b[2K")[-1]
    assert "50 of 100 runs kept (41 from before), 2.0 runs/s, 0:24 left" in last
    assert last.startswith("Running  ━")
    assert len(last) <= 79


def test_a_screen_of_ascii_gets_english_and_ascii(capsys):
    run(SweepProgress(True, "th", unicode=False))
    assert capsys.readouterr().err.isascii()


@pytest.mark.parametrize("lang", ["en", "th"])
def test_stopped_says_what_is_kept_and_ends_with_the_command_in_at_most_five_lines(lang):
    text = stopped_study(41, 100, "results/x", "kwamdee sweep x --out results/x", lang)
    lines = text.split("\n")
    assert len(lines) <= 5
    assert lines[-1] == "kwamdee sweep x --out results/x"
    assert "41" in text
    assert "100" in text
    assert "results/x" in lines[1]
    whole = stopped_study(100, 100, "results/x", "kwamdee sweep x", lang)
    assert {"en": "Only tables and report are left", "th": "เหลือเพียงเขียนตาราง"}[lang] in whole


@pytest.mark.parametrize(
    ("seconds", "en", "th"),
    [(0.2, "1 s", "1 วินาที"), (75, "75 s", "75 วินาที"), (600, "10 minutes", "10 นาที"), (3600, "1 hour", "1 ชั่วโมง"),
     (7860, "2 hours 11 minutes", "2 ชั่วโมง 11 นาที"), (100_000, "1 day 3 hours", "1 วัน 3 ชั่วโมง")],
)  # fmt: skip
def test_lengths_of_time_are_said_in_their_two_largest_units(seconds, en, th):
    assert duration(seconds, "en") == en
    assert duration(seconds, "th") == th


def test_clocks_and_rates():
    assert clock(59, "en") == "0:59"
    assert clock(3723, "en") == "1:02:05"
    assert clock(200_000, "en") == "2 days 7 hours"
    assert rate(0.05, "en") == "3.0 runs/min"
    assert rate(123.4, "th") == "123 รอบต่อวินาที"
