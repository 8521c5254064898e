"""Reading what students hand in, from whatever tool."""

import json
import os

import pytest

from autograder.notebook.cells import plain_python
from autograder.notebook.read import Unreadable, find_stage, read_cells

STAGES = {"01_tiny": ["double", "total"], "02_other": ["train", "total", "more"]}


def notebook(*sources: object, **top: object) -> str:
    cells = [{"cell_type": "code", "metadata": {}, "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | top)


@pytest.fixture
def write(tmp_path):
    def write(text: str | bytes, name: str = "x.ipynb"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_sources_may_be_text_or_lines(write):
    path = write(notebook("def double(x):\n  pass", ["def total(x):\n", "  pass"]))
    assert [cell.label for cell in read_cells(path, STAGES["01_tiny"])] == ["double", "total"]


def test_nbformat_3_is_read(write):
    sheet = {"cells": [{"cell_type": "code", "input": "def double(x): pass"}]}
    path = write(json.dumps({"worksheets": [sheet], "nbformat": 3}))
    assert [cell.label for cell in read_cells(path, ["double"])] == ["double"]


def test_a_byte_order_mark_is_no_problem(write):
    assert read_cells(write(b"\xef\xbb\xbf" + notebook("x = 1").encode()), [])[0].source == "x = 1"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"cells": [', "line 1, column 12"),
        ("[]", "its JSON is a list"),
        ('{"metadata": {}}', "no list of cells"),
        ('{"cells": 3}', "no list of cells"),
        ('{"worksheets": 5}', "no list of cells"),
        ('{"worksheets": ["x", {"cells": 5}]}', "no list of cells"),
        ("[" * 100_000, "nested too deep"),
        (b"\xff\xfe\x00", "no UTF-8"),
        ("", "line 1"),
        ('{"cells": [], "nbformat": ' + 10_000 * "9" + "}", "digits"),
    ],
)
def test_a_file_that_is_no_notebook_says_why(write, content, why):
    path = write(content)
    with pytest.raises(Unreadable, match=why) as caught:
        read_cells(path, [])
    assert "x.ipynb" in str(caught.value)


@pytest.mark.parametrize("cells", [[None, 3, {"cell_type": "code"}, {"cell_type": "code", "source": {"a": 1}}]])
def test_odd_cells_are_passed_over(write, cells):
    read_cells(write(json.dumps({"cells": cells})), [])


@pytest.mark.parametrize("odd", [200_000 * "\n", "\n" + 200_000 * " " + "z\n"], ids=["lines", "spaces"])
def test_many_blanks_are_read_at_once(write, odd):
    """By the length of the text: by its square, each takes minutes."""
    [cell] = read_cells(write(notebook(f"x = 1{odd}# then\n%ls")), STAGES["01_tiny"])
    assert find_stage(write(f"{odd}\ndef more(): pass", "a.py"), STAGES) == "02_other"
    assert "%ls" not in plain_python(cell.source)


def test_half_a_surrogate_pair_is_written_out(write):
    [cell] = read_cells(write(notebook("x = '\ud83d'")), [])
    assert cell.source == r"x = '\ud83d'"


def test_links_and_pipes_are_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "link.ipynb").symlink_to("/etc/passwd")
    for name in ("pipe.ipynb", "link.ipynb"):
        with pytest.raises(Unreadable, match="no ordinary file"):
            read_cells(tmp_path / name, [])


def test_the_stage_is_found_by_name_or_by_stubs(write):
    assert find_stage(write("x = 1", "01_tiny.py"), STAGES) == "01_tiny"
    assert find_stage(write("def double(x): pass", "hw.py"), STAGES) == "01_tiny"
    assert find_stage(write("train = 3\ndef more(): pass", "hw2.py"), STAGES) == "02_other"
    with pytest.raises(Unreadable, match="--stage"):
        find_stage(write("def total(): pass", "hw3.py"), STAGES)
    with pytest.raises(Unreadable, match="none"):
        find_stage(write("x = 1", "hw4.py"), STAGES)
