import { scriptOf } from "./textUnit.ts";

/** sacreBLEU's names for the tokenizers that split a sentence into words before n-grams are counted. */
export type BleuTokenizer = "13a" | "none" | "char" | "intl" | "zh";

/**
 * Puts spaces where sacreBLEU separates words, so that splitting at spaces gives its tokens.
 *
 * - `13a`: the rules of mteval-v13a.pl, made for Western languages; what WMT reports.
 * - `intl`: those of mteval-v14.pl, by the Unicode classes of punctuation and symbols.
 * - `char`: every character is a word, for languages written without spaces.
 * - `zh`: every Chinese character is a word, and the rest is as in `13a`; what WMT reports for Chinese.
 * - `none`: splits at the text's own spaces; scores are comparable only for the same tokenization.
 */
export const bleuTokenizers: Readonly<Record<BleuTokenizer, (line: string) => string>> = {
  "13a": tokenize13a,
  none: (line) => line,
  char: (line) => [...line].join(" "),
  intl: tokenizeInternational,
  zh: (line) => partWestern(line.trim().replace(chineseCharacter, " $& ")),
};

/**
 * Returns the tokenizer that suits the texts: `13a` if spaces separate words, `zh` for Chinese, `char` for
 * Japanese, Thai and others that are written without spaces.
 */
export function fittingBleuTokenizer(texts: Iterable<string>): BleuTokenizer {
  const { unit, isChinese } = scriptOf(texts);
  return unit === "words" ? "13a" : isChinese ? "zh" : "char";
}

/**
 * What sacreBLEU's `zh` treats as a Chinese character. Two of its ranges were meant for code points above
 * U+FFFF but are read as U+2001 to U+2A6D and U+2F81 to U+2FA1, so they include ” and … but not 𠀀.
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

/** Separates marks from words by the rules for Western languages. */
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
