"""An invented study and its outcomes, for tests of how studies are read."""

from pathlib import Path

NAME = "mini_2020"
WEEKS = "schedule = { start = 0, weeks = 4 }"
DESIGN = f"""
format = 1
about.title = {{ en = "Bringing a book back", th = "การคืนหนังสือ" }}
about.question = {{ en = "Do cash, a lottery and thanks bring books back?", th = "เงิน สลาก และคำขอบคุณทำให้คนคืนหนังสือหรือไม่" }}
[run]
weeks = 6
replicates = 20
[world]
place = "A library abroad, 2020"
citizens = 400
daily_wage = {{ mean = 200.0, gini = 0.0, mark = "R", source = "recalled" }}
ties = {{ household = 1 }}
localities = {{ number = 1, name = "district" }}
[behaviours.return_book]
title = {{ en = "returning a book", th = "การคืนหนังสือ" }}
baseline = 0.3
opportunities_per_week = 1
intrinsic = 0.2
visible = 0.0
[study]
citation = "Nobody (2020) An invented study"
role = "test"
currency = "USD"
sample = 800
[study.outcome]
scale = 100.0
unit = {{ en = "books of 100", th = "เล่มใน 100 เล่ม" }}
[study.arms.deposit]
accepted = 0.25
approximation = {{ en = "Own stakes have no representation", th = "แทนเงินวางประกันของตนเองไม่ได้" }}
[[study.assumed]]
key = "world.daily_wage.mean"
low = 150.0
high = 250.0
why = {{ en = "Recalled", th = "จากความจำ" }}
[arms.control]
[arms.cash]
schemes.cash = {{ kind = "cash_per_act", behaviour = "return_book", baht_per_act = 10.0, {WEEKS} }}
[arms.lottery]
schemes.draw = {{ kind = "prize_draw", behaviour = "return_book", prize_baht = 1000.0, chance_per_act = 0.01, {WEEKS} }}
[arms.charity]
schemes.gift = {{ kind = "charity_gift", behaviour = "return_book", baht_per_act = 10.0, {WEEKS} }}
[arms.deposit]
schemes.vow = {{ kind = "pledge", behaviour = "return_book", {WEEKS} }}
schemes.cash = {{ kind = "cash_per_act", behaviour = "return_book", baht_per_act = 5.0, {WEEKS} }}
[arms.goal]
schemes.vow = {{ kind = "pledge", behaviour = "return_book", {WEEKS} }}
schemes.cash = {{ kind = "cash_per_act", behaviour = "return_book", baht_per_act = 5.0, {WEEKS} }}
[arms.honour]
schemes.list = {{ kind = "recognition", behaviour = "return_book", audience = "team", {WEEKS} }}
schemes.letter = {{ kind = "reminder", behaviour = "return_book", {WEEKS} }}
[arms.letter]
schemes.letter = {{ kind = "comparison", behaviour = "return_book", reference = "stated", stated_share = 0.6, {WEEKS} }}
[arms.vow]
schemes.vow = {{ kind = "pledge", behaviour = "return_book", {WEEKS} }}
[arms.reminder]
schemes.letter = {{ kind = "reminder", behaviour = "return_book", {WEEKS} }}
"""
OUTCOMES = f"""
study = "{NAME}"
[[observed]]
arm = "control"
quantity = "level"
value = 30.0
se = 2.0
provenance = "seen"
[[observed]]
arm = "cash"
quantity = "difference"
value = 15.0
se = 3.0
provenance = "seen"
source = "Table 2"
[[observed]]
arm = "cash"
weeks = [4, 6]
quantity = "odds_ratio"
value = 1.2
ci = [0.9, 1.6]
provenance = "computed"
[[observed]]
arm = "lottery"
value = 40.0
provenance = "recalled"
[[observed]]
arm = "letter"
value = 35.0
provenance = "seen"
[[observed]]
arm = "honour"
reference = "cash"
quantity = "difference"
value = -5.0
se = 3.0
provenance = "seen"
"""


def put(folder: Path, design: str = DESIGN, outcomes: str | None = OUTCOMES, name: str = NAME) -> Path:
    """Write a study into a folder and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.toml").write_text(design, "utf-8")
    if outcomes is not None:
        (folder / "outcomes").mkdir(exist_ok=True)
        (folder / "outcomes" / f"{name}.toml").write_text(outcomes, "utf-8")
    return folder
