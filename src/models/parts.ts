import { gather } from "../graph/operators/gather.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Cell } from "../nn/cells.ts";
import { cell } from "../nn/cells.ts";
import type { Dropout } from "../nn/dropout.ts";
import type { Initializer, Parameters } from "../nn/parameters.ts";
import type { ModelSizes } from "./configuration.ts";

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

  /** Embeddings of token ids of any shape: `[…, embedding]`. */
  embed(side: "source" | "target", ids: Tensor): Tensor {
    return gather(this.embeddings(side), ids);
  }

  /** A recurrent cell of the model's kind; its parameters' names begin with `name`. */
  cell(name: string, inputSize: number, hidden: number): Cell {
    const isBahdanau = this.sizes.initialRange === "bahdanau";
    return cell(this.sizes.cell, this.parameters, name, inputSize, hidden, {
      input: this.initializer(),
      recurrent: isBahdanau ? { kind: "orthogonal" } : this.initializer(),
    });
  }

  /** Bahdanau et al. draw from normal distributions: 0.01 wide, 0.001 in the attention. */
  initializer(deviation = 0.01): Initializer {
    const { initialRange } = this.sizes;
    return initialRange === "bahdanau"
      ? { kind: "normal", deviation }
      : { kind: "uniform", range: initialRange };
  }
}
