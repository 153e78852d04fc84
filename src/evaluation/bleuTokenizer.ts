/** The names that sacreBLEU gives to its ways of parting a sentence into words before it counts. */
export type BleuTokenizer = "13a" | "none" | "char" | "intl";

/**
 * Puts spaces where sacreBLEU parts words, so that splitting at spaces yields its tokens.
 *
 * - `13a`: the rules of mteval-v13a.pl, made for Western languages; what WMT reports.
 * - `intl`: those of mteval-v14.pl, by the Unicode classes of punctuation and symbols.
 * - `char`: every character is a word, for languages written without spaces.
 * - `none`: the text's own spaces; it is comparable only with texts of the same tokenization.
 */
export const bleuTokenizers: Readonly<Record<BleuTokenizer, (line: string) => string>> = {
  "13a": tokenize13a,
  none: (line) => line,
  char: (line) => [...line].join(" "),
  intl: tokenizeInternational,
};

function tokenize13a(line: string): string {
  const unescaped = line
    .replaceAll("<skipped>", "")
    .replaceAll("-\n", "")
    .replaceAll("\n", " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
  return ` ${unescaped} `
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
