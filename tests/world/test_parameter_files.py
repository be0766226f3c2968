"""Where parameters are asked to come from: words, and tables that are taken whole or refused with the cell named."""

import csv
import hashlib
import pickle

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulation.agents.ensemble import ParameterSets, identity_of, posterior
from simulation.agents.parameters import draw, from_table
from simulation.agents.priors import CROWDING_VALUES, bounds_of
from simulation.core.errors import InputError
from simulation.world.parameter_files import MOST, parameters_of

ACTS = ("walk", "sort")


def written(path, columns, rows=30, cell=None):
    """Write a table of numbers between .1 and .4; `cell` is (row, column, text)."""
    rng = np.random.default_rng(7)
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        for i in range(rows):
            row = [repr(float(x)) for x in rng.uniform(0.1, 0.4, len(columns))]
            if cell is not None and i == cell[0] - 1:
                row[columns.index(cell[1])] = cell[2]
            out.writerow(row)
    return path


def test_the_words_mean_what_they_say_and_the_former_name_of_the_posterior_still_works():
    assert parameters_of("posterior", ACTS) == "posterior"
    assert parameters_of("default", ACTS) == "default"
    assert parameters_of("ensemble", ACTS) == "posterior"
    assert identity_of("posterior") == "ensemble"  # so what was begun under that name goes on


@pytest.mark.parametrize("asked", ["mine", "mine/"])
def test_the_folder_of_a_calibration_is_refused_with_the_table_that_is_in_it(asked, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "posterior.csv").touch()
    with pytest.raises(InputError, match=r"the folder of a calibration.*mine/posterior\.csv\.") as refused:
        parameters_of(asked, ACTS, folder=tmp_path)
    assert "mine/posterior.csv" in refused.value.th


def test_a_csv_and_a_parquet_of_the_same_numbers_are_the_same_table(tmp_path):
    found = parameters_of(written(tmp_path / "a.csv", ["member", "beta_m", "tau"]), ACTS)
    names, rows = found.members.names, found.members.rows
    table = pa.table({n: [r[i] for r in rows] for i, n in enumerate(names)})
    pq.write_table(table, tmp_path / "b.parquet")
    again = parameters_of(str(tmp_path / "b.parquet"), ACTS)
    assert again == found
    assert (again.sha256, hash(again)) == (found.sha256, hash(found))
    assert (found.name, again.name, names) == ("a.csv", "b.parquet", ("beta_m", "tau"))
    assert found.file_sha256 == hashlib.sha256((tmp_path / "a.csv").read_bytes()).hexdigest()
    assert pickle.loads(pickle.dumps(found)) == found
    assert ParameterSets.from_json(found.to_json()) == found


def test_one_digit_in_one_cell_makes_another_table(tmp_path):
    one = parameters_of(written(tmp_path / "a.csv", ["beta_m"]), ACTS)
    other = parameters_of(written(tmp_path / "b.csv", ["beta_m"], cell=(3, "beta_m", "0.30000000000000004")), ACTS)
    assert identity_of(one) != identity_of(other)
    with pytest.raises(ValueError, match="not that of its digest"):
        ParameterSets.from_json({**one.to_json(), "table": other.text})


def test_each_member_of_a_table_comes_once_before_any_comes_again(tmp_path):
    sets = parameters_of(written(tmp_path / "a.csv", ["beta_m", "w_d"], rows=37), ACTS)
    drawn = [from_table(sets, 3, r, ACTS) for r in range(74)]
    assert sorted(p.member for p in drawn[:37]) == list(range(37))
    assert [p.member for p in drawn[37:]] == [p.member for p in drawn[:37]]
    assert all((p.beta_m, p.w_d) == sets.members.rows[p.member] for p in drawn)


def test_what_a_table_lacks_is_drawn_as_without_it(tmp_path):
    sets = parameters_of(written(tmp_path / "a.csv", ["beta_m", "kappa_c"]), ACTS)
    for r in range(6):
        p, without = from_table(sets, 3, r, ACTS).row(), draw(3, r, 2).row()
        assert {k for k in p if p[k] != without[k]} <= {"member", "beta_m", "kappa_c"}
        assert p["kappa_c"] not in CROWDING_VALUES


def test_responsiveness_takes_the_place_of_the_drawn_deviate_of_all_behaviours_or_of_one(tmp_path):
    one = parameters_of(written(tmp_path / "a.csv", ["responsiveness_sort"]), ACTS)
    p = from_table(one, 3, 5, ACTS)
    assert p.responsiveness == (draw(3, 5, 2).responsiveness[0], one.members.rows[p.member][0])
    all_ = parameters_of(written(tmp_path / "b.csv", ["responsiveness", "responsiveness_walk"]), ACTS)
    q = from_table(all_, 3, 5, ACTS)
    common, walk = all_.members.rows[q.member]
    assert q.responsiveness == (walk, common)


@pytest.mark.parametrize(
    ("columns", "rows", "cell", "said"),
    [
        (["beta_m", "w_d"], 30, (3, "w_d", "4.2"), ('row 3, column "w_d"', '"4.2"', "from 0 to 3.8")),
        (["beta_m", "w_d"], 30, (3, "w_d", "nan"), ('row 3, column "w_d"', '"nan"')),
        (["beta_m", "w_d"], 30, (4, "w_d", ""), ('row 4, column "w_d"', "empty")),
        (["beta_m"], 30, (30, "beta_m", "high"), ('row 30, column "beta_m"', '"high"')),
        (["beta_m"], 30, (1, "beta_m", "inf"), ("row 1", '"inf"')),
        (["responsiveness"], 30, (1, "responsiveness", "6.5"), ("row 1", "from -6 to 6")),
        (["beta_n"], 30, None, ('"beta_n" is no parameter', "Did you mean", "Rename it or take it out")),
        (["beta_m", "weight"], 30, None, ('"weight" is no parameter', "All members count the same")),
        (["responsiveness_srot"], 30, None, ('Did you mean "responsiveness_sort"?',)),
        (
            ["responsiveness_give"],
            30,
            None,
            ('behaviour "give", which this scenario has not', "walk, sort", "learn again"),
        ),
        (["member"], 30, None, ("no column is a parameter",)),
        (["beta_m"], 19, None, ("19 rows", "20 to 10,000")),
        (["beta_m"], MOST + 1, None, ("10,001 rows", "20 to 10,000")),
        (["beta_m"], 0, None, ("no rows",)),
    ],
)
def test_a_bad_table_is_refused_with_its_file_and_the_cell_in_both_languages(tmp_path, columns, rows, cell, said):
    path = written(tmp_path / "mine.csv", columns, rows, cell)
    with pytest.raises(InputError) as found:
        parameters_of(path, ACTS)
    assert "mine.csv" in str(found.value)
    assert all(words in str(found.value) for words in said), str(found.value)
    assert "mine.csv" in found.value.th
    assert found.value.th != str(found.value)


@pytest.mark.parametrize("asked", ["gone.csv", "gone.parquet", "there/gone", "posteror", "", 3, None])
def test_what_is_no_word_and_no_file_is_refused(asked, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as found:
        parameters_of(asked, ACTS)
    assert found.value.th


def test_a_file_that_is_no_table_is_refused(tmp_path):
    for name, data in (("a.parquet", b"PAR1 no"), ("b.csv", b"\x89PNG\r\n\x1a\n\x00\x00"), ("c.csv", b"")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=name):
            parameters_of(tmp_path / name, ACTS)


def test_the_shipped_posterior_lies_within_the_bounds_of_every_parameter_and_leaves_crowding_to_its_three_values():
    found = posterior()
    assert "kappa_c" not in found.names
    for name, values in zip(found.names, np.array(found.rows).T, strict=True):
        low, high = bounds_of(name)
        assert low <= values.min() <= values.max() <= high, name


def test_parameters_that_the_posterior_tells_are_no_longer_drawn_apart(monkeypatch):
    from simulation.agents import ensemble, parameters

    first = posterior()
    wider = ensemble.Members((*first.names, "w_d", "tau_h"), tuple((*row, 1.25, 0.5) for row in first.rows))
    before = draw(3, 5, 1)
    monkeypatch.setattr(parameters, "posterior", lambda: wider)
    now = draw(3, 5, 1).row()
    assert (now["w_d"], now["tau_h"]) == (1.25, 0.5)
    assert {k for k, v in before.row().items() if v != now[k]} == {"w_d", "tau_h"}
