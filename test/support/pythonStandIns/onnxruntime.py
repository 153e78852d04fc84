"""ONNX Runtime's Python package as far as a client uses it: Node runs the files, and NumPy holds the arrays."""

import os

import numpy as np
from answers import ask


class InferenceSession:
    def __init__(self, path, providers):
        assert os.path.exists(path) and providers == ["CPUExecutionProvider"]
        self.path = path

    def run(self, names, feeds):
        values = {
            name: {"dtype": str(array.dtype), "shape": array.shape, "data": array.ravel().tolist()}
            for name, array in feeds.items()
        }
        results = ask({"kind": "run", "path": self.path, "names": names, "feeds": values})
        return [
            np.array(each["data"], dtype=each["dtype"]).reshape(each["shape"]) for each in results
        ]
