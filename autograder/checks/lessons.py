"""Lessons that belong to no single stage: what JAX's own exceptions mean, and what is true everywhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from autograder.checks.exercise import Lesson
from autograder.player import StudentError
from autograder.program import Raised

STOPPED = Lesson(
    "It has to come to an end",
    "Your code ended the process, or used more time or memory than there is for it.",
    "import time\nstart = time.perf_counter()\n# call your function here\nprint(time.perf_counter() - start)",
)

_WHEN_GRADED = (
    "Where it is graded there are this course's packages and none of your other files, and nothing can be typed in or "
    "downloaded."
)
_IS_IT_THERE = "import importlib.util\nprint([bool(importlib.util.find_spec(name)) for name in ('jax', 'my_helpers')])"

LESSONS = {
    "branch_on_traced_value": Lesson(
        "A traced value has no truth value",
        "Under `jit`, `vmap` or `grad` an argument is a tracer: it has a shape and a dtype but no value, "
        "so Python's `if` and `while` cannot look at it. Use `jnp.where`, `lax.cond` or `lax.while_loop`.",
        "import jax, jax.numpy as jnp\njax.jit(lambda x: jnp.where(x > 0, x, -x))(-3.0)",
    ),
    "concrete_value_needed": Lesson(
        "A traced value is not a number yet",
        "`int()`, `float()`, `range()` and shapes need a value now; while JAX traces, there is only a shape and "
        "a dtype. Keep it an array, or make the argument static.",
        "import jax, jax.numpy as jnp\njax.jit(lambda n: jnp.arange(8) < n)(3)",
    ),
    "numpy_on_a_tracer": Lesson(
        "NumPy cannot see inside a tracer",
        "`np.` functions need values; under `jit` there are none yet. The same function in `jnp.` stays in the "
        "program.",
        "import jax, jax.numpy as jnp\njax.jit(lambda x: jnp.sum(x))(jnp.arange(3.0))",
    ),
    "leaked_tracer": Lesson(
        "A traced value escaped its function",
        "A value from inside a traced function was stored outside and used later. Return it instead.",
        "import jax\njax.jit(lambda x: (x + 1, x * 2))(3.0)  # both leave through the return value",
    ),
    "assignment_in_place": Lesson(
        "Arrays never change",
        "A JAX array cannot be assigned to. `x.at[i].set(v)` returns a new array with the change.",
        "import jax.numpy as jnp\nx = jnp.zeros(3)\ny = x.at[1].set(5.0)\nprint(x, y)",
    ),
    "key_used_twice": Lesson(
        "A key is used once",
        "The same key was given to two random functions, so they draw the same bits. "
        "`jax.random.split` makes as many keys as there are draws.",
        "import jax\nkey = jax.random.key(0)\na = jax.random.normal(key)\nb = jax.random.normal(key)\nprint(a == b)",
    ),
    "boolean_mask_under_jit": Lesson(
        "A mask cannot change the shape",
        "`x[mask]` has as many entries as the mask has True, and a compiled program must know its shapes. "
        "`jnp.where(mask, x, other)` keeps the shape.",
        "import jax, jax.numpy as jnp\njax.jit(lambda x: jnp.where(x > 0, x, 0).sum())(jnp.array([1.0, -2.0]))",
    ),
    "carry_changes": Lesson(
        "What a loop carries keeps its type",
        "A compiled loop has one program for all its turns, so what goes into a turn and what comes out have the same "
        "structure, shapes and dtypes. Start from zeros like those that a turn returns: 0 is an int32 of shape ().",
        "import jax, jax.numpy as jnp\nxs = jnp.ones((4, 3))\n"
        "print(jax.lax.scan(lambda total, x: (total + x, None), jnp.zeros(3), xs)[0])",
    ),
    "branches_differ": Lesson(
        "Both branches return the same type",
        "Which branch runs is known only when the program runs, but the shapes and dtypes of what comes out "
        "are fixed before.",
        "import jax\nprint(jax.jit(lambda x: jax.lax.cond(x > 0, lambda: x, lambda: 0.0))(2.0))",
    ),
    "never_ending_recursion": Lesson(
        "Recursion needs a value to stop at",
        "The function calls itself without end. While JAX traces there is no value that says when to stop, and both "
        "branches of `lax.cond` are traced. `lax.while_loop` goes on until a traced condition ends it.",
        "import jax\nprint(jax.jit(lambda n: jax.lax.while_loop(lambda m: m > 10, lambda m: m // 2, n))(1000))",
    ),
    "no_such_name": Lesson(
        "Python does not know this name",
        "It may be a slip of the pen, a name that gets its value in a cell which was not run, or a function that "
        "another library has: `jnp` has most of NumPy's, `jax.nn` and `jax.random` have others.",
        "import jax.numpy as jnp\nprint([name for name in dir(jnp) if 'where' in name])",
    ),
    "cell_did_not_run": Lesson(
        "A name has a value once its cell has run",
        f"Does the notebook run from the top in a fresh kernel? {_WHEN_GRADED}",
        _IS_IT_THERE,
    ),
    "placeholder_left": Lesson(
        "The placeholder ends the function",
        "`raise NotImplementedError()` stops the function where it stands. Delete that line and the rest runs.",
        "def f():\n    return 1\n    raise NotImplementedError()\n\nprint(f())",
    ),
    "not_there_when_graded": Lesson("It is not there when it is graded", _WHEN_GRADED, _IS_IT_THERE),
    "nan_is_news": Lesson(
        "NaN stays NaN",
        "What is computed of a NaN is NaN, so it shows that something went wrong before. `nan_to_num` and `nanmean` "
        "put a number in its place that nobody measured, and hide where the trouble began.",
        "import jax.numpy as jnp\nx = jnp.array([1.0, jnp.nan, 5.0])\n"
        "print(x.mean(), jnp.nanmean(x), jnp.nan_to_num(x).mean())",
    ),
    "gradient_cut": Lesson(
        "Gradients go back through it",
        "The result depends on the input, and so its gradient has to. `jax.lax.stop_gradient`, rounding or a detour "
        "through NumPy on the way makes the input look like a constant.",
        "import jax, jax.numpy as jnp\nf = lambda x: jnp.sin(x)\n"
        "print(jax.grad(f)(1.0), jax.grad(lambda x: f(jax.lax.stop_gradient(x)))(1.0))",
    ),
    "no_way_back": Lesson(
        "A loop without a known end has no way back",
        "A gradient goes through the turns of a loop from the last to the first, so it has to know how many there are: "
        "`lax.scan`, or `lax.fori_loop` with bounds that are Python numbers. `lax.while_loop` does not.",
        "import jax\nf = lambda x: jax.lax.fori_loop(0, 3, lambda i, y: y * x, 1.0)\nprint(jax.grad(f)(2.0))",
    ),
    "index_by_a_list": Lesson(
        "JAX takes no list as an index",
        "A list would be copied to the device in every call, so JAX asks for an array: `x[jnp.array([i, j])]`.",
        "import jax.numpy as jnp\nx = jnp.arange(5.0)\nprint(x[jnp.array([0, 3])])",
    ),
    "jvp_takes_tuples": Lesson(
        "Primals and tangents come in tuples",
        "A function may have several arguments, so `jax.jvp` takes a tuple of them and a tuple of their tangents, for "
        "one argument too.",
        "import jax\nprint(jax.jvp(lambda x: x**2, (3.0,), (1.0,)))",
    ),
    "static_is_hashed": Lesson(
        "An array is data, not a static argument",
        "A static argument is a part of the program: its value is hashed, and another one is another program. Arrays "
        "are traced, and one program serves them all.",
        "import jax\nf = jax.jit(lambda x, n: x * n, static_argnums=1)\nprint(f(jax.numpy.ones(2), 3))",
    ),
    "other_shape": Lesson(
        "The shape is a part of the promise",
        "`x.shape` shows it at every step, under `jit` too. A sum over an axis takes that axis away, and so does an "
        "index; a slice keeps it, `keepdims=True` too, and `x[None]` adds one.",
        "import jax.numpy as jnp\nx = jnp.ones((4, 3))\n"
        "print(x.sum(0).shape, x.sum(0, keepdims=True).shape, x[1].shape, x[1:2].shape, x[None].shape)",
    ),
    "other_dtype": Lesson(
        "The dtype is a part of the promise",
        "`x.dtype` shows it. It comes from what was computed with: a comparison gives bool, sums of integers stay "
        "integers, and a float32 among them makes float32. `x.astype` makes another one.",
        "import jax.numpy as jnp\nhit = jnp.arange(3) == 1\n"
        "print(hit.dtype, hit.sum().dtype, hit.mean().dtype, hit.astype(jnp.float32).dtype)",
    ),
    "other_parts": Lesson(
        "The parts of a result are a part of the promise",
        "Who calls a function takes its result apart: so many parts, in this order, under these keys, as the docstring "
        "says. `jax.tree.structure` shows the parts of a result.",
        "import jax\nprint(jax.tree.structure((1.0, {'a': 2.0, 'b': 3.0})))",
    ),
    "nothing_returned": Lesson(
        "Return the result",
        "A function that ends without `return` gives None, whatever it has computed.",
        "def forgets(x):\n    x + 1\n\ndef returns(x):\n    return x + 1\n\nprint(forgets(1), returns(1))",
    ),
    "older_flax": Lesson(
        "Flax has changed since",
        "Since release 0.11 an optimizer is told what it trains, `nnx.Optimizer(model, rule, wrt=nnx.Param)`, and gets "
        "the model with each step, `optimizer.update(model, grads)`. Older tutorials do neither.",
        "import optax\nfrom flax import nnx\nmodel = nnx.Linear(1, 1, rngs=nnx.Rngs(0))\n"
        "optimizer = nnx.Optimizer(model, optax.sgd(0.5), wrt=nnx.Param)\n"
        "optimizer.update(model, nnx.grad(lambda model: model.bias[...].sum())(model))\nprint(model.bias[...])",
    ),
    "wrong_in_the_race": Lesson(
        "Right comes before fast",
        "A race has larger arrays than the checks before it, and other ones in each call. What is right for small ones "
        "has to be right there too: think of sizes taken for granted, numbers that grow, results that are kept.",
        "import jax.numpy as jnp\nfor n in (100, 300):\n    print(jnp.arange(n).astype(jnp.int8)[-1])",
    ),
}

_BY_EXCEPTION = {
    "TracerBoolConversionError": "branch_on_traced_value",
    "TracerArrayConversionError": "numpy_on_a_tracer",
    "TracerIntegerConversionError": "concrete_value_needed",
    "NonConcreteBooleanIndexError": "boolean_mask_under_jit",
    "UnexpectedTracerError": "leaked_tracer",
    "KeyReuseError": "key_used_twice",
    "ConcretizationTypeError": "concrete_value_needed",
    "RecursionError": "never_ending_recursion",
    "ModuleNotFoundError": "not_there_when_graded",
    "OSError": "not_there_when_graded",
    "EOFError": "not_there_when_graded",
}

# How their messages begin. What an object does not have is a matter of its type (a NumPy array has no `.at`), and JAX
# raises a NameError of its own, of axes.
_OF_A_MISSING_NAME = {"NameError": ("name ", "cannot access"), "AttributeError": ("module ",), "ImportError": ("",)}

_BY_MESSAGE = {
    "ValueError": {
        "assignment destination is read-only": "assignment_in_place",
        # Parameters, whatever the check is about.
        "trying to hash an object of type <class 'list'>": "static_is_hashed",
        "trying to hash an object of type <class 'dict'>": "static_is_hashed",
    },
    "TypeError": {
        "immutable": "assignment_in_place",
        "'_IndexUpdateHelper' object does not support item": "assignment_in_place",
        "carry input and carry output must": "carry_changes",
        "branches must have equal output types": "branches_differ",
        "branch outputs must have the same pytree": "branches_differ",
        "Using a non-tuple sequence for multidimensional indexing": "index_by_a_list",
        "As of Flax 0.11.0": "older_flax",
        "primal and tangent arguments to jax.jvp must be tuples": "jvp_takes_tuples",
    },
}

# What the lesson of the check, where it has one, says better.
_FOR_WANT_OF_ANOTHER = {
    "Reverse-mode differentiation does not work": "no_way_back",
    "Non-hashable static arguments": "static_is_hashed",
    "Got slice(": "concrete_value_needed",  # all that JAX 0.10 and 0.12 have in common there
}


@contextmanager
def raising(*signs: str, lesson: str) -> Iterator[None]:
    """What the student's code raises in here shows that misconception, where it has one of `signs`.

    Args:
        signs: class names of the exception, its bases' too, or parts of its text.
    """
    try:
        yield
    except StudentError as error:
        if error.lesson is None and any(error.is_a(sign) or sign in str(error) for sign in signs):
            error.lesson = lesson
        raise


def for_exception(raised: Raised, usual: str | None = None) -> str | None:
    """The lesson that an exception of the student's code calls for.

    Args:
        usual: that of the check it fell in.
    """
    if raised.no_value:
        return "cell_did_not_run"
    if "raise NotImplementedError" in (raised.code or ""):
        return "placeholder_left"
    for name in raised.bases:
        if name in _BY_EXCEPTION:
            return _BY_EXCEPTION[name]
        if raised.cell and raised.message.startswith(_OF_A_MISSING_NAME.get(name, ())):
            return "no_such_name"
    by_message = _BY_MESSAGE.get(raised.type, {}) | ({} if usual else _FOR_WANT_OF_ANOTHER)
    return next((lesson for part, lesson in by_message.items() if part in raised.message), None)
