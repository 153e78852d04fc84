/// <reference lib="dom" />
/** The lab: experiments from links, by keyboard, side by side, on any device, for everyone. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { labFacts, untilStatus, untilStep } from "./support/labPage.ts";
import { soak } from "./support/labSoak.ts";
import type { Looks } from "./support/studioInTests.ts";
import { closeFaultless, expectFaultless, studioInTests } from "./support/studioInTests.ts";
import type { StudioPage } from "./support/studioPage.ts";
import { brokenRules } from "./support/studioPage.ts";

const studio = studioInTests();

/** A model that is made and trained in moments. */
const small = "lab=reverse&hidden=16&embedding=16";

/** Opens an experiment in the tab that the tests share, and waits until it can be trained. */
async function openLab(address: string, looks: Looks = {}): Promise<StudioPage> {
  const tab = await studio.share(looks);
  const { page } = tab;
  const place = `${address}&lang=en`;
  if (page.url().startsWith(studio.url)) {
    await page.evaluate(
      (hash) =>
        new Promise<void>((resolve) => {
          // Keys are for the page, and not for what had them last.
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          // The page takes the address first, and then shows that it loads a run.
          addEventListener("hashchange", () => setTimeout(resolve, 50), { once: true });
          location.hash = hash;
        }),
      place,
    );
  } else {
    await page.goto(`${studio.url}/#${place}`);
  }
  await isReady(page);
  return tab;
}

const isReady = (page: Page): Promise<void> => untilStatus(page, "paused", "running");

/** Takes single steps by keyboard, and returns the loss of each. */
async function lossesOf(page: Page, count: number): Promise<number[]> {
  const losses: number[] = [];
  for (let step = 1; step <= count; step++) {
    await page.keyboard.press(".");
    await untilStep(page, step);
    losses.push((await labFacts(page)).loss);
  }
  return losses;
}

test("a link reopens an experiment with the same losses, and another seed has others", async () => {
  const tab = await openLab(`${small}&seed=3`);
  const losses = await lossesOf(tab.page, 8);
  expect(new Set(losses).size).toBe(8);
  expect(Math.min(...losses)).toBeGreaterThan(0);
  const other = await studio.open();
  await other.page.goto(tab.page.url());
  await isReady(other.page);
  expect(await lossesOf(other.page, 8)).toEqual(losses);
  await other.page.goto(`${studio.url}/#${small}&seed=4`);
  await expect.poll(async () => (await labFacts(other.page)).step).toBe(0);
  await isReady(other.page);
  expect((await lossesOf(other.page, 1))[0]).not.toBe(losses[0]);
  await closeFaultless(other);
  expectFaultless(tab);
});

test("a training is started, paused, looked back at and gone on with by keyboard", async () => {
  const tab = await openLab(small);
  const { page } = tab;
  await page.keyboard.press("Space");
  await untilStep(page, 60);
  await page.keyboard.press("Space");
  await expect.poll(async () => (await labFacts(page)).status).toBe("paused");
  const { step } = await labFacts(page);
  await page.keyboard.press(".");
  await untilStep(page, step + 1);
  await page.waitForTimeout(200);
  expect(await labFacts(page)).toMatchObject({ step: step + 1, status: "paused" });
  const slider = page.getByRole("slider", { name: "Checkpoint" });
  await slider.focus();
  await page.keyboard.press("Home");
  const said = (): Promise<string | null> => slider.getAttribute("aria-valuetext");
  await expect.poll(said).toMatch(/^After 0 steps, .* right$/);
  await page.keyboard.press("ArrowRight");
  await expect.poll(said).not.toMatch(/^After 0 steps/);
  await page.keyboard.press("End");
  await expect.poll(() => slider.inputValue()).toBe(await slider.getAttribute("max"));
  await page.keyboard.press("Space");
  await untilStep(page, step + 20);
  await page.keyboard.press("Space");
  expectFaultless(tab);
});

test("a link can start the training, and the story loads no model meanwhile", async () => {
  const tab = await studio.open();
  const { page } = tab;
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto(`${studio.url}/#${small}&run=1`);
  await untilStep(page, 10);
  expect(fetched.filter((url) => /models\.json|model\.safetensors/.test(url))).toEqual([]);
  await page.getByRole("link", { name: "Story" }).click();
  await page.locator("section[data-scene]").first().waitFor();
  expect(await page.locator("main.lab").count()).toBe(0);
  await page.goBack();
  await page.locator("main.lab").waitFor();
  const { step, status } = await labFacts(page);
  expect(status).toBe("running");
  expect(step).toBeGreaterThanOrEqual(10);
  await page.keyboard.press("Space");
  await page.goForward();
  await page.locator("section[data-scene]").first().waitFor();
  await page.getByRole("link", { name: "Lab" }).click();
  await page.locator('main.lab[data-lab-status="paused"]').waitFor();
  await closeFaultless(tab);
});

describe("settings", () => {
  test("are in the address, and only what differs from the defaults", async () => {
    const tab = await openLab("lab=reverse");
    const { page } = tab;
    await page.getByLabel("Reverse source").check();
    await page.getByLabel("Hidden").fill("32");
    await page.getByLabel("Hidden").press("Enter");
    await expect
      .poll(() => page.url())
      .toMatch(/#lab=reverse&hidden=32&reverseSource=true&lang=en$/);
    await page.reload();
    await isReady(page);
    expect(await page.getByLabel("Reverse source").isChecked()).toBe(true);
    expect(await page.getByLabel("Hidden").inputValue()).toBe("32");
    await page.getByLabel("Reverse source").uncheck();
    await expect.poll(() => page.url()).not.toContain("reverseSource");
    expectFaultless(tab);
  });

  test("that do nothing are off and say why, in both languages", async () => {
    const tab = await openLab("lab=reverse&attention=none");
    const { page } = tab;
    await page.getByText("More of the model").click();
    const feeding = page.locator('[data-option="inputFeeding"]');
    expect(await feeding.getByRole("checkbox").isDisabled()).toBe(true);
    expect(await feeding.innerText()).toContain("there is no attentional vector to feed");
    await page.getByRole("button", { name: "中文" }).click();
    await expect.poll(() => feeding.innerText()).toContain("没有可以送入下一步的注意力向量");
    await page.locator('[data-option="attention"] select').selectOption("general");
    await expect.poll(() => feeding.getByRole("checkbox").isDisabled()).toBe(false);
    expectFaultless(tab);
  });

  test("that cannot be are refused where they are typed", async () => {
    const tab = await openLab("lab=reverse");
    const { page } = tab;
    await page.getByLabel("Hidden").fill("63");
    await page.getByLabel("Hidden").press("Tab");
    const row = page.locator('[data-option="hidden"]');
    await expect
      .poll(() => row.innerText())
      .toContain("A bidirectional encoder halves it; give an even number.");
    expect(page.url()).not.toContain("hidden");
    expectFaultless(tab);
  });

  test("that change in a training take effect when it is started again", async () => {
    const tab = await openLab(`${small}&run=1`);
    const { page } = tab;
    await untilStep(page, 5);
    await page.locator('[data-option="cell"] select').selectOption("lstm");
    await page.getByText("The pictures still show the settings before.").waitFor();
    await page.getByRole("button", { name: "Train with these settings" }).click();
    await expect.poll(() => page.getByText("The pictures still show").count()).toBe(0);
    await untilStep(page, 5);
    expectFaultless(tab);
  });
});

test("two runs side by side are compared in a sentence, by the numbers that are shown", async () => {
  const tab = await openLab(`${small}&versus=attention:none&run=1`);
  const { page } = tab;
  const sentence = page.locator(".comparison");
  await expect
    .poll(() => sentence.innerText())
    .toContain(
      "Only one thing differs: “with general attention” in the first, “without attention” in the second.",
    );
  await page.waitForFunction(
    () => Number(document.querySelector<HTMLElement>(".comparison")?.dataset["commonStep"]) >= 50,
    undefined,
    { timeout: 60_000 },
  );
  await page.keyboard.press("Space");
  await expect.poll(async () => (await labFacts(page)).status).toBe("paused");
  const step = Number(await sentence.getAttribute("data-common-step")).toLocaleString("en-US");
  expect(await sentence.innerText()).toMatch(
    new RegExp(
      `After ${step} steps, [\\d.]+ % \\(with general attention\\) and [\\d.]+ % \\(without attention\\)`,
    ),
  );
  expectFaultless(tab);
});

test("an experiment that is ready is one click, and Back leads to the one before", async () => {
  const tab = await openLab("lab=copy");
  const { page } = tab;
  await page.getByRole("link", { name: "The bottleneck" }).click();
  await untilStep(page, 1);
  expect(page.url()).toMatch(/#lab=reverse&.*versus=attention%3Anone&.*run=1/);
  await page.getByText("only short ones do").waitFor();
  await page.goBack();
  await expect
    .poll(() => page.getByRole("button", { name: "Copy letters" }).getAttribute("aria-pressed"))
    .toBe("true");
  await expect.poll(async () => (await labFacts(page)).step).toBe(0);
  expectFaultless(tab);
});

test("a device without threads trains too", async () => {
  const tab = await studio.open();
  const { page } = tab;
  await page.route("**/*", async (route) => {
    const response = await route.fetch();
    const headers = Object.fromEntries(
      Object.entries(response.headers()).filter(([name]) => !name.startsWith("cross-origin-")),
    );
    await route.fulfill({ response, headers });
  });
  await page.goto(`${studio.url}/#${small}&run=1`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await untilStep(page, 10);
  await closeFaultless(tab);
});

test("two runs with everything unfolded answer a restless reader, and go on training", async () => {
  const tab = await studio.open();
  const { page } = tab;
  await page.goto(`${studio.url}/#${small}&versus=attention:none&lang=en`);
  await isReady(page);
  for (const name of ["lab step", "lab weights", "lab embeddings"])
    await page.locator(`[data-folded="${name}"] > summary`).click();
  const { actions } = await soak(page, { seed: 19, goesOn: (done) => done < 12, pause: 0 });
  expect(actions).toHaveLength(12);
  await closeFaultless(tab);
});

test.each([1280, 390])("the lab %d pixels wide breaks no rule of accessibility", async (width) => {
  const address = `${small}&seed=${width}&versus=attention:none`;
  const tab = await openLab(address, { width, height: 860 });
  const { page } = tab;
  await lossesOf(page, 2);
  // What is unfolded may hold more that is folded.
  for (const _ of [1, 2]) {
    await page.evaluate(() => {
      for (const folded of document.querySelectorAll("details")) folded.open = true;
    });
    await page.waitForTimeout(300);
  }
  for (const [locale, colorScheme] of [
    ["en", "light"],
    ["zh", "dark"],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await brokenRules(page), `${locale}, ${colorScheme}`).toEqual([]);
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isWide, locale).toBe(false);
    await page.locator("header button").click();
  }
  expectFaultless(tab);
});
