"""What is said of one key or table of the format in Thai, and in English where its class has no words of its own."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """A key's title and meaning in Thai; its unit and its meaning in English where the class does not say them."""

    title_th: str
    th: str
    en: str = ""
    unit: str = ""
