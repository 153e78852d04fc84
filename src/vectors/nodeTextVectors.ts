import { readLines } from "../data/node/lines.ts";
import { UserError } from "../tensor/errors.ts";
import { detached } from "../text/detached.ts";

/** A word and its numbers. */
export interface WordVector {
  readonly word: string;
  readonly vector: Float32Array;
}

/** What a file says of itself, or its first line shows. */
export interface VectorSizes {
  /** Numbers of a vector. */
  readonly size: number;
  /** The words that its first line promises; null if there is no such line. */
  readonly words: number | null;
}

/**
 * Reads vectors as text, a word and its numbers a line with spaces between: word2vec's and fastText's with a
 * first line of sizes, GloVe's without. Numbers are read of wanted words only, but every line is counted.
 * A word may have spaces in it, as some of GloVe's do.
 *
 * @throws UserError naming the line that is damaged, or the last one if words are missing.
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
        `${path}: line ${line} has ${Math.max(0, spaces)} numbers where ${size} are expected; copy the file again.`,
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
      `${path}: it ends at line ${last} with ${found} words where its first line promises ${words}; copy it again.`,
    );
  }
}

/** Where a line ends; fastText puts a space there. */
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

/** Where the word ends, of a line with more spaces than numbers. */
function endOfWord(text: string, end: number, size: number): number {
  let at = end;
  for (let number = 0; number < size; number++) at = text.lastIndexOf(" ", at - 1);
  return at;
}

function numbers(text: string, path: string, line: number): Float32Array {
  return Float32Array.from(text.split(" "), (field) => {
    // As float32, which ends at 3.4·10³⁸.
    const value = Math.fround(Number(field));
    if (field !== "" && Number.isFinite(value)) return value;
    throw new UserError(
      `${path}: line ${line} has "${field.slice(0, 40)}" in the place of a number; copy the file again.`,
    );
  });
}
