"""Which law and which sampler made a chain: a digest of the code of both, for a chain to be resumed by the same alone."""

from __future__ import annotations

import ast
import hashlib
import json
from functools import cache
from pathlib import Path

from simulation.studies.evidence import kernel, posterior


@cache
def law_digest() -> str:
    """Return the sha256 of the code of the law over many rows, of priors, likelihood and sampler, and of their caps.

    Comments, docstrings and how lines are broken do not count.
    """
    codes = [meaning_of(Path(str(module.__file__)).read_text("utf-8")) for module in (kernel, posterior)]
    text = json.dumps([*codes, posterior.CAPS], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def meaning_of(source: str) -> str:
    """Return Python source as its syntax tree, without the texts that stand alone."""
    return ast.dump(_Unsaid().visit(ast.parse(source)))


class _Unsaid(ast.NodeTransformer):
    """Takes out expressions that are a constant alone: what they say bears on nothing."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        return None if isinstance(node.value, ast.Constant) else node
