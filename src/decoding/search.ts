import { startId } from "../models/specialIds.ts";
import { Random } from "../tensor/random.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import type { TensorValue } from "../tensor/value.ts";
import { tensorValue } from "../tensor/value.ts";
import { featuresValue, forbiddenValue, keepRows, sourceValue } from "./batchState.ts";
import type { Candidate } from "./beam.ts";
import { Beam } from "./beam.ts";
import type { Extension, Hypothesis } from "./hypothesis.ts";
import type { InferenceModel, StepValues } from "./inferenceModel.ts";
import { checkIds, lengthBatches } from "./lengthBatches.ts";
import { drawCandidate, uniformValue } from "./sampling.ts";
import type { CheckedOptions, SearchOptions } from "./searchOptions.ts";
import { checkSearchOptions } from "./searchOptions.ts";

/**
 * Translates sentences by beam search, greedily, or by drawing tokens at random.
 *
 * Sentences of similar lengths are run together; which ones are does not change what comes out. A
 * sentence of no tokens is not shown to the model: its translation is empty.
 *
 * @param sources ids of each sentence in its own order, without start and end; with features where the
 *   model reads these.
 * @returns for each sentence its best hypotheses, best first; fewer than asked for only where no more
 *   exist.
 * @throws UserError if an option is out of its range, or the model's numbers are not finite.
 * @throws RangeError if an id is not in the source vocabulary.
 */
export async function search(
  model: InferenceModel,
  sources: readonly SourceSequence[],
  options: SearchOptions = {},
): Promise<Hypothesis[][]> {
  const checked = checkSearchOptions(options, model.sizes);
  sources.forEach((source, index) => {
    checkIds(source, model.sizes.sourceVocabulary, `Sentence ${index}`);
  });
  const results = sources.map((): Hypothesis[] => [emptyHypothesis(model.hasAttention)]);
  const filled = sources.flatMap((source, index) => (source.length > 0 ? [index] : []));
  const lengths = filled.map((index) => (sources[index] as ArrayLike<number>).length);
  const limits = { size: checked.batchSize, tokens: 16384 / checked.beam };
  for (const batch of lengthBatches(lengths, limits)) {
    const sentences = batch.map((at) => {
      const index = filled[at] as number;
      return new Sentence(index, sources[index] as SourceSequence, model, checked);
    });
    await new BatchSearch(model, sentences, checked).run();
    for (const { index, beam } of sentences) results[index] = beam.results();
  }
  return results;
}

function emptyHypothesis(hasAttention: boolean): Hypothesis {
  return {
    ids: [],
    logProbabilities: [],
    logProbability: 0,
    score: 0,
    attention: hasAttention ? [] : null,
    finished: true,
  };
}

/** A sentence on its way through the search. */
class Sentence {
  readonly index: number;
  readonly source: SourceSequence;
  readonly beam: Beam;
  readonly random: Random | null;
  /** Its row in the states that the last step yielded. */
  row = 0;
  /** For each running hypothesis, the place of its parent among the hypotheses of the last step. */
  parents: readonly number[] = [0];

  constructor(
    index: number,
    source: SourceSequence,
    model: InferenceModel,
    options: CheckedOptions,
  ) {
    this.index = index;
    this.source = source;
    this.random = options.sample ? new Random(options.sample.seed + index) : null;
    const { beam: size, nBest, minimumLength } = options;
    const isReversed = model.sizes.reverseSource;
    const maximumLength = options.maximumLength ?? Math.max(minimumLength, 2 * source.length + 10);
    this.beam = new Beam({ size, nBest, maximumLength, scoring: options, isReversed });
  }
}

/** The search of sentences that are run together. */
class BatchSearch {
  private readonly model: InferenceModel;
  private readonly options: CheckedOptions;
  /** The sentences in the order of the batch's rows, those that are done included. */
  private sentences: readonly Sentence[];

  constructor(model: InferenceModel, sentences: readonly Sentence[], options: CheckedOptions) {
    this.model = model;
    this.sentences = sentences;
    this.options = options;
    sentences.forEach((sentence, row) => {
      sentence.row = row;
    });
  }

  async run(): Promise<void> {
    const { model, options } = this;
    const { beam, minimumLength, forbidUnknown: unknown } = options;
    const sources = this.sentences.map(({ source }) => source);
    const { reverseSource } = model.sizes;
    const encoded = await model.encode(
      sourceValue(sources, reverseSource),
      featuresValue(sources, reverseSource),
    );
    const forbidden = forbiddenValue(model.sizes, { unknown, end: false });
    const forbiddenWithEnd = forbiddenValue(model.sizes, { unknown, end: true });
    let { states, memory } = encoded;
    // The start symbol is one hypothesis; only then do they differ.
    let slots = 1;
    for (let time = 0; this.sentences.length > 0; time++) {
      const { token, parent } = this.inputs(slots, time === 0 ? 1 : beam);
      slots = time === 0 ? 1 : beam;
      const step = await this.step({
        ...{ token, parent, states, memory },
        forbidden: time < minimumLength ? forbiddenWithEnd : forbidden,
      });
      this.advance(step, slots);
      states = step.states;
      const rows = this.rowsToKeep();
      if (rows) {
        memory = keepRows(memory, rows);
        this.sentences = rows.map((row) => this.sentences[row] as Sentence);
      }
    }
  }

  /**
   * The tokens and parents of the next step. A place without a running hypothesis repeats the first
   * parent of its sentence; what comes of it is not looked at.
   */
  private inputs(slotsBefore: number, slots: number): { token: TensorValue; parent: TensorValue } {
    const batch = this.sentences.length;
    const tokens = new Int32Array(batch * slots).fill(startId);
    const parents = new Int32Array(batch * slots);
    this.sentences.forEach(({ beam, row, parents: places }, index) => {
      for (let slot = 0; slot < slots; slot++) {
        const hypothesis = beam.isDone ? undefined : beam.running[slot];
        const place = hypothesis ? (places[slot] as number) : 0;
        parents[index * slots + slot] = row * slotsBefore + place;
        if (hypothesis?.parent) tokens[index * slots + slot] = hypothesis.token;
      }
    });
    return {
      token: { dtype: "int32", shape: [batch, slots], data: tokens },
      parent: { dtype: "int32", shape: [batch * slots], data: parents },
    };
  }

  private async step(feeds: Parameters<InferenceModel["step"]>[0]): Promise<StepValues> {
    const { beam, sample, attention } = this.options;
    const { targetVocabulary } = this.model.sizes;
    if (!sample || sample.topK !== undefined) {
      // Of a hypothesis' best tokens, one may end it and `beam` may be needed besides.
      const wanted = sample?.topK ?? (beam === 1 ? 1 : beam + 1);
      return this.model.step(feeds, Math.min(wanted, targetVocabulary), attention);
    }
    const step = await this.model.step(feeds, 0, attention);
    const uniform = uniformValue(
      this.sentences.map(({ random, beam: { isDone } }) => (isDone ? null : random)),
    );
    const temperature = tensorValue("float32", [], sample.temperature ?? 1);
    const logProbabilities = step.outputs["log_probabilities"] as TensorValue;
    const drawn = await this.model.draw(logProbabilities, uniform, temperature);
    return { states: step.states, outputs: { ...step.outputs, ...drawn } };
  }

  /** Hands each sentence the candidates of its hypotheses. */
  private advance({ outputs }: StepValues, slots: number): void {
    const { sample, observe } = this.options;
    const values = (outputs["values"] as TensorValue).data as Float32Array;
    const tokens = (outputs["tokens"] as TensorValue).data;
    const count = values.length / (this.sentences.length * slots);
    this.sentences.forEach((sentence, row) => {
      const { beam, source, random } = sentence;
      sentence.row = row;
      if (beam.isDone) return;
      const first = row * slots;
      let candidates = beam.running.flatMap((hypothesis, parent) =>
        candidatesOf(hypothesis, parent, values, tokens, (first + parent) * count, count),
      );
      if (sample?.topK !== undefined) {
        candidates = drawCandidate(candidates, random as Random, sample.temperature ?? 1);
      }
      const attention = outputs["attention"];
      const [, , width] = attention?.shape ?? [];
      const { length } = beam.running[0] as Extension;
      const { ranked, fates, parents } = beam.advance(candidates, (parent) => {
        if (!attention) return null;
        const start = (first + parent) * (width as number);
        return (attention.data as Float32Array).subarray(start, start + source.length);
      });
      sentence.parents = parents;
      observe?.(sentence.index, {
        length,
        candidates: ranked.map((candidate, rank) => ({
          ...candidate,
          fate: fates[rank] as (typeof fates)[number],
        })),
        isDone: beam.isDone,
      });
    });
  }

  /** The rows that still run, once enough are done that leaving them out pays. */
  private rowsToKeep(): number[] | null {
    const rows = this.sentences.flatMap(({ beam }, row) => (beam.isDone ? [] : [row]));
    const share = rows.length / this.sentences.length;
    return share <= keptShare ? rows : null;
  }
}

/** Sentences are left out of the batch when at most this share of it still runs. */
const keptShare = 0.9;

function candidatesOf(
  hypothesis: Extension,
  parent: number,
  values: Float32Array,
  tokens: TensorValue["data"],
  start: number,
  count: number,
): Candidate[] {
  return Array.from({ length: count }, (_, index) => {
    const logProbability = values[start + index] as number;
    const token = Number(tokens[start + index]);
    return { parent, token, logProbability, sum: hypothesis.sum + logProbability };
  });
}
