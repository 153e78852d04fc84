import { readLines } from "../data/node/lines.ts";
import type { Dictionary } from "../decoding/unknownWords.ts";
import { UserError } from "../tensor/errors.ts";

/**
 * Reads `--dictionary`: one line per translation of a word, source and target separated by a tab, or by a
 * space if both are single words; a probability may follow. Of several translations, the most probable one is
 * used; ties go to the first.
 *
 * @throws UserError naming the line that has another form.
 */
export async function readDictionary(path: string): Promise<Dictionary> {
  const best = new Map<string, { readonly target: string; readonly probability: number }>();
  for await (const { text, line } of readLines(path)) {
    if (text.trim() === "") continue;
    const cells = text.split(text.includes("\t") ? "\t" : /\s+/).map((cell) => cell.trim());
    const [source, target, typed = "1", ...more] = cells;
    const probability = Number(typed);
    if (!source || !target || more.length > 0 || !(probability >= 0)) {
      throw new UserError(
        `--dictionary ${path}: line ${line} is no translation of a word; write source, target and, if you like, a probability, with tabs between.`,
      );
    }
    if (probability > (best.get(source)?.probability ?? -1))
      best.set(source, { target, probability });
  }
  return new Map([...best].map(([source, { target }]) => [source, target]));
}
