import { unsqueeze } from "../graph/operators/broadcast.ts";
import { gather } from "../graph/operators/gather.ts";
import { equal, logicalNot, masked } from "../graph/operators/select.ts";
import type { Tensor } from "../graph/tensor.ts";
import { Attention } from "../nn/attention.ts";
import type { Cell } from "../nn/cells.ts";
import { cell } from "../nn/cells.ts";
import type { Dropout } from "../nn/dropout.ts";
import type { Initializer, Parameters } from "../nn/parameters.ts";
import { zeros } from "../nn/parameters.ts";
import { scoreKinds } from "../nn/scores/kinds.ts";
import type { ModelSizes } from "./modelConfiguration.ts";
import { memorySize } from "./modelConfiguration.ts";
import { startId } from "./specialIds.ts";

/** What encoder and decoder are made of: embeddings and cells, and how their parameters begin. */
export class ModelParts {
  readonly sizes: ModelSizes;
  readonly parameters: Parameters;
  readonly dropout: Dropout;

  constructor(sizes: ModelSizes, parameters: Parameters, dropout: Dropout) {
    this.sizes = sizes;
    this.parameters = parameters;
    this.dropout = dropout;
  }

  /** All embeddings of a side: `[vocabulary, embedding]`. */
  embeddings(side: "source" | "target"): Tensor {
    const { sourceVocabulary, targetVocabulary, embedding } = this.sizes;
    const rows = side === "source" ? sourceVocabulary : targetVocabulary;
    return this.parameters.get(`${side}_embedding`, [rows, embedding], this.initializer());
  }

  /** Embeddings of token ids of any shape: `[…, embedding]`; zero for a start symbol that has none. */
  embed(side: "source" | "target", ids: Tensor): Tensor {
    const embedded = gather(this.embeddings(side), ids);
    if (side === "source" || this.sizes.startInput === "embedding") return embedded;
    return masked(embedded, unsqueeze(logicalNot(equal(ids, startId)), -1));
  }

  /** A recurrent cell of the model's kind; its parameters' names begin with `name`. */
  cell(name: string, inputSize: number, hidden: number): Cell {
    const { cell: kind, cellBias, cellClip, forgetBias, resetGate } = this.sizes;
    return cell(kind, this.parameters, name, inputSize, hidden, {
      input: this.initializer(),
      recurrent: this.isBahdanau ? { kind: "orthogonal" } : this.initializer(),
      ...{ bias: cellBias, forgetBias, clip: cellClip, resetAfter: resetGate === "after" },
    });
  }

  /** The attention of the model's kind and scope; null if it has none. */
  attention(): Attention | null {
    const { attention: kind, attentionScope, hidden, attentionHidden, locations } = this.sizes;
    if (kind === "none") return null;
    return new Attention(scoreKinds[kind], {
      parameters: this.parameters,
      sizes: {
        ...{ query: hidden, memory: memorySize(this.sizes) },
        ...{ hidden: attentionHidden, locations },
      },
      ...{ scope: attentionScope, window: this.sizes.window },
      initializer: this.initializer(0.001),
      outward: this.isBahdanau ? zeros : this.initializer(),
    });
  }

  /** Bahdanau et al. draw from normal distributions: 0.01 wide, 0.001 in the attention. */
  initializer(deviation = 0.01): Initializer {
    const { initialRange } = this.sizes;
    if (initialRange === "bahdanau") return { kind: "normal", deviation };
    if (initialRange === "glorot") return { kind: "glorot" };
    return { kind: "uniform", range: initialRange };
  }

  private get isBahdanau(): boolean {
    return this.sizes.initialRange === "bahdanau";
  }
}
