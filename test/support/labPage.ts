/// <reference lib="dom" />
/** @file What tests, benchmarks and pictures of the lab read of its page. */

import type { Page } from "playwright-core";

/** What the page says of the training. */
export interface LabFacts {
  readonly status: string;
  readonly step: number;
  /** Of the newest step; NaN before the first. */
  readonly loss: number;
  /** The share of held-out outputs that are right; NaN before the first look. */
  readonly right: number;
}

/** The facts of the page; before it is there, no status. */
export function labFacts(page: Page): Promise<LabFacts> {
  return page.evaluate(() => {
    const main = document.querySelector<HTMLElement>("main.lab");
    const { labStatus = "", labStep, loss, right } = { ...main?.dataset };
    return { status: labStatus, step: Number(labStep), loss: Number(loss), right: Number(right) };
  });
}

/** Waits until the run, or that of two which is furthest, has taken a step. */
export async function untilStep(page: Page, step: number): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      Number(document.querySelector<HTMLElement>("main.lab")?.dataset["labStep"]) >= wanted,
    step,
    { timeout: 300_000 },
  );
}

/** Waits until the training has one of some states. */
export async function untilStatus(page: Page, ...states: readonly string[]): Promise<void> {
  await page.waitForSelector(
    states.map((status) => `main.lab[data-lab-status="${status}"]`).join(", "),
    { timeout: 300_000 },
  );
}

/** Words of letters and the same from behind, a row each. */
export const ownRows = (letters: string, count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const all = [...letters];
    const word = [1, 7, 49].map((part) => all[Math.floor(index / part) % all.length]);
    return `${word.join("")}\t${word.toReversed().join("")}`;
  }).join("\n");
