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

function wrapped(words: object): unknown {
  if (typeof words === "function") {
    return (...given: unknown[]): unknown =>
      words(...given.map((each) => (typeof each === "string" ? isolated(each) : each)));
  }
  if (Array.isArray(words)) return words.map(isolating);
  const isPlain = Object.getPrototypeOf(words) === Object.prototype;
  if (!isPlain) return words;
  return Object.fromEntries(Object.entries(words).map(([name, part]) => [name, isolating(part)]));
}
