/**
 * No call has as many arguments as data has items: JavaScript puts arguments on the stack, which ends at some
 * 120,000, so that `Math.max(...row)` works for every sentence but a document. `largestOf` and `smallestOf` of
 * `src/tensor/extremes.ts` take any number, and a loop pushes them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Calls that may spread, since the program itself bounds how many items there are; and what does. */
const bounded: Readonly<Record<string, string>> = {
  "order.push(...order.splice(x.rank - 2, 1))": "one axis",
  "order.push(...order.splice(rank - 2, 1))": "one axis",
  "names.push(...split.names)": "the axes of a tensor",
  "before.answers.push(...own)": "the files of references that are named",
  "pairs.push(...read)": "the pairs of a block",
  "states.push(...encoded.states)": "the layers of a model",
  "states.push(...step.states)": "the layers of a model",
  "states.push(...result.states)": "the states of a layer",
  "Math.max(...lengths)": "the sources of one call of a reader's program",
  "Math.max(...sentences.map((ids) => ids.length))":
    "the sources of one call of a reader's program",
  "String.fromCharCode(...bytes.subarray(at + 4, at + 8))": "four bytes",
  "String.fromCharCode(...bytes.subarray(0, magic.length))": "the first bytes of a file",
  "String.fromCharCode(...new Uint8Array(header, 0, magic.length))": "the first bytes of a file",
};

const calls =
  /(?:Math\.(?:max|min|hypot)|String\.from(?:CharCode|CodePoint)|Array\.of|[\w$.?[\]]+\.(?:push|unshift|splice|concat))\(/g;

/** The calls in a source that spread an argument, as they are written. */
function spreadingCalls(source: string): string[] {
  const found: string[] = [];
  for (const match of source.matchAll(calls)) {
    let depth = 0;
    let hasSpread = false;
    for (let at = match.index + match[0].length - 1; at < source.length; at++) {
      const character = source[at] as string;
      if ("([{".includes(character)) depth++;
      if (")]}".includes(character)) depth--;
      if (depth === 1 && source.startsWith("...", at)) hasSpread = true;
      if (depth > 0) continue;
      const call = source.slice(match.index, at + 1).replace(/\s+/g, " ");
      if (hasSpread) found.push(call);
      break;
    }
  }
  return found;
}

test("spreads are found, over several lines too, and only among the arguments", () => {
  expect(
    spreadingCalls("Math.max(...row) + Math.min(\n  0,\n  ...row.map((x) => f(x)),\n)"),
  ).toEqual(["Math.max(...row)", "Math.min( 0, ...row.map((x) => f(x)), )"]);
  expect(spreadingCalls("a.b.push(...list)")).toEqual(["a.b.push(...list)"]);
  expect(spreadingCalls("list.push([...row], f(...row), { ...row }); Math.max(a, b)")).toEqual([]);
});

const root = join(import.meta.dirname, "../src");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (path) => /\.(ts|svelte)$/.test(path) && !path.endsWith(".test.ts"),
);

test("nothing spreads data into a call", () => {
  const found = sources.flatMap((path) =>
    spreadingCalls(readFileSync(join(root, path), "utf8"))
      .filter((call) => !(call in bounded))
      .map((call) => `${path}: ${call}`),
  );
  expect(found).toEqual([]);
});
