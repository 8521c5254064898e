"""The recipe of the bundled digits: `python datasets/make_digits.py` writes `autograder/datasets/data/digits.npz`.

Each 28x28 image is a digit's outline from a font inside matplotlib's wheel, bent, turned, thickened, crossed by stray
strokes and speckled. Image `i` depends on `i` alone. The same matplotlib gives the same bytes.
"""

import hashlib
import math
from functools import cache
from pathlib import Path

import numpy as np
from matplotlib import get_data_path
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextPath
from matplotlib.transforms import IdentityTransform

SEED = 20260
SIZE = 28
TRAIN, TEST = 10_000, 2_000
LEVELS = 15  # steps of gray: few, so that the file is small
FONTS = (
    *("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono", "DejaVuSansMono-Oblique"),
    *("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic"),
    *("cmr10", "cmb10", "cmss10", "cmtt10", "cmti10"),
)
OUT = Path(__file__).resolve().parents[1] / "autograder" / "datasets" / "data" / "digits.npz"


@cache
def outline(font: str, digit: int) -> Outline:
    """The digit's outline, centred, one unit high."""
    file = Path(get_data_path(), "fonts", "ttf", f"{font}.ttf")
    path = TextPath((0, 0), str(digit), size=100, prop=FontProperties(fname=str(file)))
    corners = path.vertices[path.codes != Outline.CLOSEPOLY]
    low, high = corners.min(0), corners.max(0)
    return Outline((path.vertices - (low + high) / 2) / (high[1] - low[1]), path.codes)


def bent(path: Outline, rng: np.random.Generator) -> Outline:
    """The outline in pixels: waved, sheared, scaled, turned, moved."""

    def between(low: float, high: float) -> float:
        return low + (high - low) * rng.random()

    x, y = path.vertices.T
    x = x + between(-0.06, 0.06) * np.sin(between(2, 5) * y + between(0, 2 * math.pi))
    y = y + between(-0.06, 0.06) * np.sin(between(2, 5) * x + between(0, 2 * math.pi))
    x = x + between(-0.25, 0.25) * y
    wide, high = between(16, 21), between(17, 21)
    x, y = wide * x, high * y
    turn = between(-0.25, 0.25)
    cos, sin = math.cos(turn), math.sin(turn)
    right, up = SIZE / 2 + between(-1.6, 1.6), SIZE / 2 + between(-1.6, 1.6)
    return Outline(np.stack([cos * x - sin * y + right, sin * x + cos * y + up], axis=1), path.codes)


def image(index: int, digit: int) -> np.ndarray:
    """The `index`-th image, uint8[28, 28], of `digit`."""
    rng = np.random.Generator(np.random.PCG64([SEED, index]))
    renderer = RendererAgg(SIZE, SIZE, 72)
    pen = renderer.new_gc()
    pen.set_foreground((0.0, 0.0, 0.0))
    pen.set_linewidth(1.6 * rng.random())
    shape = bent(outline(FONTS[int(rng.random() * len(FONTS))], digit), rng)
    renderer.draw_path(pen, shape, IdentityTransform(), (0.0, 0.0, 0.0))
    for _ in range(int(rng.random() * 2)):
        pen.set_linewidth(0.4 + 0.8 * rng.random())
        renderer.draw_path(pen, Outline(SIZE * rng.random((2, 2))), IdentityTransform())
    ink = np.asarray(renderer.buffer_rgba())[:, :, 3] / 255.0 * (0.6 + 0.4 * rng.random())
    spots = rng.random((SIZE, SIZE)) < 0.04 * rng.random()
    ink = np.where(spots, rng.random((SIZE, SIZE)), ink)
    return (np.rint(ink * LEVELS) * (255 // LEVELS)).astype(np.uint8)


def labels(count: int, stream: int) -> np.ndarray:
    """As many of each digit, shuffled."""
    order = np.random.Generator(np.random.PCG64([SEED, stream])).random(count)
    return (np.argsort(order, kind="stable") % 10).astype(np.uint8)


def make(count: int, start: int) -> tuple[np.ndarray, np.ndarray]:
    """Images `start` to `start + count` and their labels."""
    digits = labels(count, 10**9 + start)
    return np.stack([image(start + i, int(d)) for i, d in enumerate(digits)]), digits


def main() -> None:
    """Write the file."""
    x_train, y_train = make(TRAIN, 0)
    x_test, y_test = make(TEST, TRAIN)
    OUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(OUT, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
    print(f"{OUT.name}: {OUT.stat().st_size} bytes, SHA-256 {hashlib.sha256(OUT.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
