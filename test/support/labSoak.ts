/// <reference lib="dom" />
/** @file Uses the lab as a restless reader would, in an order that a seed decides, and asks all along whether it still answers. */

import type { Page } from "playwright-core";
import { taskNames } from "../../src/lab/task.ts";
import { Random } from "../../src/tensor/random.ts";
import { labFacts } from "./labPage.ts";
import type { StudioPage } from "./studioPage.ts";

/** The longest that a page may need for anything, in milliseconds: far more than on a slow machine, and less than for ever. */
const longest = 120_000;
/** After so many actions it is asked whether steps go on. */
const checkEvery = 12;

/** What a restless reader does. */
export interface Soak {
  readonly seed: number;
  /** Says after each action whether there is to be another one. */
  goesOn(done: number): boolean;
  /** Told of each action before it is taken. */
  onaction?: (name: string) => void;
  /** The longest that the reader waits between two actions, in milliseconds. */
  readonly pause?: number;
}

/** What became of it. */
export interface Soaked {
  readonly actions: readonly string[];
  /** How long the page took for a frame after each action, in milliseconds. */
  readonly answers: readonly number[];
  /** The steps that were counted all together. */
  readonly steps: number;
}

type Action = (page: Page, random: Random) => Promise<void>;

const one = <Item>(random: Random, items: readonly Item[]): Item =>
  items[random.integer(items.length)] as Item;
const press =
  (key: string): Action =>
  (page) =>
    page.keyboard.press(key);
/** Clicks one of the elements that are there and can be used; without one, does nothing. */
const click =
  (selector: string): Action =>
  async (page, random) => {
    const all = await page.locator(selector).all();
    if (all.length === 0) return;
    const chosen = one(random, all);
    // What is drawn anew meanwhile is not there any more.
    await chosen.click({ timeout: 5000, force: true }).catch(ifGone);
  };
/** Gives a field one of some values. */
const choose =
  (selector: string, values: readonly string[]): Action =>
  async (page, random) => {
    const field = page.locator(selector);
    if ((await field.count()) === 0 || !(await field.isEnabled())) return;
    await field.selectOption(one(random, values), { timeout: 5000 }).catch(ifGone);
  };
const type =
  (selector: string, values: readonly string[]): Action =>
  async (page, random) => {
    const field = page.locator(selector);
    if ((await field.count()) === 0) return;
    await field.fill(one(random, values), { timeout: 5000 }).catch(ifGone);
    await field.press(one(random, ["Enter", "Tab"]), { timeout: 5000 }).catch(ifGone);
  };
function ifGone(error: unknown): void {
  const isGone =
    /Timeout|detached|not attached|not visible|outside of the viewport|did not find/.test(
      String(error),
    );
  if (!isGone) throw error;
}
const several =
  (action: Action, most: number): Action =>
  async (page, random) => {
    for (let count = 1 + random.integer(most); count > 0; count--) await action(page, random);
  };

/** Opens an experiment by its address, most of them with two runs. */
const open: Action = async (page, random) => {
  const task = one(
    random,
    taskNames.filter((name) => name !== "own"),
  );
  const place = new URLSearchParams({
    lab: task,
    hidden: one(random, ["16", "32", "64"]),
    ...(random.integer(4) > 0 && {
      versus: one(random, ["attention:none", "cell:lstm", "reverseSource:true"]),
    }),
    ...(random.integer(2) > 0 && { run: "1" }),
  });
  await page.evaluate((hash) => {
    location.hash = hash;
  }, String(place));
};

/** All actions, each with how often it is taken among the others. */
const actions: Readonly<Record<string, readonly [weight: number, action: Action]>> = {
  "train or pause": [14, press("Space")],
  step: [8, press(".")],
  "several steps": [4, several(press("."), 5)],
  "start again": [4, click(".transport .again:enabled")],
  "change the speed": [4, choose(".transport select", ["1", "3", "10", "30", "full", "full"])],
  "open an address": [4, open],
  "choose a task": [3, click(".tasks button")],
  "open an experiment": [2, click("nav .row a[href*='lab=']")],
  "change the size": [3, type("[data-option='hidden'] input", ["16", "32", "64", "63"])],
  "change attention": [
    2,
    choose("[data-option='attention'] select", ["none", "general", "additive"]),
  ],
  "change the cell": [2, choose("[data-option='cell'] select", ["gru", "lstm"])],
  "compare, or not": [
    3,
    choose(".settings .row select[id]:not([aria-describedby])", [
      "",
      "attention:none",
      "cell:lstm",
    ]),
  ],
  "train with new settings": [3, click(".stale button")],
  "fold or unfold": [8, click("details summary")],
  "look into the other run": [4, click(".folded .choice button")],
  "open a parameter": [3, click("[data-folded='lab weights'] li button")],
  "go back a checkpoint": [6, several(press("ArrowLeft"), 8)],
  "go on a checkpoint": [4, several(press("ArrowRight"), 4)],
  "go to the first": [2, press("Home")],
  "follow the newest": [5, press("End")],
  "choose a frame": [3, click(".film [role='button'], .matrix ol button")],
  "click into the curves": [3, click(".curves")],
  "watch a text": [
    4,
    type(".alignment input", ["abc", "reading", "12+34", "backwards", "zwei", ""]),
  ],
  "leave the field": [
    6,
    (page) =>
      page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      }),
  ],
  "change the language": [2, click("header button")],
  "leave for the story and come back": [
    1,
    async (page) => {
      await page.evaluate(() => {
        location.hash = "lang=en";
      });
      await page.waitForSelector("main:not(.lab)");
      await page.goBack();
      await page.waitForSelector("main.lab");
    },
  ],
};
const drawn = Object.entries(actions).flatMap(([name, [weight]]) =>
  Array<string>(weight).fill(name),
);

/** Makes a page so many times slower, but not its workers: they then tell it more than it can draw. */
export async function slowDown({ page, context }: StudioPage, times: number): Promise<void> {
  const protocol = await context.newCDPSession(page);
  await protocol.send("Emulation.setCPUThrottlingRate", { rate: times });
}

/** Uses the page until it is to end; throws an error if it does not answer, has failed, or takes no steps any more. */
export async function soak(
  page: Page,
  { seed, goesOn, onaction, pause = 400 }: Soak,
): Promise<Soaked> {
  const random = new Random(seed);
  page.setDefaultTimeout(longest);
  const done: string[] = [];
  const answers: number[] = [];
  let steps = 0;
  const told = (what: string): Error =>
    new Error(
      `Seed ${seed}, after ${done.length} actions: ${what} The last ones: ${done.slice(-15).join("; ")}.`,
    );
  while (goesOn(done.length)) {
    const name = one(random, drawn);
    onaction?.(name);
    done.push(name);
    await (actions[name] as (typeof actions)[string])[1](page, random);
    answers.push(await answerOf(page).catch((error) => Promise.reject(told(String(error)))));
    if (pause > 0) await page.waitForTimeout(random.integer(pause));
    if (done.length % checkEvery === 0) steps += await stepsTaken(page, told);
  }
  if (done.length % checkEvery > 0) steps += await stepsTaken(page, told);
  return { actions: done, answers, steps };
}

/** How long the page takes to handle a message and to draw a frame after it. */
async function answerOf(page: Page): Promise<number> {
  const begin = performance.now();
  const frame = page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The page does not answer.")), longest);
  });
  try {
    await Promise.race([frame, late]);
  } finally {
    clearTimeout(timer);
  }
  return performance.now() - begin;
}

/** Trains, and expects that steps are taken, with pictures of each run and no error. */
async function stepsTaken(page: Page, told: (what: string) => Error): Promise<number> {
  const state = (): Promise<string> =>
    page.evaluate(() => document.querySelector("main")?.outerHTML.slice(0, 300) ?? "no page");
  const facts = (): ReturnType<typeof labFacts> => labFacts(page);
  const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
    const end = performance.now() + longest;
    while (!(await isSo())) {
      if (performance.now() > end) throw told(`${what} ${await state()}.`);
      await page.waitForTimeout(100);
    }
  };
  // Pairs of the reader's own there are none: that task waits. A training that was sent to the story goes on there.
  await until("The lab is not there.", async () => (await page.locator("main.lab").count()) > 0);
  const { status: first } = await facts();
  const cannotGo = first === "paused" && !(await page.locator(".transport .go").isEnabled());
  if (first === "idle" || cannotGo) await open(page, new Random(1));
  await until("It does not get ready.", async () =>
    ["paused", "running"].includes((await facts()).status),
  );
  const alert = await page.locator("main.lab [role='alert']").allInnerTexts();
  if (alert.length > 0) throw told(`The page says: ${alert.join(" ")}`);
  const { status, step } = await facts();
  if (status === "paused") await page.locator(".transport .go").click();
  await until("No steps are taken.", async () => {
    const now = await facts();
    if (now.status === "failed") throw told("The training has failed.");
    // Started again, it counts from 0.
    return now.status === "running" && (now.step > step || (now.step < step && now.step > 0));
  });
  await until("The pictures are not there.", async () => {
    const [runs, drawings] = await page.evaluate(() => [
      document.querySelectorAll("[data-run]").length,
      document.querySelectorAll("[data-run] svg").length,
    ]);
    return (runs ?? 0) > 0 && (drawings ?? 0) >= (runs ?? 0);
  });
  return Math.max(0, (await facts()).step - step);
}
