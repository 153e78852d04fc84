import { unknownId } from "../tensor/specialIds.ts";
import { specialTokens } from "../text/specialTokens.ts";
import type { TextEncoding, TextTokenizer } from "../text/tokenizer.ts";
import { spaceMark } from "../text/tokenizerJson.ts";

/** A text as it was cut. */
export interface SourceTokens {
  readonly tokens: readonly string[];
  readonly words: TextEncoding["words"];
}

/** An output and what it attended to. */
export interface AttendedOutput {
  readonly ids: readonly number[];
  /** A row for each id, with a weight for each source token. */
  readonly attention: readonly ArrayLike<number>[];
}

/** One translation of each of some source words. */
export type Dictionary = ReadonlyMap<string, string>;

/**
 * Writes an output as text, with each unknown token replaced by what the source has at the token that
 * was attended to most: a word where tokens are words, and a piece or a character where they are that.
 * Its translation in a dictionary is taken if there is one; else it is copied as it was typed (Luong et
 * al. 2015, section 4.1, https://arxiv.org/abs/1508.04025). Both are in small letters if the output's
 * vocabulary has no others.
 *
 * @param dictionary translations of source words; a word is looked up as typed, then in small letters.
 */
export function replaceUnknown(
  target: TextTokenizer,
  { ids, attention }: AttendedOutput,
  source: SourceTokens,
  dictionary: Dictionary = new Map(),
): string {
  const typed = typedTokens(source);
  const translated = (word: string): string =>
    dictionary.get(word) ?? dictionary.get(word.toLowerCase()) ?? word;
  let text = "";
  let written = 0;
  ids.forEach((id, row) => {
    if (id !== unknownId) return;
    // What is decoded up to a token is how the whole text begins, and it ends with "<unk>".
    const before = target.decode(ids.slice(0, row + 1));
    text += before.slice(written, before.length - specialTokens[unknownId].length);
    written = before.length;
    // Where marks are apart, an unknown token does not tell of the space before it.
    if (target.kind === "word" && text !== "" && !text.endsWith(" ")) text += " ";
    const copied = typed[mostAttended(attention[row] as ArrayLike<number>, typed)];
    const spelled = copied === null || copied === undefined ? null : translated(copied);
    if (spelled === null) text += specialTokens[unknownId];
    else text += target.isLowercase ? spelled.toLowerCase() : spelled;
  });
  return text + target.decode(ids).slice(written);
}

/**
 * What was typed for each token of a text; null for spaces. Where the tokens of a word cannot be told
 * apart in what was typed, each of them stands for the whole word.
 */
function typedTokens({ tokens, words }: SourceTokens): (string | null)[] {
  const typed: (string | null)[] = tokens.map(() => null);
  for (const { text, start, end } of words) {
    const characters = [...text.normalize("NFC")];
    // A token that is not in the vocabulary of pieces or characters is one character.
    const sizes = tokens
      .slice(start, end)
      .map((token) =>
        token === specialTokens[unknownId] ? 1 : [...token.replaceAll(spaceMark, "")].length,
      );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let at = 0;
    sizes.forEach((size, index) => {
      const own = characters.slice(at, at + size).join("");
      typed[start + index] = total === characters.length && own !== "" ? own : text;
      at += size;
    });
  }
  return typed;
}

/** The token with most weight, of equals the first, spaces left out. */
function mostAttended(row: ArrayLike<number>, typed: readonly (string | null)[]): number {
  let best = -1;
  typed.forEach((text, token) => {
    if (text === null) return;
    if (best < 0 || (row[token] as number) > (row[best] as number)) best = token;
  });
  return best;
}
