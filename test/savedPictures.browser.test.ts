/** Pictures as files of their own: what they hold, how large they are, and how many bytes they take. */
import { readFileSync } from "node:fs";
import type { Download, Page } from "playwright-core";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { expectFaultless, studioInTests } from "./support/studioInTests.ts";
import { visit } from "./support/studioPage.ts";

const studio = studioInTests();

async function saved(kind: "SVG" | "PNG", page: Page): Promise<Buffer> {
  const [download] = (await Promise.all([
    page.waitForEvent("download"),
    page.locator("figcaption .save button", { hasText: kind }).first().click(),
  ])) as [Download, undefined];
  return readFileSync(await download.path());
}

interface Parsed {
  /** The elements by name, and the text of each that has some. */
  readonly counts: ReadonlyMap<string, number>;
  readonly texts: readonly string[];
  readonly size: readonly [width: number, height: number];
  /** The classes that elements name, and those that the style sheet has. */
  readonly named: ReadonlySet<string>;
  readonly styled: ReadonlySet<string>;
}

function parsed(svg: string): Parsed {
  const parser = new SaxesParser();
  const counts = new Map<string, number>();
  const texts: string[] = [];
  const named = new Set<string>();
  let size: [number, number] = [0, 0];
  let sheet = "";
  parser.on("opentag", ({ name, attributes }) => {
    if (counts.size === 0) size = [Number(attributes["width"]), Number(attributes["height"])];
    else for (const each of String(attributes["class"] ?? "").split(" ")) if (each) named.add(each);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (["text", "title", "desc", "style"].includes(name)) texts.push("");
  });
  parser.on("text", (text) => {
    texts.push((texts.pop() ?? "") + text);
  });
  parser.on("closetag", ({ name }) => {
    if (name === "style") sheet = texts.pop() ?? "";
  });
  parser.write(svg).close();
  const styled = new Set([...sheet.matchAll(/\.(c[0-9a-z]+)\{/g)].map(([, name]) => name ?? ""));
  return { counts, texts, size, named, styled };
}

const cases = [
  {
    lang: "en",
    colorScheme: "light",
    title: "Attention at one step, in five moves",
    legend: /Brighter is higher:/,
    model: "fr-en",
    text: "Je suis étudiant.",
    tokens: ["Je", "suis", "étudiant"],
  },
  {
    lang: "zh",
    colorScheme: "dark",
    title: "一步注意力，五个动作",
    legend: /越亮数值越大：/,
    model: "zh-en",
    text: "我昨天买的书很有意思。",
    tokens: ["我昨天", "很有意思"],
  },
] as const;

describe.each(cases)("a picture saved in $lang, $colorScheme", (its) => {
  test("has title, legend and formula, and takes few bytes for each of its parts", async () => {
    const { lang, colorScheme, title, legend, model, text, tokens } = its;
    const tab = await studio.share({ colorScheme });
    await visit(tab, studio.url, { scene: "five-moves", model, text, lang });
    await tab.page.keyboard.press("End");
    await tab.page.waitForTimeout(300);
    const svg = (await saved("SVG", tab.page)).toString("utf8");
    const { counts, texts, size, named, styled } = parsed(svg);
    expect(texts.filter((line) => line === title)).toHaveLength(2);
    expect(texts.some((line) => legend.test(line))).toBe(true);
    expect(texts).toContain("α = softmax(e)");
    expect(texts).toEqual(expect.arrayContaining([...tokens]));
    // Computers have Chinese letters under one of these names.
    expect(svg).toMatch(/font-family="[^>]*PingFang SC[^>]*Microsoft YaHei[^>]*Noto Sans SC/);
    expect([...named].filter((name) => !styled.has(name))).toEqual([]);
    expect(svg).not.toMatch(/var\(|oklab|aria-|tabindex|<!--/);

    // A part is a line of XML; what is said once for all is the title, the styles and the fonts.
    const parts = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const words = texts.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    expect(Buffer.byteLength(svg)).toBeLessThan(100 * parts + words + 3000);

    const png = await saved("PNG", tab.page);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(size.map((side) => 2 * side));
    expectFaultless(tab);
  });
});

test("what is empty around a drawing is cut off, and its size does not depend on the window", async () => {
  const sizes: (readonly [number, number])[] = [];
  for (const height of [800, 1400]) {
    const tab = await studio.share({ width: 1280, height });
    const place = { scene: "alignment", model: "fr-en", text: "Bonjour", lang: "en" } as const;
    await visit(tab, studio.url, place);
    await tab.page.waitForTimeout(400);
    sizes.push(parsed((await saved("SVG", tab.page)).toString("utf8")).size);
    const drawing = tab.page.locator(".picture .scroller > svg").first();
    const wide = await drawing.evaluate((svg) => (svg as SVGSVGElement).width.baseVal.value);
    expect(sizes.at(-1)?.[0]).toBeLessThan(0.8 * wide);
    expectFaultless(tab);
  }
  expect(sizes[1]).toEqual(sizes[0]);
});
