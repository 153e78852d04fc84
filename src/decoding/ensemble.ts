import { isForbidden } from "../models/constraints.ts";
import type { NamedValues, Runtime } from "../runtime/runtime.ts";
import { UserError } from "../tensor/errors.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { EnsembleAverage } from "./ensembleGraphs.ts";
import { ensembleScoringGraph, ensembleStepGraph, logMeanExpOf } from "./ensembleGraphs.ts";
import { attentionByPair, byPair, forcedBatch, forcedScore } from "./forcedBatch.ts";
import { graphCandidates } from "./graphCandidates.ts";
import type { InferenceModel } from "./inferenceModel.ts";
import { meanWeights, reversedRows } from "./meanAttention.ts";
import { Programs } from "./programs.ts";
import type {
  Draw,
  EncodedBatch,
  ForcedPair,
  ForcedScore,
  SearchModel,
  StepFeeds,
  StepValues,
} from "./searchModel.ts";

/** A sentence in the form that each member reads. */
export type MemberSources = readonly SourceSequence[];

/** How to combine the members. */
export interface EnsembleOptions {
  /** Default: `probabilities`. */
  readonly average?: EnsembleAverage;
  /**
   * The members whose attention is averaged: those with attention that read the same tokens. The first of
   * them determines the length of a sentence. If there are none, the ensemble has no attention.
   */
  readonly attending: readonly number[];
}

/**
 * Several models with one target vocabulary that choose each token together (Sutskever et al. 2014,
 * Luong et al. 2015). They may differ in everything else. Identical members give the result of one of them.
 */
export class Ensemble implements SearchModel<MemberSources> {
  readonly targetVocabulary: number;
  readonly isReversed = false;
  readonly hasAttention: boolean;
  private readonly members: readonly InferenceModel[];
  private readonly average: EnsembleAverage;
  private readonly attending: readonly number[];
  private readonly programs: Programs;
  /** The number of states of each member; known after the first encoding. */
  private stateCounts: readonly number[] = [];

  /** @throws UserError if there are no members, or their target vocabularies differ in size. */
  constructor(
    runtime: Runtime,
    members: readonly InferenceModel[],
    { average = "probabilities", attending }: EnsembleOptions,
  ) {
    const [first] = members;
    if (!first) throw new UserError("An ensemble needs at least one model.");
    const other = members.find(
      ({ targetVocabulary }) => targetVocabulary !== first.targetVocabulary,
    );
    if (other) {
      throw new UserError(
        `An ensemble needs one target vocabulary, and its models have ${first.targetVocabulary} and ${other.targetVocabulary} tokens; choose models that were trained with the same target tokenizer.`,
      );
    }
    this.targetVocabulary = first.targetVocabulary;
    this.members = members;
    this.average = average;
    this.attending = attending;
    this.hasAttention = attending.length > 0;
    this.programs = new Programs(runtime, new Map());
  }

  lengthOf(source: MemberSources): number {
    return (source[this.attending[0] ?? 0] as SourceSequence).length;
  }

  checkSource(source: MemberSources, what: string): void {
    this.members.forEach((member, index) => {
      member.checkSource(source[index] as SourceSequence, what);
    });
  }

  async encodeSources(sources: readonly MemberSources[]): Promise<EncodedBatch> {
    const states: TensorValue[] = [];
    const memory: Record<string, TensorValue> = {};
    const counts: number[] = [];
    for (const [index, member] of this.members.entries()) {
      const own = sources.map((source) => source[index] as SourceSequence);
      const encoded = await member.encodeSources(own);
      states.push(...encoded.states);
      counts.push(encoded.states.length);
      for (const [name, value] of Object.entries(encoded.memory))
        memory[`${index}.${name}`] = value;
      // The length of a sentence, for reversing the attention of members that read in reverse.
      memory[`${index}.length`] = {
        dtype: "int32",
        shape: [own.length],
        data: Int32Array.from(own, ({ length }) => length),
      };
    }
    this.stateCounts = counts;
    return { states, memory };
  }

  async step(feeds: StepFeeds, wanted: number, withAttention: boolean): Promise<StepValues> {
    const { average, members, targetVocabulary: vocabulary } = this;
    const candidates = graphCandidates(wanted, vocabulary);
    const states: TensorValue[] = [];
    const logits: Record<string, TensorValue> = {};
    const attentions: TensorValue[] = [];
    let first = 0;
    for (const [index, member] of members.entries()) {
      const end = first + (this.stateCounts[index] as number);
      const isSeen = withAttention && this.attending.includes(index);
      const own = {
        ...feeds,
        states: feeds.states.slice(first, end),
        memory: this.own(feeds, index),
      };
      const step = await member.stepLogits({ ...own, constraints: null }, isSeen);
      first = end;
      states.push(...step.states);
      logits[`logits.${index}`] = step.outputs["logits"] as TensorValue;
      if (isSeen) {
        const lengths = feeds.memory[`${index}.length`] as TensorValue;
        const seen = step.outputs["attention"] as TensorValue;
        attentions.push(member.isReversed ? reversedRows(seen, lengths) : seen);
      }
    }
    const constrained = Boolean(feeds.constraints);
    const options = { members: members.length, average, vocabulary, candidates, constrained };
    const results = await this.programs.run(
      `ensemble ${candidates}${constrained ? " constrained" : ""}`,
      () => ensembleStepGraph(options),
      { ...logits, forbidden: feeds.forbidden, ...feeds.constraints },
    );
    const outputs = this.joinedOutputs(results);
    const [seen] = attentions;
    if (!seen) return { states, outputs };
    const attention = { ...seen, data: meanWeights(attentions.map(floats)) };
    return { states, outputs: { ...outputs, attention } };
  }

  draw(draw: Draw): Promise<NamedValues> {
    return (this.members[0] as InferenceModel).draw(draw);
  }

  async scoreBatch(pairs: readonly ForcedPair<MemberSources>[]): Promise<ForcedScore[]> {
    const batches = this.members.map((member, index) =>
      forcedBatch(
        pairs.map(({ source, target }) => ({ source: source[index] as SourceSequence, target })),
        member.isReversed,
      ),
    );
    const results: NamedValues[] = [];
    for (const [index, member] of this.members.entries()) {
      const { feeds } = batches[index] as (typeof batches)[number];
      results.push(
        await (this.average === "logits" ? member.scoreLogits(feeds) : member.score(feeds)),
      );
    }
    const [firstBatch] = batches as [(typeof batches)[number]];
    const all =
      this.average === "logits"
        ? await this.scoreOfLogits(results, firstBatch.feeds["targets"] as TensorValue)
        : logMeanExpOf(results.map(({ log_probability }) => floats(log_probability)));
    const rows = this.attending.map((index) =>
      attentionByPair(
        batches[index] as (typeof batches)[number],
        results[index]?.["attention"] as TensorValue,
      ),
    );
    return byPair(firstBatch, all).map((each, pair) =>
      forcedScore(each, this.hasAttention ? meanRows(rows.map((own) => own[pair] ?? [])) : null),
    );
  }

  /** Frees the members and the graphs that combine them. */
  async release(): Promise<void> {
    await Promise.all([...this.members, this.programs].map((each) => each.release()));
  }

  private own({ memory }: StepFeeds, index: number): NamedValues {
    const prefix = `${index}.`;
    const own = Object.entries(memory).filter(
      ([name]) => name.startsWith(prefix) && name !== `${prefix}length`,
    );
    return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
  }

  /** Combines the members' values for the selected tokens; forbidden tokens stay forbidden. */
  private joinedOutputs(results: NamedValues): NamedValues {
    if (this.average === "logits") return results;
    const { tokens, values, log_probabilities } = results;
    const outputs: Record<string, TensorValue> = {};
    if (log_probabilities) outputs["log_probabilities"] = log_probabilities;
    if (tokens && values) {
      const data = this.joinedOf(results, "member");
      floats(values).forEach((value, at) => {
        if (isForbidden(value)) data[at] = value;
      });
      Object.assign(outputs, { tokens, values: { ...values, data } });
    }
    const forced = results["forced_member.0"];
    if (forced) {
      outputs["forced_value"] = { ...forced, data: this.joinedOf(results, "forced_member") };
    }
    return outputs;
  }

  private joinedOf(results: NamedValues, name: string): Float32Array<ArrayBuffer> {
    return logMeanExpOf(this.members.map((_, index) => floats(results[`${name}.${index}`])));
  }

  private async scoreOfLogits(
    results: readonly NamedValues[],
    targets: TensorValue,
  ): Promise<Float32Array> {
    const logits = results.map(({ token_logits }, index) => [`logits.${index}`, token_logits]);
    const { log_probability } = await this.programs.run(
      "ensemble score",
      () => ensembleScoringGraph(this.members.length, this.targetVocabulary),
      { ...(Object.fromEntries(logits) as NamedValues), targets },
    );
    return floats(log_probability);
  }
}

function floats(value: TensorValue | undefined): Float32Array {
  return (value as TensorValue).data as Float32Array;
}

/** The mean attention of several members for one pair, row by row. */
function meanRows(members: readonly (readonly Float32Array[])[]): Float32Array[] {
  const [first = []] = members;
  return first.map((_, row) => meanWeights(members.map((rows) => rows[row] as Float32Array)));
}
