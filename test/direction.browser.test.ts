/** Text from right to left in the studio: sentences, tokens, matrices, fields and saved pictures. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { directionOf } from "../src/text/direction.ts";
import { expectFaultless, studioInTests } from "./support/studioInTests.ts";
import type { StudioPage } from "./support/studioPage.ts";
import { sceneNames, visit } from "./support/studioPage.ts";
import { writeRandomModel } from "./support/writtenModel.ts";

const hebrew = "שלום עולם!";
const studio = studioInTests(async (folder) => {
  // Its weights are random: it writes some Arabic letters, whatever it reads.
  await writeRandomModel(join(folder, "letters"), {}, 3, {
    source: "abcאבגדהוזחטילםמןנספעצקרשת.!",
    target: "ابتثجحخدذرزسشصضطظعغفقكلمنهوي؟",
  });
  return ["--model", join(folder, "letters")];
});

async function open(scene: string): Promise<StudioPage> {
  const tab = await studio.share();
  await visit(tab, studio.url, { scene, model: "letters", text: hebrew });
  return tab;
}

/** What all elements say whose own text has letters from right to left, and which way each runs. */
function shownTexts(tab: StudioPage): Promise<{ text: string; runs: string; tag: string }[]> {
  return tab.page.evaluate(() =>
    [...document.querySelectorAll<Element>("main *, .transport *")]
      .map((element) => ({
        tag: element.tagName.toLowerCase(),
        text: element.matches("input, textarea")
          ? (element as HTMLInputElement).value
          : [...element.childNodes]
              .map((node) => (node.nodeType === Node.TEXT_NODE ? (node.textContent ?? "") : ""))
              .join(""),
        runs: getComputedStyle(element).direction,
      }))
      .filter(({ text }) => /[\u0590-\u08ff]/.test(text)),
  );
}

test("in every scene each text with letters from right to left runs as its first letter says", async () => {
  const tab = await open("alignment");
  for (const scene of sceneNames) {
    await visit(tab, studio.url, { scene, model: "letters", text: hebrew });
    const texts = await shownTexts(tab);
    // The field and the translation are in all of them.
    expect(texts.length, scene).toBeGreaterThanOrEqual(2);
    const wrong = texts.filter(({ text, runs }) => runs !== directionOf(text));
    expect(wrong, scene).toEqual([]);
  }
  expectFaultless(tab);
});

test("the direction of the field follows what is typed into it", async () => {
  const { page } = await open("alignment");
  const field = page.locator(".sentence .field").first();
  const runs = (): Promise<string> => field.evaluate((node) => getComputedStyle(node).direction);
  await expect.poll(() => runs()).toBe("rtl");
  for (const [text, direction] of [
    ["abc", "ltr"],
    ["123 שלום", "rtl"],
    ["", "ltr"],
    ["سلام", "rtl"],
  ] as const) {
    await field.fill(text);
    await expect.poll(() => runs(), { message: text }).toBe(direction);
  }
});

test("the names of a matrix's rows stay at its left, and a saved picture has their direction", async () => {
  const { page } = await open("alignment");
  const rows = await page.evaluate(() => {
    const matrix = document.querySelector(".matrix .ground")?.getBoundingClientRect() as DOMRect;
    return [...document.querySelectorAll("svg .word.target, svg .token.target text")]
      .filter((element) => /[\u0600-\u06ff]/.test(element.textContent ?? ""))
      .map((element) => element.getBoundingClientRect().right - matrix.left);
  });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((beyond) => beyond > 0)).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("figcaption .save button", { hasText: "SVG" }).first().click(),
  ]);
  await download.saveAs(join(studio.folder, "saved.svg"));
  const saved = readFileSync(join(studio.folder, "saved.svg"), "utf8");
  const texts = [...saved.matchAll(/<text\b([^>]*)>([^<]*)/g)].filter(([, , text]) =>
    /[\u0590-\u06ff]/.test(text as string),
  );
  expect(texts.length).toBeGreaterThan(0);
  for (const [, attributes] of texts) expect(attributes).toContain('direction="rtl"');
});
