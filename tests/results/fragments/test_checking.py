import json
import shutil

import numpy as np
import pyarrow.parquet as pq
import pytest
from pandas.testing import assert_frame_equal

from simulation.core.errors import InputError
from simulation.results.fragments.checking import verify
from simulation.results.fragments.layout import Layout
from simulation.results.fragments.store import Store
from tests.results.fragments.studies import ARMS, LAYOUT, begun, filled, manifest, row, rows, table


@pytest.fixture
def study(tmp_path):
    """A whole study of 20 tasks in 10 fragments."""
    return filled(tmp_path / "s").folder


def named(folder):
    return [f.file for f in verify(folder).findings if f.grave]


def snapshot(folder):
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def recomputed(folder):
    """Go on with the study as a driver does: run what is not kept; return the table and how many tasks that were."""
    store = Store(folder, thorough=True)
    store.begin(manifest())
    missing = np.flatnonzero(~store.kept())
    if len(missing):
        store.write("runs", rows(missing.tolist(), pid=2))
    return table(Store(folder)), len(missing)


def test_a_whole_study_has_no_findings_and_checking_changes_nothing(study):
    before = snapshot(study)
    found = verify(study)
    assert found.findings == ()
    assert found.whole
    assert (found.fragments, found.tasks, found.kept, found.runs) == (10, 20, 20, 60)
    assert snapshot(study) == before


@pytest.mark.parametrize("part", range(20))
def test_a_truncated_fragment_is_named_the_rest_is_shown_and_only_it_is_run_again(study, part):
    whole, path = table(Store(study)), Store(study).fragments()[3].path
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * part // 20])
    name = f"runs/{path.name}"
    assert named(study) == [name, "."]
    shown = Store(study)
    assert_frame_equal(table(shown), whole[~whole.index.isin(range(18, 24))].reset_index(drop=True))
    assert [p.name for p in shown.damaged] == [path.name]
    found, again = recomputed(study)
    assert again == 2
    assert_frame_equal(found, whole, check_exact=True)
    assert path.read_bytes() == data[: len(data) * part // 20]


def test_a_flipped_byte_anywhere_is_noticed(study):
    whole, path = table(Store(study)), Store(study).fragments()[0].path
    data = path.read_bytes()
    for at in np.linspace(0, len(data) - 1, 8).astype(int):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert f"runs/{path.name}" in named(study)
        assert len(table(Store(study))) == len(whole) - 6
    assert recomputed(study)[1] == 2


def test_a_byte_that_flips_in_a_store_too_large_to_check_whole_is_noticed_where_it_is_read(study, monkeypatch):
    monkeypatch.setattr("simulation.results.fragments.reading.ALWAYS_CHECKED", 0)
    path, whole = Store(study).fragments()[0].path, table(Store(study))
    data, schema = path.read_bytes(), Store(study).layout.schema("runs")
    column = pq.ParquetFile(path).metadata.row_group(0).column(schema.get_field_index("effect_pp"))
    noticed = 0
    for at in range(column.data_page_offset, column.data_page_offset + column.total_compressed_size, 3):
        path.write_bytes(data[:at] + bytes([data[at] ^ 16]) + data[at + 1 :])
        store = Store(study)
        found = store.frame(["effect_pp"])
        noticed += bool(store.damaged)
        assert store.damaged or found["effect_pp"].equals(whole["effect_pp"]), f"byte {at}"
    assert noticed > 20


def test_a_deleted_fragment_is_missed_and_run_again(study):
    whole = table(Store(study))
    Store(study).fragments()[5].path.unlink()
    assert (
        verify(study).findings[0].text_en == "2 of 20 tasks of the design are not there, or not with every arm: 10-11"
    )
    found, again = recomputed(study)
    assert again == 2
    assert_frame_equal(found, whole, check_exact=True)


def test_a_duplicated_fragment_counts_once_and_its_copy_is_named(study):
    whole, first = table(Store(study)), Store(study).fragments()[0].path
    shutil.copy(first, first.with_name(f"copy of {first.name}"))
    shutil.copy(first, first.with_name(first.name.replace("000000000", "000000099")))
    assert named(study) == [f"runs/copy of {first.name}"]
    assert "6 runs stand twice and count once" in [f.text_en for f in verify(study).findings]
    found, again = recomputed(study)
    assert again == 0
    assert_frame_equal(found, whole, check_exact=True)


def test_runs_that_stand_twice_and_differ_are_named(study):
    Store(study).write("runs", [row(0, "fee", effect_pp=9.0)])
    assert "1 runs stand twice and differ; the first of each is read" in [f.text_en for f in verify(study).findings]


def test_foreign_files_are_named_and_never_touched(study):
    whole = table(Store(study))
    strange = [
        study / "runs" / "notes.txt",
        study / "runs" / "x.parquet",
        study / "failed" / ".DS_Store",
        study / "mine.csv",
    ]
    for path in strange:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"mine")
    found = {f.file: f.grave for f in verify(study).findings}
    assert found == {"runs/notes.txt": True, "runs/x.parquet": True, "failed/.DS_Store": True, "mine.csv": False}
    Store(study).clean()
    assert_frame_equal(recomputed(study)[0], whole)
    assert [p.read_bytes() for p in strange] == [b"mine"] * 4


@pytest.mark.parametrize("text", [None, "", "{", "[]", '{"kind": "study", "format": 1}', "\x00" * 100])
def test_a_manifest_that_is_gone_empty_or_damaged_comes_back_from_any_fragment(study, text):
    path, whole = study / "manifest.json", table(Store(study))
    before = path.read_bytes()
    if text is None:
        path.unlink()
    else:
        path.write_text(text)
    assert named(study) == ["manifest.json"]
    assert_frame_equal(table(Store(study)), whole)
    assert recomputed(study)[1] == 0
    assert path.read_bytes() == before
    assert verify(study).whole


def test_a_value_of_the_manifest_that_was_changed_by_hand_is_not_believed(study):
    path = study / "manifest.json"
    found = json.loads(path.read_text())
    found["layout"]["replicates"] = 3
    path.write_text(json.dumps(found))
    assert named(study) == ["manifest.json"]
    assert Store(study).kept().sum() == 20


def test_a_study_is_whole_wherever_it_was_moved_and_zipped(study, tmp_path):
    whole = table(Store(study))
    archive = shutil.make_archive(str(tmp_path / "a"), "zip", study)
    study.rename(tmp_path / "moved")
    shutil.unpack_archive(archive, tmp_path / "else" / "where")
    for place in (tmp_path / "moved", tmp_path / "else" / "where"):
        assert verify(place).findings == ()
        assert_frame_equal(table(Store(place)), whole, check_exact=True)
        assert recomputed(place)[1] == 0


def test_what_a_killed_writer_left_is_told_and_removed_by_whoever_goes_on(study):
    part = study / "runs" / f".{Store(study).fragments()[0].path.name}.part"
    part.write_bytes(b"half")
    found = verify(study)
    assert found.whole
    assert [f.file for f in found.findings] == [f"runs/{part.name}"]
    assert Store(study).clean() == 1
    assert not part.exists()


def test_failed_runs_are_told_and_are_not_missing(tmp_path):
    store = filled(tmp_path / "s", Layout(ARMS, 4, 5, LAYOUT.factors))
    store.fragments()[9].path.unlink()
    store.write("failed", [row(t, a, status="failed") for t in (18, 19) for a in ARMS])
    found = verify(store.folder)
    assert found.whole
    assert [f.render() for f in found.findings] == ["6 runs failed; going on with the study tries again"]


def test_where_a_target_decides_only_gaps_below_the_last_society_of_a_point_are_missing(tmp_path):
    store = begun(tmp_path / "s", Layout(ARMS, 4, 5, LAYOUT.factors, least=2))
    store.write("runs", rows([0, 1, 5, 6, 8, 10]))
    (finding,) = verify(store.folder).findings
    assert finding.text_en.endswith("every arm: 7, 11, 15-16")


def test_a_folder_without_a_study_is_refused_in_both_languages(tmp_path):
    for folder, th in ((tmp_path / "nowhere", "ไม่มีโฟลเดอร์นี้"), (tmp_path, "ไม่มีการศึกษา")):
        with pytest.raises(InputError) as caught:
            verify(folder)
        assert th in caught.value.th
