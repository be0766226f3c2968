"""The decision of a citizen's story: term by term in the weeks that matter, in one line for all that changed."""

from __future__ import annotations

from typing import Any

from simulation.reports.lines import padded, wrapped
from simulation.reports.story_words import STORY, TERM_WORDS
from simulation.reports.words import plain, points

MOST_WEEKS = 8
"""Weeks told term by term; the others that changed are a line each."""
_OWN = ("alpha", "trend")
_REST = ("ease", "bound")
_DIGITS = 3
_FIRST, _SIZES = 8, (6, 7, 11, 7, 8, 9, 6, 7, 5, 6)


def decision_lines(s: Any, name: str, lang: str) -> list[str]:
    """Return the decision on a behaviour: each term with its meaning where it first appears, then a line a week."""
    words = STORY[lang]
    weeks = {r["week"]: r for r in s.week_rows if r["behaviour"] == name}
    terms: dict[int, list[dict[str, Any]]] = {t: [] for t in weeks}
    for row in s.term_rows:
        if row["behaviour"] == name:
            terms[row["week"]].append(row)
    out = [words["decisions"], *wrapped(words["decisions_say"], "  "), ""]
    explained: set[str] = set()
    for t in _told(weeks):
        out += [*_week(s, weeks[t], terms[t], explained, lang), ""]
    changed = [t for t, r in weeks.items() if r["events"] or r["acts"] != r["acts_twin"]]
    return [*out, *_changed(weeks, terms, changed, lang)]


def scheme_title(s: Any, name: str, lang: str) -> str:
    """Return the title of a scheme of the arm, or of its kind."""
    scheme = s.scenario.arms[s.arm].schemes[name]
    return str((scheme.title or scheme.label).get(lang))


def _told(weeks: dict[int, dict[str, Any]]) -> list[int]:
    """Choose the first week of the offer, weeks in which something happened, and the first act apart from the twin."""
    offered = [t for t, r in weeks.items() if r["offered"]][:1]
    apart = [t for t, r in weeks.items() if r["acts"] != r["acts_twin"]][:1]
    happened = [t for t, r in weeks.items() if r["events"]]
    first = list(dict.fromkeys([*offered, *apart, *happened]))[:MOST_WEEKS]
    return sorted(first) or list(weeks)[:1]


def _week(s: Any, row: dict[str, Any], terms: list[dict[str, Any]], explained: set[str], lang: str) -> list[str]:
    words, t = STORY[lang], row["week"]
    offers = [o for o in s.offer_rows if o["behaviour"] == row["behaviour"] and o["week"] == t]
    out = wrapped(words["h_week"].format(week=t, why=_why(s, row, lang)))
    for o in offers:
        if o["open"] and o["reached"]:
            title = scheme_title(s, o["scheme"], lang)
            out += wrapped(words["offer_line"].format(scheme=title, what=_offered(o, lang)), "  ")
        if o["could_sign_up"]:
            out += wrapped(_signing(s, o, lang), "  ")
    out += wrapped(_seen(row, lang), "  ") if row["neighbours"] else []
    out += [_three("", words["world"], words["c_twin"])]
    for term in terms:
        if term["value"] == 0.0 and term["value_twin"] == 0.0 and term["term"] not in _OWN[:1]:
            continue
        out.append(_term(term, lang))
        if term["term"] not in explained:
            explained.add(term["term"])
            out += wrapped(TERM_WORDS[term["term"]].means(lang), "      ")
    out.append(_three(words["sum"], points(row["logit"], _DIGITS), points(row["twin_logit"], _DIGITS)))
    out.append(_three(words["chance"], _per_cent(row["probability"]), _per_cent(row["twin_probability"])))
    return [*out, *_outcome(s, row, lang)]


def _why(s: Any, row: dict[str, Any], lang: str) -> str:
    words = STORY[lang]
    said = [words[f"e_{e['event']}"].format(scheme=scheme_title(s, e["scheme"], lang)) for e in row["events"]]
    if row["acts"] != row["acts_twin"] and row["week"] == s.first_apart.get(row["behaviour"]):
        said.append(words["first_difference"])
    return "" if not said else f"{' ' if lang == 'th' else ': '}{' '.join(said) if lang == 'th' else '; '.join(said)}"


def _offered(o: dict[str, Any], lang: str) -> str:
    words, parts = STORY[lang], []
    worth = o["value"] * o["discount"]
    if o["contingent"] and not worth:
        parts.append(words["f_reward"])
    if worth:
        parts.append(words["f_worth"].format(baht=f"{worth:,.2f}", days=f"{worth / o['wage']:.4f}"))
    if o["visibility"]:
        parts.append(words["f_seen"].format(v=f"{o['visibility']:.2f}", share=f"{100 * o['holders_share']:.1f}"))
    if o["appeal"]:
        parts.append(words["f_appeal"])
    if o["commitment"]:
        parts.append(words["f_goal"])
    if o["pivotality"]:
        parts.append(words["f_adds"].format(q=f"{o['pivotality']:.4f}"))
    if o["message"]:
        own, others = f"{100 * o['rate']:.1f}", f"{100 * o['reference']:.1f}"
        parts.append(words["f_message"].format(reference=others, own=own))
    return (" " if lang == "th" else "; ").join(parts) or words["f_nothing"]


def _signing(s: Any, o: dict[str, Any], lang: str) -> str:
    words = STORY[lang]
    joined = o["joined"] or o["never_began"]
    return words["signing"].format(
        scheme=scheme_title(s, o["scheme"], lang),
        chance=f"{100 * o['chance_to_sign_up']:.2f}",
        draw=f"{o['sign_up_draw']:.4f}",
        result=words["signs" if joined else "signs_not"],
        ties=f"{100 * o['ties_enrolled']:.0f}",
    )


def _seen(row: dict[str, Any], lang: str) -> str:
    return STORY[lang]["seen"].format(
        n=row["neighbours"],
        acted=row["neighbours_acted"],
        twin=row["neighbours_acted_twin"],
        share=f"{100 * row['neighbours_share']:.1f}",
        share_twin=f"{100 * row['neighbours_share_twin']:.1f}",
    )


def _term(term: dict[str, Any], lang: str) -> str:
    words, name = STORY[lang], TERM_WORDS[term["term"]].name(lang)
    twin = points(term["value_twin"], _DIGITS) if term["value_twin"] else "-"
    line = _three(name, points(term["value"], _DIGITS), twin)
    weight, feature = f"{term['weight']:.3g}", f"{term['feature']:.3g}"
    if term["responsiveness"] is not None:
        strength = f"{term['responsiveness']:.3g}"
        return f"{line}  {words['factor_s'].format(weight=weight, feature=feature, s=strength)}"
    if term["term"] in ("norm", "habit"):
        return f"{line}  {words['factor'].format(weight=weight, feature=feature)}"
    return line


def _three(name: str, scheme: str, twin: str) -> str:
    return f"  {padded(name, 24)}{padded(scheme, 10, True)}{padded(twin, 10, True)}"


def _outcome(s: Any, row: dict[str, Any], lang: str) -> list[str]:
    """Return the acts, the draw that made them, what was earned."""
    words, draw = STORY[lang], f"{row['draw']:.4f}"
    if not row["opportunities"]:
        return wrapped(words["no_opportunity"], "  ")
    sticky = s.scenario.behaviours[row["behaviour"]].dynamics == "sticky"
    name = words["state"] if sticky else words["acts"].format(n=row["opportunities"])
    out = [_three(name, str(row["acts"]), str(row["acts_twin"]))]
    if sticky:
        said = words["sticky_decided" if row["decided"] else "sticky_kept"].format(draw=draw)
    else:
        said = words["draw"].format(draw=draw, acts=row["acts"], twin=row["acts_twin"])
    out += wrapped(said, "  ")
    return out + (wrapped(words["paid"].format(baht=f"{row['paid_baht']:,.2f}"), "  ") if row["paid_baht"] else [])


def _changed(weeks: dict[int, Any], terms: dict[int, Any], changed: list[int], lang: str) -> list[str]:
    """Return a line for each week in which something changed: the terms in groups, the sum, the acts."""
    if not changed:
        return []
    words = STORY[lang]
    groups = {
        "m_own": _OWN,
        "m_offer": tuple(k for k in TERM_WORDS if k not in (*_OWN, *_REST, "norm", "habit", "overlap", "crowding")),
        "norm": ("norm",),
        "habit": ("habit",),
        "overlap": ("overlap",),
        "crowding": ("crowding",),
        "m_rest": _REST,
    }
    short = [words[k] if k in words and k.startswith("m_") else TERM_WORDS[k].short(lang) for k in groups]
    heads = [*short, words["sum"], words["c_acts"], words["c_twin"]]
    out = [words["changed"], *wrapped(words["changed_say"], "  "), ""]
    out.append(padded(words["c_week"], _FIRST) + _joined(heads))
    for run in _alike({t: _changed_cells(weeks[t], terms[t], groups) for t in changed}):
        first, last, cells = run
        out.append(padded(f"{first}" + (f"-{last}" if last > first else ""), _FIRST) + _joined(cells))
    return [*out, ""]


def _changed_cells(row: dict[str, Any], terms: list[dict[str, Any]], groups: dict[str, Any]) -> list[str]:
    value = {x["term"]: x["value"] for x in terms}
    sums = [sum(value[k] for k in keys) for keys in groups.values()]
    return [
        *(points(x, 2) if x else "-" for x in sums),
        points(row["logit"], 2),
        str(row["acts"]),
        str(row["acts_twin"]),
    ]


def _alike(cells: dict[int, list[str]]) -> list[tuple[int, int, list[str]]]:
    """Join weeks that follow one another and read the same."""
    runs: list[tuple[int, int, list[str]]] = []
    for t, now in cells.items():
        if runs and runs[-1][1] == t - 1 and runs[-1][2] == now:
            runs[-1] = (runs[-1][0], t, now)
        else:
            runs.append((t, t, now))
    return runs


def _joined(values: list[str]) -> str:
    return "".join(padded(v, n, True) for v, n in zip(values, _SIZES, strict=True))


def _per_cent(x: float) -> str:
    return f"{plain(100 * x)}%"
