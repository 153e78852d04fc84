/** The map of phrases as people meet it: with every shipped model, by pointer, by keyboard and by address. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import type { Looks } from "./support/studioInTests.ts";
import { closeFaultless, expectFaultless, studioInTests } from "./support/studioInTests.ts";
import type { StudioPage } from "./support/studioPage.ts";
import { brokenRules, fragment, root, visit } from "./support/studioPage.ts";

const studio = studioInTests();

const scene = "context-vector";
/** The last of the models is what the other tests use. */
const sentences: Readonly<Record<string, string>> = {
  dates: "le 14 juillet 1989",
  "fr-en-no-attention": "Je suis étudiant.",
  "fr-en": "Je suis étudiant.",
};

/** Scrolls to the map and waits until it shows so many phrases. */
async function shown(page: Page, least = 60): Promise<void> {
  const folded = page.locator("[data-folded='phrase map']");
  await folded.scrollIntoViewIfNeeded();
  if ((await folded.getAttribute("open")) === null) await folded.locator("> summary").click();
  await page.waitForFunction(
    (count) =>
      Number(document.querySelector<HTMLElement>("[data-phrases]")?.dataset["phrases"]) >= count,
    least,
    { timeout: 120_000 },
  );
}

async function open(
  model: string,
  looks: Looks = {},
  lang: "en" | "zh" = "en",
): Promise<StudioPage> {
  const tab = await studio.share(looks);
  await visit(tab, studio.url, { scene, model, text: sentences[model] as string, lang });
  await shown(tab.page);
  return tab;
}

/** The phrase that was asked for and those nearest to it, as the picture tells them. */
async function nearest(page: Page): Promise<{ phrase: string; found: [string, number][] }> {
  const label = await page
    .locator("[data-phrases] svg[aria-label^='Nearest']")
    .getAttribute("aria-label");
  const [, phrase = "", list = ""] = /^Nearest to “(.*)” by cosine: (.*)$/.exec(label ?? "") ?? [];
  const found = [...list.matchAll(/(.+?) (−?[\d.]+)(?:, |$)/g)].map(
    ([, word = "", number = ""]): [string, number] => [word, Number(number.replace("−", "-"))],
  );
  return { phrase, found };
}

describe.each(Object.keys(sentences))("the model %s", (name) => {
  test("shows phrases by cosines that its weights give", async () => {
    const tab = await open(name);
    const { phrase, found } = await nearest(tab.page);
    expect(phrase).toBe(sentences[name]);
    expect(found).toHaveLength(3);
    const model = await Seq2Seq.load(join(root, "models", name), { threads: 1 });
    try {
      const { states } = await model.encode([phrase, ...found.map(([word]) => word)]);
      const { shape, data } = states[0] as (typeof states)[number];
      const row = (index: number): number[] => [
        ...data.slice(index * shape[1], (index + 1) * shape[1]),
      ];
      const product = (one: readonly number[], other: readonly number[]): number =>
        one.reduce((sum, value, at) => sum + value * (other[at] as number), 0);
      const own = row(0);
      found.forEach(([, told], index) => {
        const other = row(index + 1);
        const lengths = Math.sqrt(product(own, own) * product(other, other));
        expect(Math.abs(told - product(own, other) / lengths)).toBeLessThan(2e-3);
      });
    } finally {
      await model.release();
    }
    expectFaultless(tab);
  });
});

test("phrases are chosen by keyboard and by pointer, and groups are brought out", async () => {
  const tab = await open("fr-en");
  const { page } = tab;
  const map = page.locator("[data-phrases] .map [role='slider']");
  await map.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const announced = (await map.getAttribute("aria-valuetext")) ?? "";
  const byKey = await nearest(page);
  expect(byKey.phrase).not.toBe(sentences["fr-en"]);
  expect(announced.startsWith(byKey.phrase)).toBe(true);
  await page.keyboard.press("Escape");
  expect((await nearest(page)).phrase).toBe(sentences["fr-en"]);
  await page.locator("[data-phrases] summary").click();
  await page.getByRole("button", { name: "la semaine prochaine" }).click();
  const week = await nearest(page);
  expect(week.phrase).toBe("la semaine prochaine");
  expect(week.found[0]?.[0]).toBe("la semaine dernière");
  await page.getByRole("button", { name: "times", exact: true }).click();
  const faded = page.locator("[data-phrases] .map path[opacity='0.25']");
  await expect.poll(() => faded.count()).toBeGreaterThan(60);
  await page.getByRole("button", { name: "times", exact: true }).click();
  await expect.poll(() => faded.count()).toBe(0);
  await map.focus();
  await page.keyboard.press("Escape");
  expect((await nearest(page)).phrase).toBe(sentences["fr-en"]);
  expectFaultless(tab);
});

test("a reader's own phrases come onto the map, and their address brings them again", async () => {
  const tab = await open("fr-en");
  const { page } = tab;
  const count = Number(await page.locator("[data-phrases]").getAttribute("data-phrases"));
  await page.locator("[data-phrases] textarea").fill("Je suis professeur.\n\n au bord  de la mer");
  await page.getByRole("button", { name: "Put them on the map" }).click();
  await shown(page, count + 2);
  expect((await nearest(page)).found[0]?.[0]).toBe("Je suis professeur.");
  const address = page.url();
  expect(new URLSearchParams(new URL(address).hash.slice(1)).get("phrases")).toBe(
    "Je suis professeur.\nau bord de la mer",
  );
  const other = await studio.open();
  await other.page.goto(address);
  await other.page.locator("[data-folded='phrase map'][open]").waitFor();
  await shown(other.page, count + 2);
  await expect
    .poll(() => other.page.locator("[data-phrases] textarea").inputValue())
    .toBe("Je suis professeur.\nau bord de la mer");
  // Too many for an address stay on this page.
  await page
    .locator("[data-phrases] textarea")
    .fill(Array.from({ length: 45 }, (_, at) => `Je suis le numéro ${at}.`).join("\n"));
  await page.getByRole("button", { name: "Put them on the map" }).click();
  await shown(page, count + 40);
  expect(page.url()).not.toContain("phrases=");
  await expect.poll(() => page.locator("[data-phrases] form").last().innerText()).toContain("45");
  await closeFaultless(other);
  expectFaultless(tab);
});

test("the page's sentence has a star, also where it is one of the phrases already", async () => {
  const tab = await open("fr-en");
  const { page } = tab;
  const section = page.locator("[data-phrases]");
  const translate = async (text: string): Promise<number> => {
    await page.locator(".sentence textarea").fill(text);
    await page.locator(".sentence textarea").press("Enter");
    await page.locator(`[data-phrases] svg[aria-label^='Nearest to “${text}”']`).waitFor();
    return Number(await section.getAttribute("data-phrases"));
  };
  const without = await translate("la semaine prochaine");
  expect(await translate("Il habite ici depuis un an.")).toBe(without + 1);
  await expect.poll(() => section.locator(".map path.sign").count()).toBe(without + 1);
  expectFaultless(tab);
});

test("the page goes on living while the model reads the phrases, and tells how far it is", async () => {
  const tab = await studio.open();
  // A clock of the page sees a note only if it gets its turn between two runs of the model.
  await tab.page.addInitScript(`
    window.notes = new Set();
    setInterval(() => {
      const note = document.querySelector("[data-folded='phrase map'] [role='status']")?.textContent;
      if (note) window.notes.add(note.trim());
    }, 2);
  `);
  await visit(tab, studio.url, { scene, model: "fr-en", text: "Je suis étudiant." });
  await shown(tab.page);
  const notes = (await tab.page.evaluate("[...window.notes]")) as string[];
  const counts = notes.map((note) => Number(/: (\d+) of \d+/.exec(note)?.[1] ?? 0));
  expect(new Set(counts.filter((count) => count > 0)).size).toBeGreaterThanOrEqual(4);
  await tab.context.close();
});

test.each([
  ["light", 1280, "en"],
  ["dark", 390, "zh"],
] as const)(
  "in %s colours at %i pixels it fits, and breaks no rule of accessibility",
  async (colorScheme, width, lang) => {
    const tab = await open("fr-en", { colorScheme, width, height: 900 }, lang);
    const wide = await tab.page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    expect(wide).toBeLessThanOrEqual(0);
    expect(await brokenRules(tab.page)).toEqual([]);
    expectFaultless(tab);
  },
);

test("a scene that comes back with its map shows its beginning, and has kept the map", async () => {
  const tab = await open("fr-en", { height: 700 });
  const { page } = tab;
  await page.evaluate(`location.hash = location.hash.replace("${scene}", "black-box")`);
  await page.locator("section[data-scene='black-box'] .picture > *").first().waitFor();
  await page.evaluate("scrollTo(0, 0)");
  await page.evaluate(`location.hash = location.hash.replace("black-box", "${scene}")`);
  // Far above the map nothing is computed: what is shown was kept.
  await page.locator("[data-phrases]").waitFor({ state: "attached" });
  const top = "document.querySelector('[data-phrases]').getBoundingClientRect().top";
  // What stands above it takes its place a moment later.
  await expect.poll(() => page.evaluate(`${top} > innerHeight + 200`)).toBe(true);
  // By then the page would have gone to what has changed.
  await page.waitForTimeout(1000);
  expect(await page.evaluate("scrollY")).toBe(0);
  expectFaultless(tab);
});

test("the story's address of the scene opens without the map being made far away from it", async () => {
  const tab = await studio.open();
  await tab.page.goto(`${studio.url}/${fragment({ model: "fr-en", text: "Je suis étudiant." })}`);
  await tab.page.locator("section[data-scene='black-box'] .picture > *").first().waitFor();
  await tab.page.waitForTimeout(1500);
  await expect.poll(() => tab.page.locator("[data-phrases]").count()).toBe(0);
  await tab.context.close();
});
