import json

from tests.results.fragments.studies import filled


def test_a_whole_study_is_said_to_be_whole(command, tmp_path):
    done = command("verify", filled(tmp_path / "s").folder)
    assert done.code == 0
    assert done.out == "Whole: 20 of 20 tasks kept, 60 runs; every byte of 10 fragments was looked at.\n"


def test_every_damaged_file_is_one_line_and_the_command_ends_with_2(command, tmp_path):
    store = filled(tmp_path / "s")
    hurt, gone = store.fragments()[0].path, store.fragments()[4].path
    hurt.write_bytes(hurt.read_bytes()[:100])
    gone.unlink()
    done = command("verify", store.folder)
    assert done.code == 2
    assert done.out.splitlines() == [
        f"runs/{hurt.name}: its bytes are not those that its name promises",
        "4 of 20 tasks of the design are not there, or not with every arm: 0-1, 8-9",
        "Not whole: 16 of 20 tasks kept, 48 runs; every byte of 9 fragments was looked at.",
    ]
    thai = command("verify", store.folder, "--lang", "th").out.splitlines()
    assert thai[0] == f"runs/{hurt.name}: ข้อมูลในไฟล์ไม่ตรงกับที่ชื่อไฟล์ระบุ"
    assert len(thai) == 3
    found = json.loads(command("verify", store.folder, "--json").out)
    assert (found["whole"], [f["file"] for f in found["findings"]]) == (False, [f"runs/{hurt.name}", "."])


def test_a_folder_without_a_study_is_an_error_that_says_so(command, tmp_path):
    for folder, said in ((tmp_path / "nowhere", "no such folder"), (tmp_path, "holds no study")):
        done = command("verify", folder)
        assert done.code == 2
        assert said in done.err
        assert "Traceback" not in done.err
