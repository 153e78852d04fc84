import { add, tanh } from "../graph/operators/elementwise.ts";
import { gather } from "../graph/operators/gather.ts";
import { affine } from "../graph/operators/matMul.ts";
import { unsqueeze } from "../graph/operators/reshape.ts";
import { equal, logicalNot, masked } from "../graph/operators/select.ts";
import type { Tensor } from "../graph/tensor.ts";
import { Attention } from "../nn/attention.ts";
import type { Cell } from "../nn/cells.ts";
import { cell } from "../nn/cells.ts";
import type { Dropout } from "../nn/dropout.ts";
import type { Initializer, Parameters } from "../nn/parameters.ts";
import { zeros } from "../nn/parameters.ts";
import { scoreKinds } from "../nn/scores/kinds.ts";
import { startId } from "../tensor/specialIds.ts";
import type { ModelSizes } from "./modelConfiguration.ts";
import { wiringOf } from "./wiring.ts";

/** What a graph of a model is for. */
export interface ModelUse {
  /**
   * Whether the encoder's layers may be single operators of ONNX: faster, but without a gradient and without their inner
   * values, and equal to loops only up to rounding.
   */
  readonly wholeLayers?: boolean;
}

/**
 * What graphs with weights in them are for, where they translate. In integers, loops are the faster ones: operators have no
 * products of integers.
 */
export function translatingUse(isInt8: boolean): ModelUse {
  return { wholeLayers: !isInt8 };
}

/** The parts of encoder and decoder: embeddings and cells, with the initializers of their parameters. */
export class ModelParts {
  readonly sizes: ModelSizes;
  readonly parameters: Parameters;
  readonly dropout: Dropout;
  readonly use: ModelUse;

  constructor(sizes: ModelSizes, parameters: Parameters, dropout: Dropout, use: ModelUse = {}) {
    this.sizes = sizes;
    this.parameters = parameters;
    this.dropout = dropout;
    this.use = use;
  }

  /**
   * All embeddings of a side: `[vocabulary, embedding]`. For the source, they belong to its tokens, or to its
   * places if it consists of features.
   */
  embeddings(side: "source" | "target"): Tensor {
    const { sourceVocabulary, targetVocabulary, embedding } = this.sizes;
    const rows = side === "source" ? sourceVocabulary : targetVocabulary;
    const isPositions = side === "source" && this.sizes.sourceInput === "features";
    const name = isPositions ? "position_embedding" : `${side}_embedding`;
    return this.parameters.get(name, [rows, embedding], this.initializer());
  }

  /** Embeddings of token ids of any shape: `[…, embedding]`; zeros for a start symbol without an embedding. */
  embed(side: "source" | "target", ids: Tensor): Tensor {
    const embedded = gather(this.embeddings(side), ids);
    if (side === "source" || this.sizes.startInput === "embedding") return embedded;
    return masked(embedded, unsqueeze(logicalNot(equal(ids, startId)), -1));
  }

  /**
   * Rows of features as embeddings: e_i = tanh(f_i W + b) + p_i, where p_i is the embedding of the place. This is
   * the patch embedding of Dosovitskiy et al. (2021, §3.1, https://arxiv.org/abs/2010.11929) with a
   * nonlinearity, because no layers may follow; the p are learned, because attention by itself does
   * not know the position of a row.
   *
   * @param features `[source, batch, size]`.
   * @param places   int32 `[source, batch]`, 0 at padding.
   * @returns the first term and the sum, both `[source, batch, embedding]`.
   */
  embedFeatures(features: Tensor, places: Tensor): { projected: Tensor; embedded: Tensor } {
    const { sourceFeatures, embedding } = this.sizes;
    const weight = this.parameters.get("features.W", [sourceFeatures, embedding], {
      kind: "glorot",
    });
    const bias = this.parameters.get("features.bias", [embedding], zeros);
    const projected = tanh(affine(features, weight, bias));
    return { projected, embedded: add(projected, this.embed("source", places)) };
  }

  /** A recurrent cell of the model's kind; its parameters' names begin with `name`. */
  cell(name: string, inputSize: number, hidden: number): Cell {
    const { cell: kind, cellBias, cellClip, forgetBias, resetGate } = this.sizes;
    return cell(kind, this.parameters, {
      name,
      inputSize,
      hidden,
      input: this.initializer(),
      recurrent: this.isBahdanau ? { kind: "orthogonal" } : this.initializer(),
      bias: cellBias,
      forgetBias,
      clip: cellClip,
      resetAfter: resetGate === "after",
    });
  }

  /** The attention of the model's kind and scope; null if it has none. */
  attention(): Attention | null {
    const { attention: kind, attentionScope, attentionHidden, locations } = this.sizes;
    const wired = wiringOf(this.sizes).attention;
    if (kind === "none" || !wired) return null;
    return new Attention(scoreKinds[kind], {
      parameters: this.parameters,
      sizes: {
        query: wired.query.size,
        memory: wired.context.size,
        hidden: attentionHidden,
        locations,
      },
      scope: attentionScope,
      window: this.sizes.window,
      initializer: this.initializer(0.001),
      vectorInitializer: this.isBahdanau ? zeros : this.initializer(),
    });
  }

  /** Bahdanau et al. use normal distributions: standard deviation 0.01, or 0.001 in the attention. */
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
