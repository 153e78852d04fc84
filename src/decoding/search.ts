import { Random } from "../tensor/random.ts";
import { startId } from "../tensor/specialIds.ts";
import type { TensorValue } from "../tensor/value.ts";
import { forbiddenValue, keepRows } from "./batchState.ts";
import type { Candidate } from "./beam.ts";
import { Beam, mostConsidered } from "./beam.ts";
import { bestCandidates } from "./candidates.ts";
import { stepConstraints } from "./constraints.ts";
import type { Extension, Hypothesis } from "./hypothesis.ts";
import { lengthBatches } from "./lengthBatches.ts";
import { checkSourceLength, usualMaximum } from "./lengthLimits.ts";
import { drawCandidate, uniformValue } from "./sampling.ts";
import type { SearchModel, StepConstraints, StepFeeds, StepValues } from "./searchModel.ts";
import type { CheckedOptions, SearchOptions } from "./searchOptions.ts";
import { checkPrefix, checkSearchOptions } from "./searchOptions.ts";

/**
 * Translates sentences by beam search, greedily, or by sampling.
 *
 * Sentences of similar lengths run in one batch; the grouping does not change the results. The model does not
 * see a sentence without tokens: its translation is empty, whatever its prefix.
 *
 * @param sources sentences in the form that the model reads: for a single model, ids in sentence order
 *   without start and end, with features if the model reads them.
 * @returns the best hypotheses of each sentence, best first; fewer than requested only if no more
 *   exist.
 * @throws OptionError if an option is out of its range or has no effect.
 * @throws UserError if the model's numbers are not finite.
 * @throws RangeError if an id is not in the source vocabulary.
 */
export async function search<Source>(
  model: SearchModel<Source>,
  sources: readonly Source[],
  options: SearchOptions = {},
): Promise<Hypothesis[][]> {
  const checked = checkSearchOptions(options, model);
  sources.forEach((source, index) => {
    checkSourceLength(model.lengthOf(source));
    model.checkSource(source, `Sentence ${index}`);
  });
  checked.prefixes?.forEach((prefix, index) => {
    checkPrefix(prefix, index, checked, model.targetVocabulary);
  });
  const results = sources.map((): Hypothesis[] => [emptyHypothesis(model.hasAttention)]);
  const allLengths = sources.map((source) => model.lengthOf(source));
  const filled = sources.flatMap((_, index) => ((allLengths[index] as number) > 0 ? [index] : []));
  const lengths = filled.map((index) => allLengths[index] as number);
  const limits = { size: checked.batchSize, tokens: 16384 / checked.beam };
  for (const batch of lengthBatches(lengths, limits)) {
    const sentences = batch.map((at) => {
      const index = filled[at] as number;
      return new Sentence(index, sources[index] as Source, model, checked);
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

/** A sentence during its search. */
class Sentence<Source> {
  readonly index: number;
  readonly source: Source;
  /** The number of tokens of the source. */
  readonly length: number;
  /** The tokens at the beginning of the translation. */
  readonly prefix: readonly number[];
  readonly beam: Beam;
  readonly random: Random | null;
  /** Its row in the states from the last step. */
  row = 0;
  /** For each running hypothesis, the index of its parent among the hypotheses of the last step. */
  parents: readonly number[] = [0];

  constructor(index: number, source: Source, model: SearchModel<Source>, options: CheckedOptions) {
    this.index = index;
    this.source = source;
    this.length = model.lengthOf(source);
    this.prefix = options.prefixes?.[index] ?? [];
    this.random = options.sample ? new Random(options.seed + index) : null;
    const { beam: size, nBest, minLength } = options;
    const { isReversed } = model;
    const usual = usualMaximum(this.length, minLength, this.prefix.length);
    const maxLength = options.maxLength ?? usual;
    this.beam = new Beam({ size, nBest, maxLength, scoring: options, isReversed });
  }

  /** The next token if it is forced; null if the search decides. */
  get forced(): number | null {
    if (this.beam.isDone) return null;
    return this.prefix[(this.beam.running[0] as Extension).length] ?? null;
  }
}

/** The search for sentences in one batch. */
class BatchSearch<Source> {
  private readonly model: SearchModel<Source>;
  private readonly options: CheckedOptions;
  /** The sentences in the order of the batch's rows, including finished ones. */
  private sentences: readonly Sentence<Source>[];

  constructor(
    model: SearchModel<Source>,
    sentences: readonly Sentence<Source>[],
    options: CheckedOptions,
  ) {
    this.model = model;
    this.sentences = sentences;
    this.options = options;
    sentences.forEach((sentence, row) => {
      sentence.row = row;
    });
  }

  async run(): Promise<void> {
    const { model, options } = this;
    const { beam, minLength, forbidUnknown: unknown } = options;
    const encoded = await model.encodeSources(this.sentences.map(({ source }) => source));
    const forbidden = forbiddenValue(model, { unknown, end: false });
    const forbiddenWithEnd = forbiddenValue(model, { unknown, end: true });
    let { states, memory } = encoded;
    // At first, the start symbol is the only hypothesis.
    let slots = 1;
    for (let time = 0; this.sentences.length > 0; time++) {
      const { token, parent } = this.inputs(slots, time === 0 ? 1 : beam);
      slots = time === 0 ? 1 : beam;
      const rules = time < minLength ? forbiddenWithEnd : forbidden;
      const step = await this.step({
        token,
        parent,
        states,
        memory,
        forbidden: rules,
        constraints: this.constraints(slots),
      });
      this.advance(step, slots, rules.data as Float32Array);
      states = step.states;
      const rows = this.rowsToKeep();
      if (rows) {
        memory = keepRows(memory, rows);
        this.sentences = rows.map((row) => this.sentences[row] as Sentence<Source>);
      }
    }
  }

  /**
   * The tokens and parents of the next step. A slot without a running hypothesis repeats the first
   * parent of its sentence; its result is ignored.
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

  /** The rules of single hypotheses, if there are any. */
  private constraints(slots: number): StepConstraints | null {
    const { noRepeatNgram } = this.options;
    const rules = this.sentences.map(({ beam, forced }) => ({
      running: beam.isDone ? [] : beam.running,
      forced,
    }));
    if (noRepeatNgram === 0 && rules.every(({ forced }) => forced === null)) return null;
    return stepConstraints(rules, slots, noRepeatNgram);
  }

  private async step(feeds: StepFeeds): Promise<StepValues> {
    const { model } = this;
    const { sample, temperature, topK = null, topP, attention } = this.options;
    if (!sample || (topK !== null && topP === 1)) {
      return model.step(feeds, this.wanted(), attention);
    }
    const step = await model.step(feeds, 0, attention);
    const uniform = uniformValue(
      this.sentences.map(({ random, beam: { isDone } }) => (isDone ? null : random)),
    );
    const logProbabilities = step.outputs["log_probabilities"] as TensorValue;
    const drawn = await model.draw({ logProbabilities, uniform, temperature, topK, topP });
    return { states: step.states, outputs: { ...step.outputs, ...drawn } };
  }

  /** The number of best tokens of each hypothesis to consider: one may end it, and `beam` others may be needed. */
  private wanted(): number {
    const { beam, topK } = this.options;
    return Math.min(topK ?? (beam === 1 ? 1 : beam + 1), this.model.targetVocabulary);
  }

  /**
   * Passes the candidates of its hypotheses to each sentence.
   *
   * @param forbidden not 0 for forbidden tokens, by id.
   */
  private advance({ outputs }: StepValues, slots: number, forbidden: Float32Array): void {
    const { sample, temperature, topK, topP, observe } = this.options;
    const forcedValues = outputs["forced_value"]?.data as Float32Array | undefined;
    const values = (outputs["values"] as TensorValue).data as Float32Array;
    const tokens = (outputs["tokens"] as TensorValue).data;
    const count = values.length / (this.sentences.length * slots);
    const wanted = this.wanted();
    const isDrawn = sample && topK !== undefined && topP === 1;
    const most = isDrawn || observe ? Number.POSITIVE_INFINITY : mostConsidered(this.options.beam);
    this.sentences.forEach((sentence, row) => {
      const { beam, random, forced } = sentence;
      sentence.row = row;
      if (beam.isDone) return;
      const first = row * slots;
      let candidates: Candidate[];
      if (forced !== null) {
        // There is only one hypothesis while the prefix is forced.
        const logProbability = (forcedValues as Float32Array)[first] as number;
        const { sum } = beam.running[0] as Extension;
        candidates = [{ parent: 0, token: forced, logProbability, sum: sum + logProbability }];
      } else {
        const best = { values, tokens, start: first * count, count, wanted, forbidden };
        candidates = bestCandidates(beam.running, best, most);
        if (isDrawn) candidates = drawCandidate(candidates, random as Random, temperature);
      }
      const attention = outputs["attention"];
      const [, , width] = attention?.shape ?? [];
      const { length } = beam.running[0] as Extension;
      const { ranked, fates, parents } = beam.advance(candidates, (parent) => {
        if (!attention) return null;
        const start = (first + parent) * (width as number);
        return (attention.data as Float32Array).subarray(start, start + sentence.length);
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

  /** The rows still running, once enough are done for removing them to pay off. */
  private rowsToKeep(): number[] | null {
    const rows = this.sentences.flatMap(({ beam }, row) => (beam.isDone ? [] : [row]));
    const share = rows.length / this.sentences.length;
    return share <= keptShare ? rows : null;
  }
}

/** Finished sentences are removed from the batch when at most this share of it is still running. */
const keptShare = 0.9;
