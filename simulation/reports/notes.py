"""What is said beside the answer: assumptions, harm, budgets, costs, groups; each with the section it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulation.reports.behind import gravest
from simulation.reports.marks import mark_of
from simulation.reports.of_schemes import budget_fields, who
from simulation.reports.sentences import say
from simulation.reports.side_effects import together
from simulation.reports.words import bracketed, capital, group_name, in_points, interval, named, plain, points

JOINING = {
    "one-tap": ("with one tap", "สมัครด้วยการแตะครั้งเดียว"),
    "web-form": ("on a web form", "สมัครทางแบบฟอร์มออนไลน์"),
    "effortful-proof": ("with proof that takes effort", "เตรียมหลักฐานมาสมัคร"),
}
"""How one signs up, by class of friction."""
_OF_GROUPS = ("left behind", "fewer join")
_OF_EVIDENCE = ("leans on weak evidence", "outside the evidence")  # told together, in `behind`
_SECTIONS = {
    "fades": "time",
    "lasts": "time",
    "exactly none": "effects",
    "no effect": "effects",
    "not told from none": "effects",
    "backfires": "rights",
    "few join": "groups",
    "rests on judgement": "sure",
}
_GRAVEST = (
    "backfires",
    "budget never opens",
    "pay-outs are cut",
    "budget closes early",
    "too costly",
    "rests on judgement",
)
_NAMED = 3  # groups that are named; the report shows all


def notes(s: Any, lang: str) -> list[str]:
    """Return all that is said beside the answer, a sentence each; groups left behind stand by themselves."""
    return [text for _, text in _placed(s, lang)]


def placed(s: Any, lang: str) -> dict[str, list[str]]:
    """Return the same by section of the page: warning, assumed, grave, question, time, effects, cost, groups, rights, sure.

    One sentence is grave and stands with the answer: of harm, of a budget that ends, of a cost above the limit, or that
    the leading scheme rests on judgement, the first that applies; none where a group is left behind, which is graver.
    """
    mark = mark_of(s, lang)
    found: dict[str, list[str]] = {"warning": [mark]} if mark else {}
    for section, text in _placed(s, lang):
        found.setdefault(section, []).append(text)
    least = gravest(s, lang)
    if least and "grave" not in found and not any(f.kind in _OF_GROUPS for f in s.findings):
        found["grave"] = [least]
    return found


def _placed(s: Any, lang: str) -> Iterator[tuple[str, str]]:
    if s.facts.parameters == "default":
        yield "warning", say("note.default", lang)
    caveat = _caveat(s, lang)
    if caveat:
        yield "assumed", caveat
    titles = {a.facts.name: a.facts.title.get(lang) for a in s.arms}
    grave = _grave(s)
    for f in s.findings[1:]:
        if f.kind not in (*_OF_GROUPS, *_OF_EVIDENCE):
            section = "grave" if f is grave else _SECTIONS.get(f.kind, "cost")
            name = who(s, f, titles[f.arms[0]], lang)
            yield section, say(_key(f), lang, **_fields(f, name, lang), **budget_fields(s, f, lang))
    for a in s.arms:
        for running in a.running:
            yield "effects", run_by(running, titles[a.facts.name], lang)
    hidden = sum(1 for g in s.arms[0].groups if g.hidden) if s.arms else 0
    if hidden:
        yield "groups", say("note.hidden", lang, hidden_are=_hidden(hidden, lang), k=s.facts.smallest_cell)
    for said in together(s, lang):
        yield "question", said
    for text in s.facts.left_out:
        yield "rights", text.get(lang)
    for notice in s.facts.world_notices:
        yield "question", notice.get(lang)
    if s.failed:
        yield "warning", say("note.failed", lang, failed=s.failed, societies=s.societies)


_RUN_BY = {"organisations": ("organisations", "องค์กร"), "localities": ("localities", "พื้นที่")}


def run_by(running: Any, name: str, lang: str) -> str:
    """Say how many organisations or localities run a scheme, and how many would anyway."""
    fields = {
        "who": _RUN_BY[running.run_by][lang == "th"],
        "share": plain(100.0 * running.share.mean, 0),
        "span": bracketed(interval(running.share, lang, 0, 100.0)),
        "n": plain(running.number.mean, 0),
        "units": plain(running.units, 0),
        "twin": plain(100.0 * running.share_twin.mean, 0),
    }
    return say("note.run by", lang, **named(name, lang), **fields)


def _grave(s: Any) -> Any:
    if any(f.kind == "left behind" for f in s.findings):
        return None
    for kind in _GRAVEST:
        for f in s.findings[1:]:
            if f.kind == kind and (kind != "rests on judgement" or f.arms[0] == s.arms[0].facts.name):
                return f
    return None


def _hidden(n: int, lang: str) -> str:
    return f"ไม่แสดง {n} กลุ่ม" if lang == "th" else f"{n} {'group is' if n == 1 else 'groups are'}"


def left_behind(s: Any, lang: str) -> str:
    """Name the groups that gain less than half as much, or join much less; of the leading scheme first, at most three."""
    titles = {a.facts.name: a.facts.title.get(lang) for a in s.arms}
    found = [f for f in s.findings[1:] if f.kind in _OF_GROUPS]
    said = [say(_key(f), lang, **_fields(f, titles[f.arms[0]], lang)) for f in found[:_NAMED]]
    if len(found) > _NAMED:
        said.append(say("note.more groups", lang, more=len(found) - _NAMED))
    return " ".join(said)


def _caveat(s: Any, lang: str) -> str:
    """Name the first assumption on signing up: a target before a class of friction."""
    opt_in = [a.facts for a in s.arms if a.facts.enrolment not in ("automatic", "")]
    for facts in sorted(opt_in, key=_is_no_target):
        return assumed_joining(facts.enrolment, facts.title.get(lang), lang)
    return ""


def _is_no_target(facts: Any) -> bool:
    return not facts.enrolment.startswith("target")


def assumed_joining(enrolment: str, name: str, lang: str) -> str:
    """Say that who signs up is assumed, or what it follows from; `enrolment` as in the facts of an arm."""
    if enrolment.startswith("target"):
        _, share, _, weeks, _ = enrolment.split(" ")
        return say("note.target", lang, share=f"{100 * float(share):g}", weeks=weeks, **named(name, lang))
    how = JOINING.get(enrolment)
    return say("note.friction", lang, how=how[lang == "th"], **named(name, lang)) if how else ""


def on_judgement(name: str, lang: str) -> str:
    """Say that no study tells how large the effect is."""
    return say("note.rests on judgement", lang, **named(name, lang))


def _key(f: Any) -> str:
    if f.kind == "budget closes in some":
        return "note.budget closes early"
    return f"note.{f.kind} {f.values['when']}" if f.kind == "backfires" else f"note.{f.kind}"


def _fields(f: Any, name: str, lang: str) -> dict[str, Any]:
    """Return what the sentence of a finding is filled with, in the digits of the tables."""
    v, per_cent = f.values, 100.0
    found: dict[str, Any] = {**named(name, lang), **{k: v[k] for k in ("n", "R", "week") if k in v}}
    if "delta" in v:
        found["delta_points"] = in_points(v["delta"], lang)
    if f.kind in ("not told from none", "backfires"):
        span = interval(v["effect"], lang)
        found |= {"effect": points(v["effect"].mean), "span": span if f.kind != "backfires" else bracketed(span)}
    elif f.kind in ("fades", "lasts"):
        found |= {
            "left": plain(per_cent * v["kept"].mean, 0),
            "span": bracketed(interval(v["kept"], lang, 0, per_cent)),
        }
    elif f.kind in ("pay-outs are cut", "paid for nothing", "checks cost"):
        found |= {k: plain(per_cent * v[k], 1) for k in ("share", "false") if k in v}
    elif f.kind == "some wait":
        found["people"] = f"{v['people']:,.0f}"
    elif f.kind == "few join":
        e = v["take_up"]
        found |= {k: plain(per_cent * x, 0) for k, x in (("share", e.mean), ("low", e.low), ("high", e.high))}
    elif f.kind == "too costly":
        e = v["cost"]
        found |= {"cost": plain(e.mean), "span": bracketed(interval(e, lang)), "ceiling": f"{v['ceiling']:g}"}
    elif f.kind in _OF_GROUPS:
        found["Who"] = capital(group_name(v["kind"], v["group"], lang))
        if f.kind == "fewer join":
            found |= {"share": plain(per_cent * v["x"], 0), "of_all": plain(per_cent * v["all"].mean, 0)}
        else:
            found |= {"effect": points(v["x"].mean), "of_all": points(v["all"].mean)}
    return found
