/** @file Tokens of another program's vocabulary into which no text can be split here. Isomorphic. */

import { normalizeText } from "../text/normalize.ts";
import { withoutMarks } from "../text/tokenizerJson.ts";

/** How many are named in a notice. */
const mostNamed = 5;

/**
 * Says which tokens no text here contains, as it comes in Unicode's composed form and is split at spaces.
 *
 * @param tokens     without the special ones.
 * @param isOfLetters whether each token is a character.
 * @returns a clause; null if every token can occur.
 */
export function unreachableTokens(tokens: readonly string[], isOfLetters: boolean): string | null {
  const never = tokens.filter((token) => !canOccur(token, isOfLetters));
  const lost = isOfLetters ? composedAway(tokens) : [];
  const clauses = [
    ...(never.length > 0 ? [`no text here contains its tokens ${named(never)}`] : []),
    ...(lost.length > 0
      ? [`it has no token for the letters ${named(lost)} that its signs make`]
      : []),
  ];
  if (clauses.length === 0) return null;
  return `${clauses.join(", and ")}: texts here are split at spaces, and letters with their accents are one character (NFC)`;
}

function canOccur(token: string, isOfLetters: boolean): boolean {
  if (isOfLetters && token === " ") return true;
  const text = withoutMarks(token);
  return normalizeText(text) === text && !text.includes(" ");
}

/** The letters that two tokens make together, and that are no tokens: texts here have these. */
function composedAway(tokens: readonly string[]): string[] {
  const known = new Set(tokens);
  const second = tokens.filter((token) => /^[\p{M}\u1160-\u11FF]$/u.test(token));
  return second.flatMap((mark) =>
    tokens.flatMap((letter) => {
      const composed = `${letter}${mark}`.normalize("NFC");
      return [...composed].length === 1 && !known.has(composed) ? [composed] : [];
    }),
  );
}

function named(tokens: readonly string[]): string {
  const more = tokens.length - mostNamed;
  const list = tokens.slice(0, mostNamed).map((token) => `“${token}”`);
  return `${list.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
