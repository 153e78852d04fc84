"""ONNX Runtime's Python package, as far as programs of a README and their readers use it; Node's runs the files."""

import os
from types import SimpleNamespace

from answers import ask


class InferenceSession:
    def __init__(self, path_or_bytes, sess_options=None, providers=None):
        assert os.path.exists(path_or_bytes) and sess_options is None
        assert providers in (None, ["CPUExecutionProvider"])
        self._session, _ = ask({"kind": "open", "path": path_or_bytes})

    def get_inputs(self):
        return [SimpleNamespace(**each) for each in self._session["inputs"]]

    def get_outputs(self):
        return [SimpleNamespace(**each) for each in self._session["outputs"]]

    def run(self, output_names, input_feed, run_options=None):
        assert run_options is None
        names = output_names or [output.name for output in self.get_outputs()]
        request = {"kind": "run", "session": self._session["id"], "names": names}
        _, arrays = ask({**request, "feeds": list(input_feed)}, input_feed.values())
        return arrays
