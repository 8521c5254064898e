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


def test_a_stub_without_its_check_is_refused(tmp_path):
    path = tmp_path / "01_x.py"
    path.write_text(SOURCE.replace('check("f")', ""))
    with pytest.raises(GraderFault, match="one solution cell and one check cell"):
        build_notebook(path, {"f": 5})
