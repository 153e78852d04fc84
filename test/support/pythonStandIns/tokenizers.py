"""The Python package `tokenizers` as far as a client uses it; the same Rust library answers, through Node."""

from types import SimpleNamespace

from answers import ask


class Tokenizer:
    @staticmethod
    def from_file(path):
        tokenizer = Tokenizer()
        tokenizer.path = path
        return tokenizer

    def encode_batch(self, texts):
        lists, _ = ask({"kind": "encode", "path": self.path, "texts": texts})
        return [SimpleNamespace(ids=ids) for ids in lists]

    def decode(self, ids, skip_special_tokens=True):
        request = {"kind": "decode", "path": self.path, "ids": ids, "skip": skip_special_tokens}
        text, _ = ask(request)
        return text
