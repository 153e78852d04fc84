import { type Candidate, nearest } from "./nearest.ts";
import { OptionError } from "./optionError.ts";

/**
 * Refuses what is not an option: nothing else would tell that a misspelt one has no effect.
 *
 * @param names the options, with their names in other tools.
 * @param of    what they are options of, such as "translation".
 * @throws OptionError naming the first other key, and the option that it probably means.
 */
export function checkKnownKeys(
  names: readonly (Candidate | string)[],
  given: object,
  of: string,
): void {
  const known = new Set(names.map((each) => (typeof each === "string" ? each : each.name)));
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || known.has(key)) continue;
    const suggestions = nearest(key, names).map((name) => `{${name}}`);
    const problem = `there is no such option of ${of}`;
    throw new OptionError({ key, value, problem, remedy: "leave it out", suggestions });
  }
}
