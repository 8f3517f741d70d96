"""YAML keeps its line numbers, and ids and codes stay text."""

import pytest

from bot.errors import Fault
from bot.yaml_lines import LinedYaml, read_yaml
from tests.small_files import write


def read(tmp_path, text: str):
    return read_yaml(write(tmp_path / "a" / "file.yml", text), tmp_path)


def test_each_key_and_item_knows_its_line(tmp_path):
    lined = read(tmp_path, "# words\na: 1\nb:\n  - x\n  - y\nc: {d: [p, q]}\n")
    assert lined.file == "a/file.yml"
    assert lined.line(("a",)) == 2
    assert lined.line(("b", 1)) == 5
    assert lined.line(("c", "d", 0)) == 6


def test_a_key_that_is_not_there_points_at_its_nearest_parent(tmp_path):
    lined = read(tmp_path, "# words\na:\n  b: 1\n")
    assert lined.line(("a", "missing", 3)) == 2
    assert lined.line(("nothing",)) == 2
    assert lined.fault(("a", "b"), "is wrong") == Fault("a/file.yml", 3, "is wrong")


def test_codes_and_country_like_words_stay_text(tmp_path):
    data = read(tmp_path, "no: no\n0181: 0771\nsv: yes\nd: 2026-11-01\nf: 1.5\nx: on\n").data
    assert data == {
        "no": "no",
        "0181": "0771",
        "sv": "yes",
        "d": "2026-11-01",
        "f": "1.5",
        "x": "on",
    }


def test_true_false_and_nothing_are_read_as_such(tmp_path):
    assert read(tmp_path, "a: true\nb: False\nc:\nd: null\ne: ''\nf: 'true'\n").data == {
        "a": True,
        "b": False,
        "c": None,
        "d": None,
        "e": "",
        "f": "true",
    }


def test_an_empty_file_holds_nothing(tmp_path):
    lined = read(tmp_path, "# only words\n")
    assert isinstance(lined, LinedYaml)
    assert (lined.data, lined.line(("a",))) == (None, 1)


def test_a_doubled_key_is_a_fault_at_its_second_line(tmp_path):
    assert read(tmp_path, "a: 1\nb: 2\na: 3\n") == Fault(
        "a/file.yml", 3, "key 'a' stands here twice"
    )


@pytest.mark.parametrize(
    "text", ["a: [1\n", "a: b: c\n", "\tx: 1\n", "a: 'open\n", "a: *nobody\n", "%x\n", "a: \x07\n"]
)
def test_broken_yaml_is_a_fault_that_says_so(tmp_path, text):
    fault = read(tmp_path, text)
    assert isinstance(fault, Fault)
    assert "not valid YAML" in fault.message


# Found a bug in yaml_lines.py: _build follows the alias for ever (RecursionError).
def test_an_alias_to_itself_is_a_fault_not_a_crash(tmp_path):
    fault = read(tmp_path, "a: &me [*me]\n")
    assert isinstance(fault, Fault)


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    fault = read_yaml(tmp_path / "none.yml", tmp_path)
    assert isinstance(fault, Fault)
    assert fault.file == "none.yml"


def test_a_folder_named_like_a_file_is_a_fault(tmp_path):
    (tmp_path / "x.yml").mkdir()
    assert isinstance(read_yaml(tmp_path / "x.yml", tmp_path), Fault)
