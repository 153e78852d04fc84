"""Reference values for the systems that the first eight files leave out, in float64 with PyTorch.

    python3 test/reference/generate.py test/reference

Independent of the project: PyTorch's own LSTM, one sentence at a time and so without any padding, the wiring
after the sources that each function names. The form is that of the other files; `configuration` says in
the project's words what model it is.
"""

import json
import sys

import torch

torch.set_default_dtype(torch.float64)
PAD, START, END = 0, 2, 3
SOURCES = [[5, 7, 4, 6, 5], [6, 4, 7], [7, 5, 6, 4]]
TARGETS = [[4, 8, 6], [7, 5, 4, 8], [6]]
EMBEDDING, HIDDEN, SOURCE_WORDS, TARGET_WORDS = 4, 3, 8, 9


class Weights:
    """Parameters by name, drawn when they are first asked for."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)
        self.all = {}

    def __call__(self, name, *shape):
        if name not in self.all:
            values = torch.randn(*shape, generator=self.generator) * 0.6
            self.all[name] = values.requires_grad_()
        return self.all[name]


def lstm(weights, name, size):
    """PyTorch's LSTM cell as a function: gates i, f, g, o and two biases."""

    def step(x, state):
        parts = [
            weights(f"{name}.weight_ih", 4 * size, x.shape[-1]),
            weights(f"{name}.weight_hh", 4 * size, size),
            weights(f"{name}.bias_ih", 4 * size),
            weights(f"{name}.bias_hh", 4 * size),
        ]
        h, c = torch.lstm_cell(x[None], tuple(each[None] for each in state), *parts)
        return h[0], (h[0], c[0])

    step.zero = (torch.zeros(size), torch.zeros(size))
    return step


def elman(weights, name, size):
    """PyTorch's plain recurrent cell with one bias."""

    def step(x, state):
        ih = weights(f"{name}.weight_ih", size, x.shape[-1])
        hh = weights(f"{name}.weight_hh", size, size)
        h = torch.tanh(ih @ x + hh @ state[0] + weights(f"{name}.bias", size))
        return h, (h,)

    step.zero = (torch.zeros(size),)
    return step


def gru(weights, name, size):
    """PyTorch's GRU cell: r, z, n and two biases, the reset gate after the product."""

    def step(x, state):
        parts = [
            weights(f"{name}.weight_ih", 3 * size, x.shape[-1]),
            weights(f"{name}.weight_hh", 3 * size, size),
            weights(f"{name}.bias_ih", 3 * size),
            weights(f"{name}.bias_hh", 3 * size),
        ]
        h = torch.gru_cell(x[None], state[0][None], *parts)[0]
        return h, (h,)

    step.zero = (torch.zeros(size),)
    return step


def run(step, xs):
    """tf.nn.dynamic_rnn from a zero state."""
    state, outputs = step.zero, []
    for x in xs:
        output, state = step(x, state)
        outputs.append(output)
    return outputs, state


def residual(step, layer, first):
    """ResidualWrapper around the layers from `first` on; 0 for none."""
    if first == 0 or layer < first:
        return step

    def wrapped(x, state):
        output, state = step(x, state)
        return output + x, state

    wrapped.zero = step.zero
    return wrapped


def gnmt_encoder(weights, xs, layers, residual_from):
    """gnmt_model.py, _build_encoder: one bidirectional layer below others of one direction."""
    forward, _ = run(lstm(weights, "encoder.0.forward", HIDDEN), xs)
    backward, last = run(lstm(weights, "encoder.0.backward", HIDDEN), xs[::-1])
    outputs = [torch.cat(pair) for pair in zip(forward, backward[::-1])]
    states = [last]
    for layer in range(1, layers):
        cell = residual(lstm(weights, f"encoder.{layer}", HIDDEN), layer, residual_from)
        outputs, state = run(cell, outputs)
        states.append(state)
    return outputs, states


def bi_encoder(weights, xs, layers, residual_from):
    """attention_model.py, encoder_type bi: a stack for each direction, their states by turns."""
    tops, states = [], []
    for direction, order in (("forward", xs), ("backward", xs[::-1])):
        outputs = order
        for layer in range(layers // 2):
            cell = residual(lstm(weights, f"encoder.{layer}.{direction}", HIDDEN), layer, residual_from)
            outputs, state = run(cell, outputs)
            states.append((layer, direction == "backward", state))
        tops.append(outputs)
    memory = [torch.cat(pair) for pair in zip(tops[0], tops[1][::-1])]
    return memory, [state for _, _, state in sorted(states, key=lambda each: each[:2])]


def normed_bahdanau(weights, memory, units):
    """tf.contrib.seq2seq.BahdanauAttention(normalize=True)."""
    keys = [weights("attention.U_a", units, m.shape[0]) @ m for m in memory]

    def score(query):
        q = weights("attention.W_a", units, query.shape[0]) @ query
        v, g, b = weights("attention.v_a", units), weights("attention.g", 1), weights("attention.b", units)
        direction = g * v / v.norm()
        return torch.stack([direction @ torch.tanh(key + q + b) for key in keys])

    return score


def bahdanau(weights, memory, units):
    """Bahdanau et al. (2014), A.1.2."""
    keys = [weights("attention.U_a", units, m.shape[0]) @ m for m in memory]

    def score(query):
        q = weights("attention.W_a", units, query.shape[0]) @ query
        return torch.stack([weights("attention.v_a", units) @ torch.tanh(key + q) for key in keys])

    return score


def scaled_luong(weights, memory):
    """tf.contrib.seq2seq.LuongAttention(scale=True)."""
    keys = [weights("attention.W_a", HIDDEN, m.shape[0]) @ m for m in memory]
    return lambda query: weights("attention.g", 1)[0] * torch.stack([key @ query for key in keys])


def attend(score, query, memory):
    alignment = torch.softmax(score(query), 0)
    return alignment, sum(weight * m for weight, m in zip(alignment, memory))


def gnmt(version):
    """gnmt_model.py, GNMTAttentionMultiCell: version 1 gives upper layers the previous context."""

    def decode(weights, xs, ys, layers=4, units=5):
        first = layers - (layers - 2)
        memory, states = gnmt_encoder(weights, xs, layers, first)
        score = normed_bahdanau(weights, memory, units)
        attention = torch.zeros(HIDDEN)
        for y in ys:
            x, states[0] = lstm(weights, "decoder.0", HIDDEN)(torch.cat([y, attention]), states[0])
            alignment, context = attend(score, x, memory)
            upper = attention if version == 1 else context
            for layer in range(1, layers):
                cell = lstm(weights, f"decoder.{layer}", HIDDEN)
                output, states[layer] = cell(torch.cat([x, upper]), states[layer])
                x = x + output if layer >= first else output
            attention = context
            yield weights("output.weight", TARGET_WORDS, HIDDEN) @ x, alignment

    return decode


def gnmt_paper(weights, xs, ys, layers=3, units=5):
    """Wu et al. (2016), §3: a_i by the bottom layer's y_{i-1}, and to all layers of the step."""
    memory, states = gnmt_encoder(weights, xs, layers, 2)
    score = bahdanau(weights, memory, units)
    for y in ys:
        alignment, context = attend(score, states[0][0], memory)
        x = y
        for layer in range(layers):
            cell = lstm(weights, f"decoder.{layer}", HIDDEN)
            output, states[layer] = cell(torch.cat([x, context]), states[layer])
            x = x + output if layer >= 2 else output
        logits = weights("output.weight", TARGET_WORDS, HIDDEN) @ x
        yield logits + weights("output.bias", TARGET_WORDS), alignment


def standard(weights, xs, ys, layers=4):
    """attention_model.py, AttentionWrapper around all layers, the attention layer without tanh."""
    memory, states = bi_encoder(weights, xs, layers, 1)
    score = scaled_luong(weights, memory)
    attention = torch.zeros(HIDDEN)
    for y in ys:
        x = torch.cat([y, attention])
        for layer in range(layers):
            output, states[layer] = lstm(weights, f"decoder.{layer}", HIDDEN)(x, states[layer])
            x = x + output if layer >= 1 else output
        alignment, context = attend(score, x, memory)
        attention = weights("attention.W_c", HIDDEN, 3 * HIDDEN) @ torch.cat([context, x])
        yield weights("output.weight", TARGET_WORDS, HIDDEN) @ attention, alignment


def location(weights, xs, ys, positions=4):
    """Luong et al. (2015), eq. 8 and footnote 6, input feeding, the LSTMs without peepholes."""
    memory, state = run(lstm(weights, "encoder.0", HIDDEN), xs)
    fed = torch.zeros(HIDDEN)
    for y in ys:
        h, state = lstm(weights, "decoder.0", HIDDEN)(torch.cat([y, fed]), state)
        scores = (weights("attention.W_a", positions, HIDDEN) @ h)[: len(memory)]
        alignment = torch.softmax(scores, 0)
        context = sum(weight * m for weight, m in zip(alignment, memory))
        alignment = torch.cat([alignment, torch.zeros(len(memory) - len(alignment))])
        fed = torch.tanh(weights("attention.W_c", HIDDEN, 2 * HIDDEN) @ torch.cat([context, h]))
        logits = weights("output.weight", TARGET_WORDS, HIDDEN) @ fed
        yield logits + weights("output.bias", TARGET_WORDS), alignment


def dot(weights, xs, ys):
    """Luong et al. (2015), dot, no input feeding, with PyTorch's GRU; the source read from its end."""
    memory, state = run(gru(weights, "encoder.0", HIDDEN), xs[::-1])
    for y in ys:
        h, state = gru(weights, "decoder.0", HIDDEN)(y, state)
        alignment = torch.softmax(torch.stack([m @ h for m in memory]), 0)
        context = sum(weight * m for weight, m in zip(alignment, memory))
        final = torch.tanh(weights("attention.W_c", HIDDEN, 2 * HIDDEN) @ torch.cat([context, h]))
        yield weights("output.weight", TARGET_WORDS, HIDDEN) @ final, alignment


def rnnencdec(weights, xs, ys, maxout=2):
    """Bahdanau et al. (2014), A.2.2 with c_i fixed to the last state; plain cells, low-rank output.

    There is nothing in the place of a word before the first (GroundHog's check_first_word).
    """
    _, (c,) = run(elman(weights, "encoder.0", HIDDEN), xs)
    ys = [torch.zeros(EMBEDDING)] + ys[1:]
    s = torch.tanh(weights("bridge.V_prime", HIDDEN, HIDDEN) @ c)
    for y in ys:
        sums = (
            weights("readout.U_o", 2 * maxout, HIDDEN) @ s
            + weights("readout.V_o", 2 * maxout, EMBEDDING) @ y
            + weights("readout.C_o", 2 * maxout, HIDDEN) @ c
        )
        units = sums.reshape(maxout, 2).max(1).values
        s, _ = elman(weights, "decoder.0", HIDDEN)(torch.cat([y, c]), (s,))
        low = weights("output.factor", EMBEDDING, maxout) @ units
        yield weights("output.weight", TARGET_WORDS, EMBEDDING) @ low, None


def pytorch_lstm(weights, xs, layers):
    """torch.nn.LSTM with several layers in both directions, by the function that it calls."""
    flat = [
        weights(f"encoder.{layer}.{direction}.{kind}", 4 * HIDDEN, *size)
        for layer in range(layers)
        for direction in ("forward", "backward")
        for kind, size in (
            ("weight_ih", [EMBEDDING if layer == 0 else 2 * HIDDEN]),
            ("weight_hh", [HIDDEN]),
            ("bias_ih", []),
            ("bias_hh", []),
        )
    ]
    zero = torch.zeros(2 * layers, 1, HIDDEN)
    outputs, *last = torch._VF.lstm(
        torch.stack(xs)[:, None], (zero, zero), flat, True, layers, 0.0, False, True, False
    )
    states = [torch.cat([each[2 * n, 0], each[2 * n + 1, 0]]) for n in range(layers) for each in last]
    return list(outputs[:, 0]), [tuple(states[2 * n : 2 * n + 2]) for n in range(layers)]


def brnn(weights, xs, ys, layers=2):
    """OpenNMT's brnn: nn.LSTM in both directions, the halves of each layer's states laid together; general
    scores and input feeding (Luong et al. 2015)."""
    memory, states = pytorch_lstm(weights, xs, layers)
    fed = torch.zeros(2 * HIDDEN)
    for y in ys:
        x = torch.cat([y, fed])
        for layer in range(layers):
            x, states[layer] = lstm(weights, f"decoder.{layer}", 2 * HIDDEN)(x, states[layer])
        key = x @ weights("attention.W_a", 2 * HIDDEN, 2 * HIDDEN)
        alignment, context = attend(lambda query: torch.stack([m @ query for m in memory]), key, memory)
        fed = torch.tanh(weights("attention.W_c", 2 * HIDDEN, 4 * HIDDEN) @ torch.cat([context, x]))
        logits = weights("output.weight", TARGET_WORDS, 2 * HIDDEN) @ fed
        yield logits + weights("output.bias", TARGET_WORDS), alignment


SMALL = {"embedding": EMBEDDING, "hidden": HIDDEN, "dropout": 0}
GNMT = {**SMALL, "attentionHidden": 5}
CASES = {
    "gnmt": (gnmt(1), "nmt-wmt16-gnmt-4-layer", {**GNMT, "upperContext": "previous"}),
    "gnmt_v2": (gnmt(2), "nmt-wmt16-gnmt-4-layer", GNMT),
    "gnmt2016": (gnmt_paper, "gnmt2016", {**GNMT, "layers": 3}),
    "nmt_scaled_luong": (standard, "nmt-iwslt15", {**SMALL, "layers": 4, "residualFrom": 1}),
    "luong_location": (location, None, None),
    "luong_dot_gru_reversed": (dot, None, None),
    "brnn": (
        brnn,
        "luong2015",
        {**SMALL, "hidden": 2 * HIDDEN, "layers": 2, "bidirectionalLayers": True, "bridge": "copy"},
    ),
    "rnnencdec": (
        rnnencdec,
        "rnnencdec2014",
        {**SMALL, "cell": "rnn", "maxout": 2, "outputRank": EMBEDDING, "startInput": "zero"},
    ),
}


def padded(rows):
    length = max(map(len, rows))
    return torch.tensor([[row[t] if t < len(row) else PAD for row in rows] for t in range(length)])


def array(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().flatten().tolist()}


def padding(decode, weights, xs, ys, length):
    """What a model computes behind the end of a sentence: there it is given padding."""
    zero = weights("target_embedding", TARGET_WORDS, EMBEDDING)[PAD]
    return list(decode(weights, xs, ys + [zero] * (length - len(ys))))


def reference(name):
    decode, preset, changes = CASES[name]
    weights = Weights(7)
    source, target_in = padded(SOURCES), padded([[START] + target for target in TARGETS])
    target_out = padded([target + [END] for target in TARGETS])
    time, logits, alignments, loss, tokens = target_in.shape[0], [], [], 0, 0
    for ids, target in zip(SOURCES, TARGETS):
        xs = [weights("source_embedding", SOURCE_WORDS, EMBEDDING)[each] for each in ids]
        table = weights("target_embedding", TARGET_WORDS, EMBEDDING)
        steps = padding(decode, weights, xs, [table[each] for each in [START] + target], time)
        logits.append(torch.stack([each for each, _ in steps]))
        for (each, _), wanted in zip(steps, target + [END]):
            loss = loss - torch.log_softmax(each, 0)[wanted]
            tokens += 1
        if steps[0][1] is not None:
            rows = torch.stack([each for _, each in steps])
            alignments.append(torch.nn.functional.pad(rows, (0, source.shape[0] - len(ids))))
    loss = loss / tokens
    loss.backward()
    result = {
        "case": name,
        "model": f"{decode.__doc__ or gnmt.__doc__} See generate.py.",
        "layout": "as in the other files: time-major, pad id 0; linear layers are y = x W^T",
        **({"configuration": {"preset": preset, "changes": changes}} if preset else {}),
        "source_ids": array(source),
        "source_lengths": array(torch.tensor([len(each) for each in SOURCES])),
        "target_in": array(target_in),
        "target_out": array(target_out),
        "target_lengths": array(torch.tensor([len(each) + 1 for each in TARGETS])),
        "loss": loss.item(),
        "logits": array(torch.stack(logits, 1)),
    }
    if alignments:
        result["attention_tsb"] = array(torch.stack(alignments).permute(1, 2, 0))
    result["parameters"] = {key: array(value) for key, value in weights.all.items()}
    result["gradients"] = {key: array(value.grad) for key, value in weights.all.items()}
    return result


for case in CASES:
    with open(f"{sys.argv[1]}/{case}.json", "w") as file:
        json.dump(reference(case), file)
