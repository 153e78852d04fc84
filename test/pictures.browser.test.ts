/** A model that reads pictures as people meet it in the studio: examples, files of their own, attention. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { readSource } from "../src/features/nodeSourceFiles.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import type { Trace } from "../src/trace/trace.ts";
import { serve } from "./support/staticServer.ts";
import { closeFaultless, expectFaultless, studioInTests } from "./support/studioInTests.ts";
import {
  brokenRules,
  fragment,
  openTab,
  root,
  sceneNames,
  settled,
  visit,
} from "./support/studioPage.ts";
import { writeRandomModel } from "./support/writtenModel.ts";
import { pictureFile, writePictureModel } from "./support/writtenPictures.ts";

const model = "pictures";
let loaded: Seq2Seq;
const studio = studioInTests(async (folder) => {
  const paths = [model, "letters", "recurrent"].map((name) => join(folder, name));
  const [pictures, letters, recurrent] = paths as [string, string, string];
  await writePictureModel(pictures);
  await writeRandomModel(letters);
  await writePictureModel(recurrent, "bahdanau2014");
  writeFileSync(join(folder, "own.png"), pictureFile(3));
  loaded = await Seq2Seq.load(pictures);
  return paths.flatMap((path) => ["--model", path]);
});
const { folder, share } = studio;
const pictures = join(folder, model);

afterAll(() => loaded?.release());

/** What the page has to show of a file, made in Node. */
async function traceOf(file: string): Promise<Trace> {
  return loaded.trace(await readSource(file, loaded.sizes), { beam: 5, nBest: 5 });
}

/** The weights of all patches as the large picture of “where-it-looks” tells them, one after the other. */
async function weightsShown(page: Page): Promise<string[]> {
  const picture = page.locator("g.picture[role=slider]");
  await picture.focus();
  await page.keyboard.press("Home");
  for (let up = 0; up < 2; up++) await page.keyboard.press("ArrowUp");
  const shown: string[] = [];
  for (let row = 0; row < 2; row++) {
    for (let column = 0; column < 3; column++) {
      shown.push((await picture.getAttribute("aria-valuetext")) ?? "");
      if (column < 2) await page.keyboard.press("ArrowRight");
    }
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
  }
  return shown;
}

/** The same of a trace. */
function weightsOf({ steps }: Trace, step: number): string[] {
  return Array.from(steps[step]?.tensors["attention.weights"]?.data ?? [], (weight, place) => {
    const [row, column] = [Math.floor(place / 3) + 1, (place % 3) + 1];
    return `row ${row}, column ${column}: weight ${weight.toFixed(4)}`;
  });
}

async function stepShown(page: Page): Promise<number> {
  const pressed = page
    .locator(".picker button")
    .evaluateAll((buttons) =>
      buttons.findIndex((button) => button.getAttribute("aria-pressed") === "true"),
    );
  return pressed;
}

test("an example is chosen, and what is shown of it is what Node computes", async () => {
  const tab = await share();
  const { page } = tab;
  await visit(tab, studio.url, { scene: "where-it-looks", model, text: "one.png" });
  for (const name of ["one.png", "two.png"]) {
    await page.getByRole("button", { name }).click();
    await settled(page, { text: name, scene: "where-it-looks" });
    const trace = await traceOf(join(pictures, "examples", name));
    await expect
      .poll(() => page.locator(".sentence .result").innerText())
      .toBe(trace.hypotheses[0]?.text);
    expect(await weightsShown(page)).toEqual(weightsOf(trace, await stepShown(page)));
    await expect
      .poll(() => page.locator(".sum").innerText())
      .toContain("The 6 weights add up to 1.0000.");
    expect(page.url()).toContain(`text=${name}`);
  }
  expectFaultless(tab);
});

test("a file of the reader's own is read as in Node, and stays out of the address", async () => {
  const tab = await share();
  const { page } = tab;
  await visit(tab, studio.url, { scene: "where-it-looks", model, text: "one.png" });
  await page.locator(".pictures input[type=file]").setInputFiles(join(folder, "own.png"));
  await settled(page, { text: "own.png", scene: "where-it-looks" });
  const trace = await traceOf(join(folder, "own.png"));
  expect(await weightsShown(page)).toEqual(weightsOf(trace, await stepShown(page)));
  expect(page.url()).not.toContain("own.png");
  // Dropping does the same.
  const bytes = Array.from(pictureFile(2));
  await page.evaluate((content) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(content)], "dropped.png", { type: "image/png" }));
    document
      .querySelector(".pictures")
      ?.dispatchEvent(
        new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
      );
  }, bytes);
  await settled(page, { text: "dropped.png" });
  const same = await traceOf(join(pictures, "examples/two.png"));
  expect(await weightsShown(page)).toEqual(weightsOf(same, await stepShown(page)));
  expectFaultless(tab);
});

test.each([
  ["of another size", "own.png", "small", /small\.png has 2×2 pixels, .* pictures of|2 rows of/],
  ["damaged", "own.png", "broken", /broken\.png is damaged and cannot be read/],
  ["no picture", "own.png", "text", /text\.png is not a PNG picture/],
])("a file that is %s is told in a sentence", async (_, __, kind, says) => {
  const files: Record<string, Uint8Array> = {
    small: Uint8Array.from(pictureFile(1))
      .fill(0, 18, 20)
      .fill(2, 19, 20)
      .fill(0, 22, 24)
      .fill(2, 23, 24),
    broken: pictureFile(1).slice(0, 60),
    text: new TextEncoder().encode("hello"),
  };
  const path = join(folder, `${kind}.png`);
  writeFileSync(path, files[kind] as Uint8Array);
  const tab = await share();
  await visit(tab, studio.url, { scene: "where-it-looks", model, text: "one.png" });
  await tab.page.locator(".pictures input[type=file]").setInputFiles(path);
  await tab.page.locator(".sentence .error").waitFor();
  await expect.poll(() => tab.page.locator(".sentence .error").innerText()).toMatch(says);
  // What was shown before stays, and another example can be chosen.
  await expect.poll(() => tab.page.locator("g.picture[role=slider]").count()).toBe(1);
  await tab.page.getByRole("button", { name: "two.png" }).click();
  await settled(tab.page, { text: "two.png" });
  expectFaultless(tab);
});

test("attention is moved to a patch, and the model goes on from there as in Node", async () => {
  const tab = await share();
  const { page } = tab;
  await visit(tab, studio.url, { scene: "where-it-looks", model, text: "one.png" });
  await page.locator(".picker button").first().click();
  await page.getByRole("button", { name: "Move attention" }).click();
  const picture = page.locator("g.picture[role=slider]");
  await picture.focus();
  for (const key of ["Home", "ArrowUp", "ArrowUp", "ArrowRight", "Enter"])
    await page.keyboard.press(key);
  await page.getByRole("button", { name: "Use the model’s own weights" }).waitFor();
  const source = await readSource(join(pictures, "examples/one.png"), loaded.sizes);
  const given = await loaded.trace(source, { attention: new Map([[0, [0, 1, 0, 0, 0, 0]]]) });
  const words = await page.locator(".picker button").allInnerTexts();
  expect(words).toEqual(given.steps.map(({ output }) => output));
  expect((await weightsShown(page))[1]).toBe("row 1, column 2: weight 1.0000");
  expect(page.url()).toContain("attention=0_0_1_0_0_0_0");
  await page.getByRole("button", { name: "Use the model’s own weights" }).click();
  await page
    .getByRole("button", { name: "Use the model’s own weights" })
    .waitFor({ state: "detached" });
  expectFaultless(tab);
});

test("every scene opens on a phone, within the page and without breaking a rule of accessibility", async () => {
  const tab = await share({ width: 390, height: 844 });
  const found: string[] = [];
  for (const [lang, colorScheme] of [
    ["en", "light"],
    ["zh", "dark"],
  ] as const) {
    await tab.page.emulateMedia({ colorScheme });
    for (const scene of sceneNames) {
      await visit(tab, studio.url, { scene, model, text: "one.png", lang });
      await tab.page.waitForTimeout(150);
      const wide = await tab.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(wide, scene).toBeLessThanOrEqual(0);
      const within = scene === sceneNames[0] ? null : "section[data-scene], .transport";
      const violations = await brokenRules(tab.page, within);
      found.push(...violations.map((violation) => `${scene}: ${violation}`));
    }
  }
  expect(found).toEqual([]);
  expectFaultless(tab);
});

test("an encoder that reads pictures step by step shows its patches, and a press on one its step", async () => {
  const tab = await share({ colorScheme: "dark", width: 390, height: 844 });
  const { page } = tab;
  const place = { model: "recurrent", text: "two.png", lang: "en" } as const;
  for (const scene of ["hidden-states", "unrolled", "recurrent-step"]) {
    await visit(tab, studio.url, { ...place, scene });
    await expect
      .poll(() => page.locator(".picture svg image").count(), { message: scene })
      .toBeGreaterThan(0);
    expect(await brokenRules(page), scene).toEqual([]);
  }
  const patches = page.locator(".patches button");
  const names = await patches.evaluateAll((all) => all.map((each) => each.ariaLabel));
  expect(names).toEqual(["1,1", "1,2", "1,3", "2,1", "2,2", "2,3"]);
  await page.getByRole("button", { name: "2,1", exact: true }).click();
  await expect.poll(() => page.locator(".transport .caption").innerText()).toContain("2,1");
  await expect.poll(() => patches.nth(3).getAttribute("aria-pressed")).toBe("true");
  // What is drawn is the patch that was pressed.
  const pressed = await patches.nth(3).locator("img").getAttribute("src");
  await expect.poll(() => page.locator(".picture svg image").getAttribute("href")).toBe(pressed);
  expectFaultless(tab);
});

test("one goes from pictures to text and back, and the bar tells the story that “black-box” shows", async () => {
  const tab = await share();
  const { page } = tab;
  await visit(tab, studio.url, { scene: "black-box", model, text: "two.png", lang: "en" });
  await page.keyboard.press("Home");
  const caption = page.locator(".transport .caption");
  await expect
    .poll(() => caption.innerText())
    .toBe("The sequence is ready; nothing has gone in yet");
  await page.locator(".models select").selectOption("letters");
  await settled(page, { model: "letters" });
  await page.locator(".sentence textarea").fill("abc");
  await settled(page, { text: "abc", scene: "black-box" });
  await page.keyboard.press("Tab");
  await page.getByRole("button", { name: "image patches" }).click();
  await page.locator(".picture image").first().waitFor();
  await page.locator(".transport input[type=range]").fill("2");
  await expect.poll(() => caption.innerText()).toBe("All patches go in at once");
  await page.getByRole("button", { name: "letters" }).click();
  await expect.poll(() => caption.innerText()).toBe("“a” goes in");
  expectFaultless(tab);
});

test("the exported folder brings the example pictures, and shows the same", async () => {
  const site = join(folder, "site");
  const program = join(root, "dist/cli/main.js");
  execFileSync("node", [program, "studio", "--model", pictures, "--export", site]);
  const { url, server } = await serve([site]);
  const place = { scene: "where-it-looks", model, text: "two.png" };
  const tab = await openTab(studio.browser, url);
  await visit(tab, url, place);
  const trace = await traceOf(join(pictures, "examples/two.png"));
  expect(await weightsShown(tab.page)).toEqual(weightsOf(trace, await stepShown(tab.page)));
  // A name that is none of an example opens the first one.
  await tab.page.goto("about:blank");
  await tab.page.goto(`${url}/${fragment({ ...place, text: "none.png" })}`);
  await settled(tab.page, { text: "one.png" });
  await closeFaultless(tab);
  server.close();
});
