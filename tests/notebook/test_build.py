"""From a percent source to nbgrader's notebook."""

import json

import pytest

from autograder.notebook.build import build_notebook
from autograder.player import GraderFault

SOURCE = """# %% [markdown]
# # Title

# %%
import jax

# %%
def f(x):
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION

# %%
check("f")
"""


def test_the_same_source_gives_the_same_bytes(tmp_path):
    path = tmp_path / "01_x.py"
    path.write_text(SOURCE)
    assert build_notebook(path, {"f": 5}) == build_notebook(path, {"f": 5})


def test_solution_and_check_cells_get_their_metadata(tmp_path):
    path = tmp_path / "01_x.py"
    path.write_text(SOURCE)
    cells = json.loads(build_notebook(path, {"f": 5}))["cells"]
    graded = {c["metadata"]["nbgrader"]["grade_id"]: c["metadata"]["nbgrader"] for c in cells if c["metadata"]}
    assert graded["f"]["solution"]
    assert not graded["f"]["grade"]
    assert graded["f-check"]["points"] == 5
    assert graded["f-check"]["locked"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('check("f")', "", "f has 1 and 0"),
        ("    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION", "    return x", "f has 0 and 1"),
        ('check("f")', 'check("g")', r'check\("g"\) names no stub of course\.yml'),
    ],
    ids=["no check", "no solution", "misspelt"],
)
def test_a_stub_needs_its_two_cells(tmp_path, old, new, why):
    path = tmp_path / "01_x.py"
    path.write_text(SOURCE.replace(old, new))
    with pytest.raises(GraderFault, match=why):
        build_notebook(path, {"f": 5})
