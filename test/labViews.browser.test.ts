/** The pictures of a training: what they show can be recomputed from what they show, and they show one moment. */
import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { untilStatus, untilStep } from "./support/labPage.ts";
import { closeFaultless, studioInTests } from "./support/studioInTests.ts";
import type { StudioPage } from "./support/studioPage.ts";
import { brokenRules } from "./support/studioPage.ts";

const studio = studioInTests();

/** What the worker has answered with parameters, as the page got it. */
interface SeenWeights {
  readonly step: number;
  readonly parameters: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly gradient: readonly number[] | null;
  }[];
}

/** Has the page keep the parameters that its worker sends. */
const keepWeights = `
  window.seenWeights = [];
  window.Worker = class extends Worker {
    constructor(address, options) {
      super(address, options);
      this.addEventListener("message", ({ data: { result } }) => {
        if (result?.parameters?.[0]?.values) window.seenWeights.push(result);
      });
    }
  };`;

async function openLab(options: Readonly<Record<string, string>> = {}): Promise<StudioPage> {
  const tab = await studio.open();
  await tab.page.addInitScript(keepWeights);
  const place = new URLSearchParams({ lab: "reverse", hidden: "32", lang: "en", ...options });
  await tab.page.goto(`${studio.url}/#${place}`);
  await isPaused(tab.page);
  return tab;
}
const isPaused = (page: Page): Promise<void> => untilStatus(page, "paused");

/** Trains for so many steps at least. */
async function train(page: Page, steps: number): Promise<void> {
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await untilStep(page, steps);
  await page.getByRole("button", { name: "Pause" }).click();
  await isPaused(page);
}

/** Unfolds a part of the page. */
async function unfold(page: Page, name: string): Promise<Locator> {
  const folded = page.locator(`[data-folded='${name}']`);
  if ((await folded.getAttribute("open")) === null) await folded.locator("> summary").click();
  return folded;
}

/** The numbers of a text, which has true minus signs. */
const numbersIn = (text: string): number[] =>
  [...text.matchAll(/−?\d[\d,]*(?:\.\d+)?(?:e−?\d+)?/g)].map(([number]) =>
    Number(number.replaceAll(",", "").replaceAll("−", "-")),
  );
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

test("the loss of a step can be recomputed from what is shown of it", async () => {
  const tab = await openLab();
  const { page } = tab;
  await page.getByRole("button", { name: "One step" }).click();
  const step = await unfold(page, "lab step");
  const textOf = async (what: string): Promise<string> =>
    (await step.locator(`[data-sum='${what}']`).textContent()) ?? "";

  await step.locator("[data-sum='batch']").waitFor();
  // Each token: −ln p, where p is that of the softmax if it is among the most probable ones.
  const rows = await step.locator("tbody tr").evaluateAll((all) =>
    all.map((row) => ({
      cells: [...row.querySelectorAll("td.number")].map((cell) => cell.textContent ?? ""),
      shares: [...row.querySelectorAll(".share")].map((share) => share.textContent ?? ""),
      right: row.querySelector(".candidate.right .share")?.textContent ?? null,
    })),
  );
  expect(rows.length).toBeGreaterThan(2);
  for (const { cells, shares, right } of rows) {
    const [probability = 0, loss = 0] = cells.flatMap(numbersIn);
    expect(Math.abs(-Math.log(probability) - loss)).toBeLessThan(1e-4 + 5e-5 / probability);
    const likely = shares.flatMap(numbersIn);
    expect(likely).toEqual([...likely].sort((one, other) => other - one));
    expect(sum(likely)).toBeLessThanOrEqual(1.0005);
    if (right !== null) expect(numbersIn(right)[0]).toBe(probability);
  }
  const [, p = "", loss = ""] = /−ln ([\d.e−]+) = ([\d.e−]+)\s*$/.exec(await textOf("token")) ?? [];
  expect(Math.abs(-Math.log(numbersIn(p)[0] ?? 0) - (numbersIn(loss)[0] ?? 0))).toBeLessThan(1e-3);

  // The tokens of the pair, then the pairs of the batch.
  const ofPair = numbersIn(await textOf("pair"));
  expect(ofPair).toHaveLength(rows.length + 1);
  expect(sum(ofPair.slice(0, -1))).toBeCloseTo(ofPair.at(-1) ?? 0, 3);
  const ofBatch = numbersIn(await textOf("batch"));
  const shownLoss = ofBatch.at(-1) ?? 0;
  const [tokenCount = 0, total = 0] = ofBatch.slice(-4, -2);
  const sums = ofBatch.slice(0, -4);
  expect(sums).toContain(ofPair.at(-1));
  expect(sum(sums)).toBeCloseTo(total, 2);
  expect(total / tokenCount).toBeCloseTo(shownLoss, 3);
  const taken = await page.locator("[data-loss]").getAttribute("data-loss");
  expect(Number(taken)).toBeCloseTo(shownLoss, 4);

  // The tokens that are counted are those that are not padding.
  await step.getByRole("button", { name: "Show all" }).click();
  const cells = await step.locator(".target .loss").allTextContents();
  expect(cells).toHaveLength(tokenCount);
  expect(Math.abs(sum(cells.flatMap(numbersIn)) - total)).toBeLessThan(0.005 * tokenCount);
  await closeFaultless(tab);
});

describe("a training that is paused", () => {
  let tab: StudioPage;
  beforeAll(async () => {
    tab = await openLab();
    await train(tab.page, 60);
  });

  test("film, slider, curves and examples show one checkpoint", async () => {
    const { page } = tab;
    const slider = page.getByRole("slider", { name: "Checkpoint" });
    const curves = page.getByRole("slider", { name: /^Curves of the training/ });
    const frames = page.getByRole("button", { name: /^step [\d,]+, output/ });
    await expect.poll(() => frames.count()).toBeGreaterThan(2);

    const frame = frames.nth(1);
    const [step = 0] = numbersIn((await frame.getAttribute("aria-label")) ?? "");
    await frame.click();
    await expect.poll(() => frame.getAttribute("aria-pressed")).toBe("true");
    expect(numbersIn((await slider.getAttribute("aria-valuetext")) ?? "")[0]).toBe(step);
    expect(Number(await curves.getAttribute("aria-valuenow"))).toBe(step);

    // The curves go on from there by keyboard, to a model that knows nothing yet.
    await curves.focus();
    await page.keyboard.press("Home");
    await expect.poll(() => frames.first().getAttribute("aria-pressed")).toBe("true");
    const outputs = page.locator("table [data-right]");
    await expect.poll(() => outputs.count()).toBeGreaterThan(2);
    const wrong = page.locator("table [data-right='false']").first();
    expect(await wrong.locator(".visually-hidden").textContent()).toMatch(
      /^\s*wrong, \d+ letters? to change/,
    );
    const forms = await wrong.locator(".wrong, .extra, .missing").evaluateAll((letters) =>
      letters.map((letter) => {
        const { textDecorationLine, fontWeight } = getComputedStyle(letter);
        return [textDecorationLine, fontWeight, letter.className];
      }),
    );
    expect(forms.length).toBeGreaterThan(0);
    for (const [line, weight, name] of forms) {
      expect(weight).toBe("700");
      if (!name?.includes("missing")) expect(line).toMatch(/underline|line-through/);
    }
  });

  test("the number of a weight is the one that the worker has", async () => {
    const { page } = tab;
    await page.getByRole("slider", { name: "Checkpoint" }).press("End");
    const weights = await unfold(page, "lab weights");
    await weights.getByRole("button", { name: /^encoder\.0\.forward\.bias weights/ }).click();
    const picture = weights.getByRole("slider", { name: /^encoder\.0\.forward\.bias/ });
    await picture.focus();
    for (let press = 0; press < 3; press++) await page.keyboard.press("ArrowRight");
    const said = (await picture.getAttribute("aria-valuetext")) ?? "";
    const [, shown = "", slope = ""] = /\[3\] = (\S+) · gradient (\S+)$/.exec(said) ?? [];
    const sent = (await page.evaluate(`(() => {
    const { step, parameters } = window.seenWeights.at(-1);
    return { step, parameters: parameters.map(({ name, values, gradient }) =>
      ({ name, values: [...values].slice(0, 4), gradient: gradient && [...gradient].slice(0, 4) })) };
  })()`)) as SeenWeights;
    const parameter = sent.parameters.find(({ name }) => name === "encoder.0.forward.bias");
    const near = (text: string, value = Number.NaN): void =>
      expect(Math.abs((numbersIn(text)[0] ?? 0) - value)).toBeLessThan(
        5e-7 + 1e-5 * Math.abs(value),
      );
    near(shown, parameter?.values[3]);
    near(slope, parameter?.gradient?.[3]);
    await unfold(page, "lab embeddings");
    await page.getByRole("slider", { name: /^The vectors of/ }).waitFor();
    await unfold(page, "lab step");
    expect(await brokenRules(page)).toEqual([]);
    await closeFaultless(tab);
  });
});

test("a model without attention shows what it says and how sure it is", async () => {
  const tab = await openLab({ attention: "none" });
  const { page } = tab;
  await train(page, 30);
  await page.getByText("This model has no attention", { exact: false }).waitFor();
  const label = await page
    .getByRole("group", { name: /^Probability of each token/ })
    .getAttribute("aria-label");
  const shares = [...(label ?? "").matchAll(/([\d.]+) %/g)].map(([, share]) => Number(share));
  expect(shares.length).toBeGreaterThan(0);
  for (const share of shares) expect(share).toBeLessThanOrEqual(100);
  const first = page
    .getByRole("list", { name: "Its output at each checkpoint" })
    .getByRole("button")
    .first();
  await first.click();
  const slider = page.getByRole("slider", { name: "Checkpoint" });
  await expect.poll(() => slider.inputValue()).toBe("0");
  await closeFaultless(tab);
});
