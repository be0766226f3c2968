"""A world of one's own: what the tables say stands, what they do not is drawn, what is wrong is named with its place."""

import codecs
import gzip

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from simulation.core.errors import InputError, ScenarioError
from simulation.core.streams import Streams
from simulation.scenario.load import load
from simulation.world.files import own_world, read_files
from simulation.world.population import build_population
from simulation.world.social import build_graph

PEOPLE = "id,age,sex,wage,locality,organisation,sector\n" + "".join(
    f"a{i},{20 + i % 60},{('male', 'female')[i % 2]},{300 + i},{'east' if i < 40 else 'west'},{'temple' if i % 5 == 0 else ''},{'civil' if i % 5 == 0 else ''}\n"
    for i in range(80)
)
TIES = "source,target,layer\n" + "".join(
    f"a{i},a{(i * 7 + 3) % 80},{('household', 'work', 'wide')[i % 3]}\n" for i in range(80) if i != (i * 7 + 3) % 80
)


@pytest.fixture(autouse=True)
def _no_cache_of_others(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("KWAMDEE_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    (tmp_path / "ties.csv").write_text(TIES, "utf-8")
    return tmp_path


def own(**paths):
    return load("bangkok-waste").with_world(**paths)


def world_of(scenario, replicate=0):
    streams = Streams(3, replicate)
    people = build_population(scenario.world, streams)
    return people, build_graph(scenario.world, people, streams)


def mistakes(**paths):
    with pytest.raises(ScenarioError) as error:
        own(**paths)
    return [(p.file, p.line, p.key, p.text_en) for p in error.value.problems], error.value


def test_what_the_table_says_stands_row_by_row_in_every_society(folder):
    scenario = own(citizens="people.csv")
    assert scenario.world.citizens == 80
    for replicate in (0, 1):
        people, _ = world_of(scenario, replicate)
        assert people.age.tolist() == [20 + i % 60 for i in range(80)]
        assert people.sex.tolist() == [i % 2 for i in range(80)]
        assert people.wage.tolist() == [300.0 + i for i in range(80)]
        assert people.locality_names == ("east", "west")
        assert people.locality.tolist() == [0] * 40 + [1] * 40
        assert people.organisation_names == ("temple",)
        assert people.organisation.tolist() == [0 if i % 5 == 0 else -1 for i in range(80)]
        assert set(people.sector[people.organisation == 0].tolist()) == {2}
        assert people.names == tuple(f"a{i}" for i in range(80))


def test_what_the_table_does_not_say_is_drawn_from_the_margins(folder):
    scenario = own(citizens="people.csv")
    one, other = world_of(scenario, 0)[0], world_of(scenario, 1)[0]
    assert not np.array_equal(one.online, other.online)
    assert one.n_households > 20
    for house in range(one.n_households):
        assert len(set(one.locality[one.household == house].tolist())) == 1


@pytest.mark.parametrize("column", ["age", "sex", "wage", "locality", "organisation", "sector"])
def test_any_column_may_be_left_out(folder, column):
    table = pd.read_csv(folder / "people.csv").drop(columns=column)
    people, graph = world_of(own(citizens=table))
    assert people.n == graph.n == 80
    graph.validate()


def test_identifiers_alone_are_a_population(folder):
    people, graph = world_of(own(citizens=pd.DataFrame({"id": [f"x{i}" for i in range(300)]})))
    assert people.n == 300
    assert len(set(people.age.tolist())) > 20
    assert people.n_localities == 50
    graph.validate()


def test_given_ties_are_the_graph_of_every_society(folder):
    scenario = own(citizens="people.csv", ties="ties.csv")
    one, other = world_of(scenario, 0)[1], world_of(scenario, 1)[1]
    assert np.array_equal(one.indices, other.indices)
    assert one.n_ties == len({frozenset(line.split(",")[:2]) for line in TIES.splitlines()[1:]})
    first = TIES.splitlines()[1].split(",")
    assert int(first[1][1:]) in one.neighbours(int(first[0][1:])).tolist()


def test_drawn_ties_hold_households_and_localities_together_in_any_order_of_rows(folder):
    table = pd.DataFrame(
        {"id": range(600), "household": [i % 200 for i in range(600)], "locality": [i % 200 % 4 for i in range(600)]}
    )
    people, graph = world_of(own(citizens=table))
    graph.validate()
    house = people.household
    for i in range(0, 600, 37):
        assert set(np.flatnonzero(house == house[i])) - {i} <= set(graph.neighbours(i).tolist())
    near = (graph.layers & 4) > 0
    source = np.repeat(np.arange(600), graph.degree)
    assert (people.locality[source[near]] == people.locality[graph.indices[near]]).all()


def test_a_persons_luck_goes_by_the_identifier_and_not_by_the_row(folder):
    table = pd.DataFrame({"id": [f"p{i}" for i in range(200)]})
    shuffled = table.sample(frac=1, random_state=1).reset_index(drop=True)
    one, _ = world_of(own(citizens=table))
    other, _ = world_of(own(citizens=shuffled))
    ages = dict(zip(other.names, other.age.tolist(), strict=True))
    assert [ages[name] for name in one.names] == one.age.tolist()


def test_the_tables_of_organisations_and_localities_are_joined(folder):
    (folder / "orgs.csv").write_text("id,sector,locality\ntemple,public,west\nschool,civil,east\n", "utf-8")
    (folder / "places.csv").write_text("id,name,urban\nwest,ฝ่ายท่า,0\neast,ทางสาย,1\nnorth,ม้าร้อง,0\n", "utf-8")
    table = pd.read_csv(folder / "people.csv").drop(columns="sector")
    table.to_csv(folder / "people.csv", index=False)
    people, _ = world_of(own(citizens="people.csv", organisations="orgs.csv", localities="places.csv"))
    assert people.locality_names == ("ฝ่ายท่า", "ทางสาย", "ม้าร้อง")
    assert people.locality.tolist() == [1] * 40 + [0] * 40
    assert people.urban.tolist() == [1] * 40 + [0] * 40
    assert people.organisation_sector.tolist() == [0, 2]
    assert people.organisation_locality.tolist() == [0, 1]


def test_a_graph_of_networkx_is_a_world_with_its_attributes(folder):
    graph = nx.karate_club_graph()
    nx.set_node_attributes(graph, {node: 20 + node for node in graph}, "age")
    scenario = own(ties=graph)
    people, ties = world_of(scenario)
    assert people.n == 34
    assert people.age.tolist() == [20 + i for i in range(34)]
    assert ties.n_ties == graph.number_of_edges()
    assert sorted(ties.neighbours(0).tolist()) == sorted(graph.neighbors(0))
    assert any('"club"' in en for en, _ in scenario.notices)  # an attribute of its nodes that is not used is noticed


def test_graphml_as_networkx_writes_it_is_read_with_its_weights(folder):
    graph = nx.les_miserables_graph()
    nx.write_graphml(graph, folder / "miserables.graphml")
    people, ties = world_of(own(ties="miserables.graphml"))
    place = {name: i for i, name in enumerate(people.names)}
    assert ties.n_ties == graph.number_of_edges()
    for u, v, weight in graph.edges(data="weight"):
        i, j = place[u], place[v]
        assert ties.weights[ties.indptr[i] + ties.neighbours(i).tolist().index(j)] == weight


def test_weights_that_are_no_whole_numbers_are_rounded_and_it_is_said(folder):
    ties = pd.DataFrame({"source": ["a1", "a2"], "target": ["a2", "a3"], "weight": [2.4, 0.2]})
    scenario = own(citizens=pd.read_csv("people.csv"), ties=ties)
    assert sorted(world_of(scenario)[1].weights.tolist()) == [1, 1, 2, 2]
    assert any("2 weights" in en and "rounded" in en and "1 to 255" in en for en, _ in scenario.notices)
    assert all(th for _, th in scenario.notices)


@pytest.mark.parametrize("form", ["csv", "parquet", "semicolons", "tabs", "mark", "tis620", "crlf", "shouting"])
def test_the_same_table_in_any_form_is_the_same_world(folder, form):
    frame = pd.read_csv(folder / "people.csv", dtype=str).assign(locality=["บ้านทางสาย"] * 40 + ["บ้านม้าร้อง"] * 40)
    text = frame.to_csv(index=False)
    path = folder / f"form.{'parquet' if form == 'parquet' else 'csv'}"
    if form == "parquet":
        frame.to_parquet(path)
    elif form in ("semicolons", "tabs"):
        path.write_text(text.replace(",", ";" if form == "semicolons" else "\t"), "utf-8")
    else:
        raw = {"tis620": text.encode("cp874"), "mark": codecs.BOM_UTF8 + text.encode()}.get(form, text.encode())
        raw = text.replace("\n", "\r\n").encode() if form == "crlf" else raw
        raw = text.replace("id,age,sex", "ID, Age ,SEX").encode() if form == "shouting" else raw
        path.write_bytes(raw)
    scenario = own(citizens=str(path))
    people, _ = world_of(scenario)
    assert people.locality_names == ("บ้านทางสาย", "บ้านม้าร้อง")
    assert people.age.tolist() == [20 + i % 60 for i in range(80)]
    assert any("TIS-620" in en for en, _ in scenario.notices) == (form == "tis620")


def test_all_mistakes_of_all_files_are_told_at_once_with_line_and_column(folder):
    lines = PEOPLE.splitlines()
    lines[3] = "a2,abc,female,302,east,,"
    lines[5] = "a3,24,mal,304,east,,"
    lines[8] = "a7,27,female,-5,,,"
    lines[10] = "a9,29,male"
    lines[12] = "a11,12,male,311,east,,"
    (folder / "people.csv").write_text("\n".join(lines) + "\n", "utf-8")
    ties = TIES.splitlines()
    ties[2] = "a1,a999,work"
    ties[4] = "a5,a5,work"
    ties[6] = "a6,a8,wrk"
    (folder / "ties.csv").write_text("\n".join(ties) + "\n", "utf-8")
    found, error = mistakes(citizens="people.csv", ties="ties.csv")
    places = {(file, line, key) for file, line, key, _ in found}
    assert {
        ("people.csv", 4, "age"),
        ("people.csv", 6, "id"),
        ("people.csv", 6, "sex"),
        ("people.csv", 9, "wage"),
        ("people.csv", 9, "locality"),
        ("people.csv", 11, ""),
        ("people.csv", 13, "age"),
        ("ties.csv", 3, "target"),
        ("ties.csv", 5, "target"),
        ("ties.csv", 7, "layer"),
    } <= places
    assert "line 5 already" in next(text for _, line, key, text in found if (line, key) == (6, "id"))
    assert "Nothing was run" in error.render("en")
    assert "ยังไม่ได้เริ่มจำลอง" in error.render("th")
    assert "79 citizens read" in error.render("en")


def test_twenty_mistakes_are_shown_and_all_are_counted(folder):
    (folder / "people.csv").write_text("id,age\n" + "".join(f"a{i},x{i}\n" for i in range(500)), "utf-8")
    found, error = mistakes(citizens="people.csv")
    assert error.total == 500
    assert len(found) == 20
    assert "500 mistakes in people.csv (500 citizens read), the first 20 are shown" in error.render("en").replace(
        "\n", " "
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 0, "is empty"),
        ("id,age\n", 0, "a header and no rows"),
        ("id,id\na,b\n", 1, "twice"),
        ("id,\na,b\n", 1, "no name"),
        ("id,agee\na,30\n", 1, 'Did you mean "age"'),
        ('id,age\na,30\n"b,31\nc,32\n', 3, "opened and not closed"),
        ("id,age\na,30\na,31\n", 3, "stands in line 2 already"),
        ("id,age\na,\n", 2, "The cell holds no value"),
        ("id,age\na,30\n\n\nb,๓๑\n", 5, "Write 31"),
        ('id,wage\na,"1,250"\n', 2, "has a comma. Write 1250"),
        ('id,wage\na,"12,5"\n', 2, "12.5 or 125"),
        ("id,wage\na,nan\n", 2, "holds no value"),
        ("id,wage\na,inf\n", 2, "is no number"),
        ("id,wage\na,1e9\n", 2, "at most 1,000,000"),
        ("id,age\na,30.5\n", 2, "whole years"),
        ("id,age\na,14\n", 2, "Citizens are 15 or older"),
        ("id,online\na,maybe\n", 2, "is not 1 or 0"),
        ("id,sector,organisation\na,private,\n", 2, "a sector and no organisation"),
        ("id,sector,organisation\na,private,x\nb,public,x\n", 3, "An organisation has one sector"),
        ("id,household,locality\na,h,x\nb,h,y\n", 3, "lives in one locality"),
        ("id,age\na\x07,30\n", 2, "control characters"),
    ],
)
def test_each_mistake_of_a_table_names_its_line_and_what_would_be_right(folder, text, line, said):
    (folder / "people.csv").write_text(text, "utf-8")
    found, error = mistakes(citizens="people.csv")
    assert any(said in text_en.replace("\n", " ") and at == line for _, at, _, text_en in found), found
    assert all(p.text_th and p.text_th != p.text_en for p in error.problems)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"PK\x03\x04rest of a workbook", "an Excel workbook"),
        (gzip.compress(b"id\na\n", mtime=0), "a gzip archive"),
        ("id,age\na,30\n".encode("utf-16"), "UTF-16"),
        (b"id,name\na,30\nb,\xff1\n", 'byte 0xFF at line 3, column "name"'),
        (b"id\x00,age\n", "not a text file"),
        (b"PAR1 and no more", "Parquet file cannot be read"),
    ],
)
def test_a_file_that_is_no_table_is_said_to_be_none(folder, raw, said):
    (folder / "people.csv").write_bytes(raw)
    found, _ = mistakes(citizens="people.csv")
    assert said in found[0][3]


def test_a_missing_file_is_named_at_its_key_with_the_nearest(folder):
    found, _ = mistakes(citizens="peple.csv")
    (_, _, key, text) = found[0]
    assert key == "world.files.citizens"
    assert "Nearest here: people.csv" in text


def test_rows_of_a_dataframe_are_named_by_their_number(folder):
    found, _ = mistakes(citizens=pd.DataFrame({"id": ["a", "b"], "age": [30, 7]}))
    assert found[0][2] == "row 2, age"


def test_files_that_change_between_reading_and_running_are_refused(folder, monkeypatch):
    scenario = own(citizens="people.csv")
    (folder / "people.csv").write_text(PEOPLE.replace("a79", "b79"), "utf-8")
    monkeypatch.setenv("KWAMDEE_CACHE", str(folder / "another"))
    monkeypatch.setattr("simulation.world.files._in_memory", {})
    with pytest.raises(InputError, match="changed since"):
        own_world(scenario.world.files)


def test_a_world_is_read_once_and_kept_for_the_next(folder, monkeypatch):
    first, key = read_files({"citizens": str(folder / "people.csv"), "ties": str(folder / "ties.csv")})
    monkeypatch.setattr("simulation.world.files._in_memory", {})
    monkeypatch.setattr("simulation.world.files.join_world", lambda *_: pytest.fail("read again"))
    again, same = read_files({"citizens": str(folder / "people.csv"), "ties": str(folder / "ties.csv")})
    assert key == same
    assert again.names == first.names
    assert again.notices == first.notices
    assert np.array_equal(again.graph.indices, first.graph.indices)
    assert {k: v.tolist() for k, v in again.columns.items()} == {k: v.tolist() for k, v in first.columns.items()}


def test_no_half_world_is_left_where_a_table_is_wrong(folder, tmp_path_factory, monkeypatch):
    cache = tmp_path_factory.mktemp("clean")
    monkeypatch.setenv("KWAMDEE_CACHE", str(cache))
    (folder / "people.csv").write_text("id,age\na,x\n", "utf-8")
    before = sorted(folder.iterdir())
    mistakes(citizens="people.csv")
    assert sorted(folder.iterdir()) == before
    assert not [p for p in cache.rglob("*") if p.is_file()]


@pytest.mark.parametrize("text", ["one,two\n1,2\n", "p000,68,male\np001,20,female\n"])
def test_a_table_without_a_known_column_is_no_table_of_citizens(folder, text):
    (folder / "people.csv").write_text(text, "utf-8")
    found, _ = mistakes(citizens="people.csv")
    assert "Is the first line its header?" in found[0][3]


def test_a_graph_given_as_citizens_is_read_for_its_nodes(folder):
    graph = nx.Graph()
    graph.add_nodes_from([("a", {"age": 30}), ("b", {"age": 40})])
    nx.write_graphml(graph, folder / "g.graphml")
    assert world_of(own(citizens="g.graphml"))[0].age.tolist() == [30, 40]


def test_what_nodes_say_beside_a_table_is_noticed_and_not_used(folder):
    graph = nx.Graph([("a1", "a2")])
    nx.set_node_attributes(graph, 99, "age")
    nx.write_graphml(graph.to_directed(), folder / "g.graphml")
    scenario = own(citizens="people.csv", ties="g.graphml")
    assert world_of(scenario)[0].age[1] == 21
    said = " ".join(en for en, _ in scenario.notices)
    assert 'attributes of nodes in g.graphml are not used: "age"' in said
    assert "have directions" in said
    assert 'attributes of nodes in graph are not used: "age"' in str(
        own(citizens=pd.read_csv("people.csv"), ties=graph).notices
    )


def test_signs_of_nothing_name_no_organisation(folder):
    text = PEOPLE.replace("temple,civil", "nan,NA", 1).replace(",,\n", ",NaN,null\n", 1)
    (folder / "people.csv").write_text(text, "utf-8")
    people, _ = world_of(own(citizens="people.csv"))
    assert people.organisation_names == ("temple",)
    assert people.organisation[0] == people.organisation[1] == -1


def test_rows_that_are_households_of_several_are_noticed_where_households_decide(folder):
    table = pd.DataFrame({"id": ["a", "b", "c"], "household": ["h", "h", "k"]})
    bangkok = load("bangkok-waste", ["world.localities.number=1"])
    assert any('Write decider = "citizen"' in en for en, _ in bangkok.with_world(citizens=table).notices)
    alone = bangkok.with_({"world.decider": "citizen"}).with_world(citizens=table)
    assert not any("decider" in en for en, _ in alone.notices)


def test_mistakes_of_a_graph_of_networkx_name_its_nodes_and_edges(folder):
    graph = nx.Graph([("x", "y"), ("y", "y")])
    graph.nodes["x"]["age"], graph.nodes["y"]["age"] = 3, 30
    found, _ = mistakes(ties=graph)
    assert [key for _, _, key, _ in found] == ["node x, age", "edge y - y, target"]


def test_of_many_mistakes_each_file_shows_its_share(folder):
    (folder / "people.csv").write_text("id,age\n" + "".join(f"a{i},x\n" for i in range(100)), "utf-8")
    (folder / "ties.csv").write_text("source,target\n" + "".join(f"a{i},a{i}\n" for i in range(100)), "utf-8")
    found, error = mistakes(citizens="people.csv", ties="ties.csv")
    assert [sum(file == name for file, *_ in found) for name in ("people.csv", "ties.csv")] == [10, 10]
    assert error.total == 200


def test_a_scenario_keeps_its_world_whatever_becomes_of_the_files(folder):
    scenario = own(citizens="people.csv")
    (folder / "people.csv").unlink()
    assert scenario.with_({"run.weeks": 80}).world.citizens == 80
    (folder / "people.csv").write_text(PEOPLE.replace("a1,21", "a1,77"), "utf-8")
    assert world_of(scenario.with_({"run.weeks": 90}))[0].age[1] == 21
    assert world_of(scenario.with_({"world.files.citizens": "people.csv"}))[0].age[1] == 77


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({}, "at least one"),
        ({"citizens": [1, 2]}, "citizens is a list"),
        ({"citizens": nx.Graph()}, "citizens is a Graph"),
    ],
)
def test_what_is_no_table_is_said_to_be_none(tables, said):
    with pytest.raises(InputError, match=said):
        load("bangkok-waste").with_world(**tables)


def test_an_edge_list_alone_is_the_people_it_names(folder):
    for ties in ("ties.csv", pd.read_csv("ties.csv")):
        people, graph = world_of(own(ties=ties))
        assert people.names[:2] == tuple(TIES.splitlines()[i].split(",")[0] for i in (1, 2))
        assert set(people.names) == {name for line in TIES.splitlines()[1:] for name in line.split(",")[:2]}
        assert graph.n == people.n
    found, _ = mistakes(ties=pd.DataFrame({"a": ["x"], "b": ["y"]}))
    assert "Known columns: source, target" in found[0][3]
