"""What the process inside the sandbox makes ready for the student's code."""

CONTEXTS = """
import jax
def contexts():
    programs = [jax.jit(f).lower(1.0) for f in (jax.numpy.sin, jax.numpy.cos)]
    return len({id(program.compiler_ir().context) for program in programs})
"""


def test_all_programs_are_lowered_in_one_context(sandboxed):
    assert sandboxed(CONTEXTS, "contexts", backend="fast").contexts() == 1
