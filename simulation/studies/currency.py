"""Amounts of a study in its own currency: sentences that say baht say that instead."""

from __future__ import annotations

import re

_BAHT = re.compile(r"\bbaht\b")


def in_currency(en: str, th: str, currency: str | None) -> tuple[str, str]:
    """Return a sentence in both languages with the study's currency for baht, as it is where it has none."""
    return (en, th) if currency is None else (currency.join(_BAHT.split(en)), th.replace("บาท", currency))
