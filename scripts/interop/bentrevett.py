"""bentrevett's notebook 3, "Neural Machine Translation by Jointly Learning to Align and Translate", its model anew.

https://github.com/bentrevett/pytorch-seq2seq

    python3 scripts/interop/bentrevett.py FOLDER
    python3 scripts/interop/bentrevett.py test/reference/interop/bentrevett.json \\
        --whole --seconds 5 --hidden 4 --embedding 3 --words 4
"""

import torch
from torch import nn

import notebook


class Encoder(nn.Module):
    def __init__(self, tokens, embedding, hidden):
        super().__init__()
        self.embedding = nn.Embedding(tokens, embedding)
        self.rnn = nn.GRU(embedding, hidden, bidirectional=True)
        self.fc = nn.Linear(2 * hidden, hidden)

    def forward(self, source):
        outputs, states = self.rnn(self.embedding(source))
        return outputs, torch.tanh(self.fc(torch.cat([states[-2], states[-1]], 1)))


class Attention(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.attn_fc = nn.Linear(3 * hidden, hidden)
        self.v_fc = nn.Linear(hidden, 1, bias=False)

    def forward(self, state, outputs):
        rows = state.expand(len(outputs), -1, -1)
        energy = torch.tanh(self.attn_fc(torch.cat([rows, outputs], 2)))
        return torch.softmax(self.v_fc(energy)[:, :, 0], 0)


class Decoder(nn.Module):
    def __init__(self, tokens, embedding, hidden):
        super().__init__()
        self.attention = Attention(hidden)
        self.embedding = nn.Embedding(tokens, embedding)
        self.rnn = nn.GRU(2 * hidden + embedding, hidden)
        self.fc_out = nn.Linear(3 * hidden + embedding, tokens)

    def forward(self, token, state, outputs):
        embedded, weights = self.embedding(token), self.attention(state, outputs)
        context = (weights[:, :, None] * outputs).sum(0)
        output, state = self.rnn(torch.cat([embedded, context], 1)[None], state[None])
        logits = self.fc_out(torch.cat([output[0], context, embedded], 1))
        return logits, state[0], weights.T


class Model(nn.Module):
    def __init__(self, source, target, embedding, hidden):
        super().__init__()
        self.encoder = Encoder(source, embedding, hidden)
        self.decoder = Decoder(target, embedding, hidden)

    def forward(self, source, before):
        outputs, state = self.encoder(source.T)
        steps = []
        for token in before.T:
            logits, state, weights = self.decoder(token, state, outputs)
            steps.append((logits, weights))
        return tuple(torch.stack(parts, 1) for parts in zip(*steps))


signs = notebook.Signs(["<unk>", "<pad>", "<sos>", "<eos>"], "<sos>", "<eos>", source_has_start=True)
notebook.main("bentrevett-3", signs, Model)
