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
# # 2. My own graph and my own citizen · กราฟและพลเมืองของฉันเอง
#
# You bring a village of your own, are told what is wrong with it, run a scheme in it, give some people a mind of their own, and
# read the story of one of them.
#
# ในบทนี้จะได้นำหมู่บ้านของตัวเองมาใช้ ให้โปรแกรมบอกว่าผิดตรงไหน ลองมาตรการในหมู่บ้าน ให้บางคนตัดสินใจในแบบของตน และอ่านเรื่องของคนหนึ่ง

# %%
import networkx as nx
import numpy as np
import pandas as pd

import simulation as kw

# %% [markdown]
# ## A village · หมู่บ้าน
#
# Any `networkx.Graph` will do. This one has 300 people in tight neighbourhoods with a few ties across (Watts and Strogatz 1998).
# The table gives each an age and a side of the river; what it does not say is drawn.
#
# ใช้ `networkx.Graph` ใดก็ได้ กราฟนี้มี 300 คน อยู่เป็นกลุ่มเพื่อนบ้านใกล้ชิด และมีเส้นโยงข้ามกลุ่มไม่กี่เส้น (Watts และ Strogatz 1998)
# ตารางบอกอายุและฝั่งแม่น้ำของแต่ละคน สิ่งที่ตารางไม่ได้บอกโปรแกรมจะสุ่มให้

# %%
graph = nx.watts_strogatz_graph(300, k=6, p=0.05, seed=1)
graph = nx.relabel_nodes(graph, {node: f"v{node}" for node in graph})
table = pd.DataFrame(
    {
        "id": list(graph),
        "age": [20 + (7 * i) % 60 for i in range(300)],
        "locality": ["east bank" if i < 150 else "west bank" for i in range(300)],
    }
)
table.head(3)

# %% [markdown]
# ## A mistake is told, with its place · ผิดตรงไหน โปรแกรมบอก
#
# Here one age is a word, one person stands twice, and somebody is tied to a stranger. All of it is told at once.
#
# ในที่นี้อายุหนึ่งเป็นคำ มีคนหนึ่งซ้ำ และมีเส้นโยงไปหาคนที่ไม่มีอยู่ โปรแกรมบอกทั้งหมดในครั้งเดียว

# %%
wrong = table.astype({"age": object})
wrong.loc[3, "age"] = "forty"
wrong.loc[5, "id"] = "v4"
try:
    kw.load("bangkok-waste").with_world(citizens=wrong, ties=graph)
except kw.ScenarioError as error:
    print(error)

# %% [markdown]
# ## Run a scheme in it · ลองมาตรการ
#
# `with_world` puts the village into any scenario. Of its arms only comparison feedback is run here.
#
# `with_world` นำหมู่บ้านไปใช้กับสถานการณ์ใดก็ได้ ในที่นี้ลองเพียงทางเลือกเดียว คือการแจ้งผลเทียบเพื่อนบ้าน

# %%
mine = kw.load("bangkok-waste").with_world(citizens=table, ties=graph)
village = kw.run(mine, arm="comparison")
print(f"{village.outcomes['effect_pp']:+.2f} percentage points in this one society")
village.plot()

# %% [markdown]
# ## A citizen of one's own · พลเมืองของฉันเอง
#
# A subclass of `kw.Citizen` may decide in its own way. These followers act when most of those around them did last week, and never
# mind a scheme. The engine draws; `probability` only says how likely an act is.
#
# The twins of followers decide by Kwamdee's rule, so acts minus twins would count their being followers as an effect of the scheme.
# What the scheme did is told by the same followers in the arm `control`, with the same luck.
#
# คลาสลูกของ `kw.Citizen` ตัดสินใจในแบบของตนได้ ผู้ตามกลุ่มนี้ทำเมื่อคนรอบตัวส่วนใหญ่ทำในสัปดาห์ก่อน ไม่สนใจมาตรการ
# โปรแกรมเป็นผู้สุ่ม ส่วน `probability` บอกเพียงว่ามีโอกาสทำมากน้อยเพียงใด
#
# ฝาแฝดของผู้ตามกลุ่มตัดสินใจตามกฎของ Kwamdee หากเทียบกับฝาแฝด การเป็นผู้ตามกลุ่มจะถูกนับเป็นผลของมาตรการด้วย
# ผลของมาตรการจึงต้องดูจากผู้ตามกลุ่มชุดเดียวกันในทางเลือก `control` ที่มีโชคชุดเดียวกัน


# %%
class Follower(kw.Citizen):
    """Act as most neighbours did last week."""

    def probability(self, behaviour, offer, week):
        if week == 0 or not self.neighbours:
            return super().probability(behaviour, offer, week)
        chances = self.model.definition.behaviours[behaviour].opportunities_per_week
        seen = np.mean([neighbour.acts(behaviour) for neighbour in self.neighbours]) / chances
        return 0.9 if seen > 0.5 else 0.1


crowd = kw.model(mine, arm="comparison", citizens={Follower: 0.3})
quiet = kw.model(mine, arm="control", citizens={Follower: 0.3})  # the same people follow, nobody is told anything
gaps, against_twins = [], []
for _ in range(30):
    crowd.step()
    quiet.step()
    gaps.append(crowd.share("acts", "waste_sort") - quiet.share("acts", "waste_sort"))
    against_twins.append(crowd.share("acts", "waste_sort") - crowd.share("acts_twin", "waste_sort"))
chances = mine.behaviours["waste_sort"].opportunities_per_week
followers = crowd.agents.select(agent_type=Follower)
print(
    len(followers),
    "followers; they act on",
    round(100 * float(np.mean([f.acts("waste_sort") for f in followers])) / chances),
    "of 100 chances",
)
print("everybody:", round(100 * crowd.share("acts", "waste_sort")), "of 100")
start = mine.arms["comparison"].schemes["letter"].schedule.start
print(f"the scheme, against control: {100 * np.mean(gaps[start:]):+.2f} percentage points")
print(f"against the twins, which is not its effect: {100 * np.mean(against_twins[start:]):+.2f}")

# %% [markdown]
# ## Find them on the graph · หาพวกเขาในกราฟ
#
# `m.ties` is a `networkx.Graph` of the people, `m.find` finds somebody by the name in your table.
#
# `m.ties` คือ `networkx.Graph` ของผู้คน และ `m.find` หาคนจากชื่อในตารางของคุณ

# %%
somebody = crowd.find("v17")
print(somebody.name, "is", somebody.age, "and knows", sorted(n.name for n in somebody.neighbours))
print("steps to v200:", nx.shortest_path_length(crowd.ties, somebody.unique_id, crowd.find("v200").unique_id))

# %% [markdown]
# ## One person's story · เรื่องของคนหนึ่ง
#
# Week by week: what was offered, what neighbours did, and the decision term by term, beside the twin who never had the scheme.
#
# รายสัปดาห์ว่าได้รับข้อเสนออะไร เพื่อนบ้านทำอะไร และตัดสินใจอย่างไรทีละพจน์ เทียบกับฝาแฝดที่ไม่มีมาตรการ

# %%
story = kw.story(mine, arm="comparison")
print(story.text("en")[:1500])

# %% [markdown]
# ## Try it · ลองทำ
#
# 1. Replace the graph by `nx.barabasi_albert_graph(300, 3, seed=1)`: does a village with a few who know many behave otherwise?
# 2. Let the followers be those of 60 or more: pass a mask, `citizens={Follower: np.array(table["age"]) >= 60}`.
# 3. Write the village out, `kw.export_world(mine, "village", "graphml")`, and read it in again,
#    `mine.with_world(ties="village/world.graphml")`. Is everybody still there? Look for "v17".
#
# 1. เปลี่ยนกราฟเป็น `nx.barabasi_albert_graph(300, 3, seed=1)` หมู่บ้านที่มีไม่กี่คนซึ่งรู้จักคนจำนวนมากจะต่างไปหรือไม่
# 2. ให้ผู้ตามกลุ่มเป็นผู้ที่อายุ 60 ปีขึ้นไป โดยใส่ `citizens={Follower: np.array(table["age"]) >= 60}`
# 3. บันทึกหมู่บ้านด้วย `kw.export_world(mine, "village", "graphml")` แล้วอ่านกลับเข้ามาด้วย
#    `mine.with_world(ties="village/world.graphml")` ทุกคนยังอยู่ครบหรือไม่ ลองหา "v17"
