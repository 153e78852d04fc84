"""Reference values for models of notebooks and courses, in float64 with PyTorch's own modules.

    python3 test/reference/notebooks.py test/reference

Independent of the project: the modules are wired as the text of each function says. One sentence at a time goes through
them, so without padding. The form of the files is that of `generate.py`; `configuration` says in the project's words what
model it is, and arrays have the names of those files, with inputs of a layer in the order: embedding, context.
"""

import json
import sys

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
PAD, START, END = 0, 2, 3
SOURCES = [[5, 7, 4, 6, END], [6, 4, END], [7, 5, 6, END]]
TARGETS = [[4, 8, 6], [7, 5, 4, 8], [6]]
EMBEDDING, HIDDEN, UNITS, SOURCE_WORDS, TARGET_WORDS = 4, 3, 5, 8, 9


def same(array):
    return array


def columns(first, count):
    return lambda array: array[:, first : first + count]


def behind(first):
    """The columns from `first` on, then those before it."""
    return lambda array: torch.cat([array[:, first:], array[:, :first]], 1)


def rnn_names(name, layers=1, directions=("",), first_columns=same):
    """The arrays of nn.GRU or nn.LSTM, by the names of the file."""
    names = {}
    for layer in range(layers):
        for direction in directions:
            suffix = f"l{layer}" + ("_reverse" if direction == ".backward" else "")
            for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
                change = first_columns if kind == "weight_ih" and layer == 0 else same
                names[f"{name}.{layer}{direction}.{kind}"] = (f"{kind}_{suffix}", change)
    return names


class Model:
    """Collects modules, draws their weights, and names their arrays."""

    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)
        self.parts = []

    def add(self, module, names):
        with torch.no_grad():
            for array in module.parameters():
                array.copy_(torch.randn(array.shape, generator=self.generator) * 0.6)
        self.parts.append((module, names))
        return module

    def embeddings(self):
        source = self.add(nn.Embedding(SOURCE_WORDS, EMBEDDING), {"source_embedding": ("weight", same)})
        target = self.add(nn.Embedding(TARGET_WORDS, EMBEDDING), {"target_embedding": ("weight", same)})
        return source, target

    def arrays(self, of):
        found = {}
        for module, names in self.parts:
            for name, (array, change) in names.items():
                found[name] = change(of(getattr(module, array)))
        return found


def linear(name, bias=True):
    return {name: ("weight", same), **({f"{name}.bias": ("bias", same)} if bias else {})}


OUTPUT = {"output.weight": ("weight", same), "output.bias": ("bias", same)}
BOTH = (".forward", ".backward")


def look(scores, memory):
    alignment = torch.softmax(scores, 0)
    return alignment, alignment @ memory


def additive(query, memory, layers):
    """v tanh(W q + U m): the layers of the query, of the memory and of the sum."""
    of_query, of_memory, of_sum = layers
    return of_sum(torch.tanh(of_query(query) + of_memory(memory)))[:, 0]


def notebook3(model):
    """github.com/bentrevett/pytorch-seq2seq, notebook 3: a GRU in both directions; s0 = tanh(fc [forward; backward]);
    energies from one layer with a bias over [state; encoder output]; GRU over [embedding; context]; the word from
    fc_out [new state; context; embedding]."""
    memory_size = 2 * HIDDEN
    source, target = model.embeddings()
    encoder = model.add(nn.GRU(EMBEDDING, HIDDEN, bidirectional=True), rnn_names("encoder", 1, BOTH))
    bridge = model.add(nn.Linear(memory_size, HIDDEN), linear("bridge.0"))
    energy = model.add(
        nn.Linear(HIDDEN + memory_size, UNITS),
        {
            "attention.W_a": ("weight", columns(0, HIDDEN)),
            "attention.U_a": ("weight", columns(HIDDEN, memory_size)),
            "attention.b": ("bias", same),
        },
    )
    vote = model.add(nn.Linear(UNITS, 1, bias=False), {"attention.v_a": ("weight", torch.flatten)})
    decoder = model.add(nn.GRU(EMBEDDING + memory_size, HIDDEN), rnn_names("decoder"))
    output = model.add(nn.Linear(HIDDEN + memory_size + EMBEDDING, TARGET_WORDS), OUTPUT)

    def decode(ids, given):
        memory, last = encoder(source(torch.tensor(ids)))
        state = torch.tanh(bridge(torch.cat([last[-2], last[-1]])))
        for id in given:
            repeated = state.repeat(len(memory), 1)
            scores = vote(torch.tanh(energy(torch.cat([repeated, memory], 1))))[:, 0]
            alignment, context = look(scores, memory)
            embedded = target(torch.tensor(id))
            _, new = decoder(torch.cat([embedded, context])[None], state[None])
            state = new[0]
            yield output(torch.cat([state, context, embedded])), alignment

    return decode


def tutorial(model):
    """The PyTorch tutorial on translation: a GRU; its last state is the decoder's first; additive attention with biases by
    the previous state; GRU over [embedding; context]; the word from the new state."""
    source, target = model.embeddings()
    encoder = model.add(nn.GRU(EMBEDDING, HIDDEN), rnn_names("encoder"))
    of_query = model.add(nn.Linear(HIDDEN, UNITS), {"attention.W_a": ("weight", same), "attention.b": ("bias", same)})
    of_memory = model.add(nn.Linear(HIDDEN, UNITS), {"attention.U_a": ("weight", same), "attention.b2": ("bias", same)})
    # The bias of the layer Va shifts all scores alike, so it has no effect.
    vote = model.add(nn.Linear(UNITS, 1, bias=False), {"attention.v_a": ("weight", torch.flatten)})
    decoder = model.add(nn.GRU(EMBEDDING + HIDDEN, HIDDEN), rnn_names("decoder"))
    output = model.add(nn.Linear(HIDDEN, TARGET_WORDS), OUTPUT)

    def decode(ids, given):
        memory, state = encoder(source(torch.tensor(ids)))
        for id in given:
            alignment, context = look(additive(state[0], memory, (of_query, of_memory, vote)), memory)
            _, state = decoder(torch.cat([target(torch.tensor(id)), context])[None], state)
            yield output(state[0]), alignment

    return decode


def d2l(model):
    """d2l.ai, chapter on Bahdanau attention: GRUs of two layers; each layer's last state is handed over; additive attention
    without biases by the previous state of the top layer; the bottom layer reads [context; embedding]; the word from the
    top layer's new state."""
    source, target = model.embeddings()
    encoder = model.add(nn.GRU(EMBEDDING, HIDDEN, 2), rnn_names("encoder", 2))
    of_query = model.add(nn.Linear(HIDDEN, UNITS, bias=False), {"attention.W_a": ("weight", same)})
    of_memory = model.add(nn.Linear(HIDDEN, UNITS, bias=False), {"attention.U_a": ("weight", same)})
    vote = model.add(nn.Linear(UNITS, 1, bias=False), {"attention.v_a": ("weight", torch.flatten)})
    decoder = model.add(nn.GRU(HIDDEN + EMBEDDING, HIDDEN, 2), rnn_names("decoder", 2, first_columns=behind(HIDDEN)))
    output = model.add(nn.Linear(HIDDEN, TARGET_WORDS), OUTPUT)

    def decode(ids, given):
        memory, state = encoder(source(torch.tensor(ids)))
        for id in given:
            alignment, context = look(additive(state[-1], memory, (of_query, of_memory, vote)), memory)
            _, state = decoder(torch.cat([context, target(torch.tensor(id))])[None], state)
            yield output(state[-1]), alignment

    return decode


def d2l_summary(model):
    """d2l.ai, chapter on sequence to sequence learning: no attention; the top layer's last state is the context of every
    step, beside the embedding in the bottom layer only."""
    source, target = model.embeddings()
    encoder = model.add(nn.GRU(EMBEDDING, HIDDEN, 2), rnn_names("encoder", 2))
    decoder = model.add(nn.GRU(EMBEDDING + HIDDEN, HIDDEN, 2), rnn_names("decoder", 2))
    output = model.add(nn.Linear(HIDDEN, TARGET_WORDS), OUTPUT)

    def decode(ids, given):
        _, state = encoder(source(torch.tensor(ids)))
        context = state[-1]
        for id in given:
            _, state = decoder(torch.cat([target(torch.tensor(id)), context])[None], state)
            yield output(state[-1]), None

    return decode


def notebook2(model):
    """github.com/bentrevett/pytorch-seq2seq, notebook 2: no attention; the encoder's last state is the decoder's first and
    the context of every step, in the GRU and in fc_out, which reads [embedding; new state; context]."""
    source, target = model.embeddings()
    encoder = model.add(nn.GRU(EMBEDDING, HIDDEN), rnn_names("encoder"))
    decoder = model.add(nn.GRU(EMBEDDING + HIDDEN, HIDDEN), rnn_names("decoder"))
    output = model.add(
        nn.Linear(EMBEDDING + 2 * HIDDEN, TARGET_WORDS),
        {**OUTPUT, "output.weight": ("weight", behind(EMBEDDING))},
    )

    def decode(ids, given):
        _, context = encoder(source(torch.tensor(ids)))
        state = context
        for id in given:
            embedded = target(torch.tensor(id))
            _, state = decoder(torch.cat([embedded, context[0]])[None], state)
            yield output(torch.cat([embedded, state[0], context[0]])), None

    return decode


def cs224n(model):
    """Stanford CS224n, assignment 4 on translation: a convolution of width 2 over the embedded source; an LSTM in both
    directions; the decoder's first states are layers without tanh and bias of [forward; backward]; an LSTM over [embedding;
    previous output vector]; scores by a layer over the encoder's states times the new state; output vector = tanh of a layer
    of [state; context]; no biases behind it."""
    source, target = model.embeddings()
    taps = lambda array: array.permute(0, 2, 1).reshape(EMBEDDING, 2 * EMBEDDING)
    convolution = model.add(
        nn.Conv1d(EMBEDDING, EMBEDDING, 2, padding="same"),
        {"source_convolution.W": ("weight", taps), "source_convolution.bias": ("bias", same)},
    )
    encoder = model.add(nn.LSTM(EMBEDDING, HIDDEN, bidirectional=True), rnn_names("encoder", 1, BOTH))
    h_layer = model.add(nn.Linear(2 * HIDDEN, HIDDEN, bias=False), linear("bridge.0", bias=False))
    c_layer = model.add(nn.Linear(2 * HIDDEN, HIDDEN, bias=False), linear("bridge.1", bias=False))
    of_memory = model.add(nn.Linear(2 * HIDDEN, HIDDEN, bias=False), {"attention.W_a": ("weight", same)})
    decoder = model.add(nn.LSTM(EMBEDDING + HIDDEN, HIDDEN), rnn_names("decoder"))
    combined = model.add(
        nn.Linear(3 * HIDDEN, HIDDEN, bias=False), {"attention.W_c": ("weight", behind(HIDDEN))}
    )
    output = model.add(nn.Linear(HIDDEN, TARGET_WORDS, bias=False), {"output.weight": ("weight", same)})

    def decode(ids, given):
        embedded = convolution(source(torch.tensor(ids)).T[None])[0].T
        memory, (h, c) = encoder(embedded)
        state = h_layer(torch.cat([h[0], h[1]]))[None], c_layer(torch.cat([c[0], c[1]]))[None]
        fed = torch.zeros(HIDDEN)
        for id in given:
            _, state = decoder(torch.cat([target(torch.tensor(id)), fed])[None], state)
            hidden = state[0][0]
            alignment, context = look(of_memory(memory) @ hidden, memory)
            fed = torch.tanh(combined(torch.cat([hidden, context])))
            yield output(fed), alignment

    return decode


SMALL = {"embedding": EMBEDDING, "hidden": HIDDEN, "encoderHidden": HIDDEN, "attentionHidden": UNITS, "dropout": 0}
GRU = {**SMALL, "cell": "gru", "resetGate": "after", "outputBias": True, "sourceEnd": True}
ONE_WAY = {**GRU, "bidirectional": False, "bridge": "copy"}
CASES = {
    "notebook3": (
        notebook3,
        "bahdanau2014",
        {**GRU, "attention": "biasedAdditive", "bridge": "linear", "readout": "concat"},
    ),
    "tutorial": (tutorial, "bahdanau2014", {**ONE_WAY, "attention": "biasedAdditive", "readout": "none"}),
    "d2l": (
        d2l,
        "bahdanau2014",
        {**ONE_WAY, "layers": 2, "queryLayer": "top", "upperContext": "none", "readout": "none"},
    ),
    "d2l_summary": (
        d2l_summary,
        "rnnencdec2014",
        {**ONE_WAY, "layers": 2, "upperContext": "none", "readout": "none"},
    ),
    "cs224n": (
        cs224n,
        "luong2015",
        {
            **SMALL,
            "sourceConvolution": 2,
            "bridge": "linear",
            "bridgeActivation": "none",
            "bridgeBias": False,
            "outputBias": False,
        },
    ),
    "notebook2": (notebook2, "rnnencdec2014", {**ONE_WAY, "readout": "concat"}),
}


def padded(rows):
    length = max(map(len, rows))
    return torch.tensor([[row[t] if t < len(row) else PAD for row in rows] for t in range(length)])


def array(tensor):
    return {"shape": list(tensor.shape), "data": tensor.detach().flatten().tolist()}


def reference(name):
    make, preset, changes = CASES[name]
    model = Model(11)
    decode = make(model)
    source, target_in = padded(SOURCES), padded([[START] + target for target in TARGETS])
    target_out = padded([target + [END] for target in TARGETS])
    time, logits, alignments, losses = target_in.shape[0], [], [], []
    for ids, target in zip(SOURCES, TARGETS):
        # Behind the end of a sentence a model is given padding.
        given = [START] + target + [PAD] * (time - 1 - len(target))
        steps = list(decode(ids, given))
        logits.append(torch.stack([each for each, _ in steps]))
        losses += [-torch.log_softmax(each, 0)[wanted] for (each, _), wanted in zip(steps, target + [END])]
        if steps[0][1] is not None:
            rows = torch.stack([each for _, each in steps])
            alignments.append(nn.functional.pad(rows, (0, source.shape[0] - len(ids))))
    loss = sum(losses) / len(losses)
    loss.backward()
    result = {
        "case": name,
        "model": f"{' '.join(make.__doc__.split())} See notebooks.py.",
        "layout": "as in the other files: time-major, pad id 0; linear layers are y = x W^T",
        "configuration": {"preset": preset, "changes": changes},
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
    result["parameters"] = {key: array(value) for key, value in model.arrays(lambda each: each).items()}
    result["gradients"] = {key: array(value) for key, value in model.arrays(lambda each: each.grad).items()}
    return result


for case in CASES:
    with open(f"{sys.argv[1]}/{case}.json", "w") as file:
        json.dump(reference(case), file)
