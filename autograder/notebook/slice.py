"""Slicing: from a submission's cells to the statements its stubs need, and no others.

Grading must not run plots, long demos or `check(...)` cells, wherever a student put them. So a submission is
read as a set of top-level statements; each binds names and uses names. Starting from the stubs, only the
statements that bind a needed name are kept, in the order of the notebook. Where a cell further down gives a name
another meaning, a stub keeps the one that its own check saw.
"""

import ast
import builtins
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, pairwise

from autograder.notebook.cells import MAX_SOURCE, UNREADABLE, Cell, files_of, plain_python
from autograder.notebook.statement import Definition, Statement, read_statement, stores

MAX_PARTS = 1000
BUILT_IN = frozenset(dir(builtins))
STATEMENT = re.compile(r"(@|def |class |async def |import |from |[A-Za-z_]\w* *=)")
DEFINED = re.compile(r"^(?:(?:async )?(?:def|class) |(?=[A-Za-z_]\w* *=))(\w+)", re.MULTILINE)


@dataclass
class Slice:
    """Statements of a submission, and the names and cells that cannot be read, with the reason."""

    statements: list[Statement]
    broken: dict[str, str] = field(default_factory=dict)


def import_statements(nodes: Iterable[ast.stmt]) -> str:
    """The import statements among the nodes, one a line."""
    return "\n".join(ast.unparse(node) for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))


def read_statements(cells: Iterable[Cell]) -> Slice:
    """All top-level statements of `cells`."""
    statements: list[Statement] = []
    broken: dict[str, str] = {}
    cells = list(cells)
    for cell, file in zip(cells, files_of(cells), strict=True):
        if len(cell.source) > MAX_SOURCE:
            broken[cell.label] = "It is too long to be read."
            continue
        source = plain_python(cell.source)
        nodes = _parse(source)
        if isinstance(nodes, str):
            nodes = _sound_parts(source, cell.label, broken)
        for node in chain.from_iterable(map(_unguarded, nodes)):
            try:
                statements.append(read_statement(cell.label, file, node))
            except UNREADABLE as error:
                broken |= dict.fromkeys(stores(node) or [cell.label], _complaint(error))
    return Slice(statements, broken)


def keep_needed(whole: Slice, stubs: Iterable[str]) -> Slice:
    """Keep the statements that the `stubs` need."""
    stubs = list(stubs)
    providers = _providers(statements := _answers(whole.statements, stubs))
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


def own_slices(whole: Slice, stubs: Iterable[str]) -> dict[str, Slice]:
    """The slices of the stubs that a cell further down would change, as it gives a name that they use another meaning.

    A notebook that is run from top to bottom checks each stub before it comes to that cell.
    """
    stubs = list(stubs)
    texts = {(name, s.source) for s in keep_needed(whole, stubs).statements for name in s.stores}
    names = {name for name, _ in texts}
    if len(texts) == len(names) and not names & BUILT_IN:
        return {}
    statements = _answers(whole.statements, stubs)
    found = {}
    for stub in stubs:
        own = keep_needed(Slice(_as_checked(statements, stub, stubs), whole.broken), [stub])
        if own.statements != keep_needed(whole, [stub]).statements:
            found[stub] = own
    return found


def without_last_value(whole: Slice, stub: str) -> Slice | None:
    """All but the last statement that gives the name of a defined stub another value; None where there is none."""
    at = [i for i, s in enumerate(whole.statements) if stub in s.stores]
    values = [i for i in at if not isinstance(whole.statements[i].node, Definition)]
    if not values or len(values) == len(at):
        return None
    return Slice(whole.statements[: values[-1]] + whole.statements[values[-1] + 1 :], whole.broken)


def _unguarded(node: ast.stmt) -> list[ast.stmt]:
    """The statements below `if __name__ == "__main__":`, which holds in a notebook; any other statement itself."""
    match node:
        case ast.If(
            test=ast.Compare(left=ast.Name("__name__"), ops=[ast.Eq()], comparators=[ast.Constant("__main__")])
        ):
            return node.body
    return [node]


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

    What is wrong goes into `broken`, under the name that the faulty part gives a value.
    """
    lines = source.split("\n")
    starts = [i for i, line in enumerate(lines) if STATEMENT.match(line)]
    cuts = [0, *(i for i in starts if i and not lines[i - 1].startswith("@")), len(lines)]
    nodes: list[ast.stmt] = []
    for begin, end in pairwise(cuts[:MAX_PARTS]):
        body = "\n".join(lines[begin:end])
        found = _parse(body, begin)
        if isinstance(found, str):
            name = DEFINED.search(body)
            broken[name[1] if name else label] = found
        else:
            nodes += found
    return nodes


def _as_checked(statements: list[Statement], stub: str, stubs: list[str]) -> list[Statement]:
    """The statements up to the check below the stub, and from there on only what gives new names a value."""
    others = {s.cell for s in statements for name in s.stores if name in stubs and name != stub}
    places = [i for i, s in enumerate(statements) if stub in s.stores]
    if not places:
        return statements
    cell = statements[places[-1]].cell
    later = [i for i, s in enumerate(statements) if i > places[-1] and s.cell != cell]
    end = next((i for i in later if _checks(statements[i]) or statements[i].cell in others), len(statements))
    known = BUILT_IN.union(*(s.stores for s in statements[:end]))
    below = [s for s in statements[end:] if not s.stores or s.stores - known]
    return statements[:end] + below


def _checks(statement: Statement) -> str | None:
    """The stub of `check("stub")`."""
    match statement.node:
        case ast.Expr(ast.Call(ast.Name("check"), [ast.Constant(str(stub))])):
            return stub
    return None


def _providers(statements: list[Statement]) -> dict[str, list[Statement]]:
    """For each name the statements that its value may depend on."""
    providers: dict[str, list[Statement]] = {}
    functions = {s.node.name: s for s in statements if isinstance(s.node, ast.FunctionDef)}
    changeable = frozenset().union(*(s.makes for s in statements))
    imported = {name for s in statements if isinstance(s.node, ast.Import | ast.ImportFrom) for name in s.binds}
    for statement in statements:
        bound = statement.binds
        if isinstance(statement.node, Definition):
            bound |= _decorated_into(statement.node, functions)
        else:
            bound |= _touched(statement, functions) & changeable
        if not isinstance(statement.node, ast.Import | ast.ImportFrom):
            # `plt.show()` and `@jax.jit` change no module that a stub needs.
            bound = bound - imported | statement.stores
        for name in bound:
            providers.setdefault(name, []).append(statement)
    return providers


def _decorated_into(node: Definition, functions: dict[str, Statement]) -> frozenset[str]:
    """The names that decorators of the submission's own may put a definition into: `@rule("low")`, and `RULES` has it.

    Args:
        functions: those of the submission, by name.
    """
    called = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
    own = {name.id for name in called if isinstance(name, ast.Name)} & functions.keys()
    return frozenset().union(*(functions[name].uses for name in own))


def _touched(statement: Statement, functions: dict[str, Statement]) -> set[str]:
    """The names whose values a statement may change in place, by the functions too that it calls: `n = fill()`."""
    touched: set[str] = set()
    called: set[str] = set()
    todo = [statement]
    while todo:
        one = todo.pop()
        touched |= one.touches
        new = (one.touches | one.calls) & functions.keys() - called
        called |= new
        todo += [functions[name] for name in new]
    return touched


def _answers(statements: list[Statement], stubs: list[str]) -> list[Statement]:
    """The statements without those that would replace an answer, and are none."""
    return _without_results(_without_untouched_copies(statements, stubs), stubs)


def _without_untouched_copies(statements: list[Statement], stubs: list[str]) -> list[Statement]:
    """A stub left empty in a copied cell must not replace the one that was filled in."""
    filled = {name for s in statements if not s.is_stub for name in s.binds}.intersection(stubs)
    return [s for s in statements if not (s.is_stub and s.binds & filled)]


def _without_results(statements: list[Statement], stubs: list[str]) -> list[Statement]:
    """Below its check a stub may be tried, and its name given to what it returns: `accuracy = accuracy(params, xs)`."""
    checked: set[str] = set()
    kept = []
    for statement in statements:
        checked |= {_checks(statement) or ""}.intersection(stubs)
        is_assignment = isinstance(statement.node, ast.Assign | ast.AnnAssign)
        if not (is_assignment and statement.stores & statement.calls & checked):
            kept.append(statement)
    return kept
