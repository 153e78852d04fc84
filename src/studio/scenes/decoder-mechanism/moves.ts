/** @file What happens in a decoder step, as sentences in the order of the model's computation. */

import type { Trace } from "../../../trace/trace.ts";
import { contextInto, hasSummary, isResidual } from "../../explain/structure.ts";
import { decoderMoments, type MomentKind } from "../../timeline/script.ts";
import { type MoveWords, moveText } from "./moveText.ts";

export { moveText };

/** What happens in one or more moments, as a sentence. */
export interface Move {
  readonly kinds: readonly MomentKind[];
  readonly says: string;
}

/** A step that is facts. */
export interface StepFacts {
  readonly model: Trace["model"];
  /** From 1. */
  readonly step: number;
  readonly input: string;
  readonly output: string;
  readonly isLast: boolean;
}

const looking: readonly MomentKind[] = ["scores", "softmax", "weighting"];

/** A digit below the line for each digit of a number. */
export function below(count: number): string {
  return [...String(count)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}

/** The letter of a decoder state: s where a context is given to every layer (Bahdanau, Cho), else h. */
export function letterOf({ attentionPlace }: Trace["model"]): "s" | "h" {
  return attentionPlace === "before" ? "s" : "h";
}

/** The sentences of a step. */
export function movesOf(words: MoveWords, facts: StepFacts): readonly Move[] {
  const { model } = facts;
  const says: Partial<Record<MomentKind, string>> = {
    state: stateSentence(words, facts),
    scores: attentionSentence(words, facts),
    context: contextSentence(words, facts),
    upper: upperSentence(words, facts),
    concatenate: concatenateSentence(words, facts),
    feedForward: feedForwardSentence(words, facts),
    distribution: distributionSentence(words, model),
    choose: words.ending(facts.output, facts.isLast),
  };
  return decoderMoments(model).flatMap((kind): Move[] => {
    const sentence = says[kind];
    if (sentence === undefined) return [];
    if (kind === "scores") return [{ kinds: looking, says: sentence }];
    return [{ kinds: kind === "choose" ? ["choose", "end"] : [kind], says: sentence }];
  });
}

/** The first layer from 1 that adds its input, among those from `first` to before `end`; 0 if none does. */
function residualFrom(model: Trace["model"], first: number, end: number): number {
  for (let layer = first; layer < end; layer++) if (isResidual(model, layer)) return layer + 1;
  return 0;
}

function stateSentence(words: MoveWords, { model, step, input }: StepFacts): string {
  const isBetween = model.attentionPlace === "between";
  const count = isBetween ? 1 : model.layers;
  const [now, before] = [below(step), below(step - 1)];
  const isNothing = step === 1 && model.startInput === "zero";
  const isFirst = step === 1;
  const inputs = [
    isNothing ? words.nothing : words.embedding(input),
    ...({
      none: model.inputFeeding ? [words.fed(isFirst)] : [],
      summary: [words.summary],
      current: [takenContext(words, model, step)],
      previous: [words.contextBefore(before, isFirst)],
    }[contextInto(model, 0)] ?? []),
    words.before,
  ];
  const cells = words.cells(model.cell, count, isBetween && model.layers > 1);
  const state = `${letterOf(model)}${now}`;
  const residual = residualFrom(model, 0, count);
  return [
    words.state(inputs, cells, state),
    ...(residual > 0 ? [words.residual(residual)] : []),
    ...stateRemark(words, model),
  ].join(words.space);
}

/** What the new state is there for. */
function stateRemark(words: MoveWords, model: Trace["model"]): string[] {
  if (hasSummary(model)) return [words.noLook];
  if (model.attention === "none") return [words.onlyState];
  if (model.attentionPlace === "after") return [words.notAlone];
  const isOld = model.readout === "maxout" && model.readoutState === "previous";
  return model.attentionPlace === "before" && isOld ? [words.notUsed] : [];
}

function attentionSentence(words: MoveWords, { model, step }: StepFacts): string {
  const isOld = model.attentionPlace === "before";
  const state = `${letterOf(model)}${below(isOld ? step - 1 : step)}`;
  const isBottom = model.layers > 1 && model.attentionPlace !== "after";
  const look =
    model.attention === "location" ? words.lookByPlace(state) : words.look(state, isOld, isBottom);
  return [look, words.window[model.attentionScope](model.window)].filter(Boolean).join(words.space);
}

function contextSentence(words: MoveWords, { model, step }: StepFacts): string {
  const now = below(step);
  if (!model.contextGate) return words.context(now);
  return [words.context(now), words.gate(now, `${letterOf(model)}${below(step - 1)}`)].join(
    words.space,
  );
}

/** The context as layers and readout get it. */
function takenContext(words: MoveWords, { contextGate }: Trace["model"], step: number): string {
  return contextGate ? words.gatedContext(below(step)) : words.contextOf(below(step));
}

function upperSentence(words: MoveWords, { model, step }: StepFacts): string {
  const isCurrent = model.upperContext === "current";
  const context = isCurrent
    ? words.contextOf(below(step))
    : words.contextBefore(below(step - 1), step === 1);
  const residual = residualFrom(model, 1, model.layers);
  return [
    words.upper(`h${below(step)}`, context, model.layers - 1),
    ...(residual > 0 ? [words.residual(residual)] : []),
  ].join(words.space);
}

function concatenateSentence(words: MoveWords, { model, step }: StepFacts): string {
  if (model.readout !== "maxout") return words.join(below(step));
  const state = model.readoutState === "current" ? words.newState : words.before;
  return words.addUp(state, hasSummary(model) ? words.summary : takenContext(words, model, step));
}

function feedForwardSentence(words: MoveWords, { model, step }: StepFacts): string {
  return model.readout === "maxout"
    ? words.maxout
    : words.feedForward(below(step), model.readout === "linear", model.inputFeeding);
}

function distributionSentence(words: MoveWords, model: Trace["model"]): string {
  const { readout, outputRank, layers } = model;
  return [
    ...(readout === "none" ? [words.stateGoesOn(layers > 1)] : []),
    ...(outputRank > 0 ? [words.shortened(outputRank)] : []),
    words.softmax,
  ].join(words.space);
}
