"""A citizen's story in words: who it is, week by week, the decision term by term, how it ended; 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulation.reports.lines import padded, wrapped
from simulation.reports.sentences import spaced
from simulation.reports.story_decision import decision_lines, scheme_title
from simulation.reports.story_words import STORY, TERM_WORDS
from simulation.reports.words import points

_SIZES = (8, 6, 7, 6, 5, 6, 5, 8, 7, 8)
_HEADS = ("week", "offer", "chance", "twin", "acts", "twin", "of", "norm", "habit", "baht")


def text(s: Any, lang: str) -> str:
    """Return the whole story."""
    lines = [*_heading(s, lang), "", *_person(s, lang), ""]
    for name in s.behaviours:
        if len(s.behaviours) > 1:
            lines += [behaviour_title(s, name, lang), ""]
        lines += _one(s, name, lang)
    return "\n".join(line.rstrip() for line in lines).rstrip("\n")


def behaviour_title(s: Any, name: str, lang: str) -> str:
    """Return the title of a behaviour, with a capital."""
    title = str(dict(s.facts.behaviours)[name].get(lang))
    return title[:1].upper() + title[1:]


def _heading(s: Any, lang: str) -> list[str]:
    words, person = STORY[lang], s.person
    facts = next(a for a in s.facts.arms if a.name == s.arm)
    chosen = words["arm_asked" if s.asked["arm"] or not facts.window else "arm_first"]
    title = words["title"].format(citizen=person["citizen"], n=f"{s.facts.citizens:,}", title=s.facts.title.get(lang))
    arm = words["arm"].format(name=s.arm, title=facts.title.get(lang), chosen=chosen)
    society = words["society"].format(replicate=s.replicate, seed=s.facts.seed)
    out = [*wrapped(title), *wrapped(f"{arm}{' ' if lang == 'th' else '; '}{society}")]
    for name, details in s.schemes.items():
        said = (" " if lang == "th" else "; ").join(d.get(lang) for d in details)
        out += wrapped(f"{scheme_title(s, name, lang)}{' ' if lang == 'th' else ': '}{said}", "  ")
    return out


def _person(s: Any, lang: str) -> list[str]:
    words, p = STORY[lang], s.person
    place = p["locality"] if p["own_tables"] else words["place"].format(name=p["locality"], number=p["locality_number"])
    area = words["urban" if p["urban"] else "rural"]
    said = [words["who"].format(sex=words[p["sex"]], age=p["age"], band=p["age_band"], area=area, place=place)]
    said += [words["who_household"]] if s.facts.decider == "household" else []
    said.append(words["online" if p["online"] else "offline"])
    member = p["organisation_members"]
    said.append(words["work"].format(sector=words[p["sector"]], members=member) if member else words["no_work"])
    said.append(words["wage"].format(wage=f"{p['wage_baht']:,.0f}", fifth=p["income_fifth"]))
    layers = {"household": "household", "work": "at_work", "neighbourhood": "neighbourhood", "wide": "wide"}
    parts = [words[layers[k]].format(n=n) for k, n in p["ties_by_layer"].items() if n]
    parts += [words["twice"]] if sum(p["ties_by_layer"].values()) > p["ties"] else []
    said.append(words["ties"].format(n=p["ties"], layers=f" ({', '.join(parts)})" if parts else ""))
    out = wrapped(" ".join(said))
    for name in s.behaviours:
        rate, strength = f"{100 * p['own_rate'][name]:.1f}", f"{p['responsiveness'][name]:.2f}"
        out += wrapped(words["own"].format(behaviour=behaviour_title(s, name, lang), rate=rate, s=strength))
    out += wrapped(words["twin"])
    out += wrapped(words["own_tables" if p["own_tables"] else "nobody_real"])
    chosen = "who_most" if s.schemes else "who_first"
    return out + ([] if s.asked["citizen"] else wrapped(words[chosen]))


def _one(s: Any, name: str, lang: str) -> list[str]:
    words = STORY[lang]
    rows = [r for r in s.week_rows if r["behaviour"] == name]
    schemes = s.scenario.arms[s.arm].schemes
    first = next(iter(s.scenario.behaviours))
    out: list[str] = []
    if not schemes:
        out += [*wrapped(words["no_scheme"]), ""]
    elif not any((x.behaviour or first) == name for x in schemes.values()):
        out += [*wrapped(words["not_aimed"].format(behaviour=dict(s.facts.behaviours)[name].get(lang))), ""]
    elif not any(o["eligible"] for o in s.offer_rows if o["behaviour"] == name):
        out += [*wrapped(words["not_eligible"]), ""]
    elif not any(o["reached"] for o in s.offer_rows if o["behaviour"] == name):
        out += [*wrapped(words["not_reached"]), ""]
    out += [words["week_by_week"], *wrapped(words["legend"], "  ")]
    out += wrapped(words["sampled"].format(every=s.every), "  ") if s.every > 1 else []
    out += ["", *table(rows, lang, s.every), ""]
    out += decision_lines(s, name, lang)
    return [*out, *_ending(s, name, lang), ""]


def table(rows: Sequence[dict[str, Any]], lang: str, every: int = 1) -> list[str]:
    """Return the weeks as a table; runs of weeks in which nothing changes are one row."""
    words = STORY[lang]
    out = _line([words[f"c_{h}"] for h in _HEADS], words["c_note"])
    for run in _runs(rows):
        quiet = not run[0]["events"] and run[0]["acts"] == run[0]["acts_twin"]
        if every > 1 and len(run) == 1 and quiet and run[0]["week"] % every:
            continue
        out += _line(_cells_of(run, lang), _note(run, lang))
    return out


def _line(values: Sequence[str], note: str) -> list[str]:
    """Return a row of the table; a note that is too long goes on below its own column."""
    body = "".join(padded(v, n, i > 1) for i, (v, n) in enumerate(zip(values, _SIZES, strict=True)))
    margin = " " * (sum(_SIZES) + 2)
    first, *more = wrapped(note, margin)
    return [f"{body}  {first.strip()}".rstrip(), *more]


def _runs(rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Join weeks that read the same; where no act differs the two worlds' acts may vary, for they vary alike."""
    runs: list[list[dict[str, Any]]] = []
    for row in rows:
        if runs and not row["events"] and not runs[-1][0]["events"] and _reads(row) == _reads(runs[-1][0]):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _reads(row: dict[str, Any]) -> tuple[Any, ...]:
    alike = row["acts"] == row["acts_twin"]
    shown = (f"{100 * row[k]:.1f}" for k in ("probability", "twin_probability", "norm", "habit"))
    acts = () if alike else (row["acts"], row["acts_twin"], row["opportunities"])
    return (_offer(row), alike, acts, row["paid_baht"], row["cause"], *shown)


def _offer(row: dict[str, Any]) -> str:
    return "in" if row["live"] else "open" if row["offered"] else "shut"


def _cells_of(run: list[dict[str, Any]], lang: str) -> list[str]:
    first, last = run[0], run[-1]
    weeks = f"{first['week']}" + (f"-{last['week']}" if len(run) > 1 else "")
    acts, twin, chances = (sum(r[k] for r in run) for k in ("acts", "acts_twin", "opportunities"))
    paid = sum(r["paid_baht"] for r in run)
    return [
        weeks,
        STORY[lang][_offer(first)],
        f"{100 * first['probability']:.1f}",
        f"{100 * first['twin_probability']:.1f}",
        f"{acts}",
        f"{twin}",
        f"{chances}",
        points(100 * first["norm"]),
        points(100 * first["habit"]),
        f"{paid:,.2f}" if paid else "-",
    ]


def _note(run: list[dict[str, Any]], lang: str) -> str:
    """Say what happened, else what moved the chance most, else that it was the same throughout."""
    words, row = STORY[lang], run[0]
    if row["events"]:
        return (" " if lang == "th" else ", ").join(dict.fromkeys(words[e["event"]] for e in row["events"]))
    if not row["opportunities"]:
        return words["no_chance"] if len(run) == 1 else words["same"]
    cause = words["kept"] if row["cause"] == "kept" else ""
    cause = cause or (TERM_WORDS[row["cause"]].short(lang) if row["cause"] else "")
    return cause or (words["same"] if len(run) > 1 else "")


def _ending(s: Any, name: str, lang: str) -> list[str]:
    words, e = STORY[lang], s.endings[name]
    key = "end_sticky" if s.scenario.behaviours[name].dynamics == "sticky" else "end_acts"
    apart = points(e["difference"], 0)
    said = [
        words[key].format(
            weeks=s.facts.weeks, acts=e["acts"], of=e["opportunities"], twin=e["acts_twin"], difference=apart
        )
    ]
    said += _earned(e, lang) if s.schemes else []
    if e["acting"]:
        said.append(words["end_terms"].format(terms=_listed(e["acting"], 2, lang)))
    if e["acts_by_cause"]:
        said.append(words["end_causes"].format(terms=_listed(e["acts_by_cause"], 0, lang)))
    said.append(words["end_most"].format(term=_named(e["most"], lang)) if e["most"] else words["end_still"])
    return [words["end"], *(line for x in said for line in wrapped(spaced(x, lang), "  "))]


def _earned(e: dict[str, Any], lang: str) -> list[str]:
    words = STORY[lang]
    said = [words["end_live"].format(live=e["weeks_live"])]
    paid = words["end_paid"].format(baht=f"{e['paid_baht']:,.2f}", payments=e["payments"])
    said.append(paid if e["payments"] else words["end_unpaid"])
    said += [words["end_honour"].format(weeks=e["weeks_honoured"])] if e["weeks_honoured"] else []
    if e["payments"] and e["checked_share"] < 1:
        said.append(words["end_checked"].format(share=f"{100 * e['checked_share']:g}"))
    return said


def _listed(values: dict[str, float], digits: int, lang: str) -> str:
    """List terms with their numbers, the largest first."""
    ranked = sorted(values.items(), key=_size, reverse=True)
    return ", ".join(f"{_named(term, lang)} {points(value, digits)}" for term, value in ranked)


def _named(cause: str, lang: str) -> str:
    return STORY[lang]["end_kept"] if cause == "kept" else TERM_WORDS[cause].name(lang)


def _size(item: tuple[str, float]) -> float:
    return abs(item[1])
