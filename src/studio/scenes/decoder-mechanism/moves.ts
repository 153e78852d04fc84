/** @file What happens in a decoder step, as sentences in the order of the model's computation. */

import type { Signal } from "../../../models/wiring.ts";
import { contextOf, layersWith, wiringOf } from "../../../models/wiring.ts";
import type { Trace } from "../../../trace/trace.ts";
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
export function letterOf(model: Trace["model"]): "s" | "h" {
  const time = contextTime(model, 0);
  return time === "current" || time === "source" ? "s" : "h";
}

/** When the context is made that enters a layer; null if none does. */
function contextTime(model: Trace["model"], layer: number): Signal["time"] | null {
  const found = wiringOf(model).decoder[layer];
  return (found && contextOf(found)?.time) ?? null;
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
  const layers = wiringOf(model).decoder.slice(first, end);
  return (layers.find(({ isResidual }) => isResidual)?.index ?? -1) + 1;
}

function stateSentence(words: MoveWords, { model, step, input }: StepFacts): string {
  const wiring = wiringOf(model);
  const count = layersWith(wiring, 0).end;
  const [now, before] = [below(step), below(step - 1)];
  const isNothing = step === 1 && model.startInput === "zero";
  const isFirst = step === 1;
  const inputs = [
    isNothing ? words.nothing : words.embedding(input),
    ...({
      none: wiring.inputFeed ? [words.fed(isFirst)] : [],
      source: [words.summary],
      current: [takenContext(words, model, step)],
      previous: [words.contextBefore(before, isFirst)],
    }[contextTime(model, 0) ?? "none"] ?? []),
    words.before,
  ];
  const cells = words.cells(model.cell, count, count < model.layers);
  const state = `${letterOf(model)}${now}`;
  const residual = residualFrom(model, 0, count);
  return [
    words.state(inputs, cells, state),
    ...(isForBottomOnly(model) ? [words.bottomOnly(wiring.summary !== null)] : []),
    ...(residual > 0 ? [words.residual(residual)] : []),
    ...stateRemark(words, model),
  ].join(words.space);
}

/** Whether the context enters the bottom layer, but none above it. */
function isForBottomOnly(model: Trace["model"]): boolean {
  return model.layers > 1 && contextTime(model, 0) !== null && contextTime(model, 1) === null;
}

/** What the new state is there for. */
function stateRemark(words: MoveWords, model: Trace["model"]): string[] {
  const { shape, readout } = wiringOf(model);
  switch (shape) {
    case "summary":
      return [words.noAttention];
    case "none":
      return [words.onlyState];
    case "after":
      return [words.notAlone];
    case "before":
      return readout.state.time === "previous" ? [words.notUsed] : [];
    case "between":
      return [];
  }
}

function attentionSentence(words: MoveWords, { model, step }: StepFacts): string {
  const isOld = wiringOf(model).attention?.query.time === "previous";
  const state = `${letterOf(model)}${below(isOld ? step - 1 : step)}`;
  const attends =
    model.attention === "location"
      ? words.attendByPosition(state)
      : words.attend(state, isOld, queryLayer(model));
  return [attends, words.window[model.attentionScope](model.window)]
    .filter(Boolean)
    .join(words.space);
}

/** The layer whose state attends, where there are several; null where that goes without saying, as it is the last one's. */
function queryLayer(model: Trace["model"]): "bottom" | "top" | null {
  const { attention, decoder } = wiringOf(model);
  if (model.layers === 1 || !attention) return null;
  const { query } = attention;
  if (query.time === "current") {
    return query.tensor === decoder.at(-1)?.output.tensor ? null : "bottom";
  }
  return query.tensor === decoder[0]?.states[0]?.tensor ? "bottom" : "top";
}

function contextSentence(words: MoveWords, { model, step }: StepFacts): string {
  const now = below(step);
  if (!wiringOf(model).attention?.gate) return words.context(now);
  return [words.context(now), words.gate(now, `${letterOf(model)}${below(step - 1)}`)].join(
    words.space,
  );
}

/** The context as layers and readout get it. */
function takenContext(words: MoveWords, model: Trace["model"], step: number): string {
  return wiringOf(model).attention?.gate
    ? words.gatedContext(below(step))
    : words.contextOf(below(step));
}

function upperSentence(words: MoveWords, { model, step }: StepFacts): string {
  const isCurrent = contextTime(model, 1) === "current";
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
  const { readout, summary } = wiringOf(model);
  if (!readout.embedding) return words.join(below(step));
  const state = readout.state.time === "current" ? words.newState : words.before;
  const context = summary ? words.summary : takenContext(words, model, step);
  return model.readout === "concat" ? words.joinAll(state, context) : words.addUp(state, context);
}

function feedForwardSentence(words: MoveWords, { model, step }: StepFacts): string {
  const { readout, inputFeed } = wiringOf(model);
  return readout.embedding
    ? words.maxout
    : words.feedForward(below(step), model.readout === "linear", inputFeed !== null);
}

function distributionSentence(words: MoveWords, model: Trace["model"]): string {
  const { outputRank, layers } = model;
  const { readout } = wiringOf(model);
  return [
    ...(readout.context === null ? [words.stateGoesOn(layers > 1)] : []),
    ...(model.readout === "concat" ? [words.allGoesOn] : []),
    ...(outputRank > 0 ? [words.shortened(outputRank)] : []),
    words.softmax,
  ].join(words.space);
}
