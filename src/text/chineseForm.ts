/**
 * @file Chinese as printed in mainland China: simplified characters, full-width punctuation, no spaces beside Chinese
 * characters. A model that was trained on such text reads other text better in that form. `tokenizer.json` describes the same
 * steps (`tokenizerJson.ts`) for other tools, which is why each step but the first is one regular expression, in syntax
 * common to JavaScript's `u` mode and Oniguruma.
 */

/** A step of normalisation: what matches becomes the content. */
export interface TextStep {
  readonly pattern: string;
  readonly content: string;
}

/** Chinese characters, and punctuation that occurs in no other script. */
const chinese = "㐀-䶿一-鿿〇々，。？！：；、（）《》";

/** Characters that simplified text has too, in other words. */
const words: readonly TextStep[] = [
  { pattern: "(?<=[一-鿿])(?<![名显原巨土编卓论专译所合])著(?![名作称者书述录])", content: "着" },
  { pattern: "乾(?![隆坤])", content: "干" },
  { pattern: "瞭(?=[解然若如])|(?<=明)瞭", content: "了" },
  { pattern: "藉(?=[口此由着助以机故])|(?<=凭)藉", content: "借" },
  { pattern: "(?<=[答回反批])覆", content: "复" },
  { pattern: "甚(?=么)", content: "什" },
  { pattern: "(?<=[计筹])画", content: "划" },
];

const spaces: TextStep = { pattern: ` (?=[${chinese}])|(?<=[${chinese}]) `, content: "" };

/** Half-width marks beside Chinese; those behind a closing quotation mark belong to it. */
const before = `(?<=[${chinese}]|[${chinese}]”)`;
/** Behind some marks as well: what stands behind a mark that a step replaces is what was there before. */
const behindMarks = `(?<=${[0, 1, 2, 3]
  .map((count) => "[,?!;]".repeat(count))
  .map((marks) => `[${chinese}]${marks}|[${chinese}]”${marks}`)
  .join("|")})`;
/** @param run what a mark stands behind that is one of several. */
function punctuationSteps(run: string): readonly TextStep[] {
  const beside = (mark: string, content: string): TextStep => ({
    pattern: `${run}${mark}|${mark}(?=[${chinese}])`,
    content,
  });
  return [
    beside(",", "，"),
    { pattern: `${before}\\.{3,}`, content: "……" },
    { pattern: `${before}\\.(?![.0-9A-Za-z，。])`, content: "。" },
    beside("\\?", "？"),
    beside("!", "！"),
    beside(";", "；"),
    // Faces such as :) stay.
    { pattern: `${before}:(?![()/-])|:(?=[${chinese}])`, content: "：" },
    { pattern: `${before}\\(|\\((?=[${chinese}])`, content: "（" },
    { pattern: `(?<=[${chinese}])\\)|\\)(?=[${chinese}])`, content: "）" },
  ];
}

const quote = `(?:(?<=[${chinese}]|[${chinese}]")"|"(?=[${chinese}]))`;
/** A quotation mark opens if an odd number of them follows. */
const opening: TextStep = {
  pattern: `${quote}(?=[^"]*"(?:[^"]*"[^"]*")*[^"]*$)`,
  content: "“",
};
const closing: TextStep = { pattern: quote, content: "”" };

/** All steps on text whose characters have been replaced and whose white space is single spaces, in their order. */
function stepsWith(punctuation: readonly TextStep[]): readonly TextStep[] {
  // Behind the quotation marks, marks may stand beside Chinese where they did not before.
  return [...words, spaces, ...punctuation, opening, closing, ...punctuation, spaces];
}

export const chineseSteps: readonly TextStep[] = stepsWith(punctuationSteps(behindMarks));

/** The steps that files of earlier versions have: of `!!!` beside Chinese they replaced two. */
export const earlierChineseSteps: readonly TextStep[] = stepsWith(punctuationSteps(before));

const hasChinese = new RegExp(`[${chinese}]`, "u");
const compiled = chineseSteps.map((step) => ({
  content: step.content,
  isOpening: step === opening,
  expression: new RegExp(step.pattern, "gu"),
}));
/** Where a character that may be replaced begins: all of them lie above. */
const firstReplaced = /[\u2000-\uffff]/;

/**
 * Brings a text to the form of printed Chinese.
 *
 * @param text       composed, with single spaces for white space.
 * @param characters what becomes what, as `chineseCharacters` or a file of a tokenizer lists it.
 */
export function toChineseForm(text: string, characters: ReadonlyMap<string, string>): string {
  if (!firstReplaced.test(text)) return text;
  let result = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    result += characters.get(character) ?? character;
  }
  // Each step needs a Chinese character or mark beside what it changes.
  if (!hasChinese.test(result)) return result;
  for (const { expression, content, isOpening } of compiled) {
    result = isOpening ? openQuotes(result) : result.replace(expression, content);
  }
  return result;
}

const besideQuote = new RegExp(quote, "gu");

/** The step `opening` in linear time. */
function openQuotes(text: string): string {
  let left = 0;
  for (const character of text) if (character === '"') left++;
  if (left === 0) return text;
  const places = new Set([...text.matchAll(besideQuote)].map(({ index }) => index));
  let result = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') left--;
    const opens = character === '"' && left % 2 === 1 && places.has(at);
    result += opens ? "“" : character;
  }
  return result;
}

/** Whether one of some texts has a Chinese character. */
export function hasHan(texts: Iterable<string>): boolean {
  for (const text of texts) if (han.test(text)) return true;
  return false;
}

const han = /[㐀-䶿一-鿿]/u;
