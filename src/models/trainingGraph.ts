import { gradient } from "../graph/gradient.ts";
import { isOperation } from "../graph/node.ts";
import { add, multiply } from "../graph/operators/elementwise.ts";
import { scatterAddOperator } from "../graph/operators/gather.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { flatten, reshape, unsqueeze } from "../graph/operators/reshape.ts";
import { cast, equal } from "../graph/operators/select.ts";
import { fillOperator, input, inputOperator } from "../graph/operators/source.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import type { Dimension } from "../graph/shape.ts";
import { productOf } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { DropoutMask } from "../nn/dropout.ts";
import { evenAttentionLoss } from "../nn/evenAttention.ts";
import { alignmentLoss } from "../nn/guidedAlignment.ts";
import { crossEntropy } from "../nn/loss.ts";
import type { ParameterSpecification } from "../nn/parameters.ts";
import type { FloatDtype } from "../tensor/dtype.ts";
import { zip } from "../tensor/zip.ts";
import type { Outputs } from "./graphs.ts";
import type { ModelSizes } from "./modelConfiguration.ts";
import { teacherForcing } from "./teacherForcing.ts";

/** The graph of a training step. */
export interface TrainingGraph {
  /** `loss`, `log_probability`, and `gradient.NAME` for each parameter that is not frozen. */
  readonly outputs: Outputs;
  readonly parameters: readonly ParameterSpecification[];
  /** The tables of which only the rows of a batch have gradients. */
  readonly lookups: readonly Lookup[];
  /** Random inputs to draw for each batch. */
  readonly masks: readonly DropoutMask[];
}

/**
 * A table that is only read by the ids of an input. Its gradient has a row for each of the distinct ids, which are a
 * further input: int32, `[rows]`.
 */
export interface Lookup {
  /** The parameter, `[vocabulary, size]`. */
  readonly table: string;
  /** The input that reads it, such as `source`. */
  readonly ids: string;
  /** The input of the distinct ids, such as `rows.source`. */
  readonly rows: string;
}

/** The options of a training graph. */
export interface TrainingGraphOptions {
  readonly dtype?: FloatDtype;
  readonly labelSmoothing?: number;
  /** Whether attention is trained on given links. */
  readonly guidedAlignment?: boolean;
  /** Whether the doubly stochastic attention penalty is part of the loss. */
  readonly evenAttention?: boolean;
  /** Frozen parameters, which need no gradient. */
  readonly frozen?: readonly string[];
  /** Whether to give tables that only ids read the gradients of the rows in a batch, as {@link Lookup}s. */
  readonly lookups?: boolean;
}

/**
 * One training step without the update. Inputs: `source` `[source, batch]`, `target_in`
 * `[target, batch]`; for the target tokens that are not padding, their `positions` in
 * `[target*batch]` and their ids, `targets`; `scale`, a factor of the tokens' losses; the
 * dropout masks; the parameters. With guided alignment also `alignment` `[target, batch, source]`, the links
 * for `alignmentLoss`, and `alignment_scale`, the factor of this loss before it is added.
 * With the doubly stochastic penalty also `attention_steps` and `attention_places` for `evenAttentionLoss`.
 * If the model reads features, `source` holds places and `source_features` `[source, batch, size]` their
 * features.
 */
export function trainingGraph(
  sizes: ModelSizes,
  options: TrainingGraphOptions = {},
): TrainingGraph {
  const dtype = options.dtype ?? "float32";
  const { parameters, rows, layer, targets, weights, masks } = teacherForcing(sizes, dtype);
  const { loss, logProbability } = crossEntropy(rows, layer, targets, options.labelSmoothing);
  let total = multiply(reduceSum(loss), input("scale", dtype, []));
  if (options.guidedAlignment && weights) {
    const links = input("alignment", dtype, weights.shape);
    const scale = input("alignment_scale", dtype, []);
    total = add(total, multiply(alignmentLoss(weights, links), scale));
  }
  if (options.evenAttention && weights) {
    const [target, batch, source] = weights.shape as [Dimension, Dimension, Dimension];
    const steps = input("attention_steps", dtype, [target, batch, 1]);
    const places = input("attention_places", dtype, [batch, source]);
    total = add(total, evenAttentionLoss(weights, steps, places));
  }
  const specifications = parameters.list();
  const trained = specifications.filter(({ name }) => !options.frozen?.includes(name));
  const gradients = gradient(
    total,
    trained.map(({ name }) => parameters.tensor(name)),
  );
  const outputs: Outputs = { loss: total, log_probability: reduceSum(logProbability) };
  const lookups: Lookup[] = [];
  for (const [{ name }, each] of zip(trained, gradients)) {
    const sparse = options.lookups ? sparseGradient(each) : null;
    outputs[`gradient.${name}`] = sparse?.gradient ?? each;
    if (sparse) lookups.push({ table: name, ids: sparse.ids, rows: sparse.rows });
  }
  return { outputs, parameters: specifications, lookups, masks };
}

/** The gradient of the rows that the ids of an input read; null if the table is read in another way. */
function sparseGradient(
  gradient: Tensor,
): { readonly gradient: Tensor; readonly ids: string; readonly rows: string } | null {
  const { node } = gradient;
  if (!isOperation(node, scatterAddOperator)) return null;
  const [zeros, ids, added] = node.inputs;
  if (!isOperation(zeros.node, fillOperator) || !isOperation(ids.node, inputOperator)) return null;
  const { name } = ids.node.attributes;
  const rows = `rows.${name}`;
  const isRow = equal(
    unsqueeze(input(rows, "int32", [rows]), 1),
    reshape(ids, [1, productOf(ids.shape)]),
  );
  return { gradient: matMul(cast(isRow, added.dtype), flatten(added)), ids: name, rows };
}
