import { scriptOf } from "./textUnit.ts";

/** The names that sacreBLEU gives to its ways of parting a sentence into words before it counts. */
export type BleuTokenizer = "13a" | "none" | "char" | "intl" | "zh";

/**
 * Puts spaces where sacreBLEU parts words, so that splitting at spaces yields its tokens.
 *
 * - `13a`: the rules of mteval-v13a.pl, made for Western languages; what WMT reports.
 * - `intl`: those of mteval-v14.pl, by the Unicode classes of punctuation and symbols.
 * - `char`: every character is a word, for languages written without spaces.
 * - `zh`: so is every Chinese character, and the rest is as in `13a`; what WMT reports for Chinese.
 * - `none`: the text's own spaces; it is comparable only with texts of the same tokenization.
 */
export const bleuTokenizers: Readonly<Record<BleuTokenizer, (line: string) => string>> = {
  "13a": tokenize13a,
  none: (line) => line,
  char: (line) => [...line].join(" "),
  intl: tokenizeInternational,
  zh: (line) => partWestern(line.replace(chineseCharacter, " $& ")),
};

/**
 * Yields the tokenizer that fits texts: `13a` where spaces part words, `zh` for Chinese, `char` for
 * Japanese, Thai and others that are written without spaces.
 */
export function fittingBleuTokenizer(texts: Iterable<string>): BleuTokenizer {
  const { unit, isChinese } = scriptOf(texts);
  return unit === "words" ? "13a" : isChinese ? "zh" : "char";
}

/**
 * What sacreBLEU's `zh` takes for a Chinese character. Two of its ranges were meant for code points above
 * U+FFFF and are read as U+2001 to U+2A6D and U+2F81 to U+2FA1, so that ” and … are of them and 𠀀 is not.
 */
const chineseCharacter =
  /[\u2001-\u2a6d\u2e80-\u2fdf\u2ff0-\u303f\u3100-\u312f\u31a0-\u31bf\u31c0-\u31ef\u3200-\u4db5\u4e00-\u9fbb\uf900-\ufa2d\ufa30-\ufa6a\ufa70-\ufad9\ufe10-\ufe1f\ufe30-\ufe4f\uff00-\uffef]/gu;

function tokenize13a(line: string): string {
  const unescaped = line
    .replaceAll("<skipped>", "")
    .replaceAll("-\n", "")
    .replaceAll("\n", " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
  return partWestern(` ${unescaped} `);
}

/** Parts marks from words by the rules for Western languages. */
function partWestern(line: string): string {
  return line
    .replace(/[ -&(-+/:-@[-`{-~]/gu, " $& ") // ASCII punctuation but for ' , - .
    .replace(/([^0-9])([.,])/gu, "$1 $2 ") // a full stop or comma that no digit precedes
    .replace(/([.,])([^0-9])/gu, " $1 $2") // or that none follows
    .replace(/([0-9])(-)/gu, "$1 $2 "); // a dash after a digit
}

function tokenizeInternational(line: string): string {
  return line
    .replace(/(\P{N})(\p{P})/gu, "$1 $2 ")
    .replace(/(\p{P})(\P{N})/gu, " $1 $2")
    .replace(/\p{S}/gu, " $& ");
}
