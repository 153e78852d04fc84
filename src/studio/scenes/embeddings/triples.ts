/** @file Three words each to calculate with: the first − the second + the third. */

import type { Embedder } from "./vectors.ts";

/** The words of a − b + c. */
export type Triple = readonly [string, string, string];

/** For the pretrained vectors, which are of English words. */
export const pretrainedTriples: readonly Triple[] = [
  ["king", "man", "woman"],
  ["paris", "france", "italy"],
  ["walked", "walk", "swim"],
  ["better", "good", "bad"],
  ["french", "france", "italy"],
];

/** For models' own embeddings: what a model has as whole tokens, the expected answer too, is offered. */
const candidates: readonly (readonly [...Triple, answer: string])[] = [
  ["king", "man", "woman", "queen"],
  ["roi", "homme", "femme", "reine"],
  ["his", "he", "she", "her"],
  ["am", "I", "you", "are"],
  ["was", "is", "are", "were"],
  ["mon", "ma", "ta", "ton"],
  ["le", "la", "une", "un"],
  ["suis", "je", "tu", "es"],
  ["hommes", "homme", "femme", "femmes"],
  ["女儿", "女人", "男人", "儿子"],
  ["爸爸", "男人", "女人", "妈妈"],
  ["我们", "我", "你", "你们"],
  ["哥哥", "弟弟", "妹妹", "姐姐"],
  ["东京", "日本", "中国", "北京"],
  ["他", "她", "她们", "他们"],
  ["3", "2", "7", "8"],
  ["J", "j", "a", "A"],
];

/** Triples whose words an embedder has as one token each; else made of tokens that it is given. */
export function ownTriples(embedder: Embedder, tokens: readonly string[]): readonly Triple[] {
  const isWhole = (word: string): boolean => embedder.lookUp(word)?.pieces.length === 1;
  const known = candidates.filter((words) => words.every(isWhole)).slice(0, 5);
  if (known.length > 0) return known.map(([first, less, more]) => [first, less, more]);
  const whole = [...new Set(tokens)].filter(isWhole);
  const [first = "", second = first, third = second] = whole;
  return first === "" ? [] : [[first, second, third]];
}
