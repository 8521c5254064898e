"""A page of measured figures: tables and plots, written to docs/benchmarks."""

import os
import platform
import textwrap
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import jax
import matplotlib.pyplot as plt
import numpy as np

FOLDER = Path(__file__).parents[2] / "docs" / "benchmarks"


class Page:
    """Collects a Markdown page; says every figure as it comes."""

    def __init__(self, name: str, title: str):
        self.path = FOLDER / f"{name}.md"
        self._parts = [f"# {title}"]

    def say(self, text: str) -> None:
        """Show progress."""
        print(text, flush=True)

    def line(self, text: str) -> None:
        """Add a paragraph."""
        self.say(text)
        self._parts.append(text)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table."""
        lines = [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]
        self.line("\n".join(lines))

    def bars(self, name: str, bars: Sequence[tuple[str, np.ndarray]], label: str) -> None:
        """Add a bar chart of medians with their range."""
        figure, axes = plt.subplots(figsize=(8, 0.6 * len(bars) + 1), layout="constrained")
        names = [textwrap.fill(text, 36) for text, _ in bars][::-1]
        middle = np.array([np.median(values) for _, values in bars][::-1])
        low, high = (np.array([f(values) for _, values in bars][::-1]) for f in (np.min, np.max))
        axes.barh(names, middle, xerr=[middle - low, high - middle], color="#4c72b0", capsize=3)
        axes.axvline(1, color="gray", lw=1)
        axes.set_xlabel(label)
        self._figure(name, figure)

    def _figure(self, name: str, figure: plt.Figure) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        figure.savefig(FOLDER / name, metadata={"Date": None})
        plt.close(figure)
        self._parts.append(f"![{name}]({name})")

    def write(self) -> None:
        """Write the page."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.path.write_text("\n\n".join(self._parts) + "\n")
        self.say(f"written: {self.path}")


def machine() -> str:
    """The machine and the versions, in words."""
    model = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    device = jax.devices()[0].device_kind
    where = f"{os.cpu_count()} cores of {model}" + ("" if jax.default_backend() == "cpu" else f", {device}")
    return f"{where}, Python {platform.python_version()}, JAX {jax.__version__}, {date.today():%Y-%m-%d}"


def spread(seconds: Sequence[float], unit: str) -> str:
    """Median and range in a fitting unit: "0.21 s (0.20-0.22) an epoch"."""
    scale, name = next(
        (s, n) for s, n in ((1, "s"), (1e3, "ms"), (1e6, "µs")) if np.median(seconds) * s >= 1 or s == 1e6
    )
    middle, low, high = (f(seconds) * scale for f in (np.median, np.min, np.max))
    return f"{middle:.3g} {name} ({low:.3g}-{high:.3g}) a{'n' if unit[0] in 'aeiou' else ''} {unit}"
