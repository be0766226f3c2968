"""A version of the law: what it computes counts, what is said beside it does not."""

from simulation.studies.evidence.law_code import law_digest, meaning_of

CODE = '''
"""A law."""
CAP = 3.8
"""Of habit."""


def habit(w):
    """Hold it below the cap."""
    return min(w, CAP)  # for stability
'''


def test_only_what_is_computed_makes_a_version():
    same = (
        CODE.replace("# for stability", "")
        .replace("Hold it", "Keep it")
        .replace("(w, CAP)", "(\n        w, CAP\n    )")
    )
    assert same != CODE
    assert meaning_of(same) == meaning_of(CODE)
    for other in (CODE.replace("3.8", "3.9"), CODE.replace("min", "max")):
        assert meaning_of(other) != meaning_of(CODE)
    assert len(law_digest()) == 64
