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
# ในบทนี้จะได้สร้างหมู่บ้านของตัวเอง ให้โปรแกรมบอกว่าผิดตรงไหน ลองมาตรการ ให้บางคนตัดสินใจในแบบของตน และอ่านเรื่องของคนหนึ่ง

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
# ใช้ `networkx.Graph` ใดก็ได้ ตารางบอกอายุและฝั่งแม่น้ำ สิ่งที่ตารางไม่ได้บอกโปรแกรมจะสุ่มให้

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
# อายุหนึ่งเป็นคำ มีคนหนึ่งซ้ำ และมีเส้นโยงไปหาคนที่ไม่มีอยู่ โปรแกรมบอกทั้งหมดในครั้งเดียว

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
# `with_world` puts the village into any scenario. Only comparison feedback and the discount are run here.
#
# `with_world` นำหมู่บ้านไปใช้กับสถานการณ์ใดก็ได้

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
# คลาสลูกของ `kw.Citizen` ตัดสินใจในแบบของตนได้ ผู้ตามกลุ่มนี้ทำเมื่อคนรอบตัวส่วนใหญ่ทำในสัปดาห์ก่อน ไม่สนใจมาตรการ


# %%
class Follower(kw.Citizen):
    """Act as most neighbours did last week."""

    def probability(self, behaviour, offer, week):
        if week == 0 or not self.neighbours:
            return super().probability(behaviour, offer, week)
        seen = np.mean([neighbour.acts(behaviour) for neighbour in self.neighbours]) / 7
        return 0.9 if seen > 0.5 else 0.1


crowd = kw.model(mine, arm="comparison", citizens={Follower: 0.3})
for _ in range(30):
    crowd.step()
followers = crowd.agents.select(agent_type=Follower)
print(
    len(followers),
    "followers; they act on",
    round(100 * float(np.mean([f.acts("waste_sort") for f in followers])) / 7),
    "of 100 chances",
)
print("everybody:", round(100 * crowd.share("acts", 0)), "of 100")

# %% [markdown]
# ## Find them on the graph · หาพวกเขาในกราฟ
#
# `m.ties` is a `networkx.Graph` of the people, `m.find` finds somebody by the name in your table.
#
# `m.ties` คือ `networkx.Graph` ของผู้คน และ `m.find` หาคนจากชื่อในตาราง

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
# 1. Replace the graph by `nx.barabasi_albert_graph(300, 3, seed=1)`: does a village with a few who know everybody behave otherwise?
# 2. Let the followers be those over 60: pass a mask, `citizens={Follower: np.array(table["age"]) >= 60}`.
# 3. Write the village out: `nx.write_graphml(crowd.ties.to_networkx(), "village.graphml")`, and read it in again with `with_world`.
#
# ลองเปลี่ยนกราฟ ลองให้ผู้ตามเป็นผู้สูงอายุ และลองบันทึกหมู่บ้านเป็นไฟล์แล้วอ่านกลับเข้ามา
