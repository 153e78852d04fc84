/** @file The source of a standalone graph, as callers give it and as the model reads it. */

import { transpose } from "../graph/operators/arrange.ts";
import { add, subtract } from "../graph/operators/elementwise.ts";
import { padToMultiple } from "../graph/operators/fitting.ts";
import { takeLast } from "../graph/operators/gather.ts";
import { unsqueeze } from "../graph/operators/reshape.ts";
import { cast, greater, less, select } from "../graph/operators/select.ts";
import { input, range } from "../graph/operators/source.ts";
import { expand, reduceSum } from "../graph/operators/sumAndExpand.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { ModelSizes } from "../models/modelConfiguration.ts";
import { paddingId } from "../tensor/specialIds.ts";
import { firstPlaceId } from "../text/placeTokenizer.ts";

/** A source inside a graph. */
export interface StandaloneSource {
  /** The number of tokens of each sentence, or of rows of each source of features: int64 `[batch, 1]`. */
  readonly lengths: Tensor;
  /** int64 `[length, batch]` as `Model.encode` takes it: 0 at padding, and reversed if the model reads in reverse. */
  readonly ids: Tensor;
  /** `[length, batch, size]` if the model reads features. */
  readonly features: Tensor | null;
}

/**
 * The source from the inputs of a graph: `source_ids` int64 `[batch, source]`, padded with 0; or, if the model reads
 * features, `source_features` `[batch, source, size]` with `source_lengths` int64 `[batch]`.
 *
 * @param granularity the length is padded to a multiple of this, so that it is `padded`; 1 leaves it as it is, `source`.
 * @param given what takes the place of the inputs.
 */
export function standaloneSource(
  sizes: ModelSizes,
  granularity = 1,
  given: GivenSource = sizes.sourceInput === "features" ? rows(sizes) : tokens(),
): StandaloneSource {
  const { ids, features, lengths } = given;
  const order = sizes.reverseSource ? readingOrder(lengths, ids.shape[1] as Dimension) : null;
  const read = order ? takeLast(ids, order) : ids;
  const readFeatures = features && order ? reordered(features, order) : features;
  const fit = { axis: 1, multiple: granularity, dimension: "padded" };
  const padded = (x: Tensor): Tensor => (granularity === 1 ? x : padToMultiple(x, fit));
  return {
    lengths,
    ids: transpose(padded(read), [1, 0]),
    features: readFeatures && transpose(padded(readFeatures), [1, 0, 2]),
  };
}

/**
 * Attention to the places of a sentence in its own order.
 *
 * @param weights `[batch, source]`, in the order in which the model reads.
 */
export function inSentenceOrder(sizes: ModelSizes, weights: Tensor, lengths: Tensor): Tensor {
  return sizes.reverseSource ? takeLast(weights, readingOrder(lengths, "source")) : weights;
}

/** Sources as the inputs give them, batch-major. */
export type GivenSource = StandaloneSource;

function tokens(): GivenSource {
  return sourceOfIds(input("source_ids", "int64", ["batch", "source"]));
}

/** Sources of ids, int64 `[batch, source]`, padded with 0. */
export function sourceOfIds(ids: Tensor): GivenSource {
  const lengths = reduceSum(cast(greater(ids, paddingId), "int64"), 1, true);
  return { ids, features: null, lengths };
}

/** A source of features consists of ids of its places. */
function rows({ sourceFeatures }: ModelSizes): GivenSource {
  const features = input("source_features", "float32", ["batch", "source", sourceFeatures]);
  const lengths = unsqueeze(input("source_lengths", "int64", ["batch"]), 1);
  const places = range("source");
  const ids = select(less(places, lengths), add(places, firstPlaceId), paddingId);
  return { ids, features, lengths };
}

/**
 * For each place of the source the one that is read there, `[batch, source]`: within its length a sentence is reversed.
 * Applied twice, it gives back the sentence.
 */
function readingOrder(lengths: Tensor, source: Dimension): Tensor {
  const places = range(source);
  return select(less(places, lengths), subtract(subtract(lengths, 1), places), places);
}

/** Rows of features `[batch, source, size]` in another order `[batch, source]`. */
function reordered(features: Tensor, order: Tensor): Tensor {
  const columns = transpose(features, [0, 2, 1]);
  return transpose(takeLast(columns, expand(unsqueeze(order, 1), columns.shape)), [0, 2, 1]);
}
