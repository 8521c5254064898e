"""Digests: which result in the store belongs to which submission and which checks.

A submission is its code cells, after the locked ones were restored. An exercise is all that its verdict may depend on
besides: its own checks and what they call, the reference's answer to the stub, the expected values, the lessons that
may be given, the seed, the limits, the kit, Python and all its packages, the device. So a changed check is judged
again, and nothing else is.
"""

import ast
import hashlib
import platform
import site
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from autograder.checks.exercise import Check, Lesson
from autograder.notebook.cells import Cell
from autograder.notebook.slice import Slice, keep_needed, read_statements
from autograder.recording import Recording
from autograder.stage import Stage

KIT = Path(__file__).resolve().parents[1]


def submission_digest(cells: Iterable[Cell]) -> str:
    """What a submission's verdicts depend on, as far as the student has a say."""
    return digest_of(*(part for cell in cells for part in (cell.label, cell.source)))


def exercise_digests(
    stage: Stage, answers: Slice, recordings: Iterable[Recording], points: Mapping[str, float], *common: str
) -> dict[str, str]:
    """The digest of each stub.

    Args:
        answers: the reference's statements.
        common: what else the verdicts of all stubs depend on: kit, environment, limits, device.
    """
    all_checks = read_statements([Cell(stage.name, stage.source)])
    recordings = list(recordings)
    digests = {}
    for stub, checks in stage.checks.items():
        source = source_of(all_checks, [check.function.__name__ for check in checks])
        digests[stub] = digest_of(
            stub,
            str(points[stub]),
            source,
            source_of(answers, [stub]),
            *(recording.seed for recording in recordings),
            *(_recorded(recording, checks) for recording in recordings),
            *_lessons(stage, source, checks, recordings),
            *common,
        )
    return digests


def kit_digest() -> str:
    """The kit itself: all its code."""
    files = sorted(KIT.rglob("*.py"))
    return digest_of(*(part for path in files for part in (str(path.relative_to(KIT)), path.read_text())))


def environment() -> str:
    """Python and the packages that student code can import, with their versions: a folder of each has both as name."""
    packages = {path.name for folder in site.getsitepackages() for path in Path(folder).glob("*-info")}
    return digest_of(platform.python_version(), *sorted(packages))


def versions() -> dict[str, str]:
    """Of what marks depend on most, for the report."""
    return {name: version(name) for name in ("jaxercise", "jax", "jaxlib", "flax", "optax", "numpy")}


def _lessons(stage: Stage, source: str, checks: list[Check], recordings: list[Recording]) -> list[str]:
    """The texts of the lessons that a verdict on the checks, whose source this is, may give."""
    constants = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    recorded = [r.checks[c.name] for r in recordings for c in checks if c.name in r.checks]
    constants |= {variant.misconception for check in recorded for variant in check.variants}
    named: dict[str, Lesson] = {name: lesson for name, lesson in stage.lessons.items() if name in constants}
    return [f"{name}: {named[name]}" for name in sorted(named)]


def _recorded(recording: Recording, checks: Iterable[Check]) -> str:
    # The speedup is measured anew at each build, and no mark of the judge's depends on it.
    kept = [recording.checks[c.name] for c in checks if c.name in recording.checks]
    return "\n".join(calls.model_dump_json(exclude={"reference_speedups"}) for calls in kept)


def source_of(whole: Slice, names: Iterable[str]) -> str:
    """Those of the statements that the names need, without comments."""
    return "\n".join(statement.source for statement in keep_needed(whole, names).statements)


def digest_of(*parts: str) -> str:
    """One digest of all the parts."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogatepass")
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()[:32]
