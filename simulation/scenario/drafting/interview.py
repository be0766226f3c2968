"""The questions asked one after the other: Enter takes a default, a wrong answer is asked again, none is lost."""

from __future__ import annotations

from collections.abc import Callable

from simulation.core.errors import printable, wrapped
from simulation.core.params import Text, Wrong
from simulation.scenario.drafting.answers import Nearly
from simulation.scenario.drafting.plan import Plan
from simulation.scenario.drafting.questions import Options, Question, questions

TRIES = 3
YES = ("", "y", "yes", "ใช่", "ใช่ครับ", "ใช่ค่ะ")
Ask = Callable[[str], str | None]
Tell = Callable[[str], None]


def interview(ask: Ask, tell: Tell, lang: str = "en", patient: bool = False) -> Plan:
    """Return the plan of somebody's answers; what was answered is never thrown away.

    Args:
        ask: Shows a prompt and returns what was typed, None where nothing more will come.
        tell: Shows a text.
        lang: "en" or "th".
        patient: Ask again for as long as it takes, as at a terminal. Else, where answers are piped, the third that cannot
            be used gives the default of its question, and that is said.
    """
    plan, everything = Plan(), questions()
    for i, question in enumerate(everything, 1):
        if not question.applies(plan):
            continue
        tell(_shown(question, f"{i}/{len(everything)}", lang))
        answered = _answered(question, plan, ask, tell, lang, patient)
        if answered is None:
            tell(_REST[lang])
            return plan
        plan = answered
    return plan


def _answered(question: Question, plan: Plan, ask: Ask, tell: Tell, lang: str, patient: bool) -> Plan | None:
    """Return the plan with the answer to one question, None where no more answers come.

    Where a wrong answer is near to a name, that name stands in the brackets next, and Enter or yes takes it.
    """
    meant, wrongs = "", 0
    while patient or wrongs < TRIES:
        said = ask(f"[{printable(meant or question.default(plan, lang))}] ")
        if said is None:
            return None
        said = said.strip()
        if meant and said.lower() in YES:
            said = meant
        if not said:
            return plan
        try:
            answered = plan.with_(question.fills, question.read(said, plan))
        except Wrong as wrong:
            wrongs += 1
            meant = wrong.meant if isinstance(wrong, Nearly) else ""
            tell("\n".join(wrapped(wrong.th if lang == "th" else f"{wrong}.", "  ")))
        else:
            note = question.note(answered)
            if note is not None:
                tell("\n".join(wrapped(note.get(lang), "  ")))
            return answered
    tell(_DEFAULT[lang].format(printable(question.default(plan, lang))))
    return plan


_REST = {
    "en": "No more answers come: the default is taken for this question and the rest.",
    "th": "ไม่มีคำตอบเพิ่ม ใช้ค่าตั้งต้นสำหรับคำถามนี้และที่เหลือ",
}
_DEFAULT = {
    "en": "  Three answers could not be used: the default is taken, {}. Change it in the file.",
    "th": "  คำตอบใช้ไม่ได้สามครั้ง จึงใช้ค่าตั้งต้น {} แก้ไขได้ในไฟล์",
}


def _shown(question: Question, count: str, lang: str) -> str:
    lines = [
        f"\n{count}  {question.words.get(lang)}",
        f"  {question.hint.get(lang)}",
        *_listed(question.options(), lang, question.heading),
    ]
    return "\n".join(lines)


def _listed(options: Options, lang: str, heading: Callable[[str], Text] | None) -> list[str]:
    width, lines, above = max((len(word) for word, _ in options), default=0), [], ""
    for i, (word, name) in enumerate(options, 1):
        if heading is not None and (now := heading(word).get(lang)) != above:
            lines.append(f"  {now}")
            above = now
        lines.append(f"  {i:>2}  {word:<{width}}  {name.get(lang)}")
    return lines
