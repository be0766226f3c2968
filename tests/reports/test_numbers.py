"""Every figure of the report equals the table's, to the last digit shown: the page is read and the files are counted again."""

import html
import re

import numpy as np
import pandas as pd
import pytest

import simulation as kw
from tests.reports.reading import seen_text, svg_texts, tables_of

TWO = """
format = 1
about.title = { en = "Two behaviours", th = "สองพฤติกรรม" }
about.question = { en = "Which scheme moves both?", th = "มาตรการใดได้ผลทั้งสองอย่าง" }
run = { weeks = 44, replicates = 20, seed = 3 }
[world]
citizens = 120
daily_wage = { mean = 500, gini = 0.4 }
localities = { number = 4 }
ties = { work = 4 }
organisations = { mean_size = 20 }
[behaviours.waste]
title = { en = "waste separation", th = "การคัดแยกขยะ" }
baseline = 0.3
opportunities_per_week = 7
[behaviours.volunteer]
title = { en = "volunteering", th = "การอาสา" }
baseline = 0.1
opportunities_per_week = 1
[arms.control]
[arms.young]
title = { en = "Points for the young", th = "แต้มคนหนุ่มสาว" }
schemes.p = { kind = "points", behaviour = "waste", baht_per_act = 20, schedule = { start = 2, weeks = 12 }, target = { age_bands = ["15-24", "25-34"] } }
[arms.both]
title = { en = "Points & a name", th = "แต้มและชื่อ" }
schemes.p = { kind = "points", behaviour = "waste", baht_per_act = 2, schedule = { start = 2, weeks = 12 } }
schemes.h = { kind = "recognition", behaviour = "volunteer", audience = "named-to-group", enrolment = { mode = "opt-in", friction = "one-tap" }, schedule = { start = 2, weeks = 12 } }
"""
CASES = {
    "waste": ("bangkok-waste", ["world.citizens=200", "run.weeks=84"], "posterior"),
    "two": (None, [], "posterior"),
    "published": ("thornton-2008", ["world.citizens=120"], "posterior"),
    "fixed": ("bangkok-waste", ["world.citizens=150", "run.weeks=70"], "default"),
}
SLOW = {"waste", "published", "fixed"}


@pytest.fixture(scope="module", params=[pytest.param(x, marks=pytest.mark.slow if x in SLOW else ()) for x in CASES])
def made(request, tmp_path_factory):
    source, settings, parameters = CASES[request.param]
    out = tmp_path_factory.mktemp(request.param)
    if source is None:
        path = out.parent / "two.toml"
        path.write_text(TWO, "utf-8")
        source = path
    return kw.compare(source, set_=settings, replicates=20, jobs=1, out=out, parameters=parameters)


@pytest.fixture(params=["en", "th"])
def read(request, made):
    return Read(made, request.param)


class Read:
    """A page in one language beside the files of its folder."""

    def __init__(self, made, lang):
        self.made, self.lang, self.facts = made, lang, made.summary.facts
        name = "report.html" if lang == "en" else "report.th.html"
        self.page = (made.folder / name).read_text("utf-8")
        self.tables = tables_of(self.page)
        self.arms = {f.title.get(lang): f.name for f in self.facts.arms if f.window is not None}
        runs = pd.read_csv(made.folder / "tables" / "runs.csv")
        self.runs = runs[runs["luck"] == 0].sort_values(["arm", "replicate"])
        self.societies = self.runs["replicate"].nunique()
        self.effects = pd.read_csv(made.folder / "tables" / "effects.csv").set_index("arm")

    def csv(self, name):
        return pd.read_csv(self.made.folder / "tables" / f"{name}.csv")

    def table(self, kind):
        return next((t for t in self.tables if kind in t.kind.split()), None)

    def captioned(self, words):
        return next((t for t in self.tables if words in t.caption), None)

    def rows(self, table):
        """Return the cells of each arm by its name in the file."""
        found = {}
        for head, cells in table.rows:
            title = re.sub(r"^\d+ ", "", head) if "pairs" in table.kind else head
            if title in self.arms:
                found[self.arms[title]] = cells
        assert len(found) == len(self.arms)
        return found

    def of(self, arm, column):
        return self.runs.loc[self.runs["arm"] == arm, column].to_numpy()

    def best(self, arm):
        effects = self.runs.pivot_table(index="replicate", columns="arm", values="effect_pp")
        effects["control"] = 0.0
        top = effects.eq(effects.max(axis=1), axis=0)
        return (top.div(top.sum(axis=1), axis=0))[arm].sum()

    def to(self, low, high, digits=1, factor=1.0):
        if pd.isna(low):
            return ""
        first = number(low * factor, digits)
        if pd.isna(high):
            return f"{first} {'or more' if self.lang == 'en' else 'ขึ้นไป'}"
        return f"{first} {'to' if self.lang == 'en' else 'ถึง'} {number(high * factor, digits)}"

    def count(self, n):
        return f"{round(float(n), 1):g} {'of' if self.lang == 'en' else 'จาก'} {self.societies}"


def number(x, digits=1, sign=False):
    """Round once, half to even on the stored value, a real minus, never -0."""
    text = f"{abs(x):,.{digits}f}"
    if not text.strip("0.,"):
        return text
    return ("−" if x < 0 else "+" if sign else "") + text


def either(x, digits=1):
    """Return how a number may be shown that was added up in another order: at a tie the last bit decides."""
    return {number(x * (1 + e), digits) for e in (-1e-12, 0.0, 1e-12)}


def interval_of(values):
    """Return mean and order statistics of one value per society."""
    ordered, n = np.sort(values), len(values)
    k = int(0.05 * (n + 1))
    return (values.mean(), ordered[k - 1], ordered[n - k]) if n >= 19 else (values.mean(), np.nan, np.nan)


WORDS = {
    "not settled", "not measured", "everybody takes part", "not modelled", "nobody is paid",
    "ยังบอกไม่ได้", "ไม่ได้วัด", "ทุกคนเข้าร่วม", "ไม่ได้จำลอง", "ไม่มีการจ่าย",
}  # fmt: skip


def same(cell, read, mean, low, high, digits=1, factor=1.0, sign=True):
    if pd.isna(mean):
        assert cell.main in WORDS
        return
    assert cell.main == number(mean * factor, digits, sign)
    assert cell.small == read.to(low, high, digits, factor)


def column(read, cell, arm, name, digits=1, factor=1.0, sign=True):
    row = read.effects.loc[arm]
    same(cell, read, row[name], row[f"{name}_low"], row[f"{name}_high"], digits, factor, sign)


def test_the_table_of_effects(read):
    table = read.table("effects")
    kept = [] if len(table.heads) < 5 else [("kept_share_3_5"), ("kept_share_12_14"), ("kept_share")]
    for arm, cells in read.rows(table).items():
        column(read, cells[0], arm, "effect_pp")
        if kept:
            column(read, cells[1], arm, "effect_after_pp")
        for cell, name in zip(cells[2:], kept, strict=False):
            column(read, cell, arm, name, 0, 100, False)
        column(read, cells[-2], arm, "take_up", 0, 100, False)
        assert cells[-1].main == read.count(read.best(arm))
    assert table.rows[0][1][0].main.startswith(number(100 * read.runs["level_twin"].mean()))


def test_the_table_of_figure_1(read):
    table = read.table("of-answer")
    for arm, cells in read.rows(table).items():
        column(read, cells[0], arm, "effect_pp")
        assert cells[1].main == read.count((read.of(arm, "effect_pp") > 0).sum())
        column(read, cells[2], arm, "effect_after_pp")
        assert cells[3].main == read.count(read.best(arm))
    first, second = read.effects.index[:2]
    gap = read.of(first, "effect_pp") - read.of(second, "effect_pp")
    cells = table.rows[-1][1]
    same(cells[0], read, *interval_of(gap))
    assert cells[1].main == read.count((gap > 0).sum())


def test_the_table_of_figure_2(read):
    table = read.table("of-time")
    if table is None:
        assert read.facts.weeks == 1
        return
    weeks = [int(re.search(r"\d+", head).group()) for head in table.heads[1:]]
    found = read.csv("trajectories").set_index(["arm", "week"])
    for arm, cells in read.rows(table).items():
        for week, cell in zip(weeks, cells, strict=True):
            row = found.loc[(arm, week)]
            same(cell, read, row["q50_pp"], row["q05_pp"], row["q95_pp"])


def test_the_table_of_figure_3(read):
    table = read.table("of-cost")
    if table is None:
        return
    costs = read.csv("costs")
    costs = costs[costs["luck"] == 0].groupby("arm").mean(numeric_only=True) / read.facts.citizens
    for arm, cells in read.rows(table).items():
        parts = [costs.loc[arm, name] for name in ("rewards_additional", "rewards_anyway", "running")]
        assert all(cell.main in either(x) for cell, x in zip(cells, parts, strict=False))
        assert cells[3].main in either(sum(parts))
        column(read, cells[4], arm, "cost_per_act_baht", sign=False)


def taken(read, kind, group):
    takeup = pd.read_parquet(read.made.folder / "takeup.parquet").merge(read.runs[["run_id", "arm"]], on="run_id")
    part = takeup[(takeup["group_kind"] == kind) & (takeup["group"] == group)]
    sums = part.groupby("arm")[["ever_live", "eligible"]].sum()
    return sums["ever_live"] / sums["eligible"].where(sums["eligible"] > 0)


def test_the_table_of_figure_4(read):
    table = read.table("of-groups")
    if table is None:
        return
    equity = read.csv("equity")
    arms = [read.arms[head] for head in table.heads[1:]]
    groups = []
    for kind, name in dict.fromkeys(zip(equity["group_kind"], equity["group"], strict=True)):
        groups.append((kind, name))
    order = ("income_fifth", "age_band", "sex", "area", "sector")
    groups = [(k, g) for k in order for kind, g in sorted(groups) if kind == k]
    kinds = [k for k in order if sum(kind == k for kind, _ in groups) > 1]
    rows = [cells for _, cells in table.rows if cells]
    for arm, cell in zip(arms, rows[0], strict=True):
        column(read, cell, arm, "effect_pp")
    shown = [(k, g) for k, g in groups if k in kinds]
    assert len(shown) == len(rows) - 1
    for (kind, group), cells in zip(shown, rows[1:], strict=True):
        share = taken(read, kind, group)
        for arm, cell in zip(arms, cells, strict=True):
            part = equity[(equity["arm"] == arm) & (equity["group_kind"] == kind) & (equity["group"] == group)]
            same(cell, read, *interval_of(part.sort_values("replicate")["effect_pp"].to_numpy()))
            if not pd.isna(share.get(arm, np.nan)):
                assert number(100 * share[arm], 0) in cell.lines[0]


SIDES = (
    ("crowding_paid", 2, 1.0),
    ("crowding_after", 2, 1.0),
    ("false_claims", 0, 1.0),
    ("displaced_acts", 0, 1.0),
    ("paid_anyway", 0, 100.0),
    ("novelty_lost_pp", 1, 1.0),
    ("spillover_pp", 1, 1.0),
    ("level_after_pp", 1, 1.0),
)
UNSIGNED = ("false_claims", "displaced_acts", "paid_anyway")


def test_the_tables_of_pairs_rights_and_luck(read):
    order = list(read.effects.index)
    for arm, cells in read.rows(read.table("pairs")).items():
        for other, cell in zip(order, cells, strict=True):
            wins = (read.of(arm, "effect_pp") > read.of(other, "effect_pp")).sum()
            assert cell.main == ("·" if arm == other else str(wins))
    delta = read.facts.smallest_effect_pp
    words = {"en": "Who gets the money", "th": "เงินถึงใคร"}[read.lang]
    for arm, cells in read.rows(read.captioned(words)).items():
        after = read.of(arm, "effect_after_pp")
        assert cells[3].main in WORDS or cells[3].main == read.count((after < -delta).sum())
    sides = read.csv("side_effects").set_index(["arm", "what"])
    table = read.captioned({"en": "Side effects", "th": "ผลข้างเคียง"}[read.lang])
    arms = [read.arms[head] for head in table.heads[1:]]
    for (what, digits, factor), (_, cells) in zip(SIDES, table.rows, strict=True):
        for arm, cell in zip(arms, cells, strict=True):
            row = sides.loc[(arm, what)]
            if cell.main in WORDS and row["value"] == 0.0:  # nothing is modelled, or nobody is paid
                continue
            same(cell, read, row["value"], row["low"], row["high"], digits, factor, what not in UNSIGNED)
    outs = {arm: row for row, arm in enumerate(arms)}
    for what, name in (("spillover_pp", "spillover_pp"), ("level_after_pp", "effect_after_pp")):
        at = [w for w, _, _ in SIDES].index(what)
        for arm in arms:
            column(read, table.rows[at][1][outs[arm]], arm, name)
    luck = read.csv("uncertainty").set_index(["arm", "outcome"])["luck_share"]
    outcomes = ("effect_pp", "effect_after_pp", "kept_share", "cost_per_act_baht", "take_up")
    words = {"en": "is luck, share of variance", "th": "เป็นความบังเอิญเท่าใด"}[read.lang]
    for arm, cells in read.rows(read.captioned(words)).items():
        for outcome, cell in zip(outcomes, cells, strict=True):
            share = luck.get((arm, outcome), np.nan)
            digits = re.sub(r"\D", "", cell.main)
            assert cell.main in WORDS if pd.isna(share) else digits == f"{100 * min(max(share, 0.01), 0.99):.0f}"


def test_the_tables_of_crowding_behaviours_and_what_was_observed(read):
    words = {"en": "crowd out", "th": "เข้าแทนแรงจูงใจภายใน"}[read.lang]
    table = read.captioned(words)
    for head, cells in table.rows if table is not None else ():
        here = read.runs[read.runs["kappa_c"] == float(head)].pivot_table(
            index="replicate", columns="arm", values="effect_pp"
        )
        assert cells[0].main == str(len(here))
        for arm, cell in zip(read.effects.index, cells[1:-1], strict=False):
            assert cell.main.lstrip("+") in either(here[arm].mean())
        leader = here[list(read.effects.index)].mean().idxmax()
        assert read.arms[cells[-1].main.split(" (")[0]] == leader
    words = {"en": "by behaviour", "th": "รายพฤติกรรม"}[read.lang]
    table = read.captioned(words)
    assert (table is None) == (len(read.facts.behaviours) < 2)
    if table is not None:
        found = read.csv("behaviours").set_index(["arm", "behaviour"])
        for arm, cells in read.rows(table).items():
            for (behaviour, _), cell in zip(read.facts.behaviours, cells, strict=True):
                same(cell, read, *found.loc[(arm, behaviour)])
    words = {"en": "Observed beside", "th": "ค่าที่สังเกตเทียบ"}[read.lang]
    table = read.captioned(words)
    assert (table is None) == (not read.facts.observed)
    if table is not None:
        rows = read.rows(table)
        for arm, value, se in read.facts.observed:
            assert rows[arm][0].main == number(100 * value)
            assert number(100 * se) in rows[arm][0].small
            same(rows[arm][1], read, *interval_of(100 * read.of(arm, "level")), sign=False)


NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers(text):
    return {x.replace(",", "") for x in NUMBER.findall(text)}


def known(read):
    """Return every number that the tables show, and those of the scenario."""
    f = read.facts
    found = set()
    for table in read.tables:
        for head, cells in table.rows:
            for cell in cells:
                found |= numbers(" ".join([cell.main, cell.small, *cell.lines]))
            found |= numbers(head)
        found |= numbers(table.caption) | set().union(*(numbers(h) for h in table.heads))
    level = 100 * read.runs["level_twin"].mean()
    ends = [
        x
        for a in f.arms
        if a.window
        for x in (a.window.start, a.window.end, a.window.end - 1, a.window.end - a.window.start)
    ]
    found |= {str(x) for x in (f.weeks, f.citizens, read.societies, f.seed, f.smallest_cell, *ends)}
    found |= {number(level, d) for d in (0, 1)} | {f"{f.smallest_effect_pp:g}", "100", "90", "1000", "26", "14"}
    money = read.csv("ledgers")
    for _, part in money[money["luck"] == 0].groupby("arm") if "luck" in money else money.groupby("arm"):
        for part_of, whole in (
            ("false_claims", "claims"),
            ("paid_for_nothing_baht", "paid_baht"),
            ("paid_baht", "due_baht"),
        ):
            if part[whole].sum():
                found.add(number(100 * part[part_of].sum() / part[whole].sum()))
    best = read.effects.index[0]
    found |= {number(level + read.effects.loc[best, "effect_pp"], d).replace(",", "") for d in (0, 1)}
    share = read.csv("uncertainty").query(f"arm == '{best}' and outcome == 'effect_pp'")["luck_share"].iloc[0]
    return found | {f"{100 * min(max(x, 0.01), 0.99):.0f}" for x in (share, 1 - share)}


def test_the_sentences_say_what_the_tables_hold(read):
    from simulation.reports.html import LANGUAGES
    from simulation.reports.notes import left_behind, notes
    from simulation.reports.words import answer, how_sure

    assert LANGUAGES == ("en", "th")
    s, seen = read.made.summary, re.sub(r"\s+", " ", seen_text(read.page))
    names = "".join(read.arms) + "".join(f.enrolment for f in s.facts.arms)
    groups = {"15", "24", "25", "34", "35", "49", "50", "59", "60"}
    weeks = {str(f.values["week"]) for f in s.findings if "week" in f.values}
    allowed = known(read) | numbers(names) | groups | weeks | {"6", "30"}
    for text in (answer(s, read.lang), how_sure(s, read.lang), *notes(s, read.lang), left_behind(s, read.lang)):
        assert numbers(text) <= allowed, text
    for caption in re.findall(r"<figcaption>(.*?)</figcaption>", read.page):
        assert numbers(html.unescape(re.sub(r"<[^>]+>", "", caption))) <= allowed, caption
    first, second = read.effects.iloc[0], read.effects.index[1]
    shown = f"{number(first['effect_pp'])} {'percentage points' if read.lang == 'en' else 'จุดร้อยละ'}"
    assert f"{shown} ({read.to(first['effect_pp_low'], first['effect_pp_high'])})" in seen
    gap = read.of(first.name, "effect_pp") - read.of(second, "effect_pp")
    assert read.count((gap > 0).sum()) in seen


def test_the_labels_of_the_figures_say_what_the_tables_hold(read):
    labels = svg_texts(read.page)
    for arm in read.effects.index:
        row = read.effects.loc[arm]
        span = read.to(row["effect_pp_low"], row["effect_pp_high"])
        assert f"{number(row['effect_pp'], 1, True)} ({span})" in labels
        assert any(read.count(read.best(arm)) in x for x in labels)
        if not pd.isna(row["effect_after_pp"]):
            assert number(row["effect_after_pp"], 1, True) in labels
        if not pd.isna(row["cost_per_act_baht"]):
            assert any(number(row["cost_per_act_baht"]) in x for x in labels)


def test_terminal_and_json_show_the_same_digits(read):
    from simulation.reports.terminal import Screen, render

    shown = render(read.made.summary, read.lang, Screen(width=120))
    to = " to " if read.lang == "en" else " .. "
    for arm in read.effects.index:
        row = read.effects.loc[arm]
        assert number(row["effect_pp"], 1, True) in shown
        assert f"{number(row['effect_pp_low'])}{to}{number(row['effect_pp_high'])}" in shown
        found = read.made.to_json()["arms"][arm]
        assert [found["effect_pp"][k] for k in ("mean", "low", "high")] == pytest.approx(
            [row["effect_pp"], row["effect_pp_low"], row["effect_pp_high"]], rel=1e-15
        )
        assert set(found["behaviours"]) == {name for name, _ in read.facts.behaviours}
    for _, value, se in read.facts.observed:
        assert re.search(rf"{number(100 * value)} +{number(100 * se)} ", shown)
