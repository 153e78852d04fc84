"""Trains small tokenizers with SentencePiece, and merges as subword-nmt does, and writes how they split texts.

The merges are learned and applied by the algorithm of Sennrich, Haddow and Birch (2016), written down here a second time,
in the form of subword-nmt's files (version 0.2).

    pip install sentencepiece
    python3 scripts/interop/tokenizers.py test/reference/interop
"""

import collections
import io
import json
import pathlib
import sys

import sentencepiece

OUT = pathlib.Path(sys.argv[1])
LINES = """
the encoder reads the source and the decoder writes the target
attention looks back at the states of the encoder at every step
a reader who looks back finds the word that she needs to write the next one
words are split into pieces so that rare words are made of common pieces
the longest words are split most often and the shortest ones never are
reading and writing are learned together from pairs of sentences
the bottleneck between them was one vector of a fixed length
long sentences suffered most from that and attention removed it
weights that were trained elsewhere are read and checked here
der Leser liest den Satz und der Schreiber schreibt ihn neu
die kürzesten Wörter werden nie geteilt und die längsten meistens
""".strip().split("\n") * 3
TEXTS = [
    "the decoder looks back at the longest sentence",
    "rare words were split and read together",
    "unreadable rereading of bottlenecks",
    "die Schreiber lesen kürzeste Sätze",
    "xylophones & zebras: 42 % of them",
    "  spaces   in   odd places ",
    "日本 the 日本語 words",
    "a",
    "",
]


def write(name, content):
    (OUT / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


for kind in ["bpe", "unigram"]:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES),
        model_writer=model,
        model_type=kind,
        vocab_size=120,
        normalization_rule_name="identity",
        character_coverage=1.0,
        minloglevel=2,
    )
    (OUT / f"{kind}.model").write_bytes(model.getvalue())
    made = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    write(
        f"{kind}.sentencepiece.json",
        [{"text": text, "ids": made.encode(text), "back": made.decode(made.encode(text))} for text in TEXTS],
    )


def merged(word, pair):
    """The word's symbols with each occurrence of the pair as one symbol, from the left."""
    symbols, at = [], 0
    while at < len(word):
        is_pair = tuple(word[at : at + 2]) == pair
        symbols.append("".join(pair) if is_pair else word[at])
        at += 2 if is_pair else 1
    return symbols


def symbols_of(word):
    return [*word[:-1], word[-1] + "</w>"]


def learn(lines, count):
    words = collections.Counter(word for line in lines for word in line.split())
    split = {word: symbols_of(word) for word in words}
    merges = []
    while len(merges) < count:
        pairs = collections.Counter()
        for word, symbols in split.items():
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += words[word]
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        split = {word: merged(symbols, best) for word, symbols in split.items()}
    return merges


def apply(line, merges):
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    pieces = []
    for word in line.split():
        symbols = symbols_of(word)
        while True:
            found = [pair for pair in zip(symbols, symbols[1:]) if pair in ranks]
            if not found:
                break
            symbols = merged(symbols, min(found, key=ranks.get))
        pieces += [symbol[:-4] if symbol.endswith("</w>") else symbol + "@@" for symbol in symbols]
    return pieces


merges = learn(LINES, 120)
(OUT / "codes.txt").write_text("\n".join(["#version: 0.2", *map(" ".join, merges)]) + "\n")
known = sorted({token for line in LINES for token in apply(line, merges)})
(OUT / "codes.vocabulary.txt").write_text("\n".join(["<unk>", "<s>", "</s>", *known]) + "\n")
write("subword-nmt.json", [{"text": text, "tokens": apply(text, merges)} for text in TEXTS])
