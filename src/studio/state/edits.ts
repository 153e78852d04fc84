/** @file What can be changed about a translation: pure functions from a change to the edits it takes. */

import type { Trace, TracedSource } from "../../trace/trace.ts";
import { isUnspaced } from "../text/shownWords.ts";
import { type Edits, isEdited, noEdits } from "./models.ts";

/** Whether changes can be made to a translation: ids that its vocabulary has, and a weight for each of its source tokens. */
export function fits(
  { prefix, attention }: Edits,
  { source, model }: Trace,
  vocabulary: number,
): boolean {
  const tokens = model.attention === "none" ? -1 : source.tokens.length;
  return (
    prefix.every((id) => id < vocabulary) &&
    [...attention.values()].every((weights) => weights.length === tokens)
  );
}

/** The outputs of the steps before one. */
function outputsBefore({ steps }: Trace, step: number): number[] {
  return steps.slice(0, step).map(({ outputId }) => outputId);
}

function attentionUpTo({ attention }: Edits, step: number): Map<number, readonly number[]> {
  return new Map([...attention].filter(([at]) => at < step));
}

/** Another word at a step: what came before stays, what follows is decoded anew. */
export function withWord(trace: Trace, edits: Edits, step: number, id: number): Edits {
  // Weights that were given at this very step stay, as they belong to the choice of its word.
  const attention = attentionUpTo(edits, step + 1);
  return { prefix: [...outputsBefore(trace, step), id], attention };
}

/** Other attention weights at a step, or the model's own again: its word and all after it are new. */
export function withWeights(
  trace: Trace,
  edits: Edits,
  step: number,
  weights: readonly number[] | null,
): Edits {
  const attention = attentionUpTo(edits, step);
  if (weights) attention.set(step, weights);
  return { prefix: outputsBefore(trace, step), attention };
}

/** Edits that only say what the model does anyway are none. */
export function simplified(edits: Edits, original: Trace): Edits {
  const { prefix, attention } = edits;
  const isOwn = prefix.every((id, step) => original.steps[step]?.outputId === id);
  return attention.size === 0 && isOwn ? noEdits : edits;
}

/** Sets one of some weights that add up to 1; the others share what is left as they did before. */
export function rescaled(weights: ArrayLike<number>, index: number, value: number): number[] {
  const count = weights.length;
  if (count < 2) return count === 1 ? [1] : [];
  const own = Math.min(1, Math.max(0, value));
  let others = 0;
  for (let at = 0; at < count; at++) if (at !== index) others += weights[at] as number;
  const made = Array.from(weights, (weight, at) => {
    if (at === index) return own;
    return others > 0 ? (weight * (1 - own)) / others : (1 - own) / (count - 1);
  });
  // Single precision of the model's own numbers must not add up to something else than 1.
  const sum = made.reduce((one, other) => one + other, 0);
  return made.map((weight) => weight / sum);
}

/** The steps whose word the reader chose: given, on no way of the model's own, and not its favourite. */
export function chosenSteps(
  trace: Trace,
  original: Trace,
  { prefix, attention }: Edits,
): Set<number> {
  const chosen = new Set<number>();
  let isOwnWay = true;
  prefix.forEach((id, step) => {
    isOwnWay &&= original.steps[step]?.outputId === id;
    const isLast = step === prefix.length - 1 && !attention.has(prefix.length);
    const isFavourite = trace.steps[step]?.candidates[0]?.id === id;
    if (!isOwnWay && (isLast || !isFavourite)) chosen.add(step);
  });
  return chosen;
}

/** Who chose a word: beam search, the reader, or the model, which writes on word by word after a change. */
export type Chooser = "search" | "reader" | "model";

/** Who chose the word of a step. The words before a change are given, too; they are those that the search chose. */
export function chooserOf(trace: Trace, original: Trace, edits: Edits, step: number): Chooser {
  if (!isEdited(edits)) return "search";
  if (chosenSteps(trace, original, edits).has(step)) return "reader";
  const isSame = ({ outputId }: Trace["steps"][number], at: number): boolean =>
    outputId === original.steps[at]?.outputId;
  const isKept = step < edits.prefix.length && trace.steps.slice(0, step + 1).every(isSame);
  return isKept ? "search" : "model";
}

/** Whether two translations were at the same place before a step: the same source, the same outputs. */
export function isSamePlace(one: Trace, other: Trace, step: number): boolean {
  if (one.source.ids.join() !== other.source.ids.join()) return false;
  return outputsBefore(one, step).join() === outputsBefore(other, step).join();
}

/** A word of a text without the marks around it. */
export interface Core {
  readonly before: string;
  readonly core: string;
  readonly after: string;
}

/** Parts a word from punctuation at its ends; what has no letters or digits is all core. */
export function coreOf(word: string): Core {
  const found = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(word);
  if (!found?.[2]) return { before: "", core: word, after: "" };
  return { before: found[1] ?? "", core: found[2], after: found[3] ?? "" };
}

/** The text with one of its words replaced, marks around it kept. */
export function withSourceWord(
  { text, words }: Pick<TracedSource, "text" | "words">,
  index: number,
  replacement: string,
): string {
  const word = words[index];
  if (!word) return text;
  const { before, after } = coreOf(word.text);
  const spelled = `${before}${replacement.trim()}${after}`;
  let from = 0;
  for (const [at, { text: each }] of words.entries()) {
    const found = text.indexOf(each, from);
    // A spelling that is not in the text as it is: its words are put together instead.
    if (found < 0) {
      const space = words.some((other) => isUnspaced(other.text)) ? "" : " ";
      return words.map((other, place) => (place === index ? spelled : other.text)).join(space);
    }
    if (at === index) return text.slice(0, found) + spelled + text.slice(found + each.length);
    from = found + each.length;
  }
  return text;
}
