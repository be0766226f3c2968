"""The report's tables, those that stand open and those under the figures."""

from __future__ import annotations

from typing import Any

from simulation.reports import measures
from simulation.reports.cells import Cell, Head, Row, Table, arm_row, count, estimated, name_of, reached
from simulation.reports.labels import LABELS, of_all, reads, who
from simulation.reports.texts import TEXTS
from simulation.reports.words import LIKELIHOOD_TH, group_name, plain, points, share
from simulation.results.intervals import LEAST_FOR_INTERVAL as ENOUGH
from simulation.results.intervals import WORDS, Estimate, needed
from simulation.results.run_outcomes import AFTER, KEPT_WINDOWS

_COLUMNS = 6  # more schemes than this are headed by number alone, or the rest left to the file


def _kept(s: Any, a: Any, name: str, lang: str) -> Cell:
    return estimated(getattr(a, name), lang, 0, 100, False, reached(s, a, KEPT_WINDOWS[name][1]))


def _after(s: Any, a: Any, lang: str) -> Cell:
    return estimated(a.effect_after, lang, none=reached(s, a, AFTER[1]))


def _everybody(a: Any) -> bool:
    """Tell whether nobody is left out, so that there is no effect on others and no spread in who joins."""
    return a.take_up is not None and a.take_up.mean >= 1.0


def _per_act(a: Any, lang: str) -> Cell:
    return estimated(a.cost_per_act, lang, sign=False, none="unsettled" if any(a.costs_per_1000) else "unmeasured")


def schemes(s: Any, lang: str) -> Table:
    """Return what people get by scheme: what it is, its amounts, who may join, how and when."""
    t = TEXTS[lang]
    rows = tuple(
        arm_row(
            a,
            lang,
            (
                Cell(
                    a.facts.what.get(lang), text=True, lines=tuple(x.get(lang) for x in getattr(a.facts, "details", ()))
                ),
                _levels(a, lang),
            ),
        )
        for a in s.arms
    )
    return Table("", t["scheme"], (Head(t["gives"], text_column=True), Head(t["level"], t["level"])), rows)


def _levels(a: Any, lang: str) -> Cell:
    """Return every level at which an arm has a scheme, a line each, from people to areas."""
    t, there = TEXTS[lang], {x.level for x in a.facts.schemes} or {a.facts.level}
    first, *more = [t[level] for level in ("individual", "organisation", "area") if level in there]
    return Cell(first, lines=tuple(more))


_LEFT = ((4, "kept_share_3_5"), (13, "kept_share_12_14"), (26, "kept_share"))
"""Weeks after the end, and the share of the effect that is left then."""


def effects(s: Any, lang: str) -> Table:
    """Return Table 1: during and after, what is left, take-up, did most in.

    The columns of what comes after are absent where the horizon ends with the schemes.
    """
    t = TEXTS[lang]
    followed = any(a.facts.window.end < s.facts.weeks for a in s.arms)
    heads = [Head(t["during"], t["during"])]
    if followed:
        heads += [Head(t["after"], t["after"])]
        heads += [Head(t["left_n"].format(n), t["left_card"].format(n)) for n, _ in _LEFT]
    many = len(s.arms) > 1
    heads += [Head(t["take_up"], t["take_up"]), *([Head(t["most"], t["most"])] if many else [])]
    most = s.p_best_control * s.societies if many else 0.0
    reference = Cell(f"{plain(100 * s.baseline, 1)} {t['reference']}", text=True, span=len(heads) - (most > 0))
    rows = [Row(t["no_scheme"], (reference, Cell(count(most, s, lang))) if most else (reference,))]
    for a in s.arms:
        after = (_after(s, a, lang), *(_kept(s, a, name, lang) for _, name in _LEFT)) if followed else ()
        joined = estimated(a.take_up, lang, 0, 100, False, "unmeasured")
        best = (Cell(count(a.best_count, s, lang)),) if many else ()
        cells = (estimated(a.effect, lang), *after, joined, *best)
        rows.append(arm_row(a, lang, cells))
    over, notes = ((2, 3, t["left"]), (t["left_note"],)) if followed else (None, ())
    return Table(t["effects_table"], t["scheme"], tuple(heads), tuple(rows), over, notes)


def behaviours(s: Any, lang: str) -> Table | None:
    """Return the effect by behaviour where there are several; Table 1 is of all acts together."""
    known = dict(s.facts.behaviours)
    if len(known) < 2 or "behaviours" not in s.tables:
        return None
    t, found = TEXTS[lang], s.tables["behaviours"].set_index(["arm", "behaviour"])
    rows = []
    for a in s.arms:
        own = [found.loc[(a.facts.name, name)] for name in known]
        each = [Estimate(row.iloc[0], *(None if x != x else x for x in row.iloc[1:])) for row in own]
        rows.append(arm_row(a, lang, tuple(estimated(e, lang) for e in each)))
    heads = tuple(Head(title.get(lang), title.get(lang)) for title in known.values())
    return Table(t["by_behaviour"], t["scheme"], heads, tuple(rows))


def pairs(s: Any, lang: str) -> Table:
    """Return Table 2: in how many societies the row's scheme did more than the column's."""
    t, n = TEXTS[lang], s.societies
    likely = needed("likely", n) if n >= ENOUGH and s.facts.parameters != "default" else None
    numbered = len(s.arms) > _COLUMNS
    heads = tuple(Head("" if numbered else name_of(a, lang), number=i) for i, a in enumerate(s.arms, 1))
    rows = []
    for i, a in enumerate(s.arms, 1):
        wins = [None if a is b else int((a.effects > b.effects).sum()) for b in s.arms]
        cells = tuple(
            Cell("·") if k is None else Cell(str(k), shade=0.35 * k / n, bold=likely is not None and k >= likely)
            for k in wins
        )
        rows.append(Row(f"{i} {name_of(a, lang)}", cells, a.facts.name))
    notes = (t["beats_bold"].format(likely, n),) if likely is not None else ()
    return Table(t["beats"], "", heads, tuple(rows), notes=notes, cards=False)


def of_answer(s: Any, lang: str) -> Table:
    """Return what Figure 1 draws; did most in, only where there are several schemes."""
    t, gap = TEXTS[lang], s.first_minus_second
    rows = []
    for a in s.arms:
        above = Cell(count(int((a.effects > 0).sum()), s, lang))
        best = () if gap is None else (Cell(count(a.best_count, s, lang)),)
        rows.append(arm_row(a, lang, (estimated(a.effect, lang), above, _after(s, a, lang), *best)))
    if gap is not None:
        above = Cell(count(measures.above_zero(s), s, lang))
        rows.append(Row(LABELS["gap"][lang], (estimated(gap, lang), above, Cell("·"), Cell("·"))))
    keys = ("during", "above", "after") + (("most",) if gap is not None else ())
    return Table(t["answer_table"], t["scheme"], tuple(Head(t[key], t[key]) for key in keys), tuple(rows))


def of_time(s: Any, lang: str) -> Table:
    """Return what Figure 2 draws, at the weeks that matter: mid-way, the end, a month, a quarter, half a year after."""
    t = TEXTS[lang]
    horizon = s.arms[0].fan.shape[1]
    weeks = {horizon - 1}
    for w in {a.facts.window for a in s.arms}:
        weeks |= {(w.start + w.end) // 2, *(w.end - 1 + n for n in (0, 4, 13, 26))}
    shown = sorted(x for x in weeks if x < horizon)[:7]
    rows = []
    for a in s.arms:
        cells = []
        for week in shown:
            low, _, middle, _, high = (float(x) for x in a.fan[:, week])
            to = "ถึง" if lang == "th" else "to"
            cells.append(Cell(points(middle), f"{plain(low)} {to} {plain(high)}"))
        rows.append(arm_row(a, lang, tuple(cells)))
    heads = tuple(Head(t["week_n"].format(x), t["week_n"].format(x)) for x in shown)
    return Table(t["fan_table"], t["scheme"], heads, tuple(rows))


def of_cost(s: Any, lang: str) -> Table:
    """Return what Figure 3 draws."""
    t = TEXTS[lang]
    named = [LABELS[key][lang] for key in ("paid_more", "paid_anyway", "running")]
    heads = tuple(Head(x, x) for x in (*named, t["all_money"], t["per_act"], t["cost_in_all"]))
    rows = tuple(
        arm_row(
            a,
            lang,
            (
                *(Cell(f"{x / 1000:,.1f}") for x in a.costs_per_1000),
                Cell(f"{sum(a.costs_per_1000) / 1000:,.1f}"),
                _per_act(a, lang),
                estimated(a.cost_baht, lang, 0, sign=False, none="unmeasured"),
            ),
        )
        for a in s.arms
    )
    return Table(t["cost_table"].format(who(s, lang)), t["scheme"], heads, rows)


def of_groups(s: Any, lang: str) -> Table:
    """Return what Figure 4 draws, and who takes part; dimensions head their groups."""
    t = TEXTS[lang]
    rows = [Row(of_all(s, lang), tuple(_both(a.effect, a.take_up and a.take_up.mean, lang) for a in s.arms))]
    thin = hidden = False
    for kind, groups in measures.group_kinds(s):
        rows.append(Row(LABELS[kind][lang]))
        for group in groups:
            found = [measures.group_row(a, kind, group) for a in s.arms]
            kept_back = any(g is not None and g.hidden for g in found)
            few = not kept_back and any(g is not None and g.thin for g in found)
            thin, hidden = thin or few, hidden or kept_back
            cells = tuple(_group_cell(s, g, lang) for g in found)
            name = group_name(kind, group, lang, short=True)
            rows.append(Row(name[:1].upper() + name[1:] + (" *" if few else ""), cells))
    heads = tuple(Head(name_of(a, lang), name_of(a, lang)) for a in s.arms)
    k = s.facts.smallest_cell
    notes = (t["thin"].format(k),) * thin + (t["hidden"].format(k),) * hidden
    return Table(t["group_table"], t["group"], heads, tuple(rows), notes=notes)


def _group_cell(s: Any, g: Any, lang: str) -> Cell:
    if g is None:
        return Cell(reads("unmeasured", lang))
    if g.hidden:
        return Cell(reads(g.hidden, lang).format(s.facts.smallest_cell))
    return _both(g.effect, g.take_up, lang)


def _both(effect: Any, take_up: float | None, lang: str) -> Cell:
    cell = estimated(effect, lang)
    joined = () if take_up is None else (TEXTS[lang]["take_up_of"].format(plain(100 * take_up, 0)),)
    return Cell(cell.main, cell.small, lines=joined)


def crowding(s: Any, lang: str) -> Table | None:
    """Return who leads at each size of crowding; each row is other societies. None where there is one size."""
    t = TEXTS[lang]
    found = measures.crowding_rows(s)
    if not found:
        return None
    rows = []
    for r in found:
        cells = [Cell("·" if r.societies is None else str(r.societies))]
        most_in = r.most_in or (0.0,) * len(r.effects)
        for e, most in list(zip(r.effects, most_in, strict=True))[:_COLUMNS]:
            cell = estimated(e, lang)
            if not cell.small and r.societies is not None:
                cell = Cell(cell.main, t["most_in"].format(f"{round(most, 1):g}", r.societies))
            cells.append(cell)
        changed = f" ({t['changes']})" if r.leader is not s.arms[0] and r.leader is not None else ""
        cells.append(Cell(t["ties"] if r.leader is None else name_of(r.leader, lang) + changed, bold=bool(changed)))
        rows.append(Row(f"{r.kappa:g}", tuple(cells)))
    heads = [t["in_societies"], *(name_of(a, lang) for a in s.arms[:_COLUMNS]), t["leads"]]
    notes = (t["six_columns"],) if len(s.arms) > _COLUMNS else ()
    return Table(t["crowding"], t["crowding_size"], tuple(Head(x, x) for x in heads), tuple(rows), notes=notes)


def evidence(s: Any, lang: str) -> Table:
    """Return what each scheme's result rests on."""
    t = TEXTS[lang]
    rows = tuple(
        arm_row(
            a,
            lang,
            (
                Cell(a.facts.rests_on.get(lang) if a.facts.rests_on else "", text=True),
                Cell(t[a.facts.strength] if a.facts.strength else ""),
            ),
        )
        for a in s.arms
    )
    return Table(t["rests_on"], t["scheme"], (Head(t["mechanism"], text_column=True), Head(t["strength"], t["strength"])), rows)  # fmt: skip


_LUCKS = (
    ("effect_pp", "during", "effect"),
    ("effect_after_pp", "after", "effect_after"),
    ("kept_share", "kept", "kept_share"),
    ("cost_per_act_baht", "per_act", "cost_per_act"),
    ("take_up", "joining", "take_up"),
)
"""Outcomes of which the report tells luck and ignorance apart, the heads of their columns, their estimates."""


def luck(s: Any, lang: str) -> Table:
    """Return how much of the variance is luck, by scheme and outcome."""
    t = TEXTS[lang]
    named = [
        t[head].removesuffix(", points").removesuffix(" จุดร้อยละ") for _, head, _ in _LUCKS
    ]  # a share has no points
    heads = tuple(Head(x, x) for x in named)
    rows = tuple(
        arm_row(a, lang, tuple(_luck_cell(s, a, key, field, lang) for key, _, field in _LUCKS)) for a in s.arms
    )
    return Table(t["luck_by"], t["scheme"], heads, rows)


def _luck_cell(s: Any, a: Any, key: str, field: str, lang: str) -> Cell:
    spread = a.spreads.get(key)
    if spread is not None and spread.luck_share is not None:
        return Cell(share(spread.luck_share, lang))
    if key == "take_up" and _everybody(a):
        return Cell(reads("everybody", lang))
    if getattr(a, field) is not None:
        return Cell(reads("unmeasured", lang))
    if key == "cost_per_act_baht":
        return Cell(_per_act(a, lang).main)
    last = KEPT_WINDOWS["kept_share"][1] if key == "kept_share" else AFTER[1]
    return Cell(reads(reached(s, a, last), lang))


def observed(s: Any, lang: str) -> Table | None:
    """Return published and simulated levels side by side, in the file's order; None where nothing was observed."""
    t = TEXTS[lang]
    arms = {a.facts.name: a for a in s.arms}
    rows = tuple(
        arm_row(
            arms[name],
            lang,
            (
                Cell(plain(100 * value), "" if se is None else f"SE {plain(100 * se)}"),
                estimated(arms[name].level, lang, 1, 100, False),
            ),
        )
        for name, value, se in s.facts.observed
        if name in arms
    )
    heads = tuple(Head(t[key], t[key]) for key in ("seen", "simulated"))
    return Table(t["observed"], t["scheme"], heads, rows) if rows else None


def likelihoods(s: Any, lang: str) -> Table | None:
    """Return in how many of these societies each word for a likelihood is earned; None where no word is used."""
    if s.societies < ENOUGH or s.facts.parameters == "default":
        return None
    t = TEXTS[lang]
    rows = []
    for word, least in WORDS:
        k = needed(word, s.societies)
        cells = (Cell(f"{100 * least:.0f}%"), Cell(t["more_needed"] if k is None else count(k, s, lang)))
        rows.append(Row(LIKELIHOOD_TH[word] if lang == "th" else word, cells))
    heads = tuple(Head(t[key], t[key]) for key in ("word_means", "word_needs"))
    return Table(t["words_table"], t["word"], heads, tuple(rows))
