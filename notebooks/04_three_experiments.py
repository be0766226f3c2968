# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 4. Three published experiments · การทดลองที่ตีพิมพ์แล้วสามงาน
#
# A model is worth what it predicts. Here you take three experiments on people, predict each with parameters that have not seen it, and hold
# the prediction against what was observed: cash for a test result, effort for pay and praise, and leaving the phone.
#
# แบบจำลองมีค่าเท่าที่ทำนายได้ ในบทนี้จะนำการทดลองกับคนสามงานมาทำนายด้วยค่าพารามิเตอร์ที่ไม่เคยเห็นการทดลองนั้น แล้วเทียบกับสิ่งที่สังเกตได้จริง
# คือเงินเพื่อไปรับผลตรวจ ความพยายามจากค่าตอบแทนและคำชม และการวางโทรศัพท์

# %%
from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

import simulation as kw
from simulation.studies.evidence.files import read_designs
from simulation.studies.evidence.kernel import log_odds, table_of
from simulation.studies.evidence.shipped import fold_draws
from simulation.studies.evidence.suite import known_of

pd.options.display.precision = 2
rng = np.random.default_rng(2569)

# %% [markdown]
# ## Read a study · อ่านการศึกษา
#
# A study is a scenario like any other, with a table `[study]`. Its outcomes lie in a file of their own, so that the design can be read
# without them. In Thornton's trial villagers in Malawi were offered a sum, drawn at random, for collecting the result of a test.
#
# การศึกษาคือสถานการณ์ที่มีตาราง `[study]` ผลอยู่ในไฟล์แยก จึงอ่านแบบการทดลองได้โดยไม่เห็นผล ในงานของ Thornton
# ชาวบ้านในมาลาวีได้รับข้อเสนอเป็นเงินที่สุ่มจำนวน เพื่อไปรับผลตรวจ

# %%
designs = {
    design.id: design
    for design in read_designs(studies=["thornton_2008", "dellavigna_pope_2018", "allcott_gentzkow_song_2022"])
}
thornton = designs["thornton_2008"].scenario
print(thornton.about.question.en)
print(thornton.about.question.th)
print(thornton.study.citation)
print("sum offered / เงินที่เสนอ:", [arm.schemes["cash"].baht_per_act for arm in thornton.arms.values() if arm.schemes])

# %% [markdown]
# ## From an arm to features · จากทางเลือกเป็นลักษณะ
#
# The law knows no names of schemes, only what they are made of. Code opens each arm in a small society and reads it off: is any act
# rewarded (`contingent`), what is it worth in days of wage (`value`), who sees it, is it a message, a promise, a team's. Nobody types these in.
# Only now are the outcomes opened as well: `known_of` gives each row with its published figure, as log-odds against the control.
#
# กฎไม่รู้จักชื่อมาตรการ รู้เพียงว่าประกอบด้วยอะไร โปรแกรมเปิดแต่ละทางเลือกในสังคมเล็ก ๆ แล้วอ่านออกมา เช่น การกระทำได้รางวัลหรือไม่ (`contingent`)
# มีค่ากี่วันของค่าจ้าง (`value`) ใครเห็น เป็นข้อความ คำมั่น หรือของทีมหรือไม่ ไม่มีใครพิมพ์ค่าเหล่านี้เอง
# จากนั้นจึงเปิดผลด้วย `known_of` ให้แต่ละแถวพร้อมตัวเลขที่ตีพิมพ์ เป็นล็อกออดส์เทียบกับกลุ่มควบคุม

# %%
known = {name: known_of([design])[0] for name, design in designs.items()}


def features(name):
    """Show what the law knows of each row of a study."""
    names = ("contingent", "value", "visibility", "appeal", "commitment", "message", "family")
    return pd.DataFrame([{"arm": row.arm, **{n: getattr(row, n) for n in names}} for row, _ in known[name]])


features("thornton_2008")

# %% [markdown]
# ## Replay one arm · จำลองซ้ำหนึ่งทางเลือก
#
# `fold_draws` gives parameters fitted to all other studies. We write them to a file and let the engine replay one arm with one of these sets:
# citizen by citizen, with luck. The mean field, the same equations without luck, must agree up to luck and the arm's own deviation, a normal
# of size `omega`; it is what we go on with, for it is fast.
#
# `fold_draws` ให้ค่าพารามิเตอร์ที่ปรับเทียบกับการศึกษาอื่นทั้งหมด เขียนลงไฟล์แล้วให้กลไกจำลองทางเลือกหนึ่งด้วยค่าชุดหนึ่ง ทีละคนและมีความบังเอิญ
# ค่าเฉลี่ยของสมการเดียวกันโดยไม่มีความบังเอิญต้องตรงกัน เว้นแต่ความบังเอิญและส่วนที่แต่ละทางเลือกคลาดเองขนาด `omega` จากนี้ใช้แบบหลังเพราะเร็ว

# %%
unseen = fold_draws("thornton_2008")
Path("results").mkdir(exist_ok=True)
pd.DataFrame(unseen).to_csv("results/unseen.csv", index=False)
replay = kw.run(thornton, arm="cash_0_95", replicate=0, parameters="results/unseen.csv")


def odds(share):
    """Return the log-odds of a share."""
    return np.log(share / (1 - share))


own = replay.parameters.iloc[0]
row = next(row for row, _ in known["thornton_2008"] if row.arm == "cash_0_95")
same = {name: np.array(float(own[name])) for name in unseen}
log_s, habit = (np.full(1, same["tau"] * own["responsiveness_0"]), np.full(1, own["habit_deviate_0"]))
engine = odds(replay.outcomes["level"]) - odds(replay.outcomes["level_twin"])
field = float(log_odds(table_of([row]), same, log_s, habit)[0])
print(f"engine / กลไก {engine:+.2f}, mean field / ค่าเฉลี่ย {field:+.2f}, omega {own['omega']:.2f}")

# %% [markdown]
# ## Predict · ทำนาย
#
# What no study tells in advance is how responsive *these* people are. So each set of parameters is taken with many responses of a place, as
# wide as they were found to differ between studies (`tau`), and each arm deviates a little by itself (`omega`).
#
# สิ่งที่ไม่มีการศึกษาใดบอกล่วงหน้าคือคนกลุ่มนี้ตอบสนองมากเพียงใด ค่าพารามิเตอร์แต่ละชุดจึงใช้กับการตอบสนองหลายค่า กว้างเท่าที่พบว่าต่างกันระหว่างการศึกษา (`tau`)
# และแต่ละทางเลือกคลาดจากเส้นของตนเล็กน้อย (`omega`)


# %%
PLACES = 40


def predict(name, draws):
    """Return draws of the log-odds of each row of a study, and those without an arm's own deviation."""
    rows = [row for row, _ in known[name]]
    many = {key: np.repeat(x, PLACES) for key, x in draws.items()}
    normal = rng.normal(size=len(many["tau"]))
    log_s = np.repeat((many["tau"] * normal)[:, None], len(rows), axis=1)
    habit = np.repeat(rng.normal(size=len(normal))[:, None], len(rows), axis=1)
    plain = log_odds(table_of(rows), many, log_s, habit)
    misfit = many["omega"][:, None] * rng.normal(size=plain.shape)
    return plain + np.clip(misfit, -np.abs(plain), np.abs(plain)), plain


def against(name, drawn, weight=None):
    """Set what is predicted against what was observed, in the study's own unit."""
    rows = []
    for (row, target), draws in zip(known[name], drawn.T, strict=True):
        control = odds(target.level) - target.log_odds
        size = row.scale if row.scale > 1 else 100
        se = np.hypot(target.se, target.se_reference)
        noisy = draws + se * rng.normal(size=len(draws))
        low, middle, high = (quantile(noisy, q, weight) for q in (0.05, 0.5, 0.95))
        inside = low <= target.log_odds <= high
        low, middle, high, seen = (size / (1 + np.exp(-(control + x))) for x in (low, middle, high, target.log_odds))
        several = sum(other.arm == row.arm for other, _ in known[name]) > 1
        arm = f"{row.arm}, weeks {row.week_from}-{row.week_to - 1}" if several else row.arm
        rows.append((arm, low, middle, high, seen, inside))
    return pd.DataFrame(rows, columns=["arm", "low", "predicted", "high", "observed", "inside"])


def quantile(x, q, weight=None):
    """Return a quantile of weighted draws."""
    order = np.argsort(x)
    steps = np.cumsum(np.ones(len(x)) if weight is None else weight[order])
    return float(x[order][np.searchsorted(steps, q * steps[-1])])


def show(found, title):
    """Draw predicted intervals and observed figures."""
    figure, axes = plt.subplots(figsize=(7, 0.6 + 0.3 * len(found)))
    at = np.arange(len(found))[::-1]
    axes.hlines(at, found["low"], found["high"], color="tab:blue", linewidth=3, alpha=0.5)
    axes.plot(found["predicted"], at, "o", color="tab:blue", label="predicted")
    axes.plot(found["observed"], at, "D", color="tab:orange", label="observed")
    axes.set_yticks(at, found["arm"])
    axes.set_title(title)
    axes.legend(fontsize=8)
    figure.tight_layout()


drawn, plain = predict("thornton_2008", unseen)
found = against("thornton_2008", drawn)
show(found, "Thornton: % who collect their result")
found

# %% [markdown]
# ## Change one thing: the amount · ลองเปลี่ยนสิ่งเดียว: จำนวนเงิน
#
# How far can one go beyond what was tried? Money counts by its logarithm, so doubling adds about the same each time. Believe the model
# less the further it is from the last diamond above.
#
# ไปไกลกว่าที่เคยลองได้เพียงใด เงินมีผลตามลอการิทึม การเพิ่มสองเท่าจึงเพิ่มผลใกล้เคียงกันทุกครั้ง ยิ่งห่างจากจุดสุดท้ายที่สังเกตได้ ยิ่งควรเชื่อน้อยลง


# %%
def changed(row, draws, **features):
    """Return the share who act, 5, 50 and 95 of 100 draws, with features of one's own."""
    many = {key: np.repeat(x, PLACES) for key, x in draws.items()}
    normal, habit = rng.normal(size=(2, len(many["tau"]), 1))
    push = log_odds(table_of([replace(row, **features)]), many, many["tau"][:, None] * normal, habit)[:, 0]
    return np.quantile(100 / (1 + np.exp(-(odds(row.baseline) + push))), (0.05, 0.5, 0.95)).round(1)


{days: changed(row, unseen, value=days) for days in (0.1, 0.5, 1.0, 3.0, 10.0)}

# %% [markdown]
# ## Effort: eighteen ways to ask · ความพยายาม: สิบแปดวิธีจูงใจ
#
# DellaVigna and Pope asked experts for forecasts before they showed the results. Which features do money, charity, a lottery and a letter
# share? Look at `contingent` and `value`: a cent to charity is a reward without a worth of one's own.
#
# DellaVigna และ Pope ขอคำทำนายจากผู้เชี่ยวชาญก่อนเปิดผล เงิน การกุศล การจับรางวัล และข้อความ มีลักษณะใดร่วมกัน ดูที่ `contingent` และ `value`
# เงินบริจาคหนึ่งเซนต์คือรางวัลที่ไม่มีมูลค่าสำหรับตนเอง

# %%
features("dellavigna_pope_2018")

# %%
unseen = fold_draws("dellavigna_pope_2018")
drawn, plain = predict("dellavigna_pope_2018", unseen)
found = against("dellavigna_pope_2018", drawn)
show(found, "DellaVigna and Pope: presses")
print("mean error, presses / คลาดเคลื่อนเฉลี่ย (ครั้ง):", round((found["predicted"] - found["observed"]).abs().mean(), 1))

# %% [markdown]
# ## One arm given: a pilot · รู้ผลหนึ่งทางเลือก: การทดลองนำร่อง
#
# Now one arm is known, 10 cents for 100 presses. Draws that would have made it likely get more weight; the rest follows from Bayes. `kwamdee learn`
# does this for a pilot of your own. How much narrower are the other arms?
#
# คราวนี้รู้ผลหนึ่งทางเลือก คือ 10 เซนต์ต่อการกด 100 ครั้ง ค่าที่ทำให้ผลนั้นน่าจะเกิดได้น้ำหนักมากขึ้น ที่เหลือเป็นไปตามกฎของเบส์ `kwamdee learn`
# ทำเช่นนี้กับการทดลองนำร่องของเราเอง ช่วงของทางเลือกอื่นแคบลงเท่าใด


# %%
def weights(name, plain, draws, arms):
    """Return how likely each draw made what was observed of some arms; the control's error is shared by them."""
    at = [i for i, (row, _) in enumerate(known[name]) if row.arm in arms]
    omega = np.repeat(draws["omega"], PLACES)
    off = np.stack([known[name][i][1].log_odds - plain[:, i] for i in at], axis=1)
    own = np.array([known[name][i][1].se for i in at]) ** 2 + omega[:, None] ** 2
    shared = np.array([known[name][i][1].se_reference for i in at])
    part = (off * shared / own).sum(1) ** 2 / (1 + (shared**2 / own).sum(1))
    log = -0.5 * ((off**2 / own).sum(1) - part + np.log(own).sum(1) + np.log1p((shared**2 / own).sum(1)))
    return np.exp(log - log.max())


def given(name, arms):
    """Predict a study anew once some arms are known; show the other arms."""
    weight = weights(name, plain, unseen, arms)
    found = against(name, drawn, weight)
    print("draws that still count / ชุดค่าที่ยังมีน้ำหนัก:", round(weight.sum() ** 2 / (weight**2).sum()))
    return found[~found["arm"].isin(arms)]


one = given("dellavigna_pope_2018", ["piece_10c"])
show(one, "DellaVigna and Pope, 10 cents known: presses")
two = given("dellavigna_pope_2018", ["piece_1c", "piece_10c"])
errors = {
    "unseen": (found["predicted"] - found["observed"]).abs().mean(),
    "one arm": (one["predicted"] - one["observed"]).abs().mean(),
    "two arms": (two["predicted"] - two["observed"]).abs().mean(),
    "mean of 208 experts": 93.5,
    "one expert": 169.4,
}
pd.Series(errors, name="presses").to_frame()

# %% [markdown]
# ## Change one thing: who sees it · ลองเปลี่ยนสิ่งเดียว: ใครเห็น
#
# The `ranking` arm told each their own rank and nobody else. What if it were named to a group? `visibility` is what changes.
#
# ทางเลือก `ranking` บอกลำดับแก่เจ้าตัวเท่านั้น ถ้าประกาศชื่อในกลุ่มจะเป็นอย่างไร สิ่งที่เปลี่ยนคือ `visibility`

# %%
ranking = next(row for row, _ in known["dellavigna_pope_2018"] if row.arm == "ranking")
print("features / ลักษณะ:", ranking.visibility, ranking.contingent, ranking.value)
{seen: changed(ranking, unseen, visibility=seen) for seen in (0.15, 0.25, 0.35, 0.7)}

# %% [markdown]
# ## When the money ends · เมื่อหยุดจ่าย
#
# Allcott, Gentzkow and Song paid people for three weeks to leave six apps, and watched six weeks more. After the end only habit is left.
# Little else in the set tells how strong habit is: left out, the prior does most of the talking. Are the last two intervals honest about that?
#
# Allcott, Gentzkow และ Song จ่ายเงินสามสัปดาห์ให้คนวางหกแอป แล้วติดตามอีกหกสัปดาห์ หลังสิ้นสุดเหลือเพียงความเคยชิน
# ในชุดนี้แทบไม่มีงานอื่นที่บอกความแรงของความเคยชิน เมื่อเว้นออกจึงเหลือความเชื่อตั้งต้นเป็นส่วนใหญ่ สองช่วงหลังบอกความไม่รู้นี้ตามจริงหรือไม่

# %%
unseen = fold_draws("allcott_gentzkow_song_2022")
drawn, plain = predict("allcott_gentzkow_song_2022", unseen)
found = against("allcott_gentzkow_song_2022", drawn)
show(found, "Allcott, Gentzkow and Song: minutes a day left unused")
found

# %% [markdown]
# ## Change one thing: the horizon · ลองเปลี่ยนสิ่งเดียว: ระยะเวลา
#
# Nobody watched past week 9. The model draws its curve on; here is what is left of minutes in later windows, 5, 50 and 95 of 100 draws.
#
# ไม่มีใครติดตามเกินสัปดาห์ที่ 9 แบบจำลองลากเส้นต่อ ต่อไปนี้คือนาทีที่เหลือในช่วงหลัง ที่ค่า 5, 50 และ 95 จาก 100 ชุด

# %%
after = next(row for row, _ in known["allcott_gentzkow_song_2022"] if row.after)
rest = {}
for first in (3, 6, 9, 13, 26):
    share = changed(after, unseen, week_from=first, week_to=first + 3)
    rest[f"weeks {first}-{first + 2}"] = ((share / 100 - after.baseline) * after.scale).round(1)
pd.DataFrame(rest, index=["low", "middle", "high"]).T

# %% [markdown]
# ## Try it · ลองทำ
#
# 1. Give another arm of DellaVigna and Pope, such as `charity_1c`, in place of 10 cents. Which arms teach most about the others, and why? Does a
#    second arm always help?
# 2. Halve `value` for all arms of Thornton, as if the wage were twice what is recalled. Is the curve still right?
# 3. `kw.evidence(study=["thornton_2008"])` makes the report card with every citizen. Where does it differ from the mean field?
#
# 1. ใช้ทางเลือกอื่นของ DellaVigna และ Pope เช่น `charity_1c` แทน 10 เซนต์ ทางเลือกใดสอนเรื่องทางเลือกอื่นมากที่สุด เพราะเหตุใด ทางเลือกที่สองช่วยเสมอหรือไม่
# 2. ลด `value` ของทุกทางเลือกในงานของ Thornton ลงครึ่งหนึ่ง เหมือนค่าจ้างเป็นสองเท่าของที่จำมา เส้นยังตรงหรือไม่
# 3. `kw.evidence(study=["thornton_2008"])` ทำผลประเมินด้วยประชากรทุกคน ต่างจากค่าเฉลี่ยที่ใด
