"""One top-level statement of a submission: the names that it binds, uses and changes."""

import ast
import symtable
from collections.abc import Iterable
from dataclasses import dataclass

# What these modules return cannot be changed in place.
FROZEN = {"jax", "jnp", "lax", "random"}
DISPLAYS = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp | ast.GeneratorExp
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Statement:
    """A top-level statement, and its text without comments.

    Args:
        cell: its label; file: the name of its text.
        stores: the names that it gives a value; binds: those and the ones that it completes; uses: those it needs.
        touches: those whose values it may change in place or, as a function, may change when it is called.
        calls: those that it calls, or calls when it is called.
        makes: those that it gives values which can be changed so.
    """

    cell: str
    file: str
    node: ast.stmt
    source: str
    stores: frozenset[str]
    binds: frozenset[str]
    uses: frozenset[str]
    touches: frozenset[str]
    calls: frozenset[str]
    makes: frozenset[str]
    is_stub: bool


def read_statement(label: str, file: str, node: ast.stmt) -> Statement:
    """A statement of the cell `label`, whose text has the name `file`.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: what parses need not compile, as `def f(a, a): ...`.
    """
    compile(ast.Module([node], []), file, "exec")
    source = ast.unparse(node)
    table = symtable.symtable(source, "<cell>", "exec")
    parts = list(ast.walk(node))
    stored, shared = _stored_into(parts), _declared_global(parts)
    touched, called = _in_bare_expressions(parts) | stored | shared, _called(parts)
    if isinstance(node, Definition):
        touched, called = touched & _globals(table), called & _globals(table)
    binds = {node.name} if isinstance(node, Definition) else _assigned(table) | stored
    if any(isinstance(part, ast.alias) and part.name == "*" for part in parts):
        binds.add("*")
    return Statement(
        label,
        file,
        node,
        source,
        stores=frozenset(_imported(table) | stores(node)),
        binds=frozenset(binds | _completes(node, parts)),
        uses=frozenset(
            {symbol.get_name() for symbol in table.get_symbols() if symbol.is_referenced()} | _globals(table)
        ),
        touches=frozenset(touched),
        calls=frozenset(called),
        makes=frozenset(_makes(node) | shared),
        is_stub=is_stub(node),
    )


def _imported(table: symtable.SymbolTable) -> set[str]:
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_imported()}


def _assigned(table: symtable.SymbolTable) -> set[str]:
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}


def _completes(node: ast.stmt, parts: list[ast.AST]) -> set[str]:
    """The names of functions and classes that a statement may complete, by decorators or by calls."""
    if isinstance(node, Definition):
        # `@f.defjvp` completes `f`, and so does `@partial(f.defjvp, symbolic_zeros=True)`
        decorators = [part for d in node.decorator_list for part in (d, *(d.args if isinstance(d, ast.Call) else ()))]
        return set().union(*map(_root, decorators))
    if isinstance(node, ast.Expr):
        return _changed_by(node.value)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return _completed_by(node.value)
    return _changed_inside(parts)


def _changed_by(call: ast.expr) -> set[str]:
    """The names that a bare call may change: `f.defvjp(a, b)` completes `f`, `register(C)` completes `C`."""
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute | ast.Name):
        return set()
    called = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    arguments = {argument.id for argument in given if isinstance(argument, ast.Name)}
    return _root(call.func) | (arguments if called.startswith(("register", "setattr")) else set())


def _completed_by(value: ast.expr | None) -> set[str]:
    """`f` of `_ = f.defjvp(rule)`, `C` of `_ = register(C)`; a value says nothing of what other calls change."""
    match value:
        case ast.Call(func=ast.Attribute(attr=called) | ast.Name(called)) if called.startswith(("def", "register")):
            return _changed_by(value)
    return set()


def _changed_inside(parts: list[ast.AST]) -> set[str]:
    """The names that calls inside a loop or another block may complete: `for f in ...: f.defjvp(rule)`."""
    changed: set[str] = set().union(*(_changed_by(e.value) for e in parts if isinstance(e, ast.Expr)))
    for loop in (part for part in parts if isinstance(part, ast.For)):
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


def _in_bare_expressions(parts: list[ast.AST]) -> set[str]:
    """The names in expressions whose values go nowhere: they are there for what they do."""
    bare = [
        part for part in parts if isinstance(part, ast.Expr) or (isinstance(part, ast.Assign) and _is_dropped(part))
    ]
    return {n.id for expression in bare for n in ast.walk(expression) if isinstance(n, ast.Name)}


def _is_dropped(node: ast.Assign) -> bool:
    """Whether the value goes to `_`."""
    return all(isinstance(target, ast.Name) and target.id == "_" for target in node.targets)


def _stored_into(parts: list[ast.AST]) -> set[str]:
    """`CNN` of `CNN.size = 3`, `T` of `T[k] = v`."""
    stores = [p for p in parts if isinstance(p, ast.Attribute | ast.Subscript) and not isinstance(p.ctx, ast.Load)]
    return {n.id for store in stores for n in ast.walk(store) if isinstance(n, ast.Name)}


def _called(parts: list[ast.AST]) -> set[str]:
    return {part.func.id for part in parts if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)}


def _declared_global(parts: Iterable[ast.AST]) -> set[str]:
    return set().union(*(part.names for part in parts if isinstance(part, ast.Global)))


def stores(node: ast.stmt) -> set[str]:
    """The names that a statement other than an import gives a value."""
    if isinstance(node, Definition):
        return {node.name}
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _makes(node: ast.stmt) -> set[str]:
    """The names that an assignment gives values which can be changed in place."""
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return set()
    made = isinstance(node.value, ast.Call) and not FROZEN & _root(node.value)
    return stores(node) if made or isinstance(node.value, DISPLAYS) else set()


def _globals(table: symtable.SymbolTable) -> set[str]:
    """The names that functions and classes inside a statement take from the module."""
    names: set[str] = set()
    for inner in table.get_children():
        names |= {symbol.get_name() for symbol in inner.get_symbols() if symbol.is_global()} | _globals(inner)
    return names


def is_stub(node: ast.stmt) -> bool:
    """A function whose body is only a docstring and `raise NotImplementedError`, or a class of such methods."""
    if isinstance(node, ast.ClassDef):
        methods = [n for n in node.body if isinstance(n, ast.FunctionDef)]
        return bool(methods) and all(is_stub(n) for n in methods)
    if not isinstance(node, ast.FunctionDef):
        return False
    body = [n for n in node.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
    if len(body) != 1 or not isinstance(body[0], ast.Raise):
        return False
    return "NotImplementedError" in ast.dump(body[0])
