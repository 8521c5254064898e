"""The course's data: bundled or simulated, so that everything runs offline; MNIST and two books by download."""

from autograder.datasets.download import DatasetUnavailable
from autograder.datasets.idx import BadIdx, read_idx
from autograder.datasets.image_data import Images, digits, images, mnist
from autograder.datasets.ou import kalman_mse, kalman_predict
from autograder.datasets.texts import text

__all__ = [
    "BadIdx",
    "DatasetUnavailable",
    "Images",
    "digits",
    "images",
    "kalman_mse",
    "kalman_predict",
    "mnist",
    "read_idx",
    "text",
]
