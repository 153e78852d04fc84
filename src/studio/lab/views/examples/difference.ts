/** @file How an output differs from the right one, letter by letter or word by word. Pure. */

/** What a text is compared in. */
export type Unit = "letter" | "word";

/** What is the matter with a part of an output: it is as it should be, it is another, it is too many, or it is not there. */
export type Fit = "right" | "wrong" | "extra" | "missing";

/** A part of an output, or the gap where one is missing. */
export interface FittedPart {
  readonly fit: Fit;
  /** What was said; empty where it is missing. */
  readonly text: string;
  /** What should have been said here; empty where there should be nothing. */
  readonly wanted: string;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The letters of a text as a reader sees them, or its words, each with the space after it. */
export function unitsOf(text: string, unit: Unit): string[] {
  if (unit === "word") return text.match(/\S+\s*/g) ?? [];
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** What texts are compared in: words, if at least half of them have several, and letters otherwise. */
export function unitFor(texts: readonly string[]): Unit {
  const several = texts.filter((text) => /\S\s+\S/.test(text)).length;
  return several > 0 && 2 * several >= texts.length ? "word" : "letter";
}

/**
 * Aligns an output with the right one by the fewest changes (Levenshtein, 1966): the parts of both, in order. Of several ways
 * that need as few, the one is taken that changes parts rather than leaves some out, from the end of the text on.
 *
 * @param output what was said.
 * @param right  what should have been said.
 */
export function fitted(output: readonly string[], right: readonly string[]): FittedPart[] {
  const same = (row: number, column: number): boolean =>
    output[row - 1]?.trim() === right[column - 1]?.trim() &&
    (output[row - 1]?.trim() !== "" || output[row - 1] === right[column - 1]);
  const width = right.length + 1;
  const costs = new Uint32Array((output.length + 1) * width);
  const cost = (row: number, column: number): number => costs[row * width + column] as number;
  for (let row = 0; row <= output.length; row++) {
    for (let column = 0; column < width; column++) {
      costs[row * width + column] =
        row === 0 || column === 0
          ? row + column
          : Math.min(
              cost(row - 1, column - 1) + Number(!same(row, column)),
              cost(row - 1, column) + 1,
              cost(row, column - 1) + 1,
            );
    }
  }
  const parts: FittedPart[] = [];
  let [row, column] = [output.length, right.length];
  while (row > 0 || column > 0) {
    const here = cost(row, column);
    const text = output[row - 1] ?? "";
    const wanted = right[column - 1] ?? "";
    if (row > 0 && column > 0 && same(row, column) && here === cost(row - 1, column - 1)) {
      parts.push({ fit: "right", text, wanted });
      [row, column] = [row - 1, column - 1];
    } else if (row > 0 && column > 0 && here === cost(row - 1, column - 1) + 1) {
      parts.push({ fit: "wrong", text, wanted });
      [row, column] = [row - 1, column - 1];
    } else if (row > 0 && here === cost(row - 1, column) + 1) {
      parts.push({ fit: "extra", text, wanted: "" });
      row--;
    } else {
      parts.push({ fit: "missing", text: "", wanted });
      column--;
    }
  }
  return parts.reverse();
}

/** Neighbouring parts that are equally right or wrong as one, so that a text is said in few pieces. */
export function inRuns(parts: readonly FittedPart[]): FittedPart[] {
  const runs: FittedPart[] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last?.fit === part.fit) {
      runs[runs.length - 1] = {
        fit: part.fit,
        text: last.text + part.text,
        wanted: last.wanted + part.wanted,
      };
    } else runs.push(part);
  }
  return runs;
}

/**
 * Which tokens of an output are right, and whether it ends where it should. A token of several letters is right if all
 * of them are.
 *
 * @param tokens as the tokenizer has them; "▁" stands for the space before a word.
 * @param right  the right output, as text.
 */
export function rightTokens(
  tokens: readonly string[],
  right: string,
): { readonly tokens: readonly boolean[]; readonly end: boolean } {
  const texts = tokens.map((token) => token.replaceAll("\u2581", " "));
  // Where tokens are words, their spaces stand between them and are no tokens.
  const hasSpaces = texts.some((text) => text.includes(" ")) || !right.includes(" ");
  const lettersOf = (text: string): string[] =>
    /^<.*>$/.test(text) ? [text] : unitsOf(hasSpaces ? text : text.replaceAll(" ", ""), "letter");
  const letters = texts.map(lettersOf);
  const owners = letters.flatMap((own, token) => own.map(() => token));
  // The first of a sentence's pieces has a mark of a space that the text does not have.
  const isMarked = hasSpaces && texts[0]?.startsWith(" ") && !right.startsWith(" ");
  const parts = fitted(letters.flat(), [...(isMarked ? [" "] : []), ...lettersOf(right)]);
  const isRight = tokens.map(() => true);
  let at = 0;
  for (const { fit } of parts) {
    if (fit === "missing") continue;
    if (fit !== "right") isRight[owners[at] as number] = false;
    at++;
  }
  return { tokens: isRight, end: parts.at(-1)?.fit !== "missing" };
}
