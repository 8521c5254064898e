"""The strict format in which values leave the sandbox.

A frame is `<u32 header length> <JSON header> <raw array buffers>`. The header describes a tree of
arrays, PRNG keys, numbers, strings, tuples, lists, dicts and handles; nothing else exists in it, so
decoding hostile bytes can build data but never run code. Every size is checked before memory is taken.
"""

import json
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import ml_dtypes
import numpy as np

MAX_DEPTH = 32
MAX_NODES = 20_000
MAX_DIMS = 16
MAX_TEXT = 20_000
MAX_HEADER = 4 << 20

DTYPES = {
    np.dtype(kind).name: np.dtype(kind)
    for kind in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
} | {"bfloat16": np.dtype(ml_dtypes.bfloat16)}


class BadFrame(ValueError):
    """Bytes that are no frame; the message says what is wrong with them."""


class CannotEncode(TypeError):
    """A value that has no place in a frame."""


@dataclass(frozen=True)
class Handle:
    """Names an object that stays in the process that made it."""

    id: int


@dataclass(frozen=True, eq=False)
class Key:
    """Typed threefry keys: `data` is uint32[..., 2]."""

    data: np.ndarray

    @classmethod
    def seed(cls, seed: int) -> "Key":
        """The same key as `jax.random.key(seed)` for a seed in [0, 2^63)."""
        return cls(np.array([seed >> 32, seed & 0xFFFFFFFF], np.uint32))


def encode(value: Any, keep: Callable[[Any], Handle] | None = None) -> bytes:
    """Return the frame of `value`. Objects the format does not know go to `keep`, which returns a handle."""
    buffers: list[bytes] = []

    def array_node(array: np.ndarray, kind: str = "array") -> dict:
        if array.dtype.name not in DTYPES:
            raise CannotEncode(f"an array of dtype {array.dtype} cannot be returned")
        buffers.append(np.ascontiguousarray(array).tobytes())
        return {"t": kind, "dtype": array.dtype.name, "shape": list(array.shape)}

    def node(item: object, depth: int) -> dict:
        if depth > MAX_DEPTH:
            raise CannotEncode(f"nested more than {MAX_DEPTH} levels deep")
        if item is None:
            return {"t": "none"}
        if isinstance(item, bool):
            return {"t": "bool", "v": bool(item)}
        if isinstance(item, int):
            return {"t": "int", "v": int(item)}
        if isinstance(item, float) and not isinstance(item, np.floating):
            return {"t": "float", "v": float(item).hex()}
        if isinstance(item, str):
            return {"t": "str", "v": str(item)[:MAX_TEXT]}
        if isinstance(item, Handle):
            return {"t": "handle", "v": item.id}
        if isinstance(item, Key):
            return array_node(item.data, "key")
        if isinstance(item, tuple | list):
            kind = "list" if isinstance(item, list) else "tuple"
            return {"t": kind, "items": [node(x, depth + 1) for x in item]}
        if isinstance(item, dict) and all(type(k) in (str, int) for k in item):
            return {"t": "dict", "keys": list(item), "items": [node(x, depth + 1) for x in item.values()]}
        if isinstance(item, np.ndarray | np.generic):
            return array_node(np.asarray(item))
        if _is_key_array(item):
            import jax

            return array_node(np.asarray(jax.random.key_data(cast(jax.Array, item))), "key")
        if _is_jax_array(item):
            return array_node(np.asarray(item))
        if keep is None:
            raise CannotEncode(f"a {type(item).__name__} cannot be returned")
        return {"t": "handle", "v": keep(item).id}

    header = json.dumps(node(value, 0)).encode()
    return struct.pack("<I", len(header)) + header + b"".join(buffers)


def decode(frame: bytes) -> Any:
    """Return the tree of NumPy arrays and plain values in `frame`; raise `BadFrame` on anything else."""
    if len(frame) < 4:
        raise BadFrame("truncated before its header")
    (length,) = struct.unpack_from("<I", frame)
    if length > MAX_HEADER:
        raise BadFrame(f"a header of {length} bytes")
    if len(frame) < 4 + length:
        raise BadFrame("truncated inside its header")
    try:
        header = json.loads(frame[4 : 4 + length])
    except (ValueError, RecursionError) as error:
        raise BadFrame("a header that is not JSON") from error
    reader = _Reader(memoryview(frame)[4 + length :])
    value = reader.value(header, 0)
    if reader.buffer:
        raise BadFrame(f"{len(reader.buffer)} bytes too many")
    return value


class _Reader:
    def __init__(self, buffer: memoryview):
        self.buffer = buffer
        self.nodes = 0

    def value(self, node: Any, depth: int) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise BadFrame("a tree that is too deep or too large")
        match node:
            case {"t": "none", **rest} if not rest:
                return None
            case {"t": "bool", "v": bool(v), **rest} if not rest:
                return v
            case {"t": "int", "v": int(v), **rest} if not rest and type(v) is int and abs(v) < 2**64:
                return v
            case {"t": "float", "v": str(v), **rest} if not rest:
                return _float(v)
            case {"t": "str", "v": str(v), **rest} if not rest and len(v) <= MAX_TEXT:
                return v
            case {"t": "handle", "v": int(v), **rest} if not rest and type(v) is int and 0 <= v < 2**31:
                return Handle(v)
            case {"t": "array", "dtype": str(dtype), "shape": list(shape), **rest} if not rest:
                return self.array(dtype, shape)
            case {"t": "key", "dtype": "uint32", "shape": [*lead, 2], **rest} if not rest:
                return Key(self.array("uint32", [*lead, 2]))
            case {"t": "tuple" | "list" as kind, "items": list(items), **rest} if not rest:
                values = [self.value(x, depth + 1) for x in items]
                return values if kind == "list" else tuple(values)
            case {"t": "dict", "keys": list(keys), "items": list(items), **rest} if not rest:
                if len(keys) != len(items) or any(type(k) not in (str, int) for k in keys):
                    raise BadFrame("a dict whose keys and items do not match")
                if len(set(keys)) != len(keys):
                    raise BadFrame("a dict that repeats a key")
                return {k: self.value(x, depth + 1) for k, x in zip(keys, items, strict=True)}
        raise BadFrame("a node of no known kind")

    def array(self, name: str, shape: list) -> np.ndarray:
        dtype = DTYPES.get(name)
        if dtype is None:
            raise BadFrame("an array of unknown dtype")
        if len(shape) > MAX_DIMS or any(type(n) is not int or not 0 <= n < 2**31 for n in shape):
            raise BadFrame("an array of impossible shape")
        size = math.prod(shape) * dtype.itemsize
        if size > len(self.buffer):
            raise BadFrame("an array larger than the frame")
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        if dtype == np.bool_ and np.frombuffer(data, np.uint8).max(initial=0) > 1:
            raise BadFrame("a bool array with other bytes")
        try:
            return np.frombuffer(bytearray(data), dtype).reshape(shape)
        except ValueError as error:  # an empty one, with sides whose product no computer can hold
            raise BadFrame("an array of impossible shape") from error


def _float(text: str) -> float:
    try:
        return float.fromhex(text[:64])
    except (ValueError, OverflowError) as error:
        raise BadFrame("a number that is no float") from error


def _is_jax_array(item: object) -> bool:
    # By attribute, so that this module does not import JAX in processes that never use it.
    return type(item).__module__.startswith("jax") and hasattr(item, "addressable_shards")


def _is_key_array(item: object) -> bool:
    return type(item).__name__ == "PRNGKeyArray" and type(item).__module__.startswith("jax")
