/**
 * @file Text as Python sees it, where sacreBLEU's scores depend on it: which characters part words,
 * and how a number is rounded when it is printed.
 */

// Python's `str.split` also parts words at the four separators of ASCII, which Unicode's property
// leaves out, and does not at U+FEFF, which JavaScript's `\s` has.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these four characters are meant.
const whitespace = /[\p{White_Space}\x1c-\x1f]+/u;
const trailingWhitespace = new RegExp(`${whitespace.source}$`, "u");

/** Yields the words of a text, as Python's `str.split` does. */
export function wordsOf(text: string): string[] {
  return text.split(whitespace).filter((word) => word !== "");
}

/** Yields a text without the whitespace at its end, as Python's `str.rstrip` does. */
export function withoutTrailingWhitespace(text: string): string {
  return text.replace(trailingWhitespace, "");
}

/** Yields a number with so many decimals, one at least, a tie going to the even digit as in Python and C. */
export function fixed(value: number, decimals: number): string {
  const rounded = value.toFixed(decimals);
  // `toFixed` yields a number's exact digits; a number half-way ends in a 5 and nothing else.
  const exact = value.toFixed(60);
  const cut = exact.length - 60 + decimals;
  const isTie = /^50*$/.test(exact.slice(cut));
  const isOdd = "13579".includes(rounded.at(-1) as string);
  return isTie && isOdd ? exact.slice(0, cut) : rounded;
}
