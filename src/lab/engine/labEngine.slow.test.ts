/** A long run of the lab: it keeps what it shows, and no more. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { listenedEngine, newRun } from "../../../test/support/labRuns.ts";
import { mostFigures, mostLooks } from "../keptSteps.ts";

setFlagsFromString("--expose_gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** The bytes that are in use, of values and of the memory behind arrays. */
function bytesInUse(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test("the memory of a run stays flat over 8,000 steps", async () => {
  const { engine, steps, looks, reached } = listenedEngine();
  const model = { hidden: 4, embedding: 4, layers: 1, dropout: 0 };
  await engine.ask("begin", { beginning: newRun({ model, batch: 4 }), watched: ["abc"] });
  await engine.ask("go", { speed: "full" });
  const used: number[] = [];
  for (const step of [2000, 5000, 8000]) {
    await reached(step);
    await engine.ask("pause", {});
    // What was heard is the page's to keep.
    steps.splice(0, steps.length - 1);
    looks.splice(0, looks.length - 1);
    used.push(bytesInUse());
    await engine.ask("go", { speed: "full" });
  }
  const [early, , late] = used as [number, number, number];
  expect(late - early).toBeLessThan(2 * 2 ** 20);
  const { history } = await engine.ask("keep", {});
  expect(history.looks.length).toBeLessThanOrEqual(mostLooks);
  expect(history.steps.length).toBeLessThanOrEqual(mostFigures + 1);
  await engine.ask("end", {});
});
