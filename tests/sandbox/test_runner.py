"""What the process inside the sandbox makes ready for the student's code, and how programs come to it."""

import sys
import types

CONTEXTS = """
import jax
def contexts():
    programs = [jax.jit(f).lower(1.0) for f in (jax.numpy.sin, jax.numpy.cos)]
    return len({id(program.compiler_ir().context) for program in programs})
"""


def test_all_programs_are_lowered_in_one_context(sandboxed):
    assert sandboxed(CONTEXTS, "contexts", backend="fast").contexts() == 1


LOADED = """
import sys
loaded = set(sys.modules)
def is_loaded(module):
    return module in loaded
"""


def test_what_a_stage_imports_is_there_before_the_fork_and_nothing_else_of_weight(sandboxed):
    assert sandboxed(LOADED, "is_loaded", backend="fast").is_loaded("optax") is False
    with_optax = sandboxed(LOADED, "is_loaded", backend="fast", imports="import no_such_module\nimport optax")
    assert with_optax.is_loaded("optax") is True


PLUGIN = """
import pathlib, sys, types
import jax
from jax._src import xla_bridge
def plugins():
    folder = pathlib.Path("/tmp/jax_plugins")
    folder.mkdir()
    (folder / "counted.py").write_text("loaded = []\\ndef initialize(): loaded.append(1)")
    sys.path.insert(0, "/tmp")
    xla_bridge.jax_plugins = types.SimpleNamespace(__path__=[str(folder)], __name__="jax_plugins")
    jax.devices()
    return "jax_plugins.counted" in sys.modules
"""


def test_what_computes_on_the_cpu_loads_no_plugin(sandboxed):
    assert sandboxed(PLUGIN, "plugins", backend="cpu").plugins() is False


CHECKS = """
import sys
class Layer: pass
def is_layer(stubs, other): return other is Layer is sys.modules["test_loaded_again"].Layer
"""


def loaded_as(name):
    module = types.ModuleType(name)
    exec(CHECKS, vars(module))
    sys.modules[name] = module
    return module


def test_programs_travel_by_name_when_their_module_was_loaded_again(sandboxed):
    student = sandboxed("def f(): pass", "f", backend="fast")
    first, name = loaded_as("test_loaded_again"), "test_loaded_again"
    student._player.checks(name, CHECKS)
    loaded_as(name)
    assert student.run(first.is_layer, first.Layer) is True
