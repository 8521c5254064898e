"""Every released notebook runs top to bottom in a real kernel, untouched, and says "not attempted"."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.course import Course

ROOT = Path(__file__).parents[2]
STAGES = Course.load(ROOT).stages


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("stage", STAGES)
def test_the_untouched_notebook_runs(stage):
    folder = ROOT / "assignments" / stage
    notebook = nbformat.read(folder / f"{stage}.ipynb", as_version=4)
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    shown = [
        output.get("data", {}).get("text/html", "") for cell in notebook.cells for output in cell.get("outputs", [])
    ]
    verdicts = [html for html in shown if 'data-state="' in html]
    assert len(verdicts) == len(STAGES[stage].exercises)
    assert all('data-state="not_attempted"' in html for html in verdicts)
