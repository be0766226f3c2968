"""The examples in the docstrings of every public name run, and say what they say."""

import doctest
import importlib
import inspect

import pytest

import simulation as kw

PLACES = sorted({(kw._WHERE[name], name) for name in kw.__all__})
WITHOUT = {
    "Comparison", "Run", "SocialModel", "Citizen", "Organisation", "Locality", "InputError", "ScenarioError", "Story",
    "Explanation", "SchemeInMesa", "viz", "FolderInUse", "StorageError", "Stopped", "ContractError", "Progress",
    "Sweep", "Sensitivity", "Rerun", "RunFailed", "Evidence", "evidence", "Learned", "calibrate",
}  # fmt: skip
"""Classes that a function gives or raises, whose example shows them; what docs/mesa.md shows; what needs an extra, or parameters."""


def examples(module, name):
    value = getattr(importlib.import_module(module), name)
    found = doctest.DocTestFinder(recurse=inspect.isclass(value)).find(value, name, globs={})
    return [test for test in found if test.examples]


@pytest.mark.parametrize(("module", "name"), PLACES, ids=[name for _, name in PLACES])
def test_the_examples_of_a_public_name_run(module, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = examples(module, name)
    assert found or name in WITHOUT, f"kw.{name} shows no example"
    said = []
    for test in found:
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert said == []
