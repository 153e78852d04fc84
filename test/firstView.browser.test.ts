/** What a reader sees before the model has come, and the field for sentences. */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { closeFaultless, expectFaultless, studioInTests } from "./support/studioInTests.ts";
import { brokenRules, root, sceneNames, settled, visit } from "./support/studioPage.ts";

/** A model of the reader's own: the French one, with other pairs from its training. */
const studio = studioInTests((folder) => {
  const own = join(folder, "my-model");
  for (const file of ["config.json", "model.safetensors"]) {
    cpSync(join(root, "models/fr-en", file), join(own, file));
  }
  for (const side of ["source", "target"]) {
    const file = `${side}.tokenizer.json`;
    cpSync(join(root, "models/fr-en", file), join(own, file));
  }
  cpSync(join(root, "models/fr-en/training"), join(own, "training"), { recursive: true });
  const pairs = [
    { source: "Il est malade.", target: "He is ill.", line: 3 },
    { source: "Viens ici !", target: "Come here!", line: 8 },
  ];
  writeFileSync(
    join(own, "training/sample.pairs.jsonl"),
    pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(""),
  );
  return ["--model", own, "--model", "fr-en", "--model", "dates"];
});
const { open } = studio;

/** Holds back a file until the returned function is called. */
async function without(page: Page, file: string): Promise<() => void> {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(`**/${file}`, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}
const withoutWeights = (page: Page): Promise<() => void> => without(page, "model.safetensors");

/** Adds up how far what is seen moves by itself, as browsers measure it. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const seen = window as unknown as { moved: number };
    seen.moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as unknown as {
          value: number;
          hadRecentInput: boolean;
        };
        if (!hadRecentInput) seen.moved += value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => (window as unknown as { moved: number }).moved);
}

/** Holds back all scripts, or has none of them arrive, until the returned function is called. */
async function withoutScripts(page: Page, fate: "held" | "lost"): Promise<() => void> {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/assets/*", async (route) => {
    if (fate === "lost") return route.abort();
    await held;
    await route.continue();
  });
  return release;
}

describe("before any script has come", () => {
  test.each([
    [1280, 800],
    [390, 844],
    [800, 450],
  ])("the title stands where it stays, in a window of %i × %i", async (width, height) => {
    const tab = await open({ viewport: { width, height } });
    const { page } = tab;
    const release = await withoutScripts(page, "held");
    await page.goto(studio.url, { waitUntil: "commit" });
    const title = page.getByRole("heading", { name: "See a translation happen" });
    const words = page.getByText(/^A trained model translates your sentence in this page/);
    await title.waitFor();
    const [titleAt, wordsAt] = [await title.boundingBox(), await words.boundingBox()];
    expect(wordsAt?.height).toBeGreaterThan(20);
    expect(await page.getByText("Loading the story …").isVisible()).toBe(true);
    expect(await page.getByText(/could not be loaded/).isVisible()).toBe(false);
    release();
    await page.locator(".sentence textarea").waitFor();
    expect([await title.boundingBox(), await words.boundingBox()]).toEqual([titleAt, wordsAt]);
    await expect.poll(() => page.locator("#first").count()).toBe(0);
    await closeFaultless(tab);
  });

  test("the language is the address's, else the one chosen before, else the browser's", async () => {
    const first = async (page: Page, hash: string): Promise<string> => {
      await page.goto("about:blank");
      await page.goto(`${studio.url}/${hash}`, { waitUntil: "commit" });
      await page.locator("#first h1:visible").waitFor();
      return page.locator("#first").innerText();
    };
    const tab = await open({ locale: "zh-CN" });
    const release = await withoutScripts(tab.page, "held");
    expect(await first(tab.page, "")).toMatch(/亲眼看见翻译的过程[\s\S]*正在载入正文/);
    expect(await first(tab.page, "#lang=en")).toMatch(/See a translation happen[\s\S]*Loading/);
    release();
    await tab.page.getByRole("button", { name: "中文" }).waitFor();
    await tab.page.unroute("**/assets/*");
    await withoutScripts(tab.page, "held");
    expect(await first(tab.page, "")).toMatch(/See a translation happen/);
    await closeFaultless(tab);
  });

  test.each([
    ["#scene=alignment&lang=en", "14The alignment matrix"],
    ["#at=beam&lang=zh", "16束搜索"],
    ["#scene=nowhere&lang=en", ""],
    ["#scene=%22%5D%20%7B%7D&lang=en", ""],
  ])("an address that names a scene shows its title: %s", async (hash, title) => {
    const tab = await open();
    const release = await withoutScripts(tab.page, "held");
    await tab.page.goto(`${studio.url}/${hash}`, { waitUntil: "commit" });
    await tab.page.locator("#first .coming:visible").waitFor();
    expect(await tab.page.locator("#first h1:visible").count()).toBe(0);
    const titles = await tab.page.locator("#first h2:visible").allInnerTexts();
    expect(
      titles
        .join("")
        .replace(/\s/g, "")
        .slice(0, title.length || 1),
    ).toBe(title.replace(/\s/g, ""));
    release();
    await closeFaultless(tab);
  });

  test("colours are those that were chosen", async () => {
    const tab = await open({ colorScheme: "light" });
    const { page } = tab;
    await page.goto(studio.url);
    await page.locator("header select").last().selectOption("dark");
    await withoutScripts(page, "held");
    await page.reload({ waitUntil: "commit" });
    await page.locator("#first h1:visible").waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      "rgb(15, 17, 22)",
    );
    await tab.context.close();
  });

  test("the page says when the rest cannot be fetched", async () => {
    const tab = await open({ locale: "zh-CN" });
    await withoutScripts(tab.page, "lost");
    await tab.page.goto(studio.url);
    await tab.page.getByRole("alert").waitFor();
    await expect.poll(() => tab.page.getByRole("alert").innerText()).toMatch(/没有完整载入/);
    expect(await tab.page.getByText("正在载入正文").isVisible()).toBe(false);
    await tab.context.close();
  });

  test("the page says that it needs scripts where they are forbidden", async () => {
    const tab = await open({ javaScriptEnabled: false });
    await tab.page.goto(studio.url);
    await expect
      .poll(() => tab.page.locator("#first main").innerText())
      .toMatch(/See a translation happen[\s\S]*needs JavaScript/);
    expect(await tab.page.getByText("Loading the story …").isVisible()).toBe(false);
    await tab.context.close();
  });
});

describe.each([1280, 390])("while the model comes, %d pixels wide,", (width) => {
  const viewport = { width, height: 860 };

  test("the story stands there without its pictures, and nothing moves when they come", async () => {
    const tab = await open({ viewport });
    const { page } = tab;
    const release = await withoutWeights(page);
    const moved = await watchShifts(page);
    await page.goto(`${studio.url}/#model=fr-en`);
    await page.locator("section[data-scene] .waiting").first().waitFor();
    await expect.poll(() => page.locator("section[data-scene]").count()).toBe(sceneNames.length);
    await expect
      .poll(() => page.locator(".sentence textarea").inputValue())
      .toBe("Je suis étudiant.");
    const bar = page.locator(".sentence progress");
    await page.waitForFunction(
      () => (document.querySelector(".sentence progress") as HTMLProgressElement).value > 14e6,
    );
    expect(Number(await bar.getAttribute("max"))).toBeGreaterThan(20e6);
    await expect
      .poll(() => page.locator(".sentence .amount").innerText())
      .toMatch(/^1\d\.\d of 2\d\.\d MB$/);
    expect(await brokenRules(page)).toEqual([]);
    release();
    await settled(page, { scene: "black-box", text: "Je suis étudiant." });
    await page.waitForTimeout(500);
    expect(await moved()).toBeLessThan(0.05);
    await closeFaultless(tab);
  });

  test("the scene of the address stands there, and its moment when the model has come", async () => {
    const tab = await open({ viewport });
    const { page } = tab;
    const release = await withoutWeights(page);
    const moved = await watchShifts(page);
    const text = "Le chat noir dort.";
    const place = new URLSearchParams({ at: "hidden-states", moment: "3", model: "fr-en", text });
    await page.goto(`${studio.url}/#${place}`);
    await page.locator('section[data-scene="hidden-states"] .bar').waitFor();
    const top = (): Promise<number> =>
      page
        .locator('section[data-scene="hidden-states"]')
        .evaluate((section) => section.getBoundingClientRect().top);
    expect(Math.abs(await top())).toBeLessThan(200);
    release();
    await settled(page, { scene: "hidden-states", text });
    await page.waitForTimeout(500);
    expect(Math.abs(await top())).toBeLessThan(200);
    expect(Number(await page.locator(".transport input[type=range]").inputValue())).toBe(3);
    expect(await moved()).toBeLessThan(0.05);
    await closeFaultless(tab);
  });

  test("a scene alone shows how much has come where its picture will be, and stays in its place", async () => {
    const tab = await open({ viewport });
    const { page } = tab;
    const release = await withoutWeights(page);
    const moved = await watchShifts(page);
    await page.goto(`${studio.url}/#scene=five-moves&model=fr-en`);
    await page.locator("figure .bar progress").waitFor();
    expect(await page.locator("progress").count()).toBe(1);
    release();
    await settled(page, { scene: "five-moves" });
    await page.waitForTimeout(500);
    expect(await moved()).toBeLessThan(0.05);
    await closeFaultless(tab);
  });
});

test("a picture that cannot come says what has failed", async () => {
  const tab = await open();
  const { page } = tab;
  await page.route("**/model.safetensors", (route) => route.abort());
  await page.goto(`${studio.url}/#model=fr-en`);
  await settled(page);
  const said = page.locator('section[data-scene="black-box"] .waiting');
  expect(await said.innerText()).toMatch(/^There is no picture\. .*model\.safetensors/);
  await page.getByRole("button", { name: "中文" }).click();
  expect(await said.innerText()).toMatch(/^没有图。.*model\.safetensors/);
  await tab.context.close();
  const other = await open();
  await other.page.route("**/models.json", (route) => route.abort());
  await other.page.goto(studio.url);
  await other.page.getByRole("alert").waitFor();
  const [told] = await other.page.locator("section[data-scene] .waiting").allInnerTexts();
  expect(told ?? "There is no picture. models.json").toMatch(
    /^There is no picture\. .*models\.json/,
  );
  await other.context.close();
});

test.each(["models.json", "model.safetensors"])(
  "what is typed while %s comes is what the model translates first",
  async (file) => {
    const tab = await open();
    const { page } = tab;
    const release = await without(page, file);
    await page.goto(`${studio.url}/#model=fr-en`);
    await page.locator("section[data-scene] .waiting").first().waitFor();
    const field = page.locator(".sentence textarea");
    // The example comes with the list of models.
    const before = file === "models.json" ? "" : "Je suis étudiant.";
    await expect.poll(() => field.inputValue()).toBe(before);
    await field.fill("Il est malade.");
    await field.press("Enter");
    release();
    await settled(page, { text: "Il est malade." });
    await expect.poll(() => field.inputValue()).toBe("Il est malade.");
    await closeFaultless(tab);
  },
);

describe("the field", () => {
  test("says the language, grows with the text, and translates with Enter", async () => {
    const tab = await studio.share();
    const { page } = tab;
    await visit(tab, studio.url, { scene: "translation", model: "fr-en", lang: "en" });
    const field = page.getByLabel("Type a sentence in French.");
    const heightOf = (): Promise<number> => field.evaluate((element) => element.clientHeight);
    const low = await heightOf();
    const text = "Je ne sais pas où il habite, et je ne sais pas quand il viendra nous voir.";
    await field.fill(`${text} ${text} ${text}`);
    await expect.poll(() => heightOf()).toBeGreaterThan(low * 1.4);
    await field.fill(text);
    await field.press("Enter");
    await settled(page, { text });
    await expect.poll(() => field.inputValue()).toBe(text);
    // A pause behind a space leaves the space there.
    await field.fill("");
    await field.pressSequentially("Je suis ");
    await settled(page, { text: "Je suis" });
    await page.waitForTimeout(400);
    await field.pressSequentially("étudiant.");
    await settled(page, { text: "Je suis étudiant." });
    expect(await field.inputValue()).toBe("Je suis étudiant.");
    await visit(tab, studio.url, { scene: "translation", model: "fr-en", lang: "zh" });
    await expect.poll(() => page.getByLabel("请输入一个法语句子。").count()).toBe(1);
    expectFaultless(tab);
  });

  test("says kindly that a text is not in the language, and translates it", async () => {
    const tab = await studio.share();
    const { page } = tab;
    await visit(tab, studio.url, { scene: "translation", model: "fr-en", lang: "en" });
    for (const [text, said] of [
      ["The cat sleeps on the table.", /looks like English.*translates from French/],
      ["El gato negro duerme en la mesa.", /does not look like French/],
      ["我是学生。", /has learned French, and does not know these letters/],
    ] as const) {
      await page.locator(".sentence textarea").fill(text);
      await page.locator(".sentence textarea").press("Enter");
      await settled(page, { text });
      await expect.poll(() => page.locator(".sentence [role=status]").innerText()).toMatch(said);
    }
    await page.locator(".sentence textarea").fill("Je suis content.");
    await page.locator(".sentence textarea").press("Enter");
    await settled(page, { text: "Je suis content." });
    await expect.poll(() => page.locator(".sentence [role=status]").innerText()).toMatch(/ms/);
    expectFaultless(tab);
  });
});

test("an example is chosen by keyboard, by its meaning in the language of the page", async () => {
  const tab = await studio.share();
  const { page } = tab;
  await visit(tab, studio.url, { scene: "translation", model: "fr-en", lang: "zh" });
  const summary = page.locator(".sentence summary");
  await summary.focus();
  await page.keyboard.press("Enter");
  await page.locator(".sentence details button").first().waitFor();
  await expect.poll(() => page.locator(".sentence details button").count()).toBe(30);
  expect(await brokenRules(page)).toEqual([]);
  await page.getByRole("button", { name: /黑猫在桌子上睡觉/ }).focus();
  await page.keyboard.press("Enter");
  await settled(page, { text: "Le chat noir dort sur la table." });
  await expect.poll(() => page.locator(".sentence details button").count()).toBe(0);
  await expect
    .poll(() => summary.evaluate((element) => element === document.activeElement))
    .toBe(true);
  await page.keyboard.press("Enter");
  const first = page.locator(".sentence details button").first();
  await first.waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  await first.waitFor({ state: "detached" });
  expectFaultless(tab);
});

test("a model of one's own begins with a sentence of its dev set", async () => {
  const tab = await open();
  const { page } = tab;
  await page.goto(studio.url);
  await settled(page, { model: "my-model", text: "Il est malade." });
  await page.locator(".sentence summary").click();
  await expect
    .poll(() => page.locator(".sentence details button").allInnerTexts())
    .toEqual(["Il est malade.\nHe is ill.", "Viens ici !\nCome here!"]);
  await closeFaultless(tab);
});
