"""What the scripts beside this one share: pairs to learn, a training, and a file to compare an import with.

The pairs are made here: a few numbers in English, and the same numbers in French from the last to the first. A model
learns them in a minute. It is then written as `weights.npz`, with its vocabularies as text, and with
`reference.json`: logits, attention and gradients of some pairs in float64, and what greedy search finds.
"""

import argparse
import json
import pathlib
import random
import time

import numpy
import torch

ENGLISH = "zero one two three four five six seven eight nine".split()
FRENCH = "zéro un deux trois quatre cinq six sept huit neuf".split()


class Signs:
    """The special tokens of a notebook, of both sides, in the order of their ids, before any word."""

    def __init__(self, tokens, start, end, source_tokens=None, source_has_start=False, source_has_end=True):
        self.tokens, self.start, self.end = tokens, start, end
        self.source_tokens = tokens if source_tokens is None else source_tokens
        self.source_has_start, self.source_has_end = source_has_start, source_has_end


class Task:
    def __init__(self, signs, words):
        self.signs, self.words = signs, words
        self.source = signs.source_tokens + ENGLISH[:words]
        self.target = signs.tokens + FRENCH[:words]
        self.start, self.end = signs.tokens.index(signs.start), signs.tokens.index(signs.end)

    def source_ids(self, numbers):
        first = [self.start] if self.signs.source_has_start else []
        last = [self.end] if self.signs.source_has_end else []
        return first + [len(self.signs.source_tokens) + number for number in numbers] + last

    def batch(self, rows):
        """Sources [batch, source], and targets [batch, target] before and after each step."""
        target = [[len(self.signs.tokens) + number for number in reversed(row)] for row in rows]
        return (
            torch.tensor([self.source_ids(row) for row in rows]),
            torch.tensor([[self.start] + row for row in target]),
            torch.tensor([row + [self.end] for row in target]),
        )

    def draw(self, generator, count, length):
        return [[generator.randrange(self.words) for _ in range(length)] for _ in range(count)]


def loss_of(model, batch):
    source, before, after = batch
    logits, _ = model(source, before)
    return torch.nn.functional.cross_entropy(logits.flatten(0, 1), after.flatten())


def learn(model, task, seconds):
    generator, optimizer = random.Random(1), torch.optim.Adam(model.parameters(), 0.005)
    end, loss = time.time() + seconds, None
    while time.time() < end:
        loss = loss_of(model, task.batch(task.draw(generator, 32, generator.randint(2, 6))))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
        optimizer.step()
    if loss is not None:
        print(f"loss {loss.item():.4f}")


def greedy(model, task, row):
    source, ids = torch.tensor([task.source_ids(row)]), [task.start]
    while len(ids) <= 20:
        logits, _ = model(source, torch.tensor([ids]))
        best = int(logits[0, -1].argmax())
        if best == task.end:
            break
        ids.append(best)
    return " ".join(task.target[id] for id in ids[1:])


def plain(tensor, digits=None):
    data = tensor.detach().double().flatten().tolist()
    return {
        "shape": list(tensor.shape),
        "data": [round(x, digits) for x in data] if digits else [float(f"{x:.13g}") for x in data],
    }


def main(layout, signs, build):
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--embedding", type=int, default=32)
    parser.add_argument("--words", type=int, default=10)
    parser.add_argument("--whole", action="store_true", help="one file with everything, for a small model")
    options = parser.parse_args()
    torch.manual_seed(1)
    task = Task(signs, options.words)
    model = build(len(task.source), len(task.target), options.embedding, options.hidden)
    learn(model, task, options.seconds)
    model.double().eval()
    if options.whole:
        # Short numbers for a text file.
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.copy_(torch.round(parameter * 1e4) / 1e4)
    generator = random.Random(2)
    batch = task.batch(task.draw(generator, 3, 3))
    logits, attention = model(batch[0], batch[1])
    model.zero_grad()
    loss_of(model, batch).backward()
    state = {name: value for name, value in model.state_dict().items()}
    rows = [row for length in range(1, 5) for row in task.draw(generator, 2, length)]
    reference = {
        "layout": layout,
        "sourceTokens": task.source,
        "targetTokens": task.target,
        "source": batch[0].tolist(),
        "before": batch[1].tolist(),
        "after": batch[2].tolist(),
        "logits": plain(logits),
        "attention": plain(attention),
        "gradients": {name: plain(value.grad) for name, value in model.named_parameters()},
        "greedy": [[" ".join(ENGLISH[n] for n in row), greedy(model, task, row)] for row in rows],
    }
    if options.whole:
        reference["arrays"] = {name: plain(value, 4) for name, value in state.items()}
        options.out.write_text(json.dumps(reference, ensure_ascii=False) + "\n")
        return
    options.out.mkdir(parents=True, exist_ok=True)
    numpy.savez(options.out / "weights.npz", **{name: value.numpy() for name, value in state.items()})
    (options.out / "source.txt").write_text("\n".join(task.source) + "\n")
    (options.out / "target.txt").write_text("\n".join(task.target) + "\n")
    (options.out / "reference.json").write_text(json.dumps(reference, ensure_ascii=False) + "\n")
