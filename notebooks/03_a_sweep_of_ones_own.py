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
# # 3. A sweep of one's own · การกวาดค่าของฉันเอง
#
# One comparison answers for one world. Here you vary two things at once, in the same simulated societies, see what each does, what they
# do together, and where the ranking of two schemes turns over.
#
# การเปรียบเทียบหนึ่งครั้งตอบสำหรับสังคมเดียว ในบทนี้จะได้ปรับสองสิ่งพร้อมกันในสังคมจำลองชุดเดียวกัน ดูว่าแต่ละสิ่งทำอะไร ทำอะไรร่วมกัน
# และลำดับของสองมาตรการพลิกกลับที่ใด

# %%
import pandas as pd

import simulation as kw

pd.options.display.precision = 2

# %% [markdown]
# ## The study · การศึกษา
#
# In Bangkok a district goal takes in everybody, an honour only those who sign up. How easily people sign up, nobody knows: an
# *uncertainty*. Who sees the honour, the city decides: a *lever*. A grid tries every pair of values.
#
# ในกรุงเทพฯ เป้าหมายร่วมของเขตรวมทุกคน ส่วนการประกาศเกียรติคุณมีเฉพาะผู้ที่สมัคร คนสมัครง่ายเพียงใดไม่มีใครรู้ จึงเป็นความไม่แน่นอน
# ใครเห็นการประกาศ เมืองเป็นผู้กำหนด จึงเป็นสิ่งที่กำหนดได้ การศึกษาแบบตารางลองทุกคู่ของค่า

# %%
study = kw.study(
    "bangkok-waste",
    name="ease-of-joining",
    arms=["recognition", "district_goal"],
    levers={
        "audience": {
            "key": "arms.recognition.schemes.honour.audience",
            "values": ["officials", "household", "named-to-group"],
            "title": {"en": "Who sees the honour", "th": "ผู้ที่เห็นการประกาศ"},
        }
    },
    uncertainties={
        "ease": {
            "key": "parameters.friction_factor",
            "values": [1 / 3, 1, 3],
            "title": {"en": "Ease of signing up", "th": "ความง่ายของการสมัคร"},
        }
    },
    outcomes=["effect_pp", "take_up"],
    replicates=20,
    set={"world.citizens": 600, "world.localities.number": 10},
)
print(study.points, "points,", study.runs, "runs")

# %% [markdown]
# ## One call · คำสั่งเดียว
#
# Finished runs are kept in the folder as they come; the same call goes on from there. A point's societies are the same as every other's, so
# that points differ by what was varied and by nothing else.
#
# โปรแกรมเก็บแต่ละรอบลงโฟลเดอร์ทันทีที่เสร็จ สั่งซ้ำแล้วทำต่อได้ ทุกจุดใช้สังคมจำลองชุดเดียวกัน จุดต่าง ๆ จึงต่างกันเฉพาะสิ่งที่ปรับค่า

# %%
found = kw.sweep(study, out="results/ease-of-joining", report=False)
found

# %% [markdown]
# ## What each thing does · แต่ละสิ่งทำอะไร
#
# A response curve is the mean at each value over everything else. `mcse` says how far the luck of the draw may move it. The goal asks nobody
# to sign up: its line must be flat.
#
# เส้นตอบสนองคือค่าเฉลี่ยที่แต่ละค่า เฉลี่ยจากสิ่งอื่นทั้งหมด `mcse` บอกว่าความบังเอิญอาจทำให้คลาดเคลื่อนเพียงใด เป้าหมายร่วมไม่ต้องสมัคร
# เส้นของเป้าหมายร่วมจึงต้องราบ

# %%
found.plot("curves")

# %%
found.response("ease")[["arm", "value", "mean", "mcse", "points"]]

# %% [markdown]
# ## What they do together · ทำอะไรร่วมกัน
#
# `part` is what a cell has beyond the sum of both main effects. An honour that many see is worth more where many can have it: the two act
# together where `part` is several times its error.
#
# `part` คือส่วนของช่องที่เกินจากผลรวมของผลหลักสองอย่าง เกียรติคุณที่คนเห็นมากมีค่ามากขึ้นเมื่อคนจำนวนมากได้รับ
# ทั้งสองมีผลร่วมกันจริงเมื่อ `part` มากกว่าความคลาดเคลื่อนหลายเท่า

# %%
found.interaction("audience", "ease", arm="recognition")[["a", "b", "mean", "mcse", "part", "part_mcse"]]

# %% [markdown]
# ## Who leads, and where · ใครนำ และที่ใด
#
# A filled mark: the first is told from the second by more than the noise. `p_best` is the share of the societies in which the leader is best.
#
# เครื่องหมายทึบคืออันดับ 1 ต่างจากอันดับ 2 เกินความคลาดเคลื่อน `p_best` คือสัดส่วนของสังคมจำลองที่ผู้นำดีที่สุด

# %%
found.plot("ranking")

# %%
found.ranking()[["audience", "ease", "leader", "lead", "lead_mcse", "settled", "p_best"]]

# %% [markdown]
# ## Change one thing · ลองเปลี่ยนสิ่งเดียว
#
# The usual citizen weighs every small push. A rival holds that people act from a threshold on. One key changes the model; does the picture stay?
#
# พลเมืองปกติชั่งน้ำหนักแรงผลักทุกขนาด กฎคู่แข่งเชื่อว่าคนลงมือเมื่อแรงผลักถึงเกณฑ์ เปลี่ยนกุญแจเดียวก็เปลี่ยนแบบจำลอง ภาพยังเหมือนเดิมหรือไม่

# %%
rival = kw.sweep(study, set_="law.decision=threshold", out="results/ease-of-joining-rival", report=False)
side = pd.DataFrame({"usual": found.ranking()["leader"], "rival": rival.ranking()["leader"]})
pd.concat([found.ranking()[["audience", "ease"]], side], axis=1)

# %% [markdown]
# ## Try it · ลองทำ
#
# 1. Which of the leads above are told from noise? Ask for three times as many societies, `kw.sweep(study, replicates=60,
#    out="results/ease-of-joining", report=False)`: the runs that are kept count. By which factor does `mcse` fall?
# 2. Put another parameter of the law in the place of the ease, such as `parameters.beta_r`. It needs no range: its 5 and 95% points are
#    taken.
# 3. Take `design={"kind": "morris", "trajectories": 10}` and `kw.sensitivity`, with six parameters of your choice. Which do nothing?
#
# 1. ผู้นำใดข้างบนแยกจากความบังเอิญได้จริง ขอสังคมจำลองเพิ่มเป็นสามเท่าด้วย `kw.sweep(study, replicates=60,
#    out="results/ease-of-joining", report=False)` รอบที่เก็บไว้นับรวม `mcse` ลดลงกี่เท่า
# 2. ใช้พารามิเตอร์อื่นแทนความง่ายของการสมัคร เช่น `parameters.beta_r` ไม่ต้องบอกช่วงค่า โปรแกรมใช้จุดร้อยละ 5 และ 95
# 3. ใช้ `design={"kind": "morris", "trajectories": 10}` กับ `kw.sensitivity` และพารามิเตอร์หกตัวที่เลือกเอง ตัวใดไม่มีผล
