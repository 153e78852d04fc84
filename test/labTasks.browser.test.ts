/// <reference lib="dom" />
/** Every task of the lab is learned in the page, and so are the reader's own pairs; what is no pairs is refused. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { labFacts, ownRows } from "./support/labPage.ts";
import { closeFaultless, studioInTests } from "./support/studioInTests.ts";
import type { StudioPage } from "./support/studioPage.ts";

const studio = studioInTests();

async function openLab(address: string): Promise<StudioPage> {
  const tab = await studio.open();
  await tab.page.goto(`${studio.url}/#${address}`);
  return tab;
}

/** Waits until a share of the held-out outputs is right. */
async function learns(page: Page, share: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => Number(document.querySelector<HTMLElement>("main.lab")?.dataset["right"]) >= wanted,
    share,
    { timeout: 100_000 },
  );
}

test("every task is learned, one after the other in one page", async () => {
  const shares = {
    reverse: 0.5,
    copy: 0.5,
    sort: 0.5,
    dates: 0.5,
    numbers: 0.5,
    add: 0.1,
    pronunciation: 0.1,
  };
  const tab = await openLab("lab=reverse");
  for (const [task, share] of Object.entries(shares)) {
    await tab.page.evaluate((name) => {
      location.hash = `lab=${name}&run=1`;
    }, task);
    // The run before may have reached it.
    await tab.page.waitForFunction(
      () => Number(document.querySelector<HTMLElement>("main.lab")?.dataset["right"] ?? 0) < 0.05,
    );
    await learns(tab.page, share);
  }
  await closeFaultless(tab);
}, 240_000);

test("a training goes on while its tab is in the background", async () => {
  const tab = await openLab("lab=reverse&hidden=16&embedding=16&run=1");
  const { page } = tab;
  const stepOf = async (): Promise<number> => (await labFacts(page)).step;
  await expect.poll(stepOf, { timeout: 60_000 }).toBeGreaterThan(0);
  const other = await tab.context.newPage();
  await other.goto("about:blank");
  await other.bringToFront();
  const before = await stepOf();
  await expect.poll(stepOf, { timeout: 60_000 }).toBeGreaterThan(before + 100);
  await page.bringToFront();
  await expect
    .poll(() => page.locator(".alignment svg").first().isVisible(), { timeout: 10_000 })
    .toBe(true);
  await closeFaultless(tab);
});

describe("pairs of one's own", () => {
  const status = (page: Page): Promise<string> => page.locator(".own [role=status]").innerText();

  test("are learned: Latin letters, emoji, and letters that are written from right to left", async () => {
    const tab = await openLab("lab=own&hidden=32&embedding=16");
    const { page } = tab;
    for (const [place, letters] of ["abcdefg", "🙂🚀🌍🎲🍋🔑🎈", "אבגדהוז"].entries()) {
      const count = 340 + place;
      await page.locator(".own textarea").fill(`${ownRows(letters, count)}\n\tno source`);
      await page.getByRole("button", { name: "Use these pairs" }).click();
      await expect
        .poll(() => status(page))
        .toMatch(
          RegExp(`${count} pairs kept, 1 dropped[\\s\\S]*empty source \\(line ${count + 1}\\)`),
        );
      await page.keyboard.press("Escape");
      // The run of the letters before is gone.
      await page.waitForFunction(() => {
        const { labStatus, labStep } =
          document.querySelector<HTMLElement>("main.lab")?.dataset ?? {};
        return labStatus === "paused" && labStep === "0";
      });
      await page.getByRole("button", { name: "Train", exact: true }).click();
      await learns(page, 0.3);
    }
    await closeFaultless(tab);
  }, 240_000);

  test("are refused in a sentence where they are none", async () => {
    const tab = await openLab("lab=own");
    const { page } = tab;
    const give = async (name: string, content: string | Buffer): Promise<string> => {
      await page
        .locator(".own input[type=file]")
        .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
      // The sentence on the file before stands there until this one is read.
      await expect.poll(() => status(page)).toMatch(new RegExp(`^${name}`));
      return status(page);
    };
    expect(await give("empty.tsv", "")).toMatch(/^empty\.tsv: /);
    expect(await give("one.tsv", "one\ntwo\nthree\n")).toMatch(/^one\.tsv: .*column/);
    expect(await give("few.tsv", "a\tb\nc\td\n")).toMatch(/^few\.tsv: .*40/);
    expect(await give("large.tsv", "a\tb\n".repeat(2_700_000))).toMatch(/^large\.tsv: .*5 MB/);
    expect(await give("picture.png", Buffer.from("89504e470d0a1a0a0000", "hex"))).toMatch(
      /^picture\.png: .*picture/,
    );
    await page.getByRole("button", { name: "中文" }).click();
    await expect.poll(() => status(page)).toMatch(/^picture\.png：.*图片/);

    // Pairs that are there stay.
    await page.getByRole("button", { name: "English" }).click();
    await page.locator(".own textarea").fill(ownRows("abcdefg", 340));
    await page.getByRole("button", { name: "Use these pairs" }).click();
    await expect.poll(() => status(page)).toMatch(/340 pairs kept/);
    expect(await give("one.tsv", "one\ntwo\n")).toMatch(/^one\.tsv: .*column[\s\S]*340 pairs kept/);
    await closeFaultless(tab);
  });
});
