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
# # 1. A first society · สังคมจำลองแรก
#
# You will look at a scenario, meet its people, watch them week by week without any scheme and with one, change one thing, and see
# how sure the answer is. Run the cells from the top; each takes seconds.
#
# ในบทนี้จะได้ดูสถานการณ์ พบกับผู้คน ดูพฤติกรรมรายสัปดาห์ทั้งแบบไม่มีและมีมาตรการ ลองเปลี่ยนทีละอย่าง และดูว่าคำตอบแน่นอนแค่ไหน
# ให้รันช่องจากบนลงล่าง แต่ละช่องใช้เวลาไม่กี่วินาที

# %%
import numpy as np

import simulation as kw

# %% [markdown]
# ## The question · คำถาม
#
# A scenario is a text file: a world, behaviours, and *arms*, each a package of schemes. It runs nothing by itself. We take the
# shipped one about waste in Bangkok, with fewer households so that everything is quick.
#
# สถานการณ์คือไฟล์ข้อความที่ระบุสังคม พฤติกรรม และทางเลือกต่าง ๆ แต่ละทางเลือกคือชุดของมาตรการ

# %%
scenario = kw.load("bangkok-waste").with_({"world.citizens": 1_000, "world.localities.number": 10})
scenario

# %% [markdown]
# ## The people · ผู้คน
#
# `kw.model` gives one arm in one simulated society, a `mesa.Model`. The arm called `control` has no scheme.
#
# `kw.model` ให้หนึ่งทางเลือกในหนึ่งสังคมจำลอง ทางเลือก `control` ไม่มีมาตรการใด ๆ

# %%
quiet = kw.model(scenario, arm="control")
people = quiet.agents_by_type[kw.Citizen]
someone = people[0]
print(quiet)
print("first household:", someone.age, someone.sex, round(someone.wage), "baht a day,", len(someone.neighbours), "ties")
print("mean ties:", round(float(np.mean([degree for _, degree in quiet.ties.degree])), 1))

# %% [markdown]
# ## Weeks without a scheme · เมื่อไม่มีมาตรการ
#
# Households sort on about 34 of 100 occasions, the level that the scenario starts from, and they keep to it: in Kwamdee nothing
# changes unless a scheme changes it.
#
# เมื่อไม่มีมาตรการ ครัวเรือนคัดแยกขยะราว 34 ใน 100 ครั้ง และคงอยู่ระดับนั้น

# %%
for _ in range(20):
    quiet.step()
shares = quiet.datacollector.get_model_vars_dataframe()["waste_sort_share"].dropna()
print(shares.round(3).tolist())
assert abs(shares.mean() - 0.34) < 0.02

# %% [markdown]
# ## The same weeks with a scheme · เมื่อมีมาตรการ
#
# `kw.run` runs one arm to its end. Every household has a **twin** in the same society without the scheme, with the same luck: the
# distance between the two lines is what the scheme did, not chance.
#
# ทุกครัวเรือนมีฝาแฝดในสังคมเดียวกันที่ไม่มีมาตรการและมีโชคชุดเดียวกัน ระยะห่างระหว่างสองเส้นจึงเป็นผลของมาตรการ ไม่ใช่ความบังเอิญ

# %%
one = kw.run(scenario, arm="comparison")
one.trajectory.tail(3)

# %%
one.plot()

# %% [markdown]
# ## One thing changed · เปลี่ยนทีละอย่าง
#
# `with_` gives a copy of the scenario with a value changed. What does a larger discount do? Only this one number differs; people,
# ties and luck are the same.
#
# `with_` ให้สำเนาของสถานการณ์ที่เปลี่ยนค่าหนึ่งค่า ผู้คน ความสัมพันธ์ และโชคยังเหมือนเดิม

# %%
for baht in (0, 20, 40, 80):
    changed = scenario.with_({"arms.fee_discount.schemes.fee.baht_per_month": baht})
    result = kw.run(changed, arm="fee_discount")
    print(f"{baht:3d} baht a month: {result.outcomes['effect_pp']:+.2f} percentage points")

# %% [markdown]
# A discount of 0 baht does exactly nothing: a scheme that gives nothing changes nobody, to the last bit.
#
# ส่วนลด 0 บาทไม่เปลี่ยนอะไรเลยแม้แต่น้อย

# %% [markdown]
# ## How sure? · แน่นอนแค่ไหน
#
# One society is one draw of luck *and* of what nobody knows about people. `kw.compare` runs every arm in many societies. With
# `quick=True` it takes fewer households and societies and says so: enough to learn from, not to decide on.
#
# หนึ่งสังคมจำลองคือการสุ่มหนึ่งครั้ง ทั้งความบังเอิญและสิ่งที่ยังไม่รู้เกี่ยวกับคน `kw.compare` จึงลองทุกทางเลือกในหลายสังคมจำลอง
# `quick=True` ใช้ครัวเรือนและสังคมจำลองน้อยลง เพียงพอสำหรับเรียนรู้ แต่ไม่ใช่สำหรับตัดสินใจ

# %%
answer = kw.compare(scenario, quick=True)
answer

# %%
answer.plot()

# %%
answer.effects[["arm", "effect_pp", "effect_after_pp", "take_up", "p_best"]].round(2)

# %% [markdown]
# ## Try it · ลองทำ
#
# 1. Which arm keeps most of its effect after the end? Look at `kept_share` in `answer.effects`.
# 2. Set `run.seed` to another number. What changes, and what does not?
# 3. Let everybody take part: `arms.fee_discount.schemes.fee.enrolment` = `{"mode": "automatic"}`. Is a bigger group a bigger effect?
#
# ทางเลือกใดเหลือผลมากที่สุดหลังสิ้นสุด ถ้าเปลี่ยน `run.seed` อะไรเปลี่ยนบ้าง และถ้าทุกคนเข้าร่วมโดยอัตโนมัติ ผลจะมากขึ้นหรือไม่
