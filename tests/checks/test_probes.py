"""What the probes see of a program."""

import jax
import jax.numpy as jnp
import pytest
from jax import lax
from jax.random import fold_in, normal, split

from autograder.checks.probes import array_sizes, cost, loop_steps, operation_counts, program_size, reused_key
from autograder.program import Stubs


def straight(stubs, x):
    return jnp.sin(x).sum()


def nested(stubs, x):
    def row(total, entries):
        return lax.scan(lambda s, entry: (s + entry, None), total, entries)

    return lax.scan(row, 0.0, x)[0]


def one_after_another(stubs, x):
    return lax.fori_loop(0, x.size, lambda i, total: total + x.ravel()[i], 0.0)


def until_it_is_small(stubs, x):
    return lax.while_loop(lambda y: y.sum() > 1, lambda y: y / 2, x)


@pytest.mark.parametrize(
    ("program", "steps"), [(straight, 0), (nested, 12), (one_after_another, 12), (until_it_is_small, 1)]
)
def test_steps_of_loops_multiply_where_they_nest(program, steps):
    assert loop_steps(Stubs({}), program, jnp.ones((3, 4))) == steps


def a_square_of_each_row(stubs, x):
    return lax.map(lambda row: jnp.outer(row, row).sum(), x)


def test_arrays_inside_loops_are_seen():
    assert max(array_sizes(Stubs({}), a_square_of_each_row, jnp.ones((3, 4)))) == 16


def draw(stubs, words):
    return normal(jax.random.wrap_key_data(words), (3,))


def test_a_program_has_the_same_size_beside_a_gpu(monkeypatch):
    def sizes():
        words = jnp.zeros(2, jnp.uint32)
        asked = program_size, operation_counts, lambda _, program, *args: cost(_, lambda *a: program(None, *a), *args)
        return [ask(None, draw, words) for ask in asked]

    here, lower = sizes(), jax.stages.Traced.lower

    def lower_beside_a_gpu(traced, *, lowering_platforms=("cuda",)):
        return lower(traced, lowering_platforms=lowering_platforms)

    monkeypatch.setattr(jax.stages.Traced, "lower", lower_beside_a_gpu)
    assert sizes() == here


def counts_on_the_way(key):
    return lax.map(lambda i: normal(fold_in(key, i)), jnp.arange(3))


def carries_a_key(key):
    def draw(key, _):
        key, sub = split(key)
        return key, normal(sub)

    return lax.scan(draw, key, length=3)[1]


def indexes_in_a_loop(key):
    keys = split(key, 4)
    return lax.fori_loop(1, 4, lambda i, total: total + normal(keys[i]), normal(keys[0]))


def scans_under_vmap(key):
    return jax.vmap(lambda key: lax.map(normal, split(key, 3)))(split(key))


def one_branch_or_the_other(key):
    keys = split(key, 3)
    return lax.map(lambda k: lax.cond(k[0] > 0, normal, jax.random.uniform, k[1]), (jnp.arange(3), keys))


def until_it_is_positive(key):
    def draw(state):
        key, sub = split(state[0])
        return key, normal(sub)

    return lax.while_loop(lambda state: state[1] <= 0, draw, (key, jnp.float32(0)))[1]


def stacks_two_keys(key):
    key, first = split(key)
    return jax.vmap(normal)(jnp.stack([first, split(key)[1]]))


@jax.jit
def chooses_a_key(key):
    coin, first, second = split(key, 3)
    return normal(jnp.where(normal(coin) > 0, first, second))


@jax.jit
def turns_keys_around(key):
    first, second = split(key)[::-1]
    return normal(first), normal(second)


@jax.jit
def swaps_axes_of_keys(key):
    return jax.vmap(normal)(jnp.moveaxis(split(key, (2, 3)), 0, 1).ravel())


def draws_by_rejection(key):
    return jax.random.gamma(key, 2.0, (2,)), jax.random.permutation(fold_in(key, 1), 5)


@jax.jit
def recomputes(key):
    return jax.grad(jax.checkpoint(lambda x: jnp.sin(x * normal(key))))(1.0)


RIGHT = [
    counts_on_the_way,
    carries_a_key,
    indexes_in_a_loop,
    scans_under_vmap,
    one_branch_or_the_other,
    until_it_is_positive,
    stacks_two_keys,
    chooses_a_key,
    turns_keys_around,
    swaps_axes_of_keys,
    draws_by_rejection,
    recomputes,
]


@pytest.mark.parametrize("draws", RIGHT)
def test_keys_that_are_used_once_are_not_said_to_be_reused(draws):
    assert reused_key(Stubs({}), lambda _, key: draws(key), jax.random.key(3)) == ""


def draws_twice(key):
    return normal(key), normal(key)


def draws_then_splits_in_a_loop(key):
    return lax.scan(lambda key, _: (split(key)[0], normal(key)), key, length=3)[1]


def draws_twice_in_a_loop(key):
    keys = split(key, 3)
    return lax.fori_loop(0, 3, lambda i, total: total + normal(keys[i]) * normal(keys[i]), 0.0)


def one_key_for_all_turns(key):
    return lax.map(lambda x: x + normal(key), jnp.arange(3.0))


def one_of_many_again(key):
    keys = split(key, 3)
    return jax.vmap(normal)(keys), normal(keys[1])


def one_of_the_stacked_again(key):
    first, second = split(key)
    return jax.vmap(normal)(jnp.stack([first, second])), normal(first)


@jax.jit
def draws_twice_under_vmap(key):
    return jax.vmap(lambda key: normal(key) + jax.random.uniform(key))(split(key, 3))


WRONG = [
    draws_twice,
    draws_then_splits_in_a_loop,
    draws_twice_in_a_loop,
    one_key_for_all_turns,
    one_of_many_again,
    one_of_the_stacked_again,
    draws_twice_under_vmap,
]


@pytest.mark.parametrize("draws", WRONG)
def test_a_key_that_is_used_twice_is_seen_in_loops_too(draws):
    assert "consumed" in reused_key(Stubs({}), lambda _, key: draws(key), jax.random.key(3))


def test_a_program_that_mixes_in_keys_of_its_own_is_not_accused():
    def stacks(_, key):
        return jax.vmap(normal)(jnp.stack([key, jax.random.key(0)]))

    assert reused_key(Stubs({}), stacks, jax.random.key(3)) == ""
