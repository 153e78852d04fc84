/**
 * @file Text as Python handles it, where sacreBLEU's scores depend on it: which characters separate words,
 * and how printed numbers are rounded.
 */

// Python's `str.split` also splits at the four ASCII separators, which Unicode's property lacks,
// and does not split at U+FEFF, which JavaScript's `\s` includes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these four characters are meant.
const whitespace = /[\p{White_Space}\x1c-\x1f]+/u;
const trailingWhitespace = new RegExp(`${whitespace.source}$`, "u");

/** Returns the words of a text, like Python's `str.split`. */
export function wordsOf(text: string): string[] {
  return text.split(whitespace).filter((word) => word !== "");
}

/** Returns a text without trailing white space, like Python's `str.rstrip`. */
export function withoutTrailingWhitespace(text: string): string {
  return text.replace(trailingWhitespace, "");
}

/** Returns a number with the given decimals, at least one; ties go to the even digit as in Python and C. */
export function fixed(value: number, decimals: number): string {
  const rounded = value.toFixed(decimals);
  // `toFixed` gives a number's exact digits; a number half-way ends in a single 5.
  const exact = value.toFixed(60);
  const cut = exact.length - 60 + decimals;
  const isTie = /^50*$/.test(exact.slice(cut));
  const isOdd = "13579".includes(rounded.at(-1) as string);
  return isTie && isOdd ? exact.slice(0, cut) : rounded;
}
