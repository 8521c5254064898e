"""A stage as graders see it: its checks, lessons and recorded public values, read from one folder."""

import math
import sys
import types
from dataclasses import dataclass, field
from pathlib import Path

from autograder.checks import lessons as common
from autograder.checks.exercise import Check, Lesson, checks_of
from autograder.player import GraderFault


@dataclass(frozen=True)
class Stage:
    """The checks of a stage.

    Args:
        name: as in `05_vmap`.
        folder: where `test_<name>.py` and `expected.bin` lie.
        checks: by stub, in the order of the file.
        lessons: its own, by misconception.
    """

    name: str
    folder: Path
    source: str = field(repr=False)
    checks: dict[str, list[Check]]
    lessons: dict[str, Lesson]
    hints: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    @property
    def all_lessons(self) -> dict[str, Lesson]:
        """What its checks may teach, by misconception: its own lessons and those of every stage."""
        return common.LESSONS | self.lessons

    @property
    def module_name(self) -> str:
        """The name under which programs of the checks travel to a sandbox."""
        return f"test_{self.name}"

    @property
    def expected(self) -> Path:
        """The recorded public values."""
        return self.folder / "expected.bin"


def load_stage(folder: Path) -> Stage:
    """Read the checks in `folder`. Raises `GraderFault` that names the file and the fix."""
    path = _checks_in(folder)
    source = path.read_text(encoding="utf-8")
    module = types.ModuleType(path.stem)
    module.__file__ = str(path)
    # By name, so that programs pickle by reference: a sandbox has a module of the same name and text.
    sys.modules[path.stem] = module
    try:
        exec(compile(source, str(path), "exec"), vars(module))
    except Exception as error:
        raise GraderFault(f"{path} does not load: {type(error).__name__}: {error}") from error
    checks: dict[str, list[Check]] = {}
    for check in checks_of(module):
        checks.setdefault(check.stub, []).append(check)
    lessons, hints = getattr(module, "LESSONS", {}), getattr(module, "HINTS", {})
    return Stage(path.stem.removeprefix("test_"), folder, source, checks, dict(lessons), dict(hints))


def _checks_in(folder: Path) -> Path:
    """The file of the checks: a student may have tests, or a second download, beside it."""
    own = folder / f"test_{folder.name}.py"
    found = [own] if own.is_file() else sorted(folder.glob("test_*.py"))
    if not found:
        raise GraderFault(
            f"{folder} has no test_<stage>.py: keep the assignment's files together, as they were released"
        )
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise GraderFault(f"{folder} has {names}: leave only the one that was released")
    return found[0]


def verify_points(stage: Stage, exercises: dict[str, float]) -> None:
    """Check that the points of the checks add up to those of `course.yml`; raise `GraderFault` where they do not."""
    for stub, points in exercises.items():
        total = sum(check.points for check in stage.checks.get(stub, []))
        if not math.isclose(total, points):
            where = stage.folder / f"{stage.module_name}.py"
            raise GraderFault(f"{where}: the checks of {stub} are worth {total:g} points, in course.yml {points:g}")
    unknown = set(stage.checks) - set(exercises)
    if unknown:
        raise GraderFault(f"{stage.folder}: checks of {sorted(unknown)}, which course.yml does not list")
