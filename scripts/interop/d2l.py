"""The model of the chapter "The Bahdanau Attention Mechanism" of Dive into Deep Learning, written anew.

https://d2l.ai/chapter_attention-mechanisms-and-transformers/bahdanau-attention.html

    python3 scripts/interop/d2l.py FOLDER
    python3 scripts/interop/d2l.py test/reference/interop/d2l.json \\
        --whole --seconds 5 --hidden 4 --embedding 3 --words 4
"""

import torch
from torch import nn

import notebook

LAYERS = 2


class Gru(nn.Module):
    """The book's own class around the module."""

    def __init__(self, inputs, hidden):
        super().__init__()
        self.rnn = nn.GRU(inputs, hidden, LAYERS)

    def forward(self, x):
        return self.rnn(x)


class Encoder(nn.Module):
    def __init__(self, tokens, embedding, hidden):
        super().__init__()
        self.embedding = nn.Embedding(tokens, embedding)
        self.rnn = Gru(embedding, hidden)

    def forward(self, source):
        return self.rnn(self.embedding(source.T))


class Attention(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.W_k = nn.Linear(hidden, hidden, bias=False)
        self.W_q = nn.Linear(hidden, hidden, bias=False)
        self.w_v = nn.Linear(hidden, 1, bias=False)

    def forward(self, query, keys):
        scores = self.w_v(torch.tanh(self.W_q(query)[:, None] + self.W_k(keys)))[:, :, 0]
        weights = torch.softmax(scores, -1)
        return (weights[:, None] @ keys)[:, 0], weights


class Decoder(nn.Module):
    def __init__(self, tokens, embedding, hidden):
        super().__init__()
        self.attention = Attention(hidden)
        self.embedding = nn.Embedding(tokens, embedding)
        self.rnn = nn.GRU(embedding + hidden, hidden, LAYERS)
        self.dense = nn.Linear(hidden, tokens)

    def forward(self, token, states, keys):
        context, weights = self.attention(states[-1], keys)
        x = torch.cat([context, self.embedding(token)], -1)
        output, states = self.rnn(x[None], states)
        return self.dense(output[0]), states, weights


class Model(nn.Module):
    def __init__(self, source, target, embedding, hidden):
        super().__init__()
        self.encoder = Encoder(source, embedding, hidden)
        self.decoder = Decoder(target, embedding, hidden)

    def forward(self, source, before):
        outputs, states = self.encoder(source)
        steps = []
        for token in before.T:
            logits, states, weights = self.decoder(token, states, outputs.transpose(0, 1))
            steps.append((logits, weights))
        return tuple(torch.stack(parts, 1) for parts in zip(*steps))


notebook.main("d2l-bahdanau", notebook.Signs(["<unk>", "<bos>", "<eos>", "<pad>"], "<bos>", "<eos>"), Model)
