"""Who is in the demo class, what they hand in, and what each must get.

An answer is "solution", "stub" (left empty), a file of the bank (`right/...`, `wrong/...`), or source code.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Student:
    name: str
    stage: str
    about: str
    answers: dict[str, str]
    marks: dict[str, float]
    messy: bool = False
    others: str = "solution"
    extra_cells: list[str] = field(default_factory=list)

    @property
    def full(self) -> float:
        """The points of the stage."""
        return sum((PRNG if self.stage == "01_prng" else VMAP).values())


PRNG = {
    "two_normals": 15.0,
    "roll_dice": 10.0,
    "dropout": 20.0,
    "shuffle_pairs": 15.0,
    "noise_at": 20.0,
    "keys_like": 20.0,
}
VMAP = {
    "batched_relu_layer": 15.0,
    "pairwise_sq_dists": 20.0,
    "per_example_grads": 20.0,
    "ensemble_predict": 15.0,
    "slice_each": 15.0,
    "standardize": 15.0,
}

SYNTAX_ERROR = """def dropout(key, x, rate):
    keep = jax.random.bernoulli(key, 1 - rate, x.shape
    return jnp.where(keep, x / (1 - rate), 0)
"""
ENDLESS_LOOP = """def keys_like(key, tree):
    while True:
        key, _ = jax.random.split(key)
"""
HOSTILE = """import glob, os, socket, subprocess
def steal(*args):
    for path in glob.glob("/**/solutions", recursive=True) + ["/etc/shadow"]:
        return open(path).read()
try:
    subprocess.run(["touch", "/tmp/owned"])
except OSError:
    pass
os.environ["SCORE"] = "100"
print("score: 100 of 100, all checks passed")
def pairwise_sq_dists(xs, ys):
    steal()
    os.fork()
    os._exit(0)
"""
LYING = """import numpy
numpy.isclose = numpy.allclose = lambda *a, **k: True
def slice_each(xs, starts, width):
    return xs[:, :width]
"""

CLASS = [
    Student("ada", "01_prng", "full solutions", {}, PRNG),
    Student(
        "ben",
        "01_prng",
        "other ways that are right",
        dict.fromkeys(PRNG, "right"),
        PRNG,
    ),
    Student(
        "cleo",
        "01_prng",
        "typical mistakes",
        {"two_normals": "wrong/one_key", "dropout": "wrong/no_scaling", "shuffle_pairs": "wrong/two_keys"},
        PRNG | {"two_normals": 0, "dropout": 0, "shuffle_pairs": 0},
    ),
    Student("dev", "01_prng", "untouched", {}, dict.fromkeys(PRNG, 0.0), others="stub"),
    Student("eli", "01_prng", "a syntax error in one cell", {"dropout": SYNTAX_ERROR}, PRNG | {"dropout": 0}),
    Student("fay", "01_prng", "an endless loop", {"keys_like": ENDLESS_LOOP}, PRNG | {"keys_like": 0}),
    Student("gus", "05_vmap", "full solutions", {}, VMAP),
    Student("hana", "05_vmap", "other ways that are right", dict.fromkeys(VMAP, "right"), VMAP),
    Student(
        "ivo",
        "05_vmap",
        "typical mistakes",
        {"batched_relu_layer": "wrong/no_relu", "slice_each": "stub", "ensemble_predict": "wrong/averaged"},
        VMAP | {"batched_relu_layer": 0, "slice_each": 0, "ensemble_predict": 0},
    ),
    Student(
        "jun",
        "05_vmap",
        "hostile",
        {"pairwise_sq_dists": HOSTILE, "slice_each": LYING},
        dict.fromkeys(VMAP, 0.0),
        others="stub",
    ),
    Student(
        "kim",
        "05_vmap",
        "a messy notebook: metadata lost, cells shuffled, checks deleted, magics, a plot that never ends",
        {},
        VMAP,
        messy=True,
        extra_cells=["%matplotlib inline\n!pip list", "%%time\nwhile True: pass", "import time\ntime.sleep(10**6)"],
    ),
    Student(
        "lea",
        "05_vmap",
        "half done",
        {"standardize": "solution", "slice_each": "solution"},
        dict.fromkeys(VMAP, 0.0) | {"standardize": 15.0, "slice_each": 15.0},
        others="stub",
    ),
]
