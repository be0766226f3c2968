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
# สถานการณ์คือไฟล์ข้อความที่ระบุสังคม พฤติกรรม และทางเลือกต่าง ๆ แต่ละทางเลือกคือชุดของมาตรการ ตัวไฟล์เองไม่ได้จำลองอะไร
# ในที่นี้ใช้สถานการณ์เรื่องขยะในกรุงเทพฯ ที่มีมาให้ โดยลดจำนวนครัวเรือนลงเพื่อให้ทุกอย่างเร็ว

# %%
scenario = kw.load("bangkok-waste").with_({"world.citizens": 1_000, "world.localities.number": 10})
scenario

# %% [markdown]
# ## The people · ผู้คน
#
# `kw.model` gives one arm in one simulated society, a `mesa.Model`. The arm called `control` has no scheme.
#
# `kw.model` ให้หนึ่งทางเลือกในหนึ่งสังคมจำลอง ซึ่งเป็น `mesa.Model` ทางเลือก `control` ไม่มีมาตรการใด ๆ

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
# ครัวเรือนคัดแยกขยะราว 34 ใน 100 ครั้ง ซึ่งเป็นระดับเริ่มต้นของสถานการณ์ และคงอยู่ระดับนั้น
# ใน Kwamdee ไม่มีอะไรเปลี่ยนไป เว้นแต่มาตรการจะทำให้เปลี่ยน

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
# `kw.run` จำลองหนึ่งทางเลือกจนจบ ทุกครัวเรือนมีฝาแฝดในสังคมเดียวกันที่ไม่มีมาตรการและมีโชคชุดเดียวกัน ระยะห่างระหว่างสองเส้นจึงเป็นผลของมาตรการ ไม่ใช่ความบังเอิญ

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
# `with_` ให้สำเนาของสถานการณ์ที่เปลี่ยนค่าหนึ่งค่า ส่วนลดที่มากขึ้นให้ผลอย่างไร เปลี่ยนเพียงตัวเลขนี้ตัวเดียว
# ผู้คน ความสัมพันธ์ และโชคยังเหมือนเดิม

# %%
for baht in (0, 20, 40, 80):
    changed = scenario.with_({"arms.fee_discount.schemes.fee.baht_per_month": baht})
    result = kw.run(changed, arm="fee_discount")
    print(f"{baht:3d} baht a month: {result.outcomes['effect_pp']:+.2f} percentage points")

# %% [markdown]
# A discount of 0 baht does exactly nothing: a scheme that gives nothing changes nobody, to the last bit.
#
# ส่วนลด 0 บาทไม่เปลี่ยนอะไรเลยแม้แต่น้อย มาตรการที่ไม่ให้อะไรย่อมไม่เปลี่ยนใคร

# %% [markdown]
# ## How sure? · แน่นอนแค่ไหน
#
# One society is one draw of luck *and* of what nobody knows about people. `kw.compare` runs every arm in many societies. With
# `quick=True` it takes fewer households and societies and says so: enough to learn from, not to decide on.
#
# หนึ่งสังคมจำลองคือการสุ่มหนึ่งครั้ง ทั้งความบังเอิญและสิ่งที่ยังไม่รู้เกี่ยวกับคน `kw.compare` จึงลองทุกทางเลือกในหลายสังคมจำลอง
# `quick=True` ใช้ครัวเรือนและสังคมจำลองน้อยลงและบอกไว้ด้วย เพียงพอสำหรับเรียนรู้ แต่ไม่ใช่สำหรับตัดสินใจ

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
# 1. Which arm seems to keep most of its effect after the end? Look at `kept_share` in `answer.effects`, then at `kept_share_low` and
#    `kept_share_high` beside it: they are empty (NaN), for a range needs at least 19 societies. Six are too few to tell arms from
#    noise. What more would tell? Try `kw.compare(scenario, replicates=60)`, a minute or so, and see which ranges part and which still
#    overlap. (A `kept_share` is empty where it is not sure that there was an effect to keep.)
# 2. Set `run.seed` to another number. What changes, and what does not?
# 3. Let everybody take part: `arms.fee_discount.schemes.fee.enrolment` = `{"mode": "automatic"}`. The effect rises more than
#    `take_up` does. Why? `take_up` counts whoever *ever* took part. Those who sign up come a few a week, and may leave again, so in
#    a mean week far fewer take part: look at `enrolled` in the `trajectory` of `kw.run`. Divide `effect_pp` by the mean share
#    enrolled in the weeks of offer, in both, and take the mean over several societies (`replicate=0, 1, ...`): a week of taking
#    part is worth more where people sign up, for those who respond more to the offer are more likely to.
#
# 1. ทางเลือกใดดูเหมือนจะคงผลไว้ได้มากที่สุดหลังสิ้นสุด ดู `kept_share` ใน `answer.effects` แล้วดู `kept_share_low` และ
#    `kept_share_high` ข้าง ๆ ซึ่งว่างเปล่า (NaN) เพราะการบอกช่วงต้องมีอย่างน้อย 19 สังคมจำลอง หกสังคมจำลองน้อยเกินกว่าจะแยกทางเลือก
#    ออกจากความบังเอิญ ต้องมีอะไรเพิ่มจึงจะบอกได้ ลอง `kw.compare(scenario, replicates=60)` ซึ่งใช้เวลาราวหนึ่งนาที
#    แล้วดูว่าช่วงใดแยกจากกันและช่วงใดยังซ้อนกัน (`kept_share` ว่างเปล่าเมื่อยังไม่แน่ว่ามีผลให้คงไว้)
# 2. กำหนด `run.seed` เป็นเลขอื่น อะไรเปลี่ยนและอะไรไม่เปลี่ยน
# 3. ให้ทุกคนเข้าร่วมโดยอัตโนมัติ `arms.fee_discount.schemes.fee.enrolment` = `{"mode": "automatic"}` ผลเพิ่มขึ้นมากกว่า `take_up` เพราะเหตุใด
#    `take_up` นับทุกคนที่*เคย*เข้าร่วม แต่ผู้สมัครทยอยเข้ามาสัปดาห์ละไม่กี่รายและออกได้ ในสัปดาห์หนึ่ง ๆ จึงมีผู้เข้าร่วมน้อยกว่านั้นมาก
#    ดู `enrolled` ใน `trajectory` ของ `kw.run` ลองหาร `effect_pp` ด้วยสัดส่วนผู้เข้าร่วมเฉลี่ยในสัปดาห์ที่มีมาตรการทั้งสองแบบ
#    แล้วเฉลี่ยหลายสังคมจำลอง (`replicate=0, 1, ...`) การเข้าร่วมหนึ่งสัปดาห์ให้ผลมากกว่าเมื่อสมัครเอง เพราะผู้ที่ตอบสนองมากมักสมัคร
