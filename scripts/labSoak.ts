/**
 * @file `npm run lab-soak -- [--minutes M] [--seeds 1,2,3] [--slower N]`: uses the lab with two runs as a restless reader would,
 * in Chromium, and says how soon the page answered. It fails if the page does not answer, logs an error, or trains no more.
 */

import { parseArgs } from "node:util";
import { labFacts, untilStatus } from "../test/support/labPage.ts";
import { slowDown, soak } from "../test/support/labSoak.ts";
import { openTab, startChromium, startStudio } from "../test/support/studioPage.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "3" },
    seeds: { type: "string", default: "1" },
    slower: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
  },
});
const minutes = Number(values.minutes);
const seeds = values.seeds.split(",").map(Number);
const slower = Number(values.slower);

const at = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[
    Math.min(values.length - 1, Math.floor(share * values.length))
  ] ?? 0;

const browser = await startChromium();
const studio = await startStudio();
let isFaultless = true;
for (const seed of seeds) {
  const tab = await openTab(browser, studio.url, { reducedMotion: "no-preference" });
  const { page, context, faults } = tab;
  await page.goto(`${studio.url}/#lab=reverse&hidden=32&versus=attention:none&run=1`);
  await untilStatus(page, "running");
  await slowDown(tab, slower);
  const begin = performance.now();
  try {
    const { actions, answers, steps } = await soak(page, {
      seed,
      goesOn: () => performance.now() - begin < 60_000 * minutes,
      ...(values.verbose && { onaction: (name) => console.log(`  ${name}`) }),
    });
    const size = await page.evaluate(
      () => (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0,
    );
    const [middle, late, last] = [0.5, 0.95, 1].map((share) => at(answers, share).toFixed(0));
    const slowest = actions[answers.indexOf(at(answers, 1))];
    console.log(
      `seed ${seed}: ${actions.length} actions in ${minutes} min; a frame after an action: median ${middle} ms, 95th percentile ${late} ms, longest ${last} ms (${slowest}); ${steps} steps in the checks; ${page.workers().length} workers; ${(size / 1e6).toFixed(0)} MB`,
    );
  } catch (error) {
    isFaultless = false;
    console.error(String(error));
    console.error(await labFacts(page).catch(String));
  }
  for (const fault of faults) console.error(fault);
  isFaultless &&= faults.length === 0;
  await context.close();
}
await browser.close();
studio.process.kill();
process.exitCode = isFaultless ? 0 : 1;
