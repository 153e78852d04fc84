import { unknownId } from "../tensor/specialIds.ts";
import { specialTokens } from "../text/specialTokens.ts";
import type { TextEncoding, TextTokenizer } from "../text/tokenizer.ts";
import { withoutMarks } from "../text/tokenizerJson.ts";

/** A tokenized text. */
export interface SourceTokens {
  readonly tokens: readonly string[];
  readonly words: TextEncoding["words"];
}

/** An output with its attention. */
export interface AttendedOutput {
  readonly ids: readonly number[];
  /** One row per id, with a weight for each source token. */
  readonly attention: readonly ArrayLike<number>[];
}

/** One translation for each of some source words. */
export type Dictionary = ReadonlyMap<string, string>;

/**
 * Converts an output to text, replacing each unknown token by the source at the token with the most attention: a
 * word if tokens are words, otherwise a piece or a character. The dictionary's translation is used if there is
 * one; otherwise the source is copied as typed (Luong et al. 2015, section 4.1,
 * https://arxiv.org/abs/1508.04025). Both are converted to lower case if the output's vocabulary has only lower
 * case.
 *
 * @param dictionary translations of source words; a word is looked up as typed, then in lower case.
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
    // The text decoded up to a token is a prefix of the whole text, and ends with "<unk>".
    const before = target.decode(ids.slice(0, row + 1));
    text += before.slice(written, before.length - specialTokens[unknownId].length);
    written = before.length;
    // With separate punctuation, an unknown token does not tell whether a space precedes it.
    if (target.kind === "word" && text !== "" && !text.endsWith(" ")) text += " ";
    const copied = typed[mostAttended(attention[row] as ArrayLike<number>, typed)];
    const spelled = copied === null || copied === undefined ? null : translated(copied);
    if (spelled === null) text += specialTokens[unknownId];
    else text += target.isLowercase ? target.normalize(spelled) : spelled;
  });
  return text + target.decode(ids).slice(written);
}

/**
 * The typed text of each token; null for spaces. If the tokens of a word cannot be located in the typed text,
 * each of them stands for the whole word.
 */
function typedTokens({ tokens, words }: SourceTokens): (string | null)[] {
  const typed: (string | null)[] = tokens.map(() => null);
  for (const { text, start, end } of words) {
    const characters = [...text.normalize("NFC")];
    // An unknown token in a vocabulary of pieces or characters is one character.
    const sizes = tokens
      .slice(start, end)
      .map((token) => (token === specialTokens[unknownId] ? 1 : [...withoutMarks(token)].length));
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

/** The token with the largest weight, ignoring spaces; ties go to the first. */
function mostAttended(row: ArrayLike<number>, typed: readonly (string | null)[]): number {
  let best = -1;
  typed.forEach((text, token) => {
    if (text === null) return;
    if (best < 0 || (row[token] as number) > (row[best] as number)) best = token;
  });
  return best;
}
