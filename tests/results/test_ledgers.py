"""Each scheme's ledger in the tables, and what is said of cuts, waiting and false claims."""

import pytest

import simulation as kw
from simulation.reports.notes import notes, placed
from simulation.results.columns import TABLES
from simulation.results.ledgers import Money
from tests.reports.test_words import SPREAD, arm, summary

FEE = "arms.fee_discount.schemes.fee"
CUT = [
    f"{FEE}.budget_baht=9000",
    f"{FEE}.when_spent=pro-rata",
    f"{FEE}.checks.baht_per_check=0.5",
    f'{FEE}.enrolment={{mode="automatic"}}',
]
PLAIN = Money(
    paid_share=1.0, cut=None, pro_rata=False, waiting=0.0, waiting_in=0, false_share=0.0, paid_for_nothing_share=0.0,
    checking_share=0.0,
)  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    settings = ["world.citizens=300", "run.weeks=60", *CUT]
    return kw.compare("bangkok-waste", set_=settings, quick=True, replicates=3, out=tmp_path_factory.mktemp("out"))


def test_every_scheme_of_every_run_has_its_ledger(found):
    table, runs = found.summary.tables["ledgers"], found.summary.tables["runs"]
    assert list(table.columns) == [c.name for c in TABLES["ledgers"]]
    assert len(table) == len(runs)
    by_run = table.set_index(["arm", "replicate"])
    for run in runs.to_dict("records"):
        row = by_run.loc[(run["arm"], run["replicate"])]
        assert row["paid_baht"] == run["paid_baht"]
        assert row["service_baht"] + row["running_baht"] == run["running_baht"] == run["running"]
        assert row["checking_baht"] == run["checking_baht"] == run["checking"]
        assert row["paid_for_nothing_baht"] == run["paid_for_nothing"]
        assert row["closed_week"] == run["budget_closed_week"]


def test_a_cut_and_false_claims_are_counted_and_said(found):
    fee = found.summary.arm("fee_discount").money
    assert fee.pro_rata
    assert fee.cut[0] == 3
    assert 0 < fee.paid_share < 1
    assert 0 < fee.paid_for_nothing_share < 1
    assert 0 < fee.false_share < 1
    table = found.summary.tables["ledgers"].query("arm == 'fee_discount'")
    assert fee.paid_share == pytest.approx(table["paid_baht"].sum() / table["due_baht"].sum())
    assert (table["paid_baht"] + table["service_baht"]).max() <= 9000.001
    said = " ".join(notes(found.summary, "en"))
    assert f"pays {100 * fee.paid_share:.1f}% of what is due" in said
    assert "is spent before the end in 3 of 3 societies" in said
    assert "no longer covers" not in said
    assert found.summary.arm("recognition").money.cut is None


def test_an_opened_folder_says_the_same(found):
    again = kw.open(found.folder)
    assert again.summary.tables["ledgers"].equals(found.summary.tables["ledgers"])
    assert again.summary.arm("fee_discount").money == found.summary.arm("fee_discount").money


@pytest.mark.parametrize(
    ("changes", "said", "said_th"),
    [
        ({"cut": (15, 9), "paid_share": 0.78}, "Fee pays 78.0% of what is due", "จ่ายได้ร้อยละ 78.0"),
        (
            {"waiting": 41.3, "waiting_in": 12},
            "On average 41 wait at the end for a place with fee, in 12 of 20",
            "เฉลี่ย 41 ราย",
        ),
        (
            {"false_share": 0.05, "paid_for_nothing_share": 0.12},
            "12.0% of what fee pays goes to acts that were claimed and never done; they are 5.0% of the claims",
            "ร้อยละ 12.0 ของเงิน",
        ),
        ({"checking_share": 0.2}, "Checking claims is 20.0% of the cost of fee.", "ร้อยละ 20.0 ของต้นทุน"),
    ],
)
def test_each_is_said_in_both_languages_with_its_numbers(changes, said, said_th):
    s = summary(arm("fee", SPREAD + 5, money=Money(**{**vars(PLAIN), **changes})))
    assert said in " ".join(notes(s, "en"))
    assert said_th in " ".join(notes(s, "th"))
    assert said not in " ".join(notes(summary(arm("fee", SPREAD + 5, money=PLAIN)), "en"))


def test_a_cut_is_grave_and_stands_with_the_answer():
    s = summary(arm("fee", SPREAD + 5, money=Money(**{**vars(PLAIN), "cut": (15, 9), "paid_share": 0.78})))
    assert "78.0%" in placed(s, "en")["grave"][0]
