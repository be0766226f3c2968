"""What is said beside the answers: what a draft writes otherwise than was answered, and what cannot be paid."""

from __future__ import annotations

from simulation.core.params import Text
from simulation.incentives.sensitive import TRAITS, trait_revealed
from simulation.scenario.drafting.plan import Plan
from simulation.scenario.drafting.schemes import three_digits, toml_number
from simulation.scenario.protected import rewards_persons


def asks_consent(kind: str, plan: Plan) -> bool:
    """Tell whether a scheme of a kind needs explicit consent, so that people sign up whatever was answered."""
    return rewards_persons(kind) and _trait(plan) is not None


def _trait(plan: Plan) -> str | None:
    title = plan.fact.title
    return trait_revealed(plan.fact.id, None, (title.en, title.th))


def on_entry(plan: Plan) -> Text | None:
    """Return that people sign up though automatic enrolment was answered, where the act is sensitive; None elsewhere."""
    trait, asked = _trait(plan), [kind for kind in plan.kinds if asks_consent(kind, plan)]
    if plan.mode != "automatic" or trait is None or not asked:
        return None
    names, what = ", ".join(asked), TRAITS[trait]
    return Text(
        en=f"The act tells something of people's {what.en}, so that rules G5 and G7 ask for explicit consent: "
        f'the file has mode = "opt-in" for {names}, not "automatic".',
        th=f"การทำสิ่งนี้เผยเรื่อง{what.th} กฎ G5 และ G7 จึงกำหนดให้ขอความยินยอมโดยชัดแจ้ง "
        f'ไฟล์จะใช้ mode = "opt-in" กับ {names} แทน "automatic"',
    )


def on_budget(plan: Plan) -> Text | None:
    """Return that a budget does not pay one month of a goal that is reached everywhere; None where it does."""
    month = plan.usual_worth * plan.citizens
    if "collective_goal" not in plan.kinds or plan.budget is None or month <= plan.budget:
        return None
    fits = toml_number(three_digits(plan.budget / plan.citizens))
    return Text(
        en=f"collective_goal: a month in which every locality reaches its goal costs up to {month:,.0f} baht, and the budget is "
        f"{plan.budget:,.0f}. Lower fund_baht_per_household in the file, to about {fits} for one such month, or give more.",
        th=f"collective_goal: เดือนที่ทุกพื้นที่ถึงเป้าหมายใช้เงินได้ถึง {month:,.0f} บาท แต่งบประมาณมี {plan.budget:,.0f} บาท "
        f"ให้ลด fund_baht_per_household ในไฟล์ เหลือราว {fits} เพื่อให้พอหนึ่งเดือน หรือเพิ่มงบประมาณ",
    )
