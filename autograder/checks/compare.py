"""Comparing what a student's program returned with what the reference returned."""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from autograder import wire
from autograder.checks.compiled import Question, compiled, traced_before
from autograder.checks.exercise import CheckFailed
from autograder.player import Object, Student, StudentError
from autograder.program import Raw, call_stub
from autograder.verdict import Evidence

NEARLY = 0.03


@dataclass(frozen=True)
class Attempt:
    """What the student's program replied to one `agree`, right or wrong, and how closely it is compared."""

    reply: Any
    rtol: float
    atol: float


class Difference(NamedTuple):
    """How one value differs from another: a sentence, where first, and the lesson of a form other than the promised."""

    what: str
    where: str
    lesson: str | None = None


def agree(
    student: Student,
    reference: Student,
    program: str | Callable,
    *args: Any,
    rtol: float = 1e-5,
    atol: float = 1e-6,
    lesson: str | None = None,
    nearly: str | None = None,
    **kwargs: Any,
) -> None:
    """Check that a stub (by name) or a program returns the same from the student as from the reference.

    Same tree, same shapes and dtypes, values within `atol + rtol * abs(expected)`; NaN only where the
    reference is NaN. A Python number may stand for an array scalar.

    Args:
        lesson: the misconception of replies that differ. Without one, a shape, a dtype or a structure that differs
            has a lesson of its own, and values that do get the check's.
        nearly: that of values which are right to about two digits, and have lost the others.
    """
    want = _run(reference, program, args, kwargs)
    if student._asked is not None:
        student._asked.append(_question(student, program, args, kwargs))
        return
    if student._log is not None:
        student._log.append(Attempt(_attempt(student, program, args, kwargs), rtol, atol))
        return
    got = _run(student, program, args, kwargs)
    problem = difference(got, want, rtol, atol)
    if problem is not None:
        call = describe_call(program, args, kwargs)
        if nearly is not None and difference(got, want, NEARLY, NEARLY) is None:
            lesson = nearly
        if got is None:
            lesson = "nothing_returned"
        shown = evidence(call, want, got, problem.where)
        raise CheckFailed(problem.what, lesson=lesson or problem.lesson, evidence=shown)


def agree_on_all(
    student: Student,
    reference: Student,
    questions: Iterable[tuple[str | Callable, tuple, dict[str, Any]]],
    lesson_of: Callable[[Any, tuple, str | None], str | None],
) -> None:
    """`agree` on each question: a program, its arguments, and what else `agree` takes by name.

    Where a reply differs, `lesson_of(program, args, lesson)`, which may ask the student more, names the misconception;
    `lesson` is the one that `agree` found.
    """
    for program, args, options in questions:
        try:
            agree(student, reference, program, *args, **options)
        except CheckFailed as failure:
            with contextlib.suppress(StudentError):
                failure.lesson = lesson_of(program, args, failure.lesson)
            raise


def difference(got: Any, want: Any, rtol: float, atol: float) -> Difference | None:
    """Say how `got` differs from `want` and where first, or None where it does not."""
    return _differ(got, want, "", rtol, atol)


def _run(side: Student, program: str | Callable, args: tuple, kwargs: dict) -> Any:
    asked, given, named = _question(side, program, args, kwargs)
    if side._plain:
        return side.run(asked, *given, **named)
    return side.run(compiled, side._stub, asked, *given, **named)


def _question(side: Student, program: str | Callable, args: tuple, kwargs: dict) -> Question:
    asked, given = (call_stub, (program, *args)) if isinstance(program, str) else (program, args)
    return (traced_before, (asked, *given), kwargs) if side._traced else (asked, given, kwargs)


def _attempt(student: Student, program: str | Callable, args: tuple, kwargs: dict) -> Any:
    try:
        return ("ok", _run(student, program, args, kwargs))
    except StudentError as error:
        return ("raised", error.raised.type)


def _differ(got: Any, want: Any, path: str, rtol: float, atol: float) -> Difference | None:
    at = f"at result{path}"
    if isinstance(want, wire.Key):
        if not isinstance(got, wire.Key):
            return Difference(f"{_kind(got)} came back where typed PRNG keys were promised.", at)
        return _differ(got.data, want.data, path, 0, 0)
    if isinstance(want, tuple | list):
        if not isinstance(got, tuple | list) or len(got) != len(want):
            return Difference(f"{_kind(got)} came back where {_kind(want)} was promised.", at, "other_parts")
        pairs = [(f"{path}[{i}]", g, w) for i, (g, w) in enumerate(zip(got, want, strict=True))]
    elif isinstance(want, dict):
        if not isinstance(got, dict) or set(got) != set(want):
            return Difference(f"{_kind(got)} came back where {_kind(want)} was promised.", at, "other_parts")
        pairs = [(f"{path}[{key!r}]", got[key], want[key]) for key in want]
    elif isinstance(want, str) or want is None:
        return None if type(got) is type(want) and got == want else Difference(f"{got!r} is not {want!r}.", at)
    else:
        return _differ_array(got, want, at, rtol, atol)
    return next((found for p, g, w in pairs if (found := _differ(g, w, p, rtol, atol))), None)


def _differ_array(got: Any, want: Any, at: str, rtol: float, atol: float) -> Difference | None:
    if not isinstance(got, np.ndarray | bool | int | float):
        return Difference(f"{_kind(got)} came back where {_kind(want)} was promised.", at, "other_parts")
    expected = np.asarray(want)
    value = np.asarray(got)
    if value.shape != expected.shape:
        return Difference(f"The shape is {value.shape}; it should be {expected.shape}.", at, "other_shape")
    if isinstance(got, np.ndarray) and isinstance(want, np.ndarray) and value.dtype != expected.dtype:
        return Difference(f"The dtype is {value.dtype}; it should be {expected.dtype}.", at, "other_dtype")
    wrong = ~_close(value, expected, rtol, atol)
    if not wrong.any():
        return None
    first = tuple(int(i) for i in np.argwhere(wrong)[0])
    index = f"[{', '.join(map(str, first))}]" if first else ""
    return Difference(
        f"{int(wrong.sum())} of {wrong.size} values differ.",
        f"first {at}{index}: expected {_number(expected[first])}, got {_number(value[first])}",
    )


def _close(value: np.ndarray, expected: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    if expected.dtype.kind in "biu" and value.dtype.kind in "biu":
        return value == expected
    wide = np.complex128 if "c" in (value.dtype.kind, expected.dtype.kind) else np.float64
    return np.isclose(value.astype(wide), expected.astype(wide), rtol=rtol, atol=atol, equal_nan=True)


def _kind(item: Any) -> str:
    if isinstance(item, np.ndarray):
        return f"an array {item.dtype}{list(item.shape)}"
    if isinstance(item, tuple | list):
        return f"a {type(item).__name__} of {len(item)}"
    if isinstance(item, dict):
        return f"a dict with keys {sorted(map(str, item))}"
    if isinstance(item, Object):
        return "an object that is no array"
    if isinstance(item, wire.Key):
        return "a typed PRNG key" if item.data.ndim == 1 else f"keys of shape {list(item.data.shape[:-1])}"
    return "None" if item is None else f"a {type(item).__name__}"


def _number(x: Any) -> str:
    return f"{x:.7g}" if np.asarray(x).dtype.kind in "fc" else str(x)


def show(item: Any, width: int = 60) -> str:
    """A value as a short text: `float32[3, 2] [[0.1, 0.2], ...]`."""
    if isinstance(item, Raw):
        return show(item.value)
    if isinstance(item, np.ndarray):
        body = np.array2string(item, precision=4, threshold=24, edgeitems=2, suppress_small=True, max_line_width=width)
        return f"{item.dtype}{list(item.shape)}\n{body}" if item.ndim else f"{_number(item[()])} ({item.dtype})"
    if isinstance(item, wire.Key):
        seed = item.data.reshape(-1, 2)[0]
        return f"jax.random.key({int(seed[0]) << 32 | int(seed[1])})" if item.data.ndim == 1 else _kind(item)
    if isinstance(item, tuple | list):
        inner = ",\n".join(show(x) for x in item)
        return f"({inner})" if isinstance(item, tuple) else f"[{inner}]"
    if isinstance(item, dict):
        return "{" + ",\n".join(f"{k!r}: {show(v)}" for k, v in item.items()) + "}"
    if isinstance(item, Object):
        return "(an object)"
    return getattr(item, "__name__", None) or repr(item)[:200]


def describe_call(program: str | Callable, args: tuple, kwargs: dict) -> str:
    """The call a student could make to see the same: name and arguments, each on a line."""
    name = program if isinstance(program, str) else (program.__doc__ or program.__name__).strip().split("\n")[0]
    given = [show(a) for a in args] + [f"{k}={show(v)}" for k, v in kwargs.items()]
    return f"{name}(\n" + ",\n".join(_indent(text) for text in given) + ")"


def _indent(text: str) -> str:
    return "\n".join("    " + line for line in text.split("\n"))


def evidence(call: str, want: Any, got: Any, where: str) -> Evidence:
    """Put input, expected and got side by side, with a picture where both are arrays of one shape."""
    from autograder.report.figures import difference_figure

    return Evidence(
        call=call[:3000],
        expected=show(want)[:2000],
        got=show(got)[:2000],
        where=where,
        figure=difference_figure(want, got),
    )
