"""Images of digits, to be told apart."""

from importlib import resources

import numpy as np

from autograder.datasets.download import fetch
from autograder.datasets.idx import BadIdx, read_idx
from autograder.datasets.manifest import manifest

Images = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
INSTEAD = "Without a network use the bundled digits: `digits()`, or `images('digits')`."


def digits() -> Images:
    """The bundled digits: `(x_train[10000, 784], y_train, x_test[2000, 784], y_test)`.

    Images are float32 in [0, 1], labels int32 in 0..9. `x.reshape(-1, 28, 28)` makes them square again.
    """
    bundled = resources.files("autograder.datasets") / "data" / "digits.npz"
    with resources.as_file(bundled) as path, np.load(path, allow_pickle=False) as data:
        return _split(data["x_train"], data["y_train"], data["x_test"], data["y_test"])


def mnist() -> Images:
    """MNIST: `(x_train[60000, 784], y_train, x_test[10000, 784], y_test)`, as `digits`.

    Downloaded once into the cache. Raises `DatasetUnavailable` where that does not work.
    """
    entry = manifest()["mnist"]
    arrays = [read_idx(fetch(entry, file.name, INSTEAD)) for file in entry.files]
    return _split(*arrays)


def images(name: str = "digits") -> Images:
    """The images of that name: "digits" or "mnist"."""
    loaders = {"digits": digits, "mnist": mnist}
    if name not in loaders:
        raise ValueError(f"there are no images {name!r}: use one of {', '.join(map(repr, loaders))}")
    return loaders[name]()


def _split(x_train: np.ndarray, y_train: np.ndarray, x_test: np.ndarray, y_test: np.ndarray) -> Images:
    for x, y in ((x_train, y_train), (x_test, y_test)):
        if x.ndim != 3 or x.shape[1:] != (28, 28) or y.shape != (len(x),):
            raise BadIdx(f"images of shape {x.shape} and labels of shape {y.shape} do not belong together")
    return _scaled(x_train), y_train.astype(np.int32), _scaled(x_test), y_test.astype(np.int32)


def _scaled(x: np.ndarray) -> np.ndarray:
    return x.reshape(len(x), -1).astype(np.float32) / np.float32(255)
