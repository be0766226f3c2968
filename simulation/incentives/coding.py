"""How kinds of scheme are coded as features, fixed before any outcome was looked at. One table, one test."""

from __future__ import annotations

CONTROLLING = {
    "points": 0.5,
    "prize_draw": 1.0,
    "recognition": 0.0,
    "comparison": 0.0,
    "collective_goal": 0.0,
    "fee_discount": 0.75,
    "matched_giving": 0.0,
}
"""c: how controlling the reward feels (Deci, Koestner, Ryan 1999): cash and lottery 1, thresholds .75, points .5."""

VISIBILITY = {
    "officials": 0.15,
    "own-rank": 0.25,
    "team": 0.30,
    "household": 0.35,
    "named-to-group": 0.70,
}
"""V by audience (Gerber, Green, Larimer 2008; Butera and others 2022). A public list of everybody is not offered."""
