"""The IDX format of MNIST: a magic number, the sizes, the values, big-endian."""

import math
import struct
import zlib
from pathlib import Path

import numpy as np

DTYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
GZIP = b"\x1f\x8b"
MAX_BYTES = 1 << 30


class BadIdx(ValueError):
    """Bytes that are no IDX file; the message says what is wrong with them."""


def read_idx(path: Path) -> np.ndarray:
    """The array in an IDX file, gzipped or not, in this machine's byte order."""
    data = path.read_bytes()
    try:
        return parse_idx(_gunzip(data) if data.startswith(GZIP) else data)
    except BadIdx as error:
        raise BadIdx(f"{path.name}: {error}") from None


def parse_idx(data: bytes) -> np.ndarray:
    """The array in the bytes of an IDX file."""
    if len(data) < 4:
        raise BadIdx(f"truncated: {len(data)} bytes, and the magic number alone has 4")
    zero, kind, rank = struct.unpack_from(">HBB", data)
    if zero or kind not in DTYPES:
        raise BadIdx(f"the magic number is 0x{data[:4].hex()}, which is no IDX type")
    start = 4 + 4 * rank
    if len(data) < start:
        raise BadIdx(f"truncated inside its header of {rank} sizes")
    shape = struct.unpack_from(f">{rank}I", data, 4)
    dtype = np.dtype(DTYPES[kind])
    wanted = start + math.prod(shape) * dtype.itemsize
    if len(data) < wanted:
        raise BadIdx(f"truncated: {len(data)} bytes, and its header promises {wanted}")
    if len(data) > wanted:
        raise BadIdx(f"{len(data) - wanted} bytes too many after its values")
    return np.frombuffer(data, dtype, offset=start).reshape(shape).astype(dtype.newbyteorder("="))


def _gunzip(data: bytes) -> bytes:
    reader = zlib.decompressobj(wbits=31)
    try:
        plain = reader.decompress(data, MAX_BYTES)
    except zlib.error as error:
        raise BadIdx(f"not readable as gzip: {error}") from None
    if reader.unconsumed_tail:
        raise BadIdx(f"larger than {MAX_BYTES} bytes when unpacked")
    if not reader.eof:
        raise BadIdx("its gzip stream is truncated")
    if reader.unused_data:
        raise BadIdx(f"{len(reader.unused_data)} bytes too many after its gzip stream")
    return plain
