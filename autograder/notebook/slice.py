"""Slicing: from a submission's cells to the statements its stubs need, and no others.

Grading must not run plots, long demos or `check(...)` cells, wherever a student put them. So a submission is
read as a set of top-level statements; each binds names and uses names. Starting from the stubs, only the
statements that bind a needed name are kept, in the order of the notebook.
"""

import ast
import re
import symtable
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from autograder.notebook.cells import MAX_SOURCE, Cell, plain_python

MAX_PARTS = 1000
# NumPy's functions that write into what they are given.
FILLS_ITS_ARGUMENT = ("fill_diagonal", "put", "putmask", "place", "copyto", "put_along_axis")
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
STATEMENT = re.compile(r"(@|def |class |async def |import |from |[A-Za-z_]\w* *=)")


@dataclass(frozen=True)
class Statement:
    """A top-level statement, its text without comments, the names it binds and those it needs."""

    cell: str
    node: ast.stmt
    source: str
    binds: frozenset[str]
    uses: frozenset[str]
    is_stub: bool


@dataclass
class Slice:
    """Statements of a submission, and the cells that cannot be read, with the reason."""

    statements: list[Statement]
    broken: dict[str, str] = field(default_factory=dict)


def import_statements(nodes: Iterable[ast.stmt]) -> str:
    """The import statements among the nodes, one a line."""
    return "\n".join(ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))


def slice_cells(cells: Iterable[Cell], stubs: Iterable[str]) -> Slice:
    """Keep the statements of `cells` that the `stubs` need."""
    return keep_needed(read_statements(cells), stubs)


def read_statements(cells: Iterable[Cell]) -> Slice:
    """All top-level statements of `cells`."""
    statements: list[Statement] = []
    broken: dict[str, str] = {}
    for cell in cells:
        if len(cell.source) > MAX_SOURCE:
            broken[cell.label] = "It is too long to be read."
            continue
        source = plain_python(cell.source)
        nodes = _parse(source)
        if isinstance(nodes, str):
            nodes = _sound_parts(source, cell.label, broken)
        for node in nodes:
            try:
                statements.append(_statement(cell.label, node))
            except UNREADABLE as error:
                broken[getattr(node, "name", cell.label)] = _complaint(error)
    return Slice(statements, broken)


def keep_needed(whole: Slice, stubs: Iterable[str]) -> Slice:
    """Keep the statements that the `stubs` need."""
    stubs = list(stubs)
    statements = _without_untouched_copies(whole.statements, stubs)
    providers: dict[str, list[Statement]] = {}
    used_by = {s.node.name: s.uses for s in statements if isinstance(s.node, ast.FunctionDef)}
    imported = {name for s in statements if isinstance(s.node, ast.Import | ast.ImportFrom) for name in s.binds}
    for statement in statements:
        # `plt.show()` and `@jax.jit` change no module that a stub needs.
        own = isinstance(statement.node, ast.Import | ast.ImportFrom)
        bound = statement.binds | _decorated_into(statement.node, used_by)
        for name in bound if own else bound - imported | _defines(statement.node):
            providers.setdefault(name, []).append(statement)
    needed: set[int] = set()
    todo = [*stubs, "*"]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        for statement in providers.get(name, ()):
            if id(statement) not in needed:
                needed.add(id(statement))
                todo.extend(statement.uses)
    return Slice([s for s in statements if id(s) in needed], whole.broken)


def _parse(source: str, first_line: int = 0) -> list[ast.stmt] | str:
    """The statements of a text, or what is wrong with it."""
    try:
        tree = ast.parse(source)
    except UNREADABLE as error:
        return _complaint(error, first_line)
    return [ast.increment_lineno(node, first_line) for node in tree.body] if first_line else tree.body


def _complaint(error: BaseException, first_line: int = 0) -> str:
    """What is wrong with a text that is not Python."""
    if not isinstance(error, SyntaxError):
        return f"It cannot be read: {error}"
    line = (error.text or "").strip()[:120]
    where = f"It has a syntax error. Line {first_line + (error.lineno or 1)}: {error.msg}"
    return where + (f": `{line}`" if line else "")


def _sound_parts(source: str, label: str, broken: dict[str, str]) -> list[ast.stmt]:
    """The statements of a cell that cannot be parsed whole, cut where top-level statements begin.

    What is wrong goes into `broken`, under the name that the faulty part defines.
    """
    lines = source.split("\n")
    starts = [i for i, line in enumerate(lines) if STATEMENT.match(line)]
    cuts = [0, *(i for i in starts if i and not lines[i - 1].startswith("@")), len(lines)]
    nodes: list[ast.stmt] = []
    for begin, end in pairwise(cuts[:MAX_PARTS]):
        body = "\n".join(lines[begin:end])
        found = _parse(body, begin)
        if isinstance(found, str):
            name = re.search(r"^(?:async )?(?:def|class) (\w+)", body, re.MULTILINE)
            broken[name[1] if name else label] = found
        else:
            nodes += found
    return nodes


def _statement(label: str, node: ast.stmt) -> Statement:
    """Raises one of `UNREADABLE`: what parses need not compile, as `def f(a, a): ...`."""
    compile(ast.Module([node], []), f"<{label}>", "exec")
    source = ast.unparse(node)
    table = symtable.symtable(source, "<cell>", "exec")
    binds = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    uses = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()} | _globals(table)
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute | ast.Subscript) and not isinstance(inner.ctx, ast.Load):
            binds |= {n.id for n in ast.walk(inner) if isinstance(n, ast.Name)}  # `CNN.size = 3` belongs to CNN
        elif isinstance(inner, ast.alias) and inner.name == "*":
            binds.add("*")
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        # `@f.defjvp` completes `f`, and so does `@partial(f.defjvp, symbolic_zeros=True)`
        decorators = [part for d in node.decorator_list for part in (d, *(d.args if isinstance(d, ast.Call) else ()))]
        binds = {node.name}.union(*map(_root, decorators))
    elif isinstance(node, ast.Expr):
        binds = _changed_by(node.value)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        binds |= _completed_by(node.value)
    else:
        binds |= _changed_inside(node)
    return Statement(label, node, source, frozenset(binds), frozenset(uses), _is_stub(node))


def _changed_by(call: ast.expr) -> set[str]:
    """The names that a bare call may change: `f.defvjp(a, b)` completes `f`, `register(C)` completes `C`."""
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute | ast.Name):
        return set()
    called = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id
    if called.startswith("register") or called in FILLS_ITS_ARGUMENT:
        return {argument.id for argument in call.args if isinstance(argument, ast.Name)}
    return _root(call.func)


def _completed_by(value: ast.expr | None) -> set[str]:
    """`f` of `_ = f.defjvp(rule)`; a value says nothing of what other calls change."""
    is_rule = (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr.startswith("def")
    )
    return _changed_by(value) if is_rule and value is not None else set()


def _changed_inside(node: ast.stmt) -> set[str]:
    """The names that calls inside a loop or another block may change: `for k in ...: TABLE.append(k)`."""
    changed: set[str] = set().union(*(_changed_by(e.value) for e in ast.walk(node) if isinstance(e, ast.Expr)))
    for loop in (inner for inner in ast.walk(node) if isinstance(inner, ast.For)):
        targets = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
        if changed & targets:
            changed |= _elements(loop.iter)  # `for f, rule in ((g, r), (h, s)): f.defjvp(rule)` completes `g` and `h`
    return changed


def _elements(item: ast.expr) -> set[str]:
    """The names in literal tuples, lists and sets; that by which another collection is called."""
    if isinstance(item, ast.Tuple | ast.List | ast.Set):
        return set().union(*map(_elements, item.elts))
    return {item.id} if isinstance(item, ast.Name) else set()


def _root(item: ast.expr) -> set[str]:
    """`f` of `f.defjvp` and `f.defjvp(...)`; nothing for a plain name."""
    item = item.func if isinstance(item, ast.Call) else item
    if not isinstance(item, ast.Attribute):
        return set()
    while isinstance(item, ast.Attribute):
        item = item.value
    return {item.id} if isinstance(item, ast.Name) else set()


def _decorated_into(node: ast.stmt, used_by: dict[str, frozenset[str]]) -> frozenset[str]:
    """The names that decorators of the submission's own may put a definition into: `@rule("low")`, and `RULES` has it.

    Args:
        used_by: what each function of the submission uses.
    """
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return frozenset()
    called = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
    return frozenset().union(*(used_by.get(name.id, ()) for name in called if isinstance(name, ast.Name)))


def _defines(node: ast.stmt) -> set[str]:
    """What a statement other than an import defines under a name that may be an imported one too."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _globals(table: symtable.SymbolTable) -> set[str]:
    """The names that functions and classes inside a statement take from the module."""
    names: set[str] = set()
    for inner in table.get_children():
        names |= {symbol.get_name() for symbol in inner.get_symbols() if symbol.is_global()} | _globals(inner)
    return names


def _is_stub(node: ast.stmt) -> bool:
    """A function whose body is only a docstring and `raise NotImplementedError`, or a class of such methods."""
    if isinstance(node, ast.ClassDef):
        methods = [n for n in node.body if isinstance(n, ast.FunctionDef)]
        return bool(methods) and all(_is_stub(n) for n in methods)
    if not isinstance(node, ast.FunctionDef):
        return False
    body = [n for n in node.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
    if len(body) != 1 or not isinstance(body[0], ast.Raise):
        return False
    return "NotImplementedError" in ast.dump(body[0])


def _without_untouched_copies(statements: list[Statement], stubs: list[str]) -> list[Statement]:
    """A stub left empty in a copied cell must not replace the one that was filled in."""
    filled = {name for s in statements if not s.is_stub for name in s.binds}.intersection(stubs)
    return [s for s in statements if not (s.is_stub and s.binds & filled)]
