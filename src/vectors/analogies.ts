/** @file Questions "a is to b as c is to what?" by section, and how many of them vectors answer correctly. */

import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import type { WordVectors } from "./wordVectors.ts";

/** A question: a is to b as c is to the answer. */
export type AnalogyQuestion = readonly [a: string, b: string, c: string, answer: string];

/** Questions of one kind. */
export interface AnalogySection {
  readonly name: string;
  readonly questions: readonly AnalogyQuestion[];
}

/** The results of a section. */
export interface AnalogyScore {
  readonly name: string;
  readonly correct: number;
  /** Questions whose four words all have a vector. */
  readonly asked: number;
  /** The number of other questions, which are not counted. */
  readonly skipped: number;
}

/**
 * Parses questions line by line: `: name` begins a section, any other line has four words. This is the format of
 * Mikolov et al.'s `questions-words.txt` (2013, https://arxiv.org/abs/1301.3781, §4.1).
 *
 * @param name the file's name in errors.
 * @throws UserError naming the line that does not have four words, or if there are no questions.
 */
export function parseAnalogies(lines: readonly string[], name: string): AnalogySection[] {
  const sections: { name: string; questions: AnalogyQuestion[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const parts = line.split(/\s+/).filter((part) => part !== "");
    if (parts.length === 0) continue;
    if (parts[0]?.startsWith(":")) {
      sections.push({ name: line.trim().slice(1).trim() || "unnamed", questions: [] });
      continue;
    }
    if (parts.length !== 4) {
      throw new UserError(
        `${name}: line ${index + 1} has ${counted(parts.length, "word")}; a question has four, and a section begins with ": name".`,
      );
    }
    if (sections.length === 0) sections.push({ name: "questions", questions: [] });
    sections.at(-1)?.questions.push(parts as unknown as AnalogyQuestion);
  }
  if (sections.every(({ questions }) => questions.length === 0)) {
    throw new UserError(`${name}: there are no questions; give lines of four words.`);
  }
  return sections;
}

/**
 * Asks the questions whose words all have a vector. A word without one is looked up in lower case, because
 * many tables contain only lower case.
 */
export async function scoreAnalogies(
  vectors: WordVectors,
  sections: readonly AnalogySection[],
): Promise<AnalogyScore[]> {
  const scores: AnalogyScore[] = [];
  for (const { name, questions } of sections) {
    const known = questions
      .map((words) => words.map((word) => vectors.spellingOf(word) ?? null))
      .filter((words): words is string[] => !words.includes(null));
    const answers = await vectors.analogies(
      known.map(([a, b, c]) => [a, b, c] as [string, string, string]),
    );
    const correct = answers.filter((answer, index) => answer === known[index]?.[3]).length;
    scores.push({ name, correct, asked: known.length, skipped: questions.length - known.length });
  }
  return scores;
}
