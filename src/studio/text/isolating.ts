import { isolated } from "../../text/direction.ts";

const known = new WeakMap<object, unknown>();

/**
 * The words of a scene, whose sentences set the words that are put into them apart: Hebrew in an English or
 * Chinese sentence would take the marks and numbers beside it along.
 *
 * @param words texts, functions that make sentences, and objects and lists of such.
 */
export function isolating<Words>(words: Words): Words {
  if (typeof words !== "function" && (typeof words !== "object" || words === null)) return words;
  const made = known.get(words) ?? wrapped(words);
  known.set(words, made);
  return made as Words;
}

/** A text, or the texts of named arguments; anything else is left as it is. */
function setApart(given: unknown): unknown {
  const apart = (each: unknown): unknown => (typeof each === "string" ? isolated(each) : each);
  if (typeof given !== "object" || given === null || !isPlain(given)) return apart(given);
  return Object.fromEntries(Object.entries(given).map(([name, each]) => [name, apart(each)]));
}

const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;

function wrapped(words: object): unknown {
  if (typeof words === "function") {
    return (...given: unknown[]): unknown => words(...given.map(setApart));
  }
  if (Array.isArray(words)) return words.map(isolating);
  if (!isPlain(words)) return words;
  return Object.fromEntries(Object.entries(words).map(([name, part]) => [name, isolating(part)]));
}
