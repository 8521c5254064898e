"""Pictures in verdicts, as inline SVG: where two arrays differ, and how long a race took."""

from typing import Any

import numpy as np

from autograder.verdict import Timing

CELL = 14
MOST_ROWS, MOST_COLUMNS = 12, 16
BLUE, ORANGE, RED, GREY = "#4c72b0", "#dd8452", "#c44e52", "#8c8c8c"


def difference_figure(want: Any, got: Any) -> str | None:
    """Expected, got and where they differ as three grids; None where there is nothing to draw."""
    if not (isinstance(want, np.ndarray) and isinstance(got, np.ndarray) and want.shape == got.shape):
        return None
    if want.dtype.kind not in "biuf" or got.dtype.kind not in "biuf" or not 1 <= want.ndim <= 2 or want.size < 2:
        return None
    expected, value = (np.atleast_2d(x.astype(np.float64))[:MOST_ROWS, :MOST_COLUMNS] for x in (want, got))
    finite = np.concatenate([expected[np.isfinite(expected)], value[np.isfinite(value)]])
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 1.0)
    wrong = ~np.isclose(value, expected, rtol=1e-4, atol=1e-5, equal_nan=True)
    step = expected.shape[1] * CELL + 24
    shades = [_shades(expected, low, high), _shades(value, low, high)]
    marks = [[RED if bad else "#e8e8e8" for bad in row] for row in wrong]
    grids = [_grid(colours, i * step) for i, colours in enumerate([*shades, marks])]
    titles = [_text(i * step, 10, title) for i, title in enumerate(("expected", "got", "differs"))]
    height = expected.shape[0] * CELL + 20
    return _svg(max(3 * step, 150), height, "expected, got and where they differ", "".join(titles + grids))


def race_figure(timing: Timing) -> str:
    """The times of a race as bars, on a common scale."""
    bars = [("yours", timing.student_seconds, BLUE)]
    if timing.rival == "reference":
        bars.append(("the reference", timing.rival_seconds, GREY))
    else:
        bars.append(("the plain loop", timing.rival_seconds, ORANGE))
        if timing.reference_speedup:
            bars.append(("the reference", timing.rival_seconds / timing.reference_speedup, GREY))
    longest = max(seconds for _, seconds, _ in bars)
    rows = []
    for i, (name, seconds, colour) in enumerate(bars):
        width = max(1.0, 260 * seconds / longest)
        rows.append(_text(0, 20 * i + 13, name))
        rows.append(f'<rect x="100" y="{20 * i + 3}" width="{width:.1f}" height="12" fill="{colour}"/>')
        rows.append(_text(106 + width, 20 * i + 13, f"{seconds * 1e3:.2f} ms"))
    return _svg(440, 20 * len(bars) + 4, "times of the race", "".join(rows))


def _shades(values: np.ndarray, low: float, high: float) -> list[list[str]]:
    span = high - low or 1.0

    def shade(x: float) -> str:
        if not np.isfinite(x):
            return "#000000"
        t = (x - low) / span
        # From pale to the blue of the course's figures.
        return f"#{int(235 - 180 * t):02x}{int(240 - 140 * t):02x}{int(248 - 70 * t):02x}"

    return [[shade(x) for x in row] for row in values]


def _grid(colours: list[list[str]], left: int) -> str:
    return "".join(
        f'<rect x="{left + c * CELL}" y="{16 + r * CELL}" width="{CELL - 1}" height="{CELL - 1}" fill="{colour}"/>'
        for r, row in enumerate(colours)
        for c, colour in enumerate(row)
    )


def _text(x: float, y: float, text: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="11" font-family="sans-serif" fill="currentColor">{text}</text>'


def _svg(width: float, height: float, label: str, body: str) -> str:
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" {size}>{body}</svg>'
