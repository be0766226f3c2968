import numpy as np
import pytest

from simulation.core.table import Column, Table


def test_a_second_claim_to_a_column_names_both_writers():
    twice = (
        Column("habit", np.float32, "share", "excess habit", "learn"),
        Column("habit", np.float32, "share", "excess habit", "decide"),
    )
    with pytest.raises(ValueError, match=r"'habit'.*'learn'.*'decide'"):
        Table(twice, {"behaviour": 1, "citizen": 2})


def test_columns_have_the_declared_shape_type_and_start():
    table = Table((Column("odds", np.float32, "ratio", "x", "decide", ("citizen",), 1.0),), {"citizen": 3})
    assert table.odds.dtype == np.float32
    assert table["odds"].tolist() == [1, 1, 1]
    assert table.describe()[0]["unit"] == "ratio"
    with pytest.raises(AttributeError):
        _ = table.no_such_column
