"""From cells to the statements that stubs need, and no others."""

import ast
import textwrap

import jax
import pytest

from autograder.notebook.cells import Cell, plain_python
from autograder.notebook.load import load
from autograder.notebook.slice import import_statements, keep_needed, read_statements
from autograder.program import describe


def cells(*sources: str) -> list[Cell]:
    return [Cell(str(number), textwrap.dedent(source)) for number, source in enumerate(sources, 1)]


def kept(*sources: str, stubs: tuple[str, ...] = ("f",)) -> list[str]:
    whole = read_statements(cells(*sources))
    return [ast.unparse(statement.node) for statement in keep_needed(whole, stubs).statements]


def test_plots_demos_and_checks_are_left_out():
    assert kept("import math", "plot(1)\nx = long_demo()", "def f(): return math.pi", 'check("f")') == [
        "import math",
        "def f():\n    return math.pi",
    ]


def test_what_a_stub_needs_comes_along_transitively():
    names, failures = load(cells("def g(): return A", "A = B + 1", "B = 1", "def f(): return g()"), ["f"])
    assert not failures
    assert names["f"]() == 2


def test_a_definition_may_stand_below_its_use():
    names, failures = load(cells("@twice\ndef f(): return 1", "def twice(g): return lambda: 2 * g()"), ["f"])
    assert not failures
    assert names["f"]() == 2


def test_an_untouched_copy_does_not_replace_the_answer():
    names, _ = load(cells("def f(): return 1", "def f():\n    '''Doc.'''\n    raise NotImplementedError()"), ["f"])
    assert names["f"]() == 1


def test_the_last_answer_counts():
    names, _ = load(cells("def f(): return 1", "def f(): return 2"), ["f"])
    assert names["f"]() == 2


def test_a_broken_cell_costs_only_itself():
    names, failures = load(cells("def f(:", "def g(): return 3", "def h(): return undefined_name"), ["f", "g", "h"])
    assert names["g"]() == 3
    assert list(failures) == ["f"]
    assert "syntax error" in failures["f"]


def test_sound_parts_of_a_broken_cell_count():
    names, failures = load(
        cells("import math\ndef f(): return math.pi\ndef g(:\n    pass\ndef h(): return 2\n"), ["f", "g", "h"]
    )
    assert names["h"]() == 2
    assert names["f"]() == pytest.approx(3.14159, abs=1e-4)
    assert list(failures) == ["g"]


def test_a_cell_that_raises_is_reported_with_its_line():
    _, failures = load(cells("x = 1\ny = 1 / 0", "def f(): return y"), ["f"])
    assert failures == {"1": "Line 2 raised ZeroDivisionError: division by zero."}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip list\nx = 1", "pass\nx = 1"),
        ("x?\ny = 1", "pass\ny = 1"),
        ("%%time\nx = 1", "\nx = 1"),
        ("%%bash\nrm -rf x", ""),
        ("files = !ls\ny = 1", "files = None\ny = 1"),
        ("if x:\n    %timeit y", "if x:\n    pass"),
        ("x = 1\r\ny = 2", "x = 1\ny = 2"),
        ("\n  x = 1\n  if x:\n    y = 2", "\nx = 1\nif x:\n  y = 2"),
        ("%time x = 1\n%timeit x", "x = 1\npass"),
        ("a = 7 % 3", "a = 7 % 3"),
        ("a = (b\n    %c)", "a = (b\n    %c)"),
        ('a = """\n!x\nWhy?\n"""', 'a = """\n!x\nWhy?\n"""'),
    ],
)
def test_magics_are_taken_out_and_lines_keep_their_numbers(source, expected):
    assert plain_python(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "def f(): return 1\n" * 100_000,
        "x = " + "(" * 500 + ")" * 500,
        "x = " + "-" * 100_000 + "1",
        "\0",
        "x = '\ud800'",
    ],
)
def test_no_source_upsets_the_reader(source):
    load([Cell("1", source), Cell("g", "def g(): return 1")], ["f", "g"])


def test_what_a_notebook_guards_as_the_main_program_is_there():
    guarded = "if __name__ == '__main__':\n    A = 1\n    B = 1 / 0\n    def f(): return A"
    names, failures = load(cells(guarded, 'if __name__ == "__main__": print(f())'), ["f"])
    assert not failures
    assert names["f"]() == 1


def test_a_stub_may_display():
    names, failures = load(cells("def f():\n    display(1)\n    return 1", "A = 1\ndisplay(A)"), ["f"])
    assert not failures
    assert names["f"]() == 1


@pytest.mark.parametrize(
    "broken",
    [
        "def helper(a, a): return a",
        "def helper():\n    x = 1\n    global x",
        "def helper():\n    from math import *",
        "nonlocal x",
        "await f()",
        "return 3",
        "x = " + "1 + " * 5000 + "1",
    ],
)
def test_what_parses_and_does_not_compile_costs_only_itself(broken):
    names, failures = load(cells(f"{broken}\ndef f(): return 1", "def g(): return 2"), ["f", "g"])
    assert (names["f"](), names["g"]()) == (1, 2)
    assert set(failures) == {"helper" if "helper" in broken else "x" if broken.startswith("x = ") else "1"}


def test_a_stub_that_does_not_compile_says_why():
    _, failures = load(cells("x = 1\ndef f(a):\n    if a: break\n    return a"), ["f"])
    assert failures == {"f": "It has a syntax error. Line 3: 'break' outside loop"}


def test_tabs_are_python():
    names, failures = load(cells("def f():\n\tif True:\n\t\treturn 1"), ["f"])
    assert not failures
    assert names["f"]() == 1


def test_class_patches_and_attributes_come_along():
    names, _ = load(cells("class f: pass", "f.size = 3"), ["f"])
    assert names["f"].size == 3


def test_calls_that_complete_a_function_come_along():
    rule = ["import jax", "@jax.custom_vjp\ndef f(x): return x", "def b(r, g): return (3 * g,)"]
    names, failures = load(cells(*rule, "f.defvjp(lambda x: (f(x), None), b)", "jax.long_demo(f)"), ["f"])
    assert not failures
    assert float(__import__("jax").grad(names["f"])(1.0)) == 3


def test_decorators_that_complete_a_function_come_along():
    rule = "@jax.custom_jvp\ndef f(x): return x\n@f.defjvp\ndef rule(p, t): return p[0], 3 * t[0]"
    names, failures = load(cells("import jax", rule), ["f"])
    assert not failures
    assert float(__import__("jax").grad(names["f"])(1.0)) == 3


def test_registering_a_class_comes_along():
    source = [
        "import jax",
        "class f: pass",
        "jax.tree_util.register_pytree_node(f, lambda x: ((), None), lambda a, c: f())",
    ]
    names, _ = load(cells(*source), ["f"])
    assert __import__("jax").tree.leaves(names["f"]()) == []


def test_import_statements_are_a_line_each():
    nodes = ast.parse("import math\nx = 1\nfrom itertools import (\n    chain,\n    pairwise,\n)\n").body
    assert import_statements(nodes) == "import math\nfrom itertools import chain, pairwise"


def test_a_loop_that_fills_what_a_stub_needs_comes_along():
    names, failures = load(cells("RULES = []\nfor k in (1, 2):\n    RULES.append(k)", "def f(): return RULES"), ["f"])
    assert not failures
    assert names["f"]() == [1, 2]


def test_what_the_submissions_own_decorator_fills_comes_along():
    decorator = (
        "RULES = {}\ndef rule(name):\n    def add(g):\n        RULES[name] = g\n        return g\n    return add"
    )
    names, failures = load(
        cells(decorator, "@rule('low')\ndef three(): return 3", "def f(): return RULES['low']()"), ["f"]
    )
    assert not failures
    assert names["f"]() == 3


def test_numpy_may_fill_an_array_in_place():
    names, failures = load(
        cells("import numpy as np\nT = np.zeros((2, 2))\nnp.fill_diagonal(T, 7)", "def f(): return T.sum()"), ["f"]
    )
    assert not failures
    assert names["f"]() == 14


@pytest.mark.parametrize(
    "filling",
    [
        "def fill():\n    for i in range(3): TABLE.append(i)\nfill()",
        "def fill():\n    push()\ndef push():\n    TABLE.extend((1, 2, 3))\nfill()",
        "def fill(into):\n    into += [1, 2, 3]\nfill(TABLE)",
        "def fill():\n    global TABLE\n    TABLE = [1, 2, 3]\nfill()",
        "def fill(value):\n    TABLE[len(TABLE) :] = [value]\nfill(1); fill(2); fill(3)",
        "[TABLE.append(i) for i in range(3)]",
        "list(map(TABLE.append, range(3)))",
        "_ = TABLE.append(1), TABLE.append(2), TABLE.append(3)",
        "TABLE.extend((1, 2, 3)) if True else None",
        "import bisect\nfor i in range(3): bisect.insort(TABLE, i)",
    ],
)
def test_a_list_may_be_filled_in_any_way(filling):
    names, _ = load(cells("TABLE = []", filling, "def f(): return len(TABLE)"), ["f"])
    assert names["f"]() == 3


def test_a_class_may_be_completed_by_calls():
    complete = (
        "class A: pass\nsetattr(A, 'size', 3)\n@singledispatch\ndef g(x): return 0\ng.register(A, lambda x: x.size)"
    )
    names, _ = load(cells("from functools import singledispatch", complete, "def f(): return g(A())"), ["f"])
    assert names["f"]() == 3


def test_what_shows_a_constant_is_left_out():
    show = "def show():\n    plot([f(x) * SCALE for x in range(9)])\nshow(); plot(SCALE); plot(KEY)"
    constants = "SCALE = 1.05\nKEY = jax.random.key(0)"
    f = "def f(x):\n    return (KEY, SCALE * x)"
    assert kept("import jax", constants, f, show) == ["import jax", *constants.split("\n"), f]


def values(*sources: str, stubs: tuple[str, ...]) -> list[int]:
    names, failures = load(cells(*sources), stubs)
    assert not failures
    return [names[stub]() for stub in stubs]


def test_a_helper_may_have_another_meaning_further_down():
    first, second = "def g(): return 1\ndef f(): return g()", "def g(): return 2\ndef h(): return 10 * g()"
    assert values(first, 'check("f")', second, stubs=("f", "h")) == [1, 20]
    assert values(first, second, stubs=("f", "h")) == [1, 20]
    assert values("def g(): return 1", "def f(): return g()", 'check("f")', "g = lambda: 5", stubs=("f",)) == [1]
    assert values("from math import sqrt as g", "def f(): return g(4)", "def g(): pass\ndef h(): return g() or 3",
                  stubs=("f", "h")) == [2, 3]  # fmt: skip


def test_a_name_may_be_bound_inside_an_expression():
    assert values("[last := n for n in range(4)]", "def f(): return last", stubs=("f",)) == [3]


def test_a_name_of_pythons_own_may_be_taken_further_down():
    assert values("def f(): return max(1, 2)", 'check("f")', "max = 7", stubs=("f",)) == [2]
    assert values("max = lambda *numbers: 7", "def f(): return max(1, 2)", 'check("f")', stubs=("f",)) == [7]


def test_a_helper_may_stand_between_a_stub_and_its_check():
    sources = ("def g(): return 1\ndef f(): return g()", "def h(): return g()", "def g(): return 2", 'check("h")')
    assert values(*sources, stubs=("f", "h")) == [1, 2]


def test_a_constant_may_change_further_down():
    assert values("N = 1", "def f(): return N", 'check("f")', "N += 1\ndef h(): return N", stubs=("f", "h")) == [1, 2]


def test_a_loop_over_a_demo_is_left_out():
    assert kept("import math", "for k in range(3):\n    plot(k)\n    math.sqrt(k)", "def f(): return math.pi") == [
        "import math",
        "def f():\n    return math.pi",
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "@partial(f.defjvp, symbolic_zeros=True)\ndef rule(p, t): return f(*p), 7.0 * t[0]",
        "def rule(p, t): return f(*p), 7.0 * t[0]\n_ = f.defjvp(rule)",
        "def rule(p, t): return f(*p), 7.0 * t[0]\nfor g, r in ((f, rule),):\n    g.defjvp(r)",
    ],
)
def test_a_gradient_rule_comes_along_however_it_is_attached(rule):
    names, failures = load(
        cells("import jax\nfrom functools import partial", "@jax.custom_jvp\ndef f(x): return x * x", rule), ["f"]
    )
    assert not failures
    assert jax.grad(names["f"])(3.0) == 7.0


def test_annotations_may_be_left_unevaluated():
    names, failures = load(cells("from __future__ import annotations", "def f(x: Unknown) -> Unknown: return 1"), ["f"])
    assert not failures
    assert names["f"](0) == 1


@pytest.mark.parametrize(
    "below",
    ["f = f()", "for f in range(3): pass", "f = round(f())", "f = 5", "f, n = 3, 4\nf = f + 1"],
)
def test_the_name_of_a_stub_may_be_reused_below(below):
    for check in ('check("f")', "pass"):
        assert values("def f(): return 1", check, below, stubs=("f",)) == [1]


def test_what_a_stub_returns_may_be_callable_and_have_its_name():
    assert values("def f(): return lambda: 1", "g = f()", 'check("g")', "g = g()", stubs=("g",)) == [1]
    names, _ = load(cells("def f(): return lambda: 1", 'check("f")', "f = f()"), ["f"])
    assert names["f"]()() == 1


def test_a_stub_may_be_made_by_a_function_of_its_name():
    assert values("def f(): return lambda: 1", "f = f()", 'check("f")', stubs=("f",)) == [1]


def test_a_stub_that_is_a_value_is_one():
    names, _ = load(cells("f = 3"), ["f"])
    assert names["f"] == 3


@pytest.mark.parametrize(
    "filling",
    [
        "def fill():\n    TABLE.append(7)\n    return len(TABLE)\nn = fill()",
        "def push():\n    TABLE.append(7)\ndef fill():\n    last = push()\n    return last\nn = fill()",
    ],
)
def test_what_an_assignment_fills_on_the_way_comes_along(filling):
    assert values("TABLE = []", filling, "def f(): return TABLE[0]", stubs=("f",)) == [7]


def test_a_function_that_fills_a_list_of_its_own_is_no_reason_to_run_a_demo():
    demo = "def demo(losses):\n    losses.append(slow())\n    return losses\nlast = demo([])"
    f = "def f():\n    return losses"
    assert kept("losses = [1]", demo, f) == ["losses = [1]", f]


@pytest.mark.parametrize(
    "register",
    [
        "_ = jax.tree_util.register_pytree_node(f, lambda x: ((), None), lambda a, c: f())",
        "jax.tree_util.register_pytree_node(nodetype=f, flatten_func=lambda x: ((), 0), unflatten_func=lambda *_: f())",
    ],
)
def test_registering_a_class_comes_along_however_it_is_said(register):
    names, _ = load(cells("import jax", "class f: pass", register), ["f"])
    assert jax.tree.leaves(names["f"]()) == []


def test_cells_of_one_label_keep_their_own_lines():
    answer, another = "\ndef f():\n    return 1 / 0", "class A:\n    def f(self):\n        pass"
    names, _ = load([Cell("f", answer), Cell("f", another)], ["f"])
    with pytest.raises(ZeroDivisionError) as raised:
        names["f"]()
    told = describe(raised.value)
    assert (told.cell, told.line, told.code) == ("f", 3, "return 1 / 0")
