# %% [markdown]
# # 01 · Tiny

# %%
import jax
import jax.numpy as jnp

from autograder import check

TWO = 2


# %%
def double(x):
    """Twice `x`."""
    ### BEGIN SOLUTION
    return TWO * x
    ### END SOLUTION


# %%
check("double")


# %%
def total(xs):
    """The sum of `xs[n]`."""
    ### BEGIN SOLUTION
    return jnp.sum(xs)
    ### END SOLUTION


# %%
check("total")

# %%
raise SystemExit("a long demo that grading must not run")
