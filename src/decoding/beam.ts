import { isForbidden } from "../models/constraints.ts";
import { UserError } from "../tensor/errors.ts";
import { endId } from "../tensor/specialIds.ts";
import type { Extension, Hypothesis } from "./hypothesis.ts";
import { beginning, hypothesisOf, pathOf } from "./hypothesis.ts";
import type { ScoringSettings } from "./scoring.ts";
import { coveragePenalty, lengthPenalty } from "./scoring.ts";

/** The settings of the search for one sentence. */
export interface BeamOptions {
  /** The maximum number of running hypotheses. */
  readonly size: number;
  /** The number of results, at most {@link size}. */
  readonly nBest: number;
  /** The maximum number of tokens of a hypothesis, without the end. */
  readonly maxLength: number;
  readonly scoring: ScoringSettings;
  /** Whether the model reads the sentence in reverse. */
  readonly isReversed: boolean;
}

/** What happened to a candidate. */
export type Fate = "running" | "finished" | "dropped";

/** A token considered at a step. */
export interface Candidate {
  /** The running hypothesis that it would extend; the best one is 0. */
  readonly parent: number;
  readonly token: number;
  readonly logProbability: number;
  readonly sum: number;
}

/** A step of one sentence's search, for observers. */
export interface BeamStep {
  /** The number of tokens of the hypotheses before the step. */
  readonly length: number;
  /** Best first. */
  readonly candidates: readonly (Candidate & { readonly fate: Fate })[];
  /** Whether the search of the sentence ended with this step. */
  readonly isDone: boolean;
}

/**
 * The beam of one sentence. At each step, all extensions of the running hypotheses are ranked by their
 * sum of log-probabilities. Those among the best `size` that end the sentence are finished and leave
 * the beam; the best `size` of the others continue, so the beam stays full.
 *
 * The search ends when `size` hypotheses are finished, because then as many complete ones have been
 * among the best at their length. It ends earlier if no running hypothesis can still reach the score of the
 * last of the `nBest`: a sum of log-probabilities only decreases and the coverage penalty is never above
 * 0, so sum / lp(longest) is an upper bound. The second rule never changes the result. With a beam of 1,
 * this is greedy search.
 *
 * Ties in the sum are decided by the rank of the parent, then by token.
 */
export class Beam {
  /** The hypotheses to extend at the next step, best first. */
  running: readonly Extension[] = [beginning];
  isDone = false;
  private readonly options: BeamOptions;
  private readonly finished: Hypothesis[] = [];
  private cut: readonly Extension[] = [];

  constructor(options: BeamOptions) {
    this.options = options;
  }

  /**
   * Performs a step.
   *
   * @param candidates for the running hypotheses in order: at least the best `size + 1` tokens of each,
   *   or the best `size` if that is 1.
   * @param attention the attention of each running hypothesis.
   * @returns the candidates in order with their fates, and for each hypothesis that continues the rank of its
   *   parent.
   * @throws UserError if a log-probability is not a number.
   */
  advance(
    candidates: Candidate[],
    attention: (parent: number) => Float32Array | null,
  ): { ranked: readonly Candidate[]; fates: readonly Fate[]; parents: readonly number[] } {
    const { size, maxLength } = this.options;
    const ranked = candidates
      .filter(({ logProbability }) => isAllowed(logProbability))
      .sort(compareCandidates);
    const isLast = (this.running[0] as Extension).length >= maxLength;
    const next: Extension[] = [];
    const parents: number[] = [];
    const fates = ranked.map((candidate, rank): Fate => {
      const isEnd = candidate.token === endId;
      if (isEnd ? rank >= size : isLast || next.length >= size) return "dropped";
      const { token, logProbability, sum } = candidate;
      const parent = this.running[candidate.parent] as Extension;
      const extension: Extension = {
        parent,
        token,
        logProbability,
        sum,
        length: parent.length + 1,
        attention: attention(candidate.parent),
      };
      if (isEnd) {
        this.finish(extension);
        return "finished";
      }
      next.push(extension);
      parents.push(candidate.parent);
      return "running";
    });
    if (next.length === 0) {
      const ended = new Set(ranked.filter((_, rank) => fates[rank] === "finished").map(parentOf));
      this.cut = this.running.filter((_, parent) => !ended.has(parent));
    }
    this.running = next;
    this.isDone = next.length === 0 || this.finished.length >= size || this.cannotImprove();
    return { ranked, fates, parents };
  }

  /** Returns the best hypotheses: the finished ones by score, then unfinished ones if needed. */
  results(): Hypothesis[] {
    const { nBest } = this.options;
    const cut = this.cut
      .map((last) => this.hypothesis(last))
      .sort((one, other) => other.score - one.score);
    return [...this.finished, ...cut].slice(0, nBest);
  }

  private finish(last: Extension): void {
    const hypothesis = this.hypothesis(last);
    const worse = this.finished.findIndex(({ score }) => score < hypothesis.score);
    this.finished.splice(worse < 0 ? this.finished.length : worse, 0, hypothesis);
  }

  private hypothesis(last: Extension): Hypothesis {
    const { scoring, isReversed } = this.options;
    return hypothesisOf(last, scoreOf(last, scoring), { isReversed });
  }

  private cannotImprove(): boolean {
    const { nBest, maxLength, scoring } = this.options;
    const last = this.finished[nBest - 1];
    if (!last) return false;
    const best = (this.running[0] as Extension).sum;
    const longest = lengthPenalty(maxLength + 1, scoring);
    return best / Math.max(longest, lengthPenalty(1, scoring)) <= last.score;
  }
}

/**
 * The number of candidates that can continue or finish a hypothesis, if there is a beam of a size: the others are dropped
 * whatever they are. Each hypothesis ends in one way, so half of these do not end.
 */
export function mostConsidered(size: number): number {
  return 2 * size;
}

const parentOf = ({ parent }: Candidate): number => parent;

function scoreOf(last: Extension, scoring: ScoringSettings): number {
  const { coveragePenalty: weight } = scoring;
  const normalized = last.sum / lengthPenalty(Math.max(1, last.length), scoring);
  if (weight === 0) return normalized;
  const rows = pathOf(last).map(({ attention }) => attention as Float32Array);
  return normalized + weight * coveragePenalty(rows);
}

/**
 * Whether a log-probability is that of a token that is allowed.
 *
 * @throws UserError if it is not a number.
 */
export function isAllowed(logProbability: number): boolean {
  if (Number.isNaN(logProbability)) {
    throw new NotANumberError();
  }
  return !isForbidden(logProbability);
}

/** A model that yields something else than numbers. */
export class NotANumberError extends UserError {
  constructor() {
    super("The model yields log-probabilities that are no numbers; its weights are damaged.");
  }
}

function compareCandidates(one: Candidate, other: Candidate): number {
  return other.sum - one.sum || one.parent - other.parent || one.token - other.token;
}
