/** Models that only the page has: dropped on it, from the lab, kept in the browser, downloaded. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { decodeSafetensors } from "../src/files/safetensors.ts";
import { openZip, writeZip } from "../src/files/zip.ts";
import { labFacts, untilStatus } from "./support/labPage.ts";
import { closeFaultless, studioInTests } from "./support/studioInTests.ts";
import type { StudioPage } from "./support/studioPage.ts";
import { brokenRules, root, sceneNames, settled, visit } from "./support/studioPage.ts";
import { writeRandomModel } from "./support/writtenModel.ts";

const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
const modelFileNames = [
  "config.json",
  "model.safetensors",
  "source.tokenizer.json",
  "target.tokenizer.json",
];

const studio = studioInTests(async (folder) => {
  const letters = join(folder, "letters");
  await writeRandomModel(letters);
  const files = modelFileNames.map((name): [string, Uint8Array] => [
    `letters/${name}`,
    readFileSync(join(letters, name)),
  ]);
  const others: Readonly<Record<string, Uint8Array>> = {
    "letters.zip": writeZip(files, new Date()),
    "half.zip": writeZip(files.slice(0, 3), new Date()),
    "text.zip": text("no archive"),
    "outside.zip": writeZip([["../x", text("x")]], new Date()),
    "bomb.zip": writeZip([["m/config.json", new Uint8Array(60_000_000)]], new Date()),
    "model.pt": writeZip([["archive/data.pkl", text("x")]], new Date()),
  };
  for (const [name, bytes] of Object.entries(others)) writeFileSync(join(folder, name), bytes);
  return ["--model", "dates"];
});
const { open, folder } = studio;

/** Runs a command line, with a line for its standard input. */
function command(args: readonly string[], input = ""): string {
  const program = join(root, "dist/cli/main.js");
  return execFileSync("node", [program, ...args], { encoding: "utf8", input, cwd: folder });
}
const translated = (model: string, lines: readonly string[]): string[] =>
  command(["translate", "--model", model, "--beam", "5"], `${lines.join("\n")}\n`)
    .split("\n", lines.length)
    .map((line) => line.trim());

/** What the story shows of its translation. */
const resultOf = (page: Page): Promise<string> => page.locator(".sentence .result").innerText();

/** Drops a file of this machine, or a folder, on an element, as a hand would. */
async function drop(page: Page, selector: string, path: string): Promise<void> {
  const place = page.locator(selector).first();
  await place.scrollIntoViewIfNeeded();
  const box = await place.boundingBox();
  if (!box) throw new Error(`${selector} is not there.`);
  const client = await page.context().newCDPSession(page);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await client.send("Input.dispatchDragEvent", { type, x, y, data });
  }
  await client.detach();
}

const bad: readonly (readonly [string, RegExp])[] = [
  ["half.zip", /^letters: target\.tokenizer\.json is missing in it; give the whole folder/],
  ["text.zip", /^text\.zip: it is not a zip archive/],
  ["outside.zip", /^outside\.zip: .* the path \.\.\/x, which leads out of its folder/],
  ["bomb.zip", /^bomb\.zip: .* claims to unpack to 60 MB, more than 200 times its size/],
  ["model.pt", /^model\.pt: archive\/data\.pkl is a file of PyTorch .* could run code/],
];

test("a folder and an archive are dropped on the story; what is no model is told in a sentence", async () => {
  const tab = await open();
  const { page } = tab;
  await visit(tab, studio.url, { model: "dates" });
  for (const [name, says] of bad) {
    await drop(page, "main h1", join(folder, name));
    await expect.poll(() => page.locator(".drop .fault").innerText()).toMatch(says);
  }
  const translation = translated("letters", ["abba"]);
  for (const name of ["letters", "letters.zip"]) {
    await page.locator(".models select").selectOption("dates");
    await settled(page, { model: "dates" });
    await drop(page, "main h1", join(folder, name));
    await page.locator('main[data-model="here:letters"]').waitFor();
    await page.locator("#sentence").fill("abba");
    await settled(page, { text: "abba", model: "here:letters" });
    expect([await resultOf(page)], name).toEqual(translation);
    expect(await page.locator(".own").innerText()).toContain("stays in this page");
  }
  await page.locator(".models select").selectOption("dates");
  await page.locator(".drop input[webkitdirectory]").setInputFiles(join(folder, "letters"));
  await page.locator('main[data-model="here:letters"]').waitFor();
  expect(await page.locator(".drop .fault").count()).toBe(0);
  await closeFaultless(tab);
});

const experiment = "lab=reverse&hidden=16&embedding=8&batch=16&lang=en";

async function openLab(tab: StudioPage): Promise<void> {
  await tab.page.goto(`${studio.url}/#${experiment}`);
  await untilStatus(tab.page, "paused");
}
const stepOf = async (page: Page): Promise<number> => (await labFacts(page)).step;

/** Takes single steps; yields the loss of each. */
async function takeSteps(page: Page, count: number): Promise<(string | null)[]> {
  const losses: (string | null)[] = [];
  for (let taken = 0; taken < count; taken++) {
    const next = (await stepOf(page)) + 1;
    await page.getByRole("button", { name: "One step" }).click();
    await page.locator(`main[data-lab-step="${next}"]`).waitFor();
    losses.push(await page.locator("main").getAttribute("data-loss"));
  }
  return losses;
}

/** Downloads the run, and unpacks it beside the models; yields its folder. */
async function downloadRun(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download", exact: true }).click(),
  ]);
  const archive = join(folder, `${name}.zip`);
  await download.saveAs(archive);
  expect(download.suggestedFilename()).toMatch(/^reverse-step-\d+\.zip$/);
  for (const entry of openZip(readFileSync(archive), name)) {
    const path = join(folder, name, entry.path.replace(/^[^/]+\//, ""));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, entry.read());
  }
  return join(folder, name);
}

/** The weights and moments of a run. */
const numbersOf = (run: string) => {
  const path = join(run, "training/checkpoint.safetensors");
  return [...decodeSafetensors(Uint8Array.from(readFileSync(path)), path).tensors];
};

describe("in the lab", () => {
  test("a run that is kept goes on after a reload as if it had never stopped", async () => {
    const tab = await open();
    const { page } = tab;
    await openLab(tab);
    await takeSteps(page, 2);
    await page.getByRole("button", { name: "Keep in this browser" }).click();
    const name = "Reverse letters, step 2";
    await expect
      .poll(() => page.locator(".exchange .said").innerText())
      .toContain(`“${name}” is kept in this browser`);
    const losses = await takeSteps(page, 2);
    const whole = await downloadRun(page, "whole");

    await page.reload();
    await page.locator('main[data-lab-status="paused"]').waitFor();
    expect(await stepOf(page)).toBe(0);
    await page.getByRole("button", { name: "中文" }).click();
    await page.getByRole("button", { name: "接着训练“字母倒写，第 2 步”" }).waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: `Go on with “${name}”` }).click();
    await page.locator('main[data-lab-step="2"][data-lab-status="paused"]').waitFor();
    expect(await takeSteps(page, 2)).toEqual(losses);
    const resumed = await downloadRun(page, "resumed");
    expect(numbersOf(resumed)).toEqual(numbersOf(whole));
    const weights = (run: string): Buffer => readFileSync(join(run, "model.safetensors"));
    expect(weights(resumed).equals(weights(whole))).toBe(true);
    expect(await brokenRules(page)).toEqual([]);

    page.once("dialog", (dialog) => void dialog.accept());
    await page.getByRole("button", { name: `Delete “${name}”` }).click();
    await page.getByRole("button", { name: `Go on with “${name}”` }).waitFor({ state: "detached" });
    await closeFaultless(tab);
  });

  test("a downloaded run translates, is shown and goes on on the command line", async () => {
    const tab = await open();
    const { page } = tab;
    await openLab(tab);
    await takeSteps(page, 1);
    const run = await downloadRun(page, "run");
    await page.getByRole("button", { name: "Open in the story", exact: true }).click();
    const words = ["abc", "hello", "stressed"];
    const shown: string[] = [];
    for (const word of words) {
      await page.locator("#sentence").fill(word);
      await settled(page, { text: word });
      shown.push(await resultOf(page));
    }
    expect(shown).toEqual(translated(run, words));
    command(["train", "--resume", "--out", run, "--steps", "3"]);
    const stepsIn = (path: string): number =>
      JSON.parse(readFileSync(join(path, "config.json"), "utf8")).training.steps;
    expect(stepsIn(run)).toBe(3);
    const pairs = join(folder, "pairs.tsv");
    writeFileSync(pairs, "abc\tcba\nhello\tolleh\n".repeat(20));
    const other = join(folder, "other");
    command(["train", "--from", run, "--data", pairs, "--no-dev", "--out", other, "--steps", "2"]);
    expect(stepsIn(other)).toBe(2);
    await closeFaultless(tab);
  });

  test("all scenes play on the model while it goes on learning", async () => {
    const tab = await open();
    const { page } = tab;
    await openLab(tab);
    await page.getByRole("button", { name: "Train", exact: true }).click();
    await expect.poll(() => stepOf(page)).toBeGreaterThan(5);
    await page.getByRole("button", { name: "Open in the story", exact: true }).click();
    await page.locator('main[data-model^="here:Reverse letters, step"]').waitFor();
    await settled(page);
    const first = await page.locator("main").getAttribute("data-model");
    for (const scene of sceneNames) {
      const section = page.locator(`section[data-scene="${scene}"]`);
      await section.scrollIntoViewIfNeeded();
      await section.locator(".picture > *").first().waitFor();
    }
    const own = page.locator(".own");
    await own.scrollIntoViewIfNeeded();
    expect(await own.innerText()).toMatch(/It goes on learning, and is at step [\d,]+ now/);
    await own.getByRole("button", { name: "Take the model as it is now" }).click();
    await page.locator(`main:not([data-model="${first}"])`).waitFor();
    await settled(page);
    const address = page.url();
    expect(new URLSearchParams(new URL(address).hash.slice(1)).get("from")).toContain(
      "lab=reverse",
    );

    await own.getByRole("link", { name: "Back to the lab" }).click();
    await page.locator('main[data-lab-status="running"]').waitFor();
    const before = await stepOf(page);
    await expect.poll(() => stepOf(page)).toBeGreaterThan(before);

    // Another training takes the place of the model's own, which the story says.
    await page.getByRole("button", { name: "Start again" }).click();
    await expect.poll(() => stepOf(page)).toBeLessThan(before);
    await page.goBack();
    await own.scrollIntoViewIfNeeded();
    expect(await own.innerText()).toContain("Its training has ended");
    expect(await own.getByRole("button").count()).toBe(0);
    await closeFaultless(tab);

    const later = await open();
    await later.page.goto(address);
    await later.page.locator(".own.gone").waitFor();
    await settled(later.page, { model: "dates" });
    await later.page.getByRole("link", { name: "Go to the lab" }).click();
    await later.page.locator("main[data-lab-step]").waitFor();
    expect(later.page.url()).toContain("hidden=16");
    await closeFaultless(later);
  });

  test("a model that is dropped is looked at and trained further, and its run goes on", async () => {
    const tab = await open();
    const { page } = tab;
    await openLab(tab);
    await takeSteps(page, 2);
    await downloadRun(page, "dropped");
    for (const [name, says] of bad) {
      await drop(page, ".exchange .drop", join(folder, name));
      await expect.poll(() => page.locator(".exchange .drop .fault").innerText()).toMatch(says);
    }
    const card = page.locator(".exchange .card");
    const isReady = (name: string, button: string): Promise<void> =>
      expect
        .poll(() => page.locator(".exchange .said").innerText())
        .toBe(`${name} is ready: press ${button}.`);
    await drop(page, ".exchange .drop", join(folder, "dropped"));
    await card.getByRole("button", { name: "Go on with its training" }).click();
    await isReady("dropped", "Go on");
    expect(await stepOf(page)).toBe(2);
    await takeSteps(page, 1);
    await drop(page, ".exchange .drop", join(folder, "dropped.zip"));
    await card.getByRole("button", { name: "Train it further with these pairs" }).click();
    await isReady("reverse-step-2", "Train");
    expect(await stepOf(page)).toBe(0);
    await takeSteps(page, 1);
    await drop(page, ".exchange .drop", join(folder, "letters"));
    expect(await card.getByRole("button", { name: "Go on with its training" }).count()).toBe(0);
    await card.getByRole("button", { name: "See it in the story" }).click();
    await settled(page, { model: "here:letters" });
    await closeFaultless(tab);
  });
});
