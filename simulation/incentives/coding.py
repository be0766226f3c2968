"""How kinds of scheme are coded as features, fixed before any outcome was looked at. One table, one test."""

from __future__ import annotations

CONTROLLING = {"cash, voucher, lottery": 1.0, "threshold": 0.75, "goods, points, team": 0.5, "the rest": 0.0}
"""c: how controlling a reward feels (Deci, Koestner, Ryan 1999, doi:10.1037/0033-2909.125.6.627).

Each kind says its own as `controlling`; charity, matches, pledges, messages and honours are 0.
"""

VISIBILITY = {
    "officials": 0.15,
    "own-rank": 0.25,
    "team": 0.30,
    "household": 0.35,
    "named-to-group": 0.70,
}
"""V by audience (Gerber, Green, Larimer 2008; Butera and others 2022). A public list of everybody is not offered."""
