/**
 * @file Chinese for what the library says in English. A sentence is translated by its parts, so that a table names clauses and
 * not every sentence that can be made of them.
 */

/**
 * Chinese by English pattern. In a pattern, `{}` is anything, such as a name or a number, which stays as it is, and `<>` is a
 * clause that the table must have too. In the Chinese, `$1` is the first of them, `$2` the second.
 */
export type Clauses = Readonly<Record<string, string>>;

/** Gives the Chinese for an English clause or sentence; null if the table has none for it, or for a part of it. */
export type ClauseTranslator = (english: string) => string | null;

interface Pattern {
  readonly expression: RegExp;
  /** Whether each part is a clause. */
  readonly areClauses: readonly boolean[];
  readonly chinese: string;
  /** The letters that are given, of which a closer pattern has more. */
  readonly letters: number;
}

/**
 * Translates by a table; where several patterns fit, by the one that says most.
 *
 * @param clauses the table of the clauses in its patterns, if it is another one: what is a clause is no sentence then.
 */
export function clauseTranslator(table: Clauses, clauses?: Clauses): ClauseTranslator {
  const patterns = patternsOf(table);
  const translate: ClauseTranslator = (english) => {
    for (const pattern of patterns) {
      const found = translatedBy(pattern, english, translateClause);
      if (found !== null) return found;
    }
    return null;
  };
  const translateClause = clauses ? clauseTranslator(clauses) : translate;
  return translate;
}

function patternsOf(table: Clauses): Pattern[] {
  return Object.entries(table)
    .map(patternOf)
    .sort((one, other) => other.letters - one.letters);
}

const part = /\{\}|<>/;

function patternOf([english, chinese]: readonly [string, string]): Pattern {
  const fixed = english.split(part).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return {
    expression: new RegExp(`^${fixed.join("(.+?)")}$`, "s"),
    areClauses: (english.match(/\{\}|<>/g) ?? []).map((each) => each === "<>"),
    chinese,
    letters: fixed.join("").length,
  };
}

function translatedBy(
  { expression, areClauses, chinese }: Pattern,
  english: string,
  translate: ClauseTranslator,
): string | null {
  const [, ...given] = expression.exec(english) ?? [];
  if (given.length === 0 && !expression.test(english)) return null;
  const said: string[] = [];
  for (const [place, text] of given.entries()) {
    const each = areClauses[place] ? translate(text) : text;
    if (each === null) return null;
    said.push(each);
  }
  return chinese.replace(/\$(\d)/g, (_, number: string) => said[Number(number) - 1] ?? "");
}
