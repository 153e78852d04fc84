/** @file What is written on the box: how large a model is and how it is made. */

import type { Trace } from "../../../trace/trace.ts";
import type { Session } from "../../state/session.svelte.ts";
import { formatCount } from "../../text/numbers.ts";
import type { pictureText } from "./text.ts";

type Words = (typeof pictureText)["en"];

/** How many numbers training has set. */
export function trainedNumbers(weights: Iterable<{ readonly shape: readonly number[] }>): number {
  let count = 0;
  for (const { shape } of weights) count += shape.reduce((product, size) => product * size, 1);
  return count;
}

/** The facts about a model, the most important first. */
export function modelFacts(session: Session, model: Trace["model"], words: Words): string[] {
  const { tracedEntry: entry, model: loaded } = session;
  const numbers = loaded ? trainedNumbers(loaded.weights.values()) : 0;
  return [
    ...(numbers > 0 ? [words.numbers(formatCount(numbers))] : []),
    ...(entry ? [words.megabytes((entry.bytes / 1e6).toFixed(1))] : []),
    `${model.cell.toUpperCase()}`,
    words.layers(model.layers),
    words.hidden(model.hidden),
    words.attention[model.attention] + words.scope[model.attentionScope],
  ];
}

/** Sets facts in lines no longer than so many characters; Chinese characters count twice. */
export function factLines(facts: readonly string[], room: number, join: string): string[] {
  const lengthOf = (text: string): number =>
    [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef]/u.test(character) ? 2 : 1), 0);
  const lines: string[] = [];
  for (const fact of facts) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last + join + fact) <= room) {
      lines[lines.length - 1] = last + join + fact;
    } else lines.push(fact);
  }
  return lines;
}
