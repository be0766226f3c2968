"""What of the extra `studies` a function needs, asked for before anything is computed."""

from __future__ import annotations

from importlib.util import find_spec

from simulation.core.errors import InputError

LIBRARIES = {"scipy": "scipy", "SALib": "SALib", "sklearn": "scikit-learn"}
"""Module and the name under which it is installed."""


def need(*modules: str) -> None:
    """Raise InputError unless the libraries can be imported; it says how to install them."""
    missing = [LIBRARIES.get(m, m) for m in modules if find_spec(m) is None]
    if missing:
        names = ", ".join(missing)
        raise InputError(
            f'This needs {names}, which is not installed: pip install "kwamdee[studies]".',
            f'ส่วนนี้ต้องใช้ {names} ซึ่งยังไม่ได้ติดตั้ง ให้ติดตั้งด้วย pip install "kwamdee[studies]"',
        )
