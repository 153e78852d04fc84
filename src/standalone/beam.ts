/** @file `beam.onnx`: a beam search of fixed width, the loop included. */

import { slice, transpose } from "../graph/operators/arrange.ts";
import { add, divide, multiply } from "../graph/operators/elementwise.ts";
import { gather, takeLast, topK } from "../graph/operators/gather.ts";
import { reduceMax } from "../graph/operators/reduce.ts";
import { flatten, reshape, squeeze, unsqueeze } from "../graph/operators/reshape.ts";
import { scan } from "../graph/operators/scan.ts";
import {
  cast,
  equal,
  greater,
  less,
  lessOrEqual,
  logicalAnd,
  logicalNot,
  select,
} from "../graph/operators/select.ts";
import { constant, fill, range } from "../graph/operators/source.ts";
import { expand, reduceSum } from "../graph/operators/sumAndExpand.ts";
import { whileLoop } from "../graph/operators/whileLoop.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import { forbidden } from "../models/constraints.ts";
import type { Outputs } from "../models/graphs.ts";
import { Model } from "../models/model.ts";
import type { ModelSizes } from "../models/modelConfiguration.ts";
import type { ModelUse } from "../models/parts.ts";
import { traceStep } from "../models/stepGraph.ts";
import { Dropout } from "../nn/dropout.ts";
import { Parameters } from "../nn/parameters.ts";
import { endId, paddingId, startId } from "../tensor/specialIds.ts";
import type { EncodedSource } from "./greedy.ts";
import { attentionOf, byBatch, encodedSource, mostTokens, or } from "./greedy.ts";
import type { StandaloneSource } from "./source.ts";
import { nextTokens } from "./step.ts";

/** The sum of a hypothesis that does not exist; sums are float64, as in a search. */
const none = -1e300;

/** Whether a sum belongs to a hypothesis that exists. */
function exists(sums: Tensor): Tensor {
  return greater(sums, none / 10);
}

/**
 * Beam search with the settings of a search by default: GNMT's length penalty of exponent 1, no coverage penalty, the
 * best hypothesis of each sentence. Inputs and outputs are those of `standaloneGreedy`.
 *
 * The loop keeps `beam` hypotheses of each sentence and writes down their tokens and parents, as `Beam` does; from what
 * it wrote down, a second loop reads the best one backwards.
 */
export function standaloneBeam(sizes: ModelSizes, beam: number, use: ModelUse = {}): Outputs {
  const model = new Model(sizes, new Parameters("float32"), new Dropout(0), use);
  const read = encodedSource(model);
  const most = mostTokens(read.source.lengths);
  const { states, outputs } = whileLoop({
    most: add(reduceMax(most), 1),
    steps: "target",
    initial: initialStates(read, beam),
    body: (before, count) => searchStep(before, { model, read, beam, most, count }),
  });
  const [, , , , bestScore, stop, slot] = states;
  const best = { exists: exists(bestScore), stop, slot };
  return bestPath(best, outputs as SearchRecord, { sizes, source: read.source });
}

/** What the loop carries from step to step, `[batch, beam]` or `[batch, 1]`. */
type BeamStates = readonly [
  /** The last token of each hypothesis. */
  token: Tensor,
  sums: Tensor,
  isDone: Tensor,
  /** How many hypotheses are finished. */
  finished: Tensor,
  bestScore: Tensor,
  /** The step at which the best hypothesis ended, or was cut, and its place before that step. */
  stop: Tensor,
  slot: Tensor,
  ...decoder: Tensor[],
];

/** What is written down at each step, stacked over the steps. */
interface SearchRecord extends Outputs {
  tokens: Tensor;
  parents: Tensor;
  /** The log-probabilities of the tokens. */
  values: Tensor;
  /** The log-probability of the end after each hypothesis. */
  ends: Tensor;
}

/** One hypothesis without a token; the others do not exist. */
function initialStates({ source, encoded }: EncodedSource, beam: number): BeamStates {
  const scalars = (dtype: "int64" | "float64", value: number): Tensor =>
    fill(dtype, ["batch", 1], value);
  const first = numbered(beam).map((at) => (at === 0 ? 0 : none));
  return [
    fill("int64", ["batch", beam], startId),
    expand(constant("float64", first), ["batch", beam]),
    equal(source.lengths, 0),
    scalars("int64", 0),
    scalars("float64", none),
    scalars("int64", 0),
    scalars("int64", 0),
    ...encoded.states.map((state) => expand(state, ["batch", beam, state.shape[2] as number])),
  ];
}

/** What a step of the search needs besides its states. */
interface StepScope {
  readonly model: Model;
  readonly read: EncodedSource;
  readonly beam: number;
  /** The most tokens of each sentence, and the tokens before this step. */
  readonly most: Tensor;
  readonly count: Tensor;
}

function searchStep(before: BeamStates, { model, read, beam, most, count }: StepScope) {
  const [token, sums, isDone, finished, bestScore, stop, slot, ...decoder] = before;
  const step = traceStep(model, token, decoder, read.side);
  const all = nextTokens(step.logits);
  const found = candidates(all, sums);
  const isNew = logicalNot(isDone);
  const isEnd = logicalAnd(exists(found.sums), equal(found.tokens, endId));
  // Those among the best that end the sentence are finished.
  const isAmongBest = less(constant("int64", numbered(found.count)), beam);
  const isFinishing = logicalAnd(logicalAnd(isEnd, isAmongBest), isNew);
  const best = topK(select(isFinishing, found.sums, none), 1);
  const score = divide(best.values, lengthDivisor(add(count, 1)));
  const isBetter = logicalAnd(exists(best.values), greater(score, bestScore));
  const nextBest = select(isBetter, score, bestScore);
  const nextFinished = add(finished, reduceSum(cast(isFinishing, "int64"), -1, true));
  // The best of the others continue, unless a sentence may have no more tokens.
  const continues = logicalAnd(logicalNot(isEnd), less(count, most));
  const next = topK(select(continues, found.sums, none), beam);
  const parents = takeLast(found.parents, next.indices);
  const tokens = takeLast(found.tokens, next.indices);
  const first = slice(next.values, 1, 0, 1);
  // No running hypothesis can have a better score than its sum over the penalty of the longest.
  const cannotImprove = lessOrEqual(divide(first, lengthDivisor(add(most, 1))), nextBest);
  const isEmpty = logicalNot(exists(first));
  const isFull = logicalNot(less(nextFinished, beam));
  const isSettled = logicalAnd(exists(nextBest), cannotImprove);
  const isOver = or(isDone, or(isEmpty, or(isFull, isSettled)));
  // A sentence without a finished hypothesis keeps the best unfinished one.
  const isCut = logicalAnd(logicalAnd(isNew, isEmpty), logicalNot(exists(nextBest)));
  const hasStopped = or(isBetter, isCut);
  const nextSlot = select(isBetter, takeLast(found.parents, best.indices), 0);
  return {
    states: [
      tokens,
      next.values,
      isOver,
      nextFinished,
      nextBest,
      select(hasStopped, count, stop),
      select(hasStopped, nextSlot, slot),
      ...step.states.map((state) => rowsOf(state, parents)),
    ] as BeamStates,
    goesOn: greater(reduceMax(cast(logicalNot(isOver), "int64")), 0),
    outputs: {
      tokens,
      parents,
      values: takeLast(found.values, next.indices),
      ends: reshape(slice(all, 2, endId, endId + 1), ["batch", beam]),
      ...(step.attention && { attention: step.attention.weights }),
    },
  };
}

/** The best hypothesis of each sentence: whether it ended, the step at which it stopped, and its place there. */
interface BestHypothesis {
  readonly exists: Tensor;
  readonly stop: Tensor;
  readonly slot: Tensor;
}

/** Reads the best hypothesis backwards from what the search wrote down. */
function bestPath(
  best: BestHypothesis,
  record: SearchRecord,
  { sizes, source }: { readonly sizes: ModelSizes; readonly source: StandaloneSource },
): Outputs {
  // The attention with which a hypothesis was extended is that of its parent.
  const attended = (stack: Tensor, parent: Tensor): Tensor =>
    attentionOf(sizes, squeeze(rowsOf(stack, parent), 1), source);
  const sequences: SearchRecord & { at: Tensor } = { ...record, at: range("target") };
  const { outputs: path } = scan({
    initial: [best.slot],
    sequences,
    reverse: true,
    body: ([now], { at, tokens, parents, values, ends, attention }) => {
      const isBefore = less(at, best.stop);
      const isEnd = logicalAnd(equal(at, best.stop), best.exists);
      const parent = select(isBefore, takeLast(parents, now), now);
      const last = select(isEnd, takeLast(ends, now), 0);
      const lastId = select(isEnd, constant("int64", endId), paddingId);
      return {
        states: [parent],
        outputs: {
          ids: select(isBefore, takeLast(tokens, now), lastId),
          values: select(isBefore, takeLast(values, now), last),
          ...(attention && {
            attention: select(or(isBefore, isEnd), attended(attention, parent), 0),
          }),
        },
      };
    },
  });
  const { ids, values, attention } = path;
  return {
    target_ids: byBatch(ids),
    log_probabilities: byBatch(values),
    ...(attention && { attention: transpose(attention, [1, 0, 2]) }),
  };
}

/** The best extensions of some hypotheses, best first, each `[batch, count]`. */
interface Candidates {
  /** The sums of log-probabilities, float64; those that do not exist come last. */
  readonly sums: Tensor;
  readonly tokens: Tensor;
  /** The places of the hypotheses that they extend. */
  readonly parents: Tensor;
  /** The log-probabilities of the tokens. */
  readonly values: Tensor;
  readonly count: number;
}

/**
 * Ranks the extensions of hypotheses. Of each, as many tokens as hypotheses and one more are enough, since one may be the
 * end; of all, twice as many as hypotheses, since each ends only once. Equal sums are in the order of the hypotheses, then
 * of the tokens.
 *
 * @param all  log-probabilities `[batch, beam, vocabulary]`.
 * @param sums the hypotheses' sums, float64 `[batch, beam]`.
 */
function candidates(all: Tensor, sums: Tensor): Candidates {
  const [batch, beam, vocabulary] = all.shape as [Dimension, number, number];
  const each = Math.min(beam + 1, vocabulary);
  const top = topK(all, each);
  const flat = (x: Tensor): Tensor => reshape(x, [batch, beam * each]);
  const isAllowed = logicalAnd(greater(top.values, forbidden / 10), unsqueeze(exists(sums), 2));
  const total = add(cast(top.values, "float64"), unsqueeze(sums, 2));
  const count = Math.min(2 * beam, beam * each);
  const ranked = topK(flat(select(isAllowed, total, none)), count);
  return {
    sums: ranked.values,
    tokens: takeLast(flat(top.indices), ranked.indices),
    parents: divide(ranked.indices, each),
    values: takeLast(flat(top.values), ranked.indices),
    count,
  };
}

/** GNMT's length penalty with exponent 1, as `lengthPenalty` states it: float64. */
function lengthDivisor(length: Tensor): Tensor {
  return divide(add(cast(length, "float64"), 5), 6);
}

/** Rows of each sentence: `[batch, beam, size]` at places `[batch, n]` gives `[batch, n, size]`. */
function rowsOf(x: Tensor, places: Tensor): Tensor {
  const [, beam] = x.shape as [Dimension, number];
  return gather(flatten(x), add(multiply(unsqueeze(range("batch"), 1), beam), places));
}

function numbered(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}
