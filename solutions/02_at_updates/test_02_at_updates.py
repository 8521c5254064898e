"""Checks of 02_at_updates."""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from autograder.checks import CheckFailed, Lesson, Raw, agree, exercise, raising
from autograder.checks.growth import first_call_is_short
from autograder.checks.probes import call_jitted, count_traces, gradient, program_size

LESSONS = {
    "all_of_the_frame": Lesson(
        "The frame is two rows and two columns",
        "First row, last row, first column, last column: each is one `.at[...].set(value)`, and each call starts from "
        "the array that the call before it returned.",
        "import jax.numpy as jnp\nx = jnp.zeros((3, 4))\nprint(x.at[0].set(1.0).at[:, -1].set(2.0))",
    ),
    "result_thrown_away": Lesson(
        "An update is a value: give it a name",
        "`x.at[...].set(...)` returns a new array and leaves `x` as it is. On a line of its own it is computed and "
        "lost; `x = x.at[...].set(...)` keeps it.",
        "import jax.numpy as jnp\nx = jnp.zeros(3)\nx.at[0].set(1.0)\nprint(x)\nx = x.at[0].set(1.0)\nprint(x)",
    ),
    "index_lists_make_pairs": Lesson(
        "Two index lists make pairs, not a grid",
        "`x.at[[0, -1], [0, -1]]` names the entries (0, 0) and (-1, -1) alone. A whole row is `x.at[0]`, a whole "
        "column `x.at[:, 0]`.",
        "import jax.numpy as jnp\nx = jnp.zeros((3, 4))\nprint(x.at[jnp.array([0, -1]), jnp.array([0, -1])].set(1.0))",
    ),
    "frame_and_inside_swapped": Lesson(
        "1:-1 is the inside",
        "The slice `1:-1` leaves out the first and the last entry, so it names what the frame encloses.",
        "import jax.numpy as jnp\nprint(jnp.zeros((4, 4)).at[1:-1, 1:-1].set(1.0))",
    ),
    "corners_counted_twice": Lesson(
        "Corners belong to a row and to a column",
        "A corner is written twice. `set` does not mind; `add` adds twice.",
        "import jax.numpy as jnp\nx = jnp.zeros((2, 3))\nprint(x.at[0].add(1.0).at[:, 0].add(1.0))",
    ),
    "no_inside": Lesson(
        "A single row has no inside",
        "With one row, the first row and the last row are the same one, and `1:-1` is empty. An empty inside padded "
        "by one on each side has two rows, not one.",
        "import jax.numpy as jnp\nx = jnp.zeros((1, 4))\nprint(jnp.pad(x[1:-1, 1:-1], 1).shape, x.shape)",
    ),
    "not_by_arithmetic": Lesson(
        "Set replaces, arithmetic only nearly",
        "`x + (y - x)` rounds, and `0 * x` is NaN where `x` is infinite or NaN. `.at[...].set` and `jnp.where` put a "
        "number there whatever was there before.",
        "import jax.numpy as jnp\nx, y = jnp.float32(1e9), jnp.float32(1.0)\nprint(x + (y - x), 0 * jnp.inf)",
    ),
    "input_is_gone": Lesson(
        "The caller still needs the input",
        "A pure function leaves its arguments as they were and gives the same answer each time. Donated buffers are "
        "deleted by the call, and a NumPy array assigned to is changed for everybody.",
        "import jax, jax.numpy as jnp\nf = jax.jit(lambda x: x.at[0].set(1.0), donate_argnums=0)\n"
        "x = jnp.zeros(3)\nf(x)\nprint(x.is_deleted())",
    ),
    "last_write_wins": Lesson(
        "With set, the last write wins",
        "Where an index occurs twice, `set` writes twice to the same place and one write remains. `add` "
        "accumulates every occurrence.",
        "import jax.numpy as jnp\ni = jnp.array([2, 2, 2])\nx = jnp.zeros(4, int)\n"
        "print(x.at[i].set(x[i] + 1), x.at[i].add(1))",
    ),
    "count_each_bin": Lesson(
        "One entry a bin, the number of its hits",
        "`counts[k]` is how often `k` occurs in `idx`, as an int32; a bin without a hit holds 0.",
        "import jax.numpy as jnp\nprint(jnp.zeros(4, jnp.int32).at[jnp.array([0, 2, 2])].add(1))",
    ),
    "narrow_counter": Lesson(
        "Small types cannot count far",
        "A bfloat16 has 8 bits for an integer, so 256 + 1 is 256; an int8 ends at 127 and an int16 at 32,767. "
        "Count in int32.",
        "import jax.numpy as jnp\nprint(jnp.bfloat16(256) + 1, jnp.int8(127) + jnp.int8(1))",
    ),
    "negative_index_wraps": Lesson(
        "A negative index counts from the end",
        "-1 means the last entry, in `.at` as in NumPy, with `mode='drop'` and `mode='fill'` too. Only an index past "
        "the end is outside for JAX: send the negative ones there first.",
        "import jax.numpy as jnp\nx = jnp.zeros(4)\nprint(x.at[-1].add(1.0))\nprint(x.at[4].add(1.0))",
    ),
    "outliers_clipped": Lesson(
        "Clipping moves an outlier into a bin",
        "A clipped index is a valid index, so the entry is counted in the first or in the last bin instead of being "
        "ignored. `jnp.bincount` does that to negative ones by itself.",
        "import jax.numpy as jnp\nprint(jnp.bincount(jnp.array([-3, 1]), length=4))",
    ),
    "closed_last_bin": Lesson(
        "The last bin of a histogram includes its right edge",
        "`jnp.histogram` puts a value equal to the upper end of the range into the last bin. Here `num_bins` "
        "itself is outside.",
        "import jax.numpy as jnp\nprint(jnp.histogram(jnp.array([4]), bins=4, range=(0, 4))[0])",
    ),
    "counts_by_comparing": Lesson(
        "Comparing all with all is n times bins of work",
        "Each index says where its count goes, so one `add` an index is enough. A table of every index against "
        "every bin has n * bins entries.",
        "import jax.numpy as jnp\ni = jnp.arange(2000)\n"
        "print((i[:, None] == jnp.arange(4000)).size, 'comparisons for', i.size, 'indices')",
    ),
    "loop_is_unrolled": Lesson(
        "A Python loop is copied into the program",
        "While tracing, each turn of a Python loop writes its operations down again, so program and compile time grow "
        "with the length. One indexed update handles all entries at once.",
        "import jax, jax.numpy as jnp\ndef f(x):\n    for v in x:\n        x = x + v\n    return x\n"
        "for n in 4, 8:\n    print(len(jax.make_jaxpr(f)(jnp.zeros(n)).eqns))",
    ),
    "one_entry_a_row": Lesson(
        "One entry a row: pair each row with its label",
        "`.at[rows, labels]` with `rows = jnp.arange(n)` names one entry a row. `.at[:, labels]` names whole "
        "columns, `.at[labels]` whole rows.",
        "import jax.numpy as jnp\nz = jnp.zeros((2, 3))\nlabels = jnp.array([2, 0])\n"
        "print(z.at[jnp.arange(2), labels].set(1.0))\nprint(z.at[:, labels].set(1.0))",
    ),
    "no_label_clipped": Lesson(
        "-1 is no class",
        "A label of -1 asks for a row of zeros. Clipped or taken by its absolute value, it becomes a class like "
        "any other.",
        "import jax.numpy as jnp\nprint(jnp.clip(jnp.array([-1, 0, 1]), 0, 1))",
    ),
    "gather_clamps": Lesson(
        "Reading past the end clamps",
        "`x[i]` with `i >= len(x)` returns the last entry and no error. Say what you want there: a mask over the "
        "indices, or `.at[i].get` with a mode.",
        "import jax.numpy as jnp\nx = jnp.arange(4.0)\nprint(x[jnp.array([3, 4, 99])])",
    ),
    "off_by_one": Lesson(
        "len(x) is already outside",
        "The valid indices are 0 to len(x) - 1.",
        "import jax.numpy as jnp\nx = jnp.arange(4.0)\ni = jnp.array([3, 4])\nprint(i < len(x), i <= len(x))",
    ),
    "mask_on_the_wrong_axis": Lesson(
        "A mask over rows needs its axes spelled out",
        "Broadcasting lines shapes up from the right: a mask `[k]` beside rows `[k, d]` masks columns. Give it a "
        "trailing axis for each axis of a row.",
        "import jax.numpy as jnp\nmask = jnp.array([True, False])\nx = jnp.ones((2, 2))\n"
        "print(jnp.where(mask, x, 0))\nprint(jnp.where(mask[:, None], x, 0))",
    ),
    "fill_ignored": Lesson(
        "The fill value is the caller's choice",
        "Where the index is outside, `fill` comes back as it is, whatever number it is; the dtype stays that of `x`.",
        "import jax.numpy as jnp\nx = jnp.arange(3)\n"
        "print(x.at[5].get(mode='fill', fill_value=-7), x.at[5].get(mode='fill'))",
    ),
    "content_is_no_mark": Lesson(
        "What stands in x says nothing about the index",
        "A NaN in `x`, or its smallest integer, is content like any other. Whether an index is outside is a question "
        "about the index alone.",
        "import jax.numpy as jnp\nx = jnp.array([jnp.nan, 1.0])\nprint(x.at[jnp.array([0, 5])].get(mode='fill'))",
    ),
    "takes_flattened": Lesson(
        "jnp.take flattens unless given an axis",
        "`jnp.take(x, idx)` reads from the flattened array. `axis=0` reads rows.",
        "import jax.numpy as jnp\nx = jnp.arange(6).reshape(2, 3)\nprint(jnp.take(x, 1), jnp.take(x, 1, axis=0))",
    ),
    "reads_columns": Lesson(
        "Rows are on axis 0",
        "`x[i]` and `axis=0` read rows. `x[..., i]`, `axis=-1` and, of a matrix, `axis=1` read columns; only a vector "
        "has one axis for both.",
        "import jax.numpy as jnp\nx = jnp.arange(6).reshape(2, 3)\nprint(x[1], x[..., 1])",
    ),
    "slice_by_a_tracer": Lesson(
        "A slice has a length, an index has none",
        "`x[:i]` has as many entries as `i` says, and a compiled program has to know its shapes: a slice cannot end at "
        "a traced value. An index may be one: `x[i]` and `x.at[i]` mean one entry or row, whichever it is.",
        "import jax, jax.numpy as jnp\nx = jnp.arange(5.0)\nprint(jax.jit(lambda i: x.at[i].set(9.0))(2))\n"
        "try:\n    jax.jit(lambda i: x[:i])(2)\nexcept IndexError as error:\n    print(str(error)[:80])",
    ),
    "swap_overwrites": Lesson(
        "The first write hides what the second needs",
        "After `x = x.at[i].set(x[j])` the old row `i` is gone from `x`. Both rows must be read from the old array: "
        "hold on to it, or write both rows in one `.at[...]`.",
        "import jax.numpy as jnp\nx = jnp.array([1, 2])\nx = x.at[0].set(x[1])\nx = x.at[1].set(x[0])\nprint(x)",
    ),
    "swap_both_rows": Lesson(
        "Two rows trade places, the rest stays",
        "Row `i` of the result is row `j` of `x` and the other way round; every other row is untouched.",
        "import jax.numpy as jnp\nx = jnp.arange(6).reshape(3, 2)\nprint(x)\nprint(x[jnp.array([2, 1, 0])])",
    ),
    "same_row": Lesson(
        "A row swapped with itself stays",
        "With `i == j` both writes meet in one row: what the first one put there, the second clears or adds to.",
        "import jax.numpy as jnp\nx = jnp.ones(2)\ni = j = 0\n"
        "print(x.at[i].set(0).at[j].set(0).at[i].add(x[j]).at[j].add(x[i]))",
    ),
    "push_then_advance": Lesson(
        "Write first, then move on",
        "`head` is the slot to write now, the returned head the slot of the next push. The old content of the slot "
        "is replaced.",
        "import jax.numpy as jnp\nbuffer, head = jnp.zeros(3), 0\nbuffer = buffer.at[head].set(5.0)\n"
        "print(buffer, 'next:', head + 1)",
    ),
    "writes_past_the_end": Lesson(
        "A write past the end is dropped",
        "`.at[len(x)].set(v)` changes nothing and says nothing, so a head that is not wrapped at `len(buffer)` "
        "loses every later push.",
        "import jax.numpy as jnp\nx = jnp.zeros(3)\nprint(x.at[2].set(1.0), x.at[3].set(1.0))",
    ),
    "head_changes_type": Lesson(
        "The head keeps its dtype",
        "`lax.scan` wants the carry to come out of the body as it went in: same shapes, same dtypes. Arithmetic with "
        "Python numbers keeps a dtype; a conversion, a division or an int32 array changes it.",
        "import jax.numpy as jnp\nhead = jnp.int8(3)\nprint(((head + 1) % 5).dtype, (head + jnp.int32(1)).dtype)",
    ),
    "copies_the_buffer": Lesson(
        "One push is one slot's work",
        "Inside a compiled loop, `.at[head].set` changes the buffer in place. A `where` over the buffer, a `roll` "
        "or a `concatenate` touches every slot each time.",
        "import jax, jax.numpy as jnp\nbig, where = jnp.zeros(1000), jnp.arange(1000)\n"
        "print(jax.jit(lambda b, i: b.at[i].set(1.0)).lower(big, 3).cost_analysis()['bytes accessed'])\n"
        "print(jax.jit(lambda b, i: jnp.where(where == i, 1.0, b)).lower(big, 3).cost_analysis()['bytes accessed'])",
    ),
}

HINTS = {
    "set_border": (
        "The frame is the first and last row and the first and last column.",
        "`x.at[0]` is a row, `x.at[:, -1]` a column. Calls chain: `x.at[0].set(a).at[-1].set(a)`.",
        "for part in ((0,), (-1,), (slice(None), 0), (slice(None), -1)):\n    x = x.at[part].set(value)",
    ),
    "histogram": (
        "Every index adds one to its bin, and indices outside must not reach any bin.",
        "`.at[idx].add(1)` accumulates and drops what lies past the end; `jnp.where` can send negative indices there.",
        "safe = jnp.where(idx < 0, num_bins, idx)\ncounts = jnp.zeros(num_bins, jnp.int32).at[safe].add(1)",
    ),
    "one_hot": (
        "Row k gets a one in column labels[k]. Which column does -1 mean to JAX?",
        "`zeros.at[jnp.arange(n), labels].set(...)`; what you set may be an array of zeros and ones.",
        "hit = (labels >= 0).astype(jnp.float32)\njnp.zeros((n, num_classes)).at[jnp.arange(n), labels].set(hit)",
    ),
    "gather_or": (
        "Decide first which indices are inside, read with any valid index elsewhere, then choose.",
        "`jnp.where(inside, x[...], fill)`, with `inside` reshaped to `[k, 1, 1, ...]`; or "
        "`.at[i].get(mode='fill')` after moving negatives.",
        "safe = jnp.where(idx < 0, len(x), idx)\nx.at[safe].get(mode='fill', fill_value=fill)",
    ),
    "swap_rows": (
        "Read both rows before you write either.",
        "`.at[...]` takes an array of indices and writes several rows at once.",
        "both = jnp.array([i, j])\nx.at[both].set(x[both[::-1]])",
    ),
    "ring_push": (
        "Write at the head, then move it by one, back to 0 after the last slot.",
        "`.at[head].set(value)` for the write, `%` for the wrap.",
        "(buffer.at[head].set(value), (head + 1) % buffer.shape[0])",
    ),
}


def normal(rng, *shape):
    return rng.normal(size=shape).astype(np.float32)


def integers(rng, low, high, *shape):
    return rng.integers(low, high, size=shape).astype(np.int32)


def twice(stubs, stub, *args):
    """Two calls of the stub, and its arguments afterwards."""
    function = getattr(stubs, stub)
    return function(*args), function(*args), args


def keeps_numpy(stubs, stub, *args):
    """Whether NumPy arguments hold after the call what they held before."""
    before = [np.copy(a) for a in args]
    try:
        getattr(stubs, stub)(*args)
    except AttributeError as error:  # a NumPy array has no `.at`: nothing happened to it
        if "'at'" not in str(error):
            raise
    except (jax.errors.TracerArrayConversionError, jax.errors.TracerIntegerConversionError):
        pass  # nor can a tracer be its index
    return all(np.array_equal(a, b) for a, b in zip(args, before, strict=True))


def leaves_inputs_alone(student, reference, stub, *args, numpy_args=None):
    agree(student, reference, twice, stub, *args, lesson="input_is_gone")
    raw = [Raw(a.copy()) if isinstance(a, np.ndarray) else a for a in numpy_args or args]
    if not student.run(keeps_numpy, stub, *raw):
        raise CheckFailed("A NumPy array that went in came out changed.", lesson="input_is_gone")


def does_not_unroll(student, program, make_args):
    small, middle = (student.run(program_size, program, *make_args(n)) for n in (16, 32))
    if middle > 1.25 * small + 4:
        raise CheckFailed(
            f"The program has {small} operations for 16 entries and {middle} for 32.", lesson="loop_is_unrolled"
        )
    # A loop over blocks is one block so far. Seven doublings on, log n has grown by seven equal steps.
    large = student.run(program_size, program, *make_args(4096))
    if large > middle + 7 * max(middle - small, 0) + 8:
        raise CheckFailed(
            f"The program has {middle} operations for 32 entries and {large} for 4096.", lesson="loop_is_unrolled"
        )
    few, many = ((program, *make_args(n)) for n in (16, 512))
    first_call_is_short(student, few, many, lesson="loop_is_unrolled")


# set_border


@exercise("set_border", trait="values", points=7, lesson="all_of_the_frame")
def test_set_border_values(student, reference, rng):
    """The outermost rows and columns are set, the inside is kept."""
    for shape in ((4, 5), (5, 5), (3, 3), (6, 3)):
        agree(student, reference, "set_border", normal(rng, *shape), float(rng.uniform(2, 9)))
    x = normal(rng, 4, 4)
    x[0, 1], x[1, 2], x[2, 0] = np.nan, np.inf, 1e9
    agree(student, reference, "set_border", x, float(rng.uniform(2, 9)), lesson="not_by_arithmetic")
    agree(student, reference, "set_border", normal(rng, 3, 4), float("-inf"), lesson="not_by_arithmetic")
    # A whole number makes no integers of floats, and a board of integers stays one.
    agree(student, reference, "set_border", normal(rng, 4, 4), 3)
    agree(student, reference, "set_border", integers(rng, 2, 9, 4, 3), 1)


@exercise("set_border", trait="values", points=3, lesson="no_inside")
def test_set_border_thin(student, reference, rng):
    """A single row, a single column and a single entry are all frame."""
    for shape in ((1, 1), (1, 5), (4, 1), (2, 2), (2, 6), (5, 2)):
        agree(student, reference, "set_border", normal(rng, *shape), float(rng.uniform(2, 9)))


@exercise("set_border", trait="trace", points=3)
def test_set_border_jit(student, reference, rng):
    """It works under jit, with a traced value, on one trace."""
    x, values = normal(rng, 4, 3), normal(rng, 3)
    agree(student, reference, call_jitted, "set_border", x, np.array(values[0]))
    agree(student, reference, mapped_border, normal(rng, 3, 3, 4), values)
    if student.run(count_traces, "set_border", [(x, np.array(v)) for v in values]) != 1:
        raise CheckFailed("A new value was traced again.")
    agree(student, reference, gradient, "set_border", (x, np.array(values[1])), (0, 1), lesson="gradient_cut")


def mapped_border(stubs, xs, values):
    """vmap of set_border over arrays and values"""
    return jax.vmap(stubs.set_border)(xs, values)


@exercise("set_border", trait="pure", points=2, lesson="input_is_gone")
def test_set_border_pure(student, reference, rng):
    """The array that goes in stays as it is."""
    leaves_inputs_alone(student, reference, "set_border", normal(rng, 3, 4), 5.0)


# histogram


@exercise("histogram", trait="values", points=7, lesson="count_each_bin")
def test_histogram_counts(student, reference, rng):
    """Every bin holds the number of its hits, repeated ones too."""
    for n, bins in ((12, 5), (6, 6), (1, 3), (30, 1), (5, 20)):
        agree(student, reference, "histogram", integers(rng, 0, bins, n), bins)
    agree(student, reference, "histogram", np.full(7, 2, np.int32), 4, lesson="last_write_wins")
    agree(student, reference, "histogram", np.full(300, 1, np.int32), 3, lesson="narrow_counter")


@exercise("histogram", trait="values", points=5, lesson="negative_index_wraps")
def test_histogram_outside(student, reference, rng):
    """Indices outside the bins, negative ones included, are ignored."""
    edges = np.array([-1, -(2**31), 2**31 - 1, 0], np.int32)
    for n, bins in ((20, 5), (6, 6), (9, 1)):
        idx = np.concatenate([integers(rng, -bins - 3, 2 * bins + 3, n), edges, [np.int32(bins), np.int32(-bins)]])
        agree(student, reference, "histogram", rng.permutation(idx).astype(np.int32), bins)
    agree(student, reference, "histogram", np.array([-5, -1, 4, 9], np.int32), 4)
    agree(student, reference, "histogram", np.array([], np.int32), 3)


@exercise("histogram", trait="trace", points=3)
def test_histogram_jit(student, reference, rng):
    """It works under jit and vmap, and the program does not grow with the number of indices."""
    idx = integers(rng, -2, 7, 9)
    agree(student, reference, call_jitted, "histogram", idx, 5, static_argnums=(1,), lesson="negative_index_wraps")
    agree(student, reference, mapped_histogram, integers(rng, -2, 7, 3, 6), 5, lesson="negative_index_wraps")
    does_not_unroll(student, five_bins, lambda n: (np.zeros(n, np.int32),))
    agree(student, reference, five_bins, np.full(70_000, 2, np.int32), lesson="narrow_counter")


def five_bins(stubs, idx):
    """histogram(idx, 5)"""
    return stubs.histogram(idx, 5)


def mapped_histogram(stubs, idx, num_bins):
    """vmap of histogram over rows of indices"""
    return jax.vmap(lambda row: stubs.histogram(row, num_bins))(idx)


@exercise("histogram", trait="pure", points=1, lesson="input_is_gone")
def test_histogram_pure(student, reference, rng):
    """The indices stay as they are, and the next call starts from zero."""
    leaves_inputs_alone(student, reference, "histogram", integers(rng, 0, 4, 8), 4)


BINS = 16_000


@exercise("histogram", trait="speed", points=4, lesson="counts_by_comparing")
def test_histogram_speed(student, race, rng):
    """It takes the work of one update an index, whatever the number of bins."""
    does_not_unroll(student, five_bins, lambda n: (np.zeros(n, np.int32),))
    race(
        many_bins,
        inputs=lambda: (integers(rng, -200, BINS + 200, 2000),),
        baseline=compare_all,
        lesson="counts_by_comparing",
    )


def many_bins(stubs):
    """Jitted histogram(idx, 16000)"""
    return jax.jit(lambda idx: stubs.histogram(idx, BINS))


def compare_all(stubs):
    """Every index against every bin"""
    return jax.jit(lambda idx: (idx[:, None] == jnp.arange(BINS)).sum(0, dtype=jnp.int32))


# one_hot


@exercise("one_hot", trait="values", points=8, lesson="one_entry_a_row")
def test_one_hot_values(student, reference, rng):
    """Each row has a one in the column of its label and zeros elsewhere."""
    for n, classes in ((7, 4), (4, 4), (3, 9), (1, 1), (5, 1), (1, 6)):
        agree(student, reference, "one_hot", integers(rng, 0, classes, n), classes)
    agree(student, reference, "one_hot", integers(rng, 0, 700, 20), 700, lesson="narrow_counter")


@exercise("one_hot", trait="values", points=4, lesson="negative_index_wraps")
def test_one_hot_no_label(student, reference, rng):
    """A label of -1 gives a row of zeros."""
    for n, classes in ((8, 4), (4, 4), (3, 1)):
        labels = integers(rng, -1, classes, n)
        labels[int(rng.integers(n))] = -1
        agree(student, reference, "one_hot", labels, classes)
    agree(student, reference, "one_hot", np.array([-1, 2, -1, 0, 1], np.int32), 3)


@exercise("one_hot", trait="trace", points=3)
def test_one_hot_jit(student, reference, rng):
    """It works under jit and vmap, and the program does not grow with the number of labels."""
    # A number of classes that no other check asks for: what a cache keeps of it is made under `jit`.
    labels = integers(rng, -1, 5, 6)
    agree(student, reference, call_jitted, "one_hot", labels, 5, static_argnums=(1,), lesson="negative_index_wraps")
    agree(student, reference, mapped_one_hot, integers(rng, -1, 5, 2, 5), 5, lesson="negative_index_wraps")
    does_not_unroll(student, three_classes, lambda n: (np.zeros(n, np.int32),))


def three_classes(stubs, labels):
    """one_hot(labels, 3)"""
    return stubs.one_hot(labels, 3)


def mapped_one_hot(stubs, labels, num_classes):
    """vmap of one_hot over rows of labels"""
    return jax.vmap(lambda row: stubs.one_hot(row, num_classes))(labels)


# gather_or


@exercise("gather_or", trait="values", points=7, lesson="gather_clamps")
def test_gather_or_values(student, reference, rng):
    """Rows come back where the index is inside, the fill value past the end."""
    for shape, k in (((5,), 7), ((4, 3), 6), ((4, 3), 3), ((4, 4), 4), ((3, 2, 4), 4), ((1, 2), 2), ((3, 1, 2, 2), 5)):
        idx = integers(rng, 0, 2 * shape[0] + 1, k)
        idx[0], idx[-1] = shape[0] - 1, shape[0]
        agree(student, reference, "gather_or", normal(rng, *shape), idx, float(rng.uniform(5, 9)))


@exercise("gather_or", trait="values", points=4, lesson="negative_index_wraps")
def test_gather_or_negative(student, reference, rng):
    """A negative index is outside as well."""
    for shape in ((5,), (3, 2), (6, 6), (2, 2, 3)):
        n = shape[0]
        idx = np.array([-1, 0, n - 1, n, -n, -n - 1, 2**31 - 1, -(2**31)], np.int32)[: 6 if n == 6 else None]
        agree(student, reference, "gather_or", normal(rng, *shape), idx, float(rng.uniform(5, 9)))


@exercise("gather_or", trait="values", points=2, lesson="fill_ignored")
def test_gather_or_fill(student, reference, rng):
    """Any number can be the fill value, and the dtype stays that of x."""
    idx = np.array([0, 3, 7, 1], np.int32)
    agree(student, reference, "gather_or", integers(rng, 1, 99, 3), idx, -7)
    agree(student, reference, "gather_or", integers(rng, 1, 99, 3, 4), idx, 0)
    for fill in (float("nan"), float("-inf"), 0.0, -1):
        agree(student, reference, "gather_or", normal(rng, 3, 2), idx, fill)
    agree(student, reference, "gather_or", normal(rng, 3, 2), np.array([], np.int32), 1.0)
    x, limits = normal(rng, 3, 3), np.iinfo(np.int32)
    x[0, 0], x[1, 1] = np.nan, np.inf
    x[0, 1:] = np.finfo(np.float32).min, np.finfo(np.float32).max
    agree(student, reference, "gather_or", x, idx, 4.0, lesson="content_is_no_mark")
    # 2^24 + 1 is no float32.
    for kept in ((5, limits.min, 7), (limits.max, 2**24 + 1, 1)):
        agree(student, reference, "gather_or", np.array(kept, np.int32), idx, 4, lesson="content_is_no_mark")


@exercise("gather_or", trait="trace", points=2)
def test_gather_or_jit(student, reference, rng):
    """It works under jit and vmap, and the program does not grow with the number of indices."""
    x = normal(rng, 4, 3)
    given = x, integers(rng, -3, 7, 5), -2.0
    agree(student, reference, call_jitted, "gather_or", *given, static_argnums=(2,), lesson="negative_index_wraps")
    agree(student, reference, mapped_gather, x, integers(rng, -3, 7, 2, 5), 3.0, lesson="negative_index_wraps")
    does_not_unroll(student, gather_minus_one, lambda n: (x, np.zeros(n, np.int32)))
    agree(student, reference, gradient, "gather_or", (x, integers(rng, -3, 7, 6), 0.5), (0,), lesson="gradient_cut")


def gather_minus_one(stubs, x, idx):
    """gather_or(x, idx, -1.0)"""
    return stubs.gather_or(x, idx, -1.0)


def mapped_gather(stubs, x, idx, fill):
    """vmap of gather_or over rows of indices"""
    return jax.vmap(lambda row: stubs.gather_or(x, row, fill))(idx)


# swap_rows


@exercise("swap_rows", trait="values", points=7, lesson="swap_both_rows")
def test_swap_rows_values(student, reference, rng):
    """Rows i and j trade places and the others stay."""
    for shape in ((5, 3), (4, 4), (2, 1), (6, 2)):
        i, j = (int(k) for k in rng.choice(shape[0], 2, replace=False))
        agree(student, reference, "swap_rows", normal(rng, *shape), i, j)
        agree(student, reference, "swap_rows", normal(rng, *shape), j, i)
    x = normal(rng, 3, 4)
    x[0, 0], x[2, 2], x[1, 3] = 1e9, -1e9, np.inf
    agree(student, reference, "swap_rows", x, 0, 2, lesson="not_by_arithmetic")


@exercise("swap_rows", trait="values", points=2, lesson="same_row")
def test_swap_rows_same(student, reference, rng):
    """A row swapped with itself changes nothing."""
    for shape in ((4, 3), (3, 3), (1, 2)):
        i = int(rng.integers(shape[0]))
        agree(student, reference, "swap_rows", normal(rng, *shape), i, i)


@exercise("swap_rows", trait="trace", points=4)
def test_swap_rows_traced(student, reference, rng):
    """Both indices may be traced, under jit and vmap, and one trace serves them all."""
    x = normal(rng, 5, 3)
    pairs = np.array([[0, 4], [3, 1], [2, 2]], np.int32)
    for i, j in pairs:
        with raising("Got slice(", lesson="slice_by_a_tracer"):
            agree(student, reference, call_jitted, "swap_rows", x, np.array(i), np.array(j), lesson="same_row")
    agree(student, reference, mapped_swap, x, pairs, lesson="same_row")
    if student.run(count_traces, "swap_rows", [(x, np.array(i), np.array(j)) for i, j in pairs]) != 1:
        raise CheckFailed("New indices were traced again.")
    i, j = map(np.array, pairs[0])
    agree(student, reference, gradient, "swap_rows", (x, i, j), (0,), lesson="gradient_cut")


def mapped_swap(stubs, x, pairs):
    """vmap of swap_rows over pairs of rows"""
    return jax.vmap(lambda pair: stubs.swap_rows(x, pair[0], pair[1]))(pairs)


@exercise("swap_rows", trait="pure", points=2, lesson="input_is_gone")
def test_swap_rows_pure(student, reference, rng):
    """The array that goes in stays as it is."""
    leaves_inputs_alone(student, reference, "swap_rows", normal(rng, 4, 2), 1, 3)


# ring_push


@exercise("ring_push", trait="values", points=8, lesson="push_then_advance")
def test_ring_push_values(student, reference, rng):
    """The value stands at the head, the other slots are kept, and the next head comes back."""
    for shape in ((5,), (3, 2), (4, 4), (3, 2, 2)):
        for head in (0, shape[0] - 2):
            agree(
                student, reference, "ring_push", normal(rng, *shape), np.array(head, np.int32), normal(rng, *shape[1:])
            )
    buffer = normal(rng, 3, 4)
    buffer[1, 0], buffer[1, 1], buffer[2, 2] = 1e9, np.inf, np.nan
    head, value = np.array(1, np.int32), normal(rng, 4)
    agree(student, reference, "ring_push", buffer, head, value, lesson="not_by_arithmetic")


@exercise("ring_push", trait="values", points=2, lesson="writes_past_the_end")
def test_ring_push_wraps(student, reference, rng):
    """After the last slot comes the first one again."""
    for shape in ((4,), (1,), (2, 3), (1, 2)):
        values = normal(rng, 2 * shape[0] + 1, *shape[1:])
        agree(student, reference, pushes, normal(rng, *shape), np.array(shape[0] - 1, np.int32), values)


def pushes(stubs, buffer, head, values):
    """ring_push of one value after the other"""
    for value in values:
        buffer, head = stubs.ring_push(buffer, head, value)
    return buffer, head


@exercise("ring_push", trait="trace", points=4, lesson="head_changes_type")
def test_ring_push_scan(student, reference, rng):
    """It is the body of a lax.scan: the head is traced and keeps its dtype."""
    last = np.array(2, np.uint8)
    agree(student, reference, "ring_push", normal(rng, 3), last, normal(rng), lesson="writes_past_the_end")
    for shape, dtype in (((4,), np.int8), ((3, 2), np.int32), ((5,), np.uint32), ((1,), np.int16)):
        values = normal(rng, shape[0] + 2, *shape[1:])
        start = normal(rng, *shape), np.array(shape[0] - 1, dtype)
        with raising("Got slice(", lesson="slice_by_a_tracer"):
            agree(student, reference, scanned, *start, values, lesson="writes_past_the_end")
    push = normal(rng, 3, 2), np.array(1, np.int32), normal(rng, 2)
    agree(student, reference, gradient, "ring_push", push, (0, 2), lesson="gradient_cut")


def scanned(stubs, buffer, head, values):
    """lax.scan of ring_push over values"""

    def step(carry, value):
        return stubs.ring_push(*carry, value), None

    return lax.scan(step, (buffer, head), values)[0]


@exercise("ring_push", trait="pure", points=2, lesson="input_is_gone")
def test_ring_push_pure(student, reference, rng):
    """The buffer that goes in stays as it is."""
    leaves_inputs_alone(student, reference, "ring_push", normal(rng, 3, 2), np.array(1, np.int32), normal(rng, 2))


SLOTS, PUSHES = 16_384, 20_000


@exercise("ring_push", trait="speed", points=4, lesson="copies_the_buffer")
def test_ring_push_speed(race, rng):
    """A push costs one slot's work, not the whole buffer's."""
    race(many_pushes, inputs=lambda: (normal(rng),), baseline=rewrite_all, lesson="copies_the_buffer")


def many_pushes(stubs):
    """20,000 pushes into 16,384 slots, in one lax.scan"""
    return push_loop(stubs.ring_push)


def rewrite_all(stubs):
    """A push that goes over all slots"""
    return push_loop(lambda b, h, v: (jnp.where(jnp.arange(SLOTS) == h, v, b), (h + 1) % SLOTS))


def push_loop(push):
    def run(shift):
        values = jnp.sin(jnp.arange(PUSHES) + shift)
        start = (jnp.zeros(SLOTS), jnp.int32(5))
        buffer, head = lax.scan(lambda carry, value: (push(*carry, value), None), start, values)[0]
        return buffer[::100], head

    return jax.jit(run)
