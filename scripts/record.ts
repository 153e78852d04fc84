/**
 * @file `npm run record -- [FILE] [--compare FILE] [--checkout DIR] [--quick]`: hashes what seq2see computes
 * (trained weights, translations, traces, evaluations) into a JSON file, and compares it with an earlier one.
 * Fails where they differ. `--checkout` records another built checkout; `--quick` what the test has time for.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { RecordFile } from "../test/support/recorded.ts";
import { differences, record } from "../test/support/recorded.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    checkout: { type: "string", default: "." },
    compare: { type: "string" },
    quick: { type: "boolean", default: false },
  },
});
const [path] = positionals;
const recorded = await record(values.checkout, values.quick);
if (path !== undefined) writeFileSync(path, `${JSON.stringify(recorded, null, 2)}\n`);
console.log(`${Object.keys(recorded.results).length} results`);
if (values.compare !== undefined) {
  const before = JSON.parse(readFileSync(values.compare, "utf8")) as RecordFile;
  const isSameMachine = before.machine === recorded.machine;
  if (!isSameMachine) console.log("Other kind of machine: only layouts and sizes are compared.");
  const found = differences(recorded, before);
  for (const line of found) console.log(line);
  console.log(found.length === 0 ? "No difference" : `${found.length} differences`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
