"""PyTorch's tutorial "Translation with a Sequence to Sequence Network and Attention", its model written anew.

https://pytorch.org/tutorials/intermediate/seq2seq_translation_tutorial.html

    python3 scripts/interop/pytorch_tutorial.py FOLDER
    python3 scripts/interop/pytorch_tutorial.py test/reference/interop/pytorch_tutorial.json \\
        --whole --seconds 5 --hidden 4 --words 4
"""

import torch
from torch import nn

import notebook


class Encoder(nn.Module):
    def __init__(self, tokens, hidden):
        super().__init__()
        self.embedding = nn.Embedding(tokens, hidden)
        self.gru = nn.GRU(hidden, hidden, batch_first=True)

    def forward(self, source):
        return self.gru(self.embedding(source))


class Attention(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.Wa = nn.Linear(hidden, hidden)
        self.Ua = nn.Linear(hidden, hidden)
        self.Va = nn.Linear(hidden, 1)

    def forward(self, query, keys):
        scores = self.Va(torch.tanh(self.Wa(query) + self.Ua(keys)))
        weights = torch.softmax(scores.transpose(1, 2), -1)
        return weights @ keys, weights


class Decoder(nn.Module):
    def __init__(self, tokens, hidden):
        super().__init__()
        self.embedding = nn.Embedding(tokens, hidden)
        self.attention = Attention(hidden)
        self.gru = nn.GRU(2 * hidden, hidden, batch_first=True)
        self.out = nn.Linear(hidden, tokens)

    def forward(self, token, state, keys):
        context, weights = self.attention(state.transpose(0, 1), keys)
        both = torch.cat([self.embedding(token), context], 2)
        output, state = self.gru(both, state)
        return self.out(output), state, weights


class Model(nn.Module):
    """Both parts, each with its own state dict in the tutorial."""

    def __init__(self, source, target, _, hidden):
        super().__init__()
        self.encoder, self.decoder = Encoder(source, hidden), Decoder(target, hidden)

    def forward(self, source, before):
        keys, state = self.encoder(source)
        steps = []
        for at in range(before.shape[1]):
            logits, state, weights = self.decoder(before[:, at : at + 1], state, keys)
            steps.append((logits, weights))
        return tuple(torch.cat(parts, 1) for parts in zip(*steps))


notebook.main("pytorch-tutorial", notebook.Signs(["SOS", "EOS"], "SOS", "EOS"), Model)
