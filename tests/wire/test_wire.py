"""The strict decoder: what goes in comes out, and nothing hostile gets past it."""

import json
import struct

import jax
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder import wire
from autograder.checks.compare import difference

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | hnp.arrays(
        st.sampled_from([np.float32, np.int32, np.uint8, np.bool_]),
        hnp.array_shapes(min_dims=0, min_side=0, max_side=4),
    )
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5) | st.integers(0, 9), inner, max_size=4)
    ),
    max_leaves=12,
)


def frame(header: object, buffers: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<I", len(text)) + text + buffers


def same(a: object, b: object) -> bool:
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    if isinstance(a, list | tuple):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return isinstance(b, dict) and list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    return type(a) is type(b) and a == b


@given(TREES)
def test_what_goes_in_comes_out(tree):
    assert same(wire.decode(wire.encode(tree)), tree)


@given(st.binary(max_size=200))
def test_random_bytes_are_refused_or_decoded_never_worse(data):
    try:
        wire.decode(data)
    except wire.BadFrame:
        pass


@settings(max_examples=300)
@given(TREES, st.data())
def test_a_damaged_frame_is_refused_or_decoded_never_worse(tree, data):
    damaged = bytearray(wire.encode(tree))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        wire.decode(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))
    except wire.BadFrame:
        pass


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"", "truncated"),
        (b"\x00\x00", "truncated"),
        (struct.pack("<I", 2**31), "header of"),
        (struct.pack("<I", 10) + b"{}", "truncated"),
        (struct.pack("<I", 4) + b"nope", "not JSON"),
        (struct.pack("<I", 100_000) + b"[" * 100_000, "not JSON"),
        (frame({"t": "object"}), "no known kind"),
        (frame({"t": "none", "extra": 1}), "no known kind"),
        (frame({"t": "int", "v": True}), "no known kind"),
        (frame({"t": "int", "v": 10**40}), "no known kind"),
        (frame({"t": "float", "v": "one"}), "no float"),
        (frame({"t": "float", "v": "0x1p999999"}), "no float"),
        (frame({"t": "array", "dtype": "object", "shape": []}), "unknown dtype"),
        (frame({"t": "array", "dtype": "float32", "shape": [-1]}), "impossible shape"),
        (frame({"t": "array", "dtype": "float32", "shape": [1.5]}), "impossible shape"),
        (frame({"t": "array", "dtype": "float32", "shape": [True]}), "impossible shape"),
        (frame({"t": "array", "dtype": "float32", "shape": [0, 10**30]}), "impossible shape"),
        (frame({"t": "array", "dtype": "float32", "shape": [1] * 40}), "impossible shape"),
        (frame({"t": "array", "dtype": "float32", "shape": [2**30]}), "larger than the frame"),
        (frame({"t": "array", "dtype": "float32", "shape": [2]}, b"1234567"), "larger than the frame"),
        (frame({"t": "array", "dtype": "float32", "shape": [1]}, b"12345"), "too many"),
        (frame({"t": "array", "dtype": "bool", "shape": [1]}, b"\x07"), "other bytes"),
        (frame({"t": "key", "dtype": "uint32", "shape": [3]}, b"x" * 12), "no known kind"),
        (frame({"t": "dict", "keys": ["a"], "items": []}), "do not match"),
        (frame({"t": "dict", "keys": ["a", "a"], "items": [{"t": "none"}] * 2}), "repeats"),
        (frame({"t": "dict", "keys": [None], "items": [{"t": "none"}]}), "do not match"),
        (frame({"t": "list", "items": [{"t": "none"}] * 30_000}), "too deep or too large"),
        (frame({"t": "handle", "v": -1}), "no known kind"),
        (frame({"t": "str", "v": "x" * 30_000}), "no known kind"),
    ],
)
def test_a_bad_frame_says_what_is_wrong(bad, why):
    with pytest.raises(wire.BadFrame, match=why):
        wire.decode(bad)


def test_a_deep_tree_is_refused():
    header: dict = {"t": "none"}
    for _ in range(100):
        header = {"t": "list", "items": [header]}
    with pytest.raises(wire.BadFrame, match="too deep"):
        wire.decode(frame(header))


def test_object_arrays_cannot_be_encoded():
    with pytest.raises(wire.CannotEncode, match="dtype object"):
        wire.encode(np.array([object()]))


def test_a_typed_key_travels_both_ways():
    sent = wire.decode(wire.encode(jax.random.key(7)))
    assert isinstance(sent, wire.Key)
    assert sent.data.tolist() == wire.Key.seed(7).data.tolist()


def test_nan_differs_unless_the_reference_is_nan():
    nan, one = np.float32([np.nan]), np.float32([1])
    assert difference(nan, one, 1e-5, 1e-6) is not None
    assert difference(nan, nan, 1e-5, 1e-6) is None
