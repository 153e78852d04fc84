"""The recurrent model of OpenNMT-py (versions 1 and 2) by the names of its checkpoints, written anew.

https://github.com/OpenNMT/OpenNMT-py: encoder `brnn`, attention `general`, input feeding.

    python3 scripts/interop/opennmt.py FOLDER
    python3 scripts/interop/opennmt.py test/reference/interop/opennmt.json \\
        --whole --seconds 12 --hidden 4 --embedding 3 --words 4
"""

import torch
from torch import nn

import notebook

LAYERS = 2


class Embeddings(nn.Module):
    def __init__(self, tokens, size):
        super().__init__()
        self.make_embedding = nn.Module()
        self.make_embedding.emb_luts = nn.ModuleList([nn.Embedding(tokens, size)])

    def forward(self, ids):
        return self.make_embedding.emb_luts[0](ids)


class Encoder(nn.Module):
    def __init__(self, tokens, embedding, hidden):
        super().__init__()
        self.embeddings = Embeddings(tokens, embedding)
        self.rnn = nn.LSTM(embedding, hidden // 2, LAYERS, bidirectional=True)

    def forward(self, source):
        outputs, states = self.rnn(self.embeddings(source.T))
        # Layers with two directions become layers of the decoder.
        return outputs.transpose(0, 1), [torch.cat([s[0::2], s[1::2]], 2) for s in states]


class Attention(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.linear_in = nn.Linear(hidden, hidden, bias=False)
        self.linear_out = nn.Linear(2 * hidden, hidden, bias=False)

    def forward(self, state, memory):
        weights = torch.softmax((memory @ self.linear_in(state)[:, :, None])[:, :, 0], -1)
        context = (weights[:, None] @ memory)[:, 0]
        return torch.tanh(self.linear_out(torch.cat([context, state], 1))), weights


class Stack(nn.Module):
    def __init__(self, inputs, hidden):
        super().__init__()
        sizes = [inputs] + [hidden] * (LAYERS - 1)
        self.layers = nn.ModuleList(nn.LSTMCell(size, hidden) for size in sizes)

    def forward(self, x, states):
        after = []
        for layer, state in zip(self.layers, zip(*states)):
            after.append(layer(x, state))
            x = after[-1][0]
        return x, list(zip(*after))


class Decoder(nn.Module):
    def __init__(self, tokens, embedding, hidden):
        super().__init__()
        self.embeddings = Embeddings(tokens, embedding)
        self.rnn = Stack(embedding + hidden, hidden)
        self.attn = Attention(hidden)

    def forward(self, before, memory, states):
        feed, steps = torch.zeros_like(states[0][0]), []
        for token in before.T:
            output, states = self.rnn(torch.cat([self.embeddings(token), feed], 1), states)
            feed, weights = self.attn(output, memory)
            steps.append((feed, weights))
        return [torch.stack(parts, 1) for parts in zip(*steps)]


class Model(nn.Module):
    def __init__(self, source, target, embedding, hidden):
        super().__init__()
        self.encoder = Encoder(source, embedding, hidden)
        self.decoder = Decoder(target, embedding, hidden)
        self.generator = nn.Sequential(nn.Linear(hidden, target))

    def forward(self, source, before):
        outputs, weights = self.decoder(before, *self.encoder(source))
        return self.generator(outputs), weights


signs = notebook.Signs(
    ["<unk>", "<blank>", "<s>", "</s>"], "<s>", "</s>", source_tokens=["<unk>", "<blank>"], source_has_end=False
)
notebook.main("opennmt-py", signs, Model)
