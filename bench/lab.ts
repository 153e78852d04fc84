/**
 * @file `npm run bench:lab [-- start frames TASK…]`: measures trainings in the page of the lab, in headless Chromium
 * with one thread: the seconds until a task is learned, the times between frames meanwhile, and the time from opening a
 * link to the first picture of its training.
 */

import { cpus } from "node:os";
import type { Page } from "playwright-core";
import { type LabFacts, labFacts } from "../test/support/labPage.ts";
import { openTab, startChromium, startStudio } from "../test/support/studioPage.ts";

const seeds = [1, 2, 3, 4, 5];
/** The share of held-out outputs that is waited for, and the seconds in which it should be reached. */
const goals: Readonly<Record<string, { readonly share: number; readonly aim: number }>> = {
  reverse: { share: 0.95, aim: 10 },
  dates: { share: 0.95, aim: 45 },
  copy: { share: 0.95, aim: 10 },
  sort: { share: 0.95, aim: 10 },
  numbers: { share: 0.95, aim: 30 },
  add: { share: 0.9, aim: 60 },
  // English spelling does not say everything: no model of this size gets much further.
  pronunciation: { share: 0.5, aim: 30 },
};
const parts = ["start", "frames", ...Object.keys(goals)];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.includes(name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}; name some of ${parts.join(", ")}.`);
  process.exit(2);
}
const isAsked = (part: string): boolean => asked.length === 0 || asked.includes(part);

const at = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] as number;
};
const listed = (values: readonly number[], digits: number): string =>
  values.map((value) => value.toFixed(digits)).join(", ");

const browser = await startChromium();
const studio = await startStudio();
const [processor] = cpus();
console.log(
  `${processor?.model ?? "unknown processor"}, ${cpus().length} cores; Node ${process.version}, Chromium ${browser.version()}`,
);

/** What the page says of its run, and how many milliseconds after its address was opened. */
type Facts = LabFacts & { readonly milliseconds: number };

const factsOf = async (page: Page): Promise<Facts> => ({
  ...(await labFacts(page)),
  milliseconds: await page.evaluate(() => performance.now()),
});

/** Opens a link that starts a training, in a browser that has seen nothing of the studio. */
async function openLab(settings: string): Promise<{ page: Page; close: () => Promise<void> }> {
  const { page, context, faults } = await openTab(browser, studio.url, {
    reducedMotion: "no-preference",
  });
  await page.goto(`${studio.url}/#${settings}&run=1`);
  return {
    page,
    close: async () => {
      await context.close();
      if (faults.length > 0) throw new Error(faults.join("\n"));
    },
  };
}

/** Waits until the page says so, and returns what it says then. */
async function until(
  page: Page,
  isReached: (facts: Facts) => boolean,
  most: number,
): Promise<Facts> {
  for (const begin = performance.now(); performance.now() - begin < 1000 * most; ) {
    const facts = await factsOf(page);
    if (facts.status === "failed") throw new Error("The training failed.");
    if (isReached(facts)) return facts;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`This was not reached in ${most} seconds.`);
}

/** Trains with each seed until so many held-out outputs are right. */
async function secondsUntil(task: string, share: number, aim: number): Promise<void> {
  const training: number[] = [];
  const steps: number[] = [];
  for (const seed of seeds) {
    const { page, close } = await openLab(`lab=${task}&seed=${seed}`);
    const first = await until(page, ({ step }) => step > 0, 60);
    const reached = await until(page, ({ right }) => right >= share, 8 * aim);
    training.push((reached.milliseconds - first.milliseconds) / 1000);
    steps.push(reached.step);
    await close();
  }
  console.log(
    `${task}: ${100 * share} % of held-out outputs right after ${at(training, 0.5).toFixed(1)} s (aim ${aim}); by seed ${listed(training, 1)} s; steps ${steps.join(", ")}`,
  );
}

/** Times between frames while a run trains. */
async function frames(task: string): Promise<void> {
  const { page, close } = await openLab(`lab=${task}`);
  await until(page, ({ step }) => step > 20, 60);
  const times = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const intervals: number[] = [];
        let before = performance.now();
        const frame = (now: number): void => {
          intervals.push(now - before);
          before = now;
          if (intervals.length < 600) requestAnimationFrame(frame);
          else resolve(intervals.slice(5));
        };
        requestAnimationFrame(frame);
      }),
  );
  const { step, right } = await factsOf(page);
  await close();
  console.log(
    `${task}: frames while it trains: median ${at(times, 0.5).toFixed(1)} ms, 95th percentile ${at(times, 0.95).toFixed(1)} ms (aim 17), 99th ${at(times, 0.99).toFixed(1)} ms, longest ${at(times, 1).toFixed(0)} ms; up to step ${step}, ${(100 * right).toFixed(0)} % right`,
  );
}

/** From opening a link, in a browser without a cache, to the first alignment that is drawn of its training. */
async function starts(task: string): Promise<void> {
  const seconds: number[] = [];
  for (const seed of seeds) {
    const begin = performance.now();
    const { page, close } = await openLab(`lab=${task}&seed=${seed}`);
    await page.waitForSelector("main[data-right] [data-run] svg", { timeout: 60_000 });
    seconds.push((performance.now() - begin) / 1000);
    await close();
  }
  console.log(
    `${task}: from the link to the first picture ${at(seconds, 0.5).toFixed(1)} s (aim 3); by seed ${listed(seconds, 1)} s`,
  );
}

try {
  if (isAsked("start")) {
    await starts("reverse");
    await starts("dates");
  }
  if (isAsked("frames")) {
    await frames("reverse");
    await frames("dates");
  }
  for (const [task, { share, aim }] of Object.entries(goals)) {
    if (isAsked(task)) await secondsUntil(task, share, aim);
  }
} finally {
  await browser.close();
  studio.process.kill();
}
