"""GraphML that is broken says where: the line, the element, how much was read up to there."""

import pytest

from simulation.core.errors import ScenarioError
from simulation.scenario.load import load

HEAD = '<?xml version="1.0"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n<key id="d0" for="node" attr.name="age" attr.type="long"/>\n'
BODY = (
    '<graph edgedefault="undirected">\n<node id="a"><data key="d0">30</data></node>\n<node id="b"><data key="d0">40</data></node>\n'
    '<edge source="a" target="b"/>\n</graph>\n</graphml>\n'
)


def mistakes(tmp_path, text):
    path = tmp_path / "village.graphml"
    path.write_text(text, "utf-8")
    with pytest.raises(ScenarioError) as error:
        load("bangkok-waste").with_world(ties=path)
    assert all(p.text_th for p in error.value.problems)
    return [(p.line, p.text_en.replace("\n", " ")) for p in error.value.problems]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            HEAD + BODY[: BODY.index('target="b"')],
            7,
            "ends inside <edge>. Was it copied completely? It has 2 nodes and 0 ties",
        ),
        (HEAD + BODY[: BODY.index("</graph>")], 8, "ends inside <graph>"),
        (HEAD + BODY.replace("</node>", "</nod>", 1), 5, "no XML"),
        ("just words\n", 1, "no XML"),
        (HEAD.replace('"1.0"', '"1.0" encoding="udf-8"') + BODY.replace(">40<", ">x<"), 6, "no number"),
        ("<graphml></graphml>", 0, "no <graph>"),
        (HEAD + BODY.replace('target="b"', 'target="c"'), 7, 'Citizen "c" is not in'),
        (HEAD + BODY.replace('source="a" ', ""), 7, "The cell holds no value"),
        (HEAD + BODY.replace('target="b"', 'target="a"'), 7, "to itself"),
        (HEAD + BODY.replace('id="b"', 'id="a"'), 6, "stands in line 5 already"),
        (HEAD + BODY.replace(">40<", ">forty<"), 6, '"forty" is no number'),
        (HEAD + BODY.replace('key="d0">40', 'key="d9">40'), 6, "which no <key> declares"),
        (HEAD + BODY.replace("</graph>", "</graph><graph></graph>"), 8, "second <graph>"),
        (HEAD + BODY.replace('<edge source="a" target="b"/>', "<hyperedge/>"), 7, "two ends"),
        ('<?xml version="1.0"?>\n<!DOCTYPE g [<!ENTITY a "b">]>\n<graphml></graphml>', 2, "declares entities"),
    ],
)
def test_a_broken_graph_names_its_line(tmp_path, text, line, said):
    found = mistakes(tmp_path, text)
    assert any(at == line and said in what for at, what in found), found


def test_a_default_of_a_key_holds_for_nodes_that_say_nothing(tmp_path):
    path = tmp_path / "g.graphml"
    key = '<key id="d0" for="node" attr.name="age" attr.type="long"><default>55</default></key>'
    text = HEAD.replace('<key id="d0" for="node" attr.name="age" attr.type="long"/>', key)
    path.write_text(text + BODY.replace('<data key="d0">40</data>', ""), "utf-8")
    from simulation.world.files import own_world

    scenario = load("bangkok-waste").with_world(ties=path)
    assert own_world(scenario.world.files).columns["age"].tolist() == [30.0, 55.0]
