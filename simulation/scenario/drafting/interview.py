"""The questions asked one after the other: Enter takes a default, a wrong answer is asked again, three wrong ones end it."""

from __future__ import annotations

from collections.abc import Callable

from simulation.core.errors import InputError, printable, wrapped
from simulation.core.params import Wrong
from simulation.scenario.drafting.plan import Plan
from simulation.scenario.drafting.questions import Options, Question, questions

TRIES = 3
Ask = Callable[[str], str | None]
Tell = Callable[[str], None]


def interview(ask: Ask, tell: Tell, lang: str = "en") -> Plan:
    """Return the plan of somebody's answers.

    Args:
        ask: Shows a prompt and returns what was typed, None where nothing more will come.
        tell: Shows a text.
        lang: "en" or "th".

    Raises:
        InputError: After three answers to one question that cannot be used.
    """
    plan, everything = Plan(), questions()
    for i, question in enumerate(everything, 1):
        if not question.applies(plan):
            continue
        tell(_shown(question, f"{i}/{len(everything)}", lang))
        for n in range(TRIES):
            said = ask(f"[{printable(question.default(plan, lang))}] ")
            if said is None:
                tell(_REST[lang])
                return plan
            if not said.strip():
                break
            try:
                plan = plan.with_(question.fills, question.read(said.strip(), plan))
                break
            except Wrong as wrong:
                if n + 1 == TRIES:
                    raise _given_up(question, wrong) from None
                tell("\n".join(wrapped(wrong.th if lang == "th" else f"{wrong}.", "  ")))
    return plan


_REST = {
    "en": "No more answers come: the default is taken for this question and the rest.",
    "th": "ไม่มีคำตอบเพิ่ม ใช้ค่าตั้งต้นสำหรับคำถามนี้และที่เหลือ",
}


def _shown(question: Question, count: str, lang: str) -> str:
    lines = [
        f"\n{count}  {question.words.get(lang)}",
        f"  {question.hint.get(lang)}",
        *_listed(question.options(), lang),
    ]
    return "\n".join(lines)


def _listed(options: Options, lang: str) -> list[str]:
    width = max((len(word) for word, _ in options), default=0)
    return [f"  {i:>2}  {word:<{width}}  {name.get(lang)}" for i, (word, name) in enumerate(options, 1)]


def _given_up(question: Question, wrong: Wrong) -> InputError:
    en, th = question.words.en, question.words.th
    return InputError(
        f"{en} {wrong}.\nThree answers could not be used, so nothing was written. Start again: kwamdee init",
        f"{th} {wrong.th}\nคำตอบใช้ไม่ได้สามครั้ง จึงยังไม่ได้เขียนไฟล์ เริ่มใหม่ด้วย kwamdee init",
    )
