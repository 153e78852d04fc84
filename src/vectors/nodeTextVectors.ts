import { readLines } from "../data/node/lines.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { detached } from "../text/detached.ts";

/** A word and its numbers. */
export interface WordVector {
  readonly word: string;
  readonly vector: Float32Array;
}

/** What a file states about itself, or its first line shows. */
export interface VectorSizes {
  /** The dimension of a vector. */
  readonly size: number;
  /** The number of words from the first line; null if it has no such line. */
  readonly words: number | null;
}

/**
 * Reads vectors as text, one word and its numbers per line, separated by spaces: word2vec's and fastText's with a
 * first line of sizes, GloVe's without. Only the numbers of wanted words are parsed, but every line is counted.
 * A word may contain spaces, as some of GloVe's do.
 *
 * @throws UserError naming the damaged line, or the last line if words are missing.
 */
export async function* readTextVectors(
  path: string,
  { size, words }: VectorSizes,
  isWanted: (word: string) => boolean,
): AsyncGenerator<WordVector> {
  let last = 0;
  let found = 0;
  for await (const { text, line } of readLines(path)) {
    last = line;
    if (line === 1 && words !== null) continue;
    const end = endOf(text);
    if (end === 0 && found === words) continue;
    const spaces = countSpaces(text, end);
    if (spaces < size) {
      throw new UserError(
        `${path}: line ${line} has ${Math.max(0, spaces)} numbers instead of ${size}; copy the file again.`,
      );
    }
    found++;
    const wordEnd = spaces === size ? text.indexOf(" ") : endOfWord(text, end, size);
    const word = text.slice(0, wordEnd);
    if (!isWanted(word)) continue;
    yield { word: detached(word), vector: numbers(text.slice(wordEnd + 1, end), path, line) };
  }
  if (words !== null && found !== words) {
    throw new UserError(
      `${path}: it ends at line ${last} with ${counted(found, "word")}, but its first line declares ${words}; copy it again.`,
    );
  }
}

/** The end of a line's text; fastText adds a space there. */
function endOf(text: string): number {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x20) end--;
  return end;
}

function countSpaces(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf(" "); at >= 0 && at < end; at = text.indexOf(" ", at + 1)) count++;
  return count;
}

/** The end of the word in a line with more spaces than numbers. */
function endOfWord(text: string, end: number, size: number): number {
  let at = end;
  for (let number = 0; number < size; number++) at = text.lastIndexOf(" ", at - 1);
  return at;
}

function numbers(text: string, path: string, line: number): Float32Array {
  return Float32Array.from(text.split(" "), (field) => {
    // As float32, whose largest value is 3.4·10³⁸.
    const value = Math.fround(Number(field));
    if (field !== "" && Number.isFinite(value)) return value;
    throw new UserError(
      `${path}: line ${line} has "${field.slice(0, 40)}" in the place of a number; copy the file again.`,
    );
  });
}
