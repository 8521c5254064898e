"""What students get: built from the sources, nothing more, nothing less."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.authoring.build import build_stage, sources_digest
from autograder.course import Course
from autograder.notebook.read import cell_source
from autograder.recording import Recording
from autograder.stage import load_stage

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT)


def solution_lines(stage: str) -> set[str]:
    """The telling lines inside solution regions, but for those that the hints give away."""
    text = (COURSE.sources(stage) / f"{stage}.py").read_text()
    regions = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", text, re.DOTALL)
    outside = re.sub(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", "", text, flags=re.DOTALL)
    outside += str(load_stage(COURSE.sources(stage)).hints)
    lines = {line.strip() for region in regions for line in region.split("\n")}
    return {line for line in lines if len(line) > 30 and line not in outside}


@pytest.mark.parametrize("stage", COURSE.stages)
def test_a_release_holds_no_solution(stage):
    for path in COURSE.release(stage).iterdir():
        text = path.read_bytes().decode(errors="ignore")
        if path.suffix == ".ipynb":
            text = "\n".join(cell_source(cell) for cell in json.loads(text)["cells"])
        if path.suffix == ".bin":
            text = str(Recording.load(path))
        found = [line for line in solution_lines(stage) if line in text]
        assert not found, f"{path} shows {found[0]!r}"
        assert "BEGIN SOLUTION" not in text


@pytest.mark.parametrize("stage", COURSE.stages)
def test_a_release_holds_just_its_files(stage):
    names = {path.name for path in COURSE.release(stage).iterdir() if path.name != "__pycache__"}
    assert names == {f"{stage}.ipynb", f"test_{stage}.py", "expected.bin"}


@pytest.mark.parametrize("stage", COURSE.stages)
def test_a_release_was_built_after_the_last_change_of_its_sources(stage):
    """The quick part of the next test: `make lint` runs it."""
    released = Recording.load(COURSE.release(stage) / "expected.bin")
    assert released.sources == sources_digest(COURSE, stage), f"say `jaxercise build {stage}` and commit assignments/"


@pytest.mark.parametrize("stage", COURSE.stages)
def test_releases_are_what_the_sources_build(stage, tmp_path):
    """Drift: a fresh build of the same sources has the same bytes."""
    for part in ("solutions", "assignments", "tests/bank"):
        (tmp_path / part).mkdir(parents=True, exist_ok=True)
    source, release = COURSE.sources(stage), COURSE.release(stage)
    copy = tmp_path / "solutions" / stage
    copy.mkdir()
    for path in source.glob("*.py"):
        (copy / path.name).write_bytes(path.read_bytes())
    (tmp_path / "tests" / "bank" / stage).symlink_to(COURSE.bank(stage))
    (tmp_path / "assignments" / stage).mkdir()
    (tmp_path / "assignments" / stage / "expected.bin").write_bytes((release / "expected.bin").read_bytes())
    for name in ("course.yml", "nbgrader_config.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    build_stage(Course.load(tmp_path), stage)
    for name in (f"{stage}.ipynb", f"test_{stage}.py", "expected.bin"):
        assert (tmp_path / "assignments" / stage / name).read_bytes() == (release / name).read_bytes(), name


def test_the_wheel_holds_the_kit_and_the_data_and_no_solution(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = zipfile.ZipFile(wheel)
    names = packed.namelist()
    assert all(name.split("/")[0] in ("autograder", "jaxercise-0.1.0.dist-info") for name in names)
    assert any(name.endswith("exercises.html") for name in names)
    assert any("digits" in name for name in names)
    text = "".join(packed.read(name).decode(errors="ignore") for name in names)
    assert [line for stage in COURSE.stages for line in solution_lines(stage) if line in text] == []


@pytest.mark.parametrize("stage", COURSE.stages)
def test_what_a_stub_promises_fits_into_a_notebook(stage):
    """JupyterLab shows about 100 columns beside its side bar; what is further right is not read."""
    notebook = json.loads((COURSE.release(stage) / f"{stage}.ipynb").read_text())
    for cell in notebook["cells"]:
        source = cell_source(cell)
        if "raise NotImplementedError" in source:
            wide = [line for line in source.splitlines() if len(line) > 100]
            assert not wide, wide
