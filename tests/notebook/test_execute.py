"""Every notebook runs top to bottom in a real kernel: untouched it says "not attempted", solved it says "passed"."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.course import Course
from autograder.notebook.build import build_notebook

ROOT = Path(__file__).parents[2]
STAGES = Course.load(ROOT).stages
pytestmark = pytest.mark.filterwarnings("ignore")


def verdicts(notebook: NotebookNode, stage: str) -> list[str]:
    """What the check cells show when the notebook is run in the assignment's folder."""
    resources = {"metadata": {"path": str(ROOT / "assignments" / stage)}}
    NotebookClient(notebook, timeout=600, kernel_name="python3", resources=resources).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    shown = [output.get("data", {}).get("text/html", "") for output in outputs]
    return [html for html in shown if 'data-state="' in html]


@pytest.mark.parametrize("stage", STAGES)
def test_the_untouched_notebook_runs(stage):
    notebook = nbformat.read(ROOT / "assignments" / stage / f"{stage}.ipynb", as_version=4)
    found = verdicts(notebook, stage)
    assert len(found) == len(STAGES[stage].exercises)
    assert all('data-state="not_attempted"' in html for html in found)


@pytest.mark.parametrize("stage", STAGES)
def test_the_solved_notebook_runs(stage):
    """So the expected values, recorded on another machine and perhaps with another release of JAX, hold here too."""
    source = ROOT / "solutions" / stage / f"{stage}.py"
    notebook = nbformat.reads(build_notebook(source, STAGES[stage].exercises), as_version=4)
    found = verdicts(notebook, stage)
    assert len(found) == len(STAGES[stage].exercises)
    failed = [re.sub("<[^>]+>", " ", html) for html in found if 'data-state="passed"' not in html]
    assert not failed, failed[0]
