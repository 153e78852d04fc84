/// <reference lib="dom" />
/**
 * @file Screenshots of the lab: every task after some training, two runs side by side, and what a reader may come to. Each is trained
 * once and seen at 1280 and 390 pixels, in light and dark colours, in both languages.
 */

import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { taskNames } from "../src/lab/task.ts";
import { ownRows, untilStatus, untilStep } from "../test/support/labPage.ts";
import { openTab } from "../test/support/studioPage.ts";

/** Leads a page to what is to be seen, in English and in a wide window. */
type Way = (page: Page) => Promise<void>;

/** Goes to an experiment, trains it for some steps, and pauses. */
async function train(page: Page, place: string, steps: number): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = `${hash}&lang=en`;
  }, place);
  await page.waitForTimeout(300);
  await untilStatus(page, "paused", "running");
  await goOnTo(page, steps);
}
async function goOnTo(page: Page, steps: number): Promise<void> {
  const button = page.locator(".transport .go");
  await untilStatus(page, "paused");
  await button.click();
  await untilStep(page, steps);
  await button.click();
  await untilStatus(page, "paused");
}
async function giveOwn(page: Page, rows: string): Promise<void> {
  await page.evaluate(() => {
    location.hash = "lab=own&hidden=32&embedding=16&lang=en";
  });
  await page.locator(".own textarea").fill(rows);
  await page.getByRole("button", { name: "Use these pairs" }).click();
}
async function learnOwn(page: Page, rows: string): Promise<void> {
  await giveOwn(page, rows);
  await page.locator(".alignment").waitFor();
  await goOnTo(page, 200);
}
const unfold = async (page: Page, ...names: readonly string[]): Promise<void> => {
  for (const name of names) await page.locator(`[data-folded="${name}"] > summary`).click();
};

/** Steps after which most tasks are half learned, so that right and wrong is seen. */
const enough: Readonly<Record<string, number>> = { add: 900, pronunciation: 900, numbers: 500 };
const bottleneck = "lab=reverse&hidden=32&versus=attention:none&watch=blackboard";

/** What is shown, by name. */
export const labSights: Readonly<Record<string, Way>> = {
  ...Object.fromEntries(
    taskNames
      .filter((name) => name !== "own")
      .map((name): [string, Way] => [
        name,
        (page) => train(page, `lab=${name}`, enough[name] ?? 300),
      ]),
  ),
  own: (page) => learnOwn(page, `${ownRows("abcdefg", 340)}\n\tno source`),
  two: (page) => train(page, bottleneck, 500),
  "two-inside": async (page) => {
    await train(page, `${bottleneck}&seed=2`, 200);
    await page.keyboard.press(".");
    await unfold(page, "lab step", "lab weights", "lab embeddings");
    await page.waitForTimeout(1500);
  },
  /** Nothing is drawn yet: ONNX Runtime has not come. */
  before: async (page) => {
    await page.route("**/onnxruntime/**", () => {});
    await page.goto(`${new URL(page.url()).origin}/#lab=reverse&lang=en`);
    await page.reload();
    await page.locator(".waiting").waitFor();
  },
  /** The state before the first step. */
  untrained: async (page) => {
    await page.evaluate(() => {
      location.hash = "lab=dates&lang=en";
    });
    await page.locator(".alignment svg").first().waitFor();
  },
  inside: async (page) => {
    await train(page, "lab=reverse&seed=2", 200);
    await page.keyboard.press(".");
    await unfold(page, "lab step", "lab weights", "lab embeddings", "lab model", "lab learning");
    await page.locator("[data-folded='lab weights'] li button canvas").first().waitFor();
    await page.locator(".map .token").first().waitFor();
    // All that is loaded has its place.
    await page.waitForTimeout(1500);
    await page.locator("[data-folded='lab weights'] li button").nth(3).click();
    await page.locator(".map").focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(1500);
  },
  early: async (page) => {
    await train(page, "lab=reverse&seed=3", 250);
    await page.keyboard.press("Home");
    for (let place = 0; place < 4; place++) await page.keyboard.press("ArrowRight");
  },
  stale: async (page) => {
    await train(page, "lab=copy&seed=2", 60);
    await page.locator("[data-option='attention'] select").selectOption("additive");
    await page.locator("[data-option='hidden'] input").fill("63");
    await page.locator("[data-option='hidden'] input").press("Tab");
  },
  failed: async (page) => {
    await page.evaluate(() => {
      location.hash = "lab=reverse&optimizer=sgd&learningRate=1e30&run=1&lang=en";
    });
    await untilStatus(page, "failed");
  },
  kept: async (page) => {
    await train(page, "lab=reverse&seed=4", 60);
    await page.getByRole("button", { name: "Keep in this browser" }).click();
    await page.locator(".exchange li").first().waitFor();
    await page.getByRole("button", { name: "Download" }).click();
    await page.getByText("holds the folder").waitFor();
  },
  "bad-pairs": (page) => giveOwn(page, "one\ntwo\nthree"),
  "few-pairs": (page) => giveOwn(page, "a\tb\nc\td"),
  "right-to-left": (page) => learnOwn(page, ownRows("אבגדהוז", 340)),
  emoji: (page) => learnOwn(page, ownRows("🙂🚀🌍🎲🍋🔑🎈", 340)),
  "own-empty": async (page) => {
    await page.evaluate(() => {
      location.hash = "lab=own&lang=en";
    });
    await page.locator(".own").waitFor();
  },
};

/**
 * Takes the screenshots of some sights.
 *
 * @param forms widths and colours, as in `scripts/screenshots.ts`.
 */
export async function shootLab(
  browser: Browser,
  { url, folder, sights }: { url: string; folder: string; sights: readonly string[] },
): Promise<void> {
  for (const sight of sights) {
    const tab = await openTab(browser, url, { viewport: { width: 1280, height: 900 } });
    const { page } = tab;
    await page.goto(`${url}/#lab=reverse&lang=en`);
    await untilStatus(page, "paused");
    await (labSights[sight] as Way)(page);
    // What is fixed to the screen would cover content in a full-page screenshot.
    await page.addStyleTag({
      content: ".transport, body > header, .masthead { position: static !important; }",
    });
    for (const locale of ["en", "zh"]) {
      const other = page.getByRole("button", {
        name: locale === "zh" ? "中文" : "English",
        exact: true,
      });
      if ((await other.count()) > 0) await other.click();
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          await page.waitForTimeout(400);
          await page.screenshot({
            path: join(folder, `lab-${sight}-${locale}-${width}-${colorScheme}.png`),
            fullPage: true,
          });
        }
      }
    }
    for (const fault of tab.faults) console.error(`${sight}: ${fault}`);
    await tab.context.close();
  }
}
