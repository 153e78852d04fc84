/** A scene that is the whole page: in a window, in a frame of another page, on a projector; and the story on paper. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { closeFaultless, expectFaultless, studioInTests } from "./support/studioInTests.ts";
import type { Place, StudioPage } from "./support/studioPage.ts";
import { sceneNames, visit, visitAfresh } from "./support/studioPage.ts";

const studio = studioInTests();

/** One of each kind: a wide drawing, a high one, several drawings, controls above it, drawings that come later. */
const kinds = ["unrolled", "decoder-mechanism", "which-word", "five-moves", "learning"] as const;
const sentence = { model: "fr-en", text: "Je suis étudiant.", lang: "en" } as const;

function openAt(width: number, height: number): Promise<StudioPage> {
  return studio.share({ width, height });
}

const long = {
  fr: "L'accord sur l'Espace économique européen a été signé en août 1992, et la Commission a dit qu'il ne fallait pas attendre plus longtemps pour en parler.",
  zh: "我们到车站的时候火车已经开走了，所以在寒风里等了一个多小时才坐上回家的车。",
} as const;
const chinese = { model: "zh-en", text: long.zh, lang: "zh" } as const;

/** Where the first drawing is, and where the bar begins; in CSS pixels of a window that was not scrolled. */
async function places(page: Page): Promise<{ top: number; bottom: number; end: number }> {
  await page.waitForSelector(".picture .scroller > svg");
  await page.waitForTimeout(400);
  return page.evaluate(() => {
    const drawing = document.querySelector(".picture .scroller > svg") as SVGSVGElement;
    const { top, bottom } = drawing.getBoundingClientRect();
    const bar = document.querySelector(".transport")?.getBoundingClientRect();
    return { top, bottom, end: bar?.top ?? innerHeight };
  });
}

/** The smallest text of all drawings and of what stands around them, in CSS pixels of the screen, and what it says. */
function smallestText(page: Page): Promise<{ size: number; says: string }> {
  return page.evaluate(() => {
    const picture = document.querySelector(".picture") as HTMLElement;
    let smallest = { size: Number.POSITIVE_INFINITY, says: "" };
    const texts = document.createTreeWalker(picture, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const says = text.textContent?.trim() ?? "";
      const around = text.parentElement as Element;
      if (says === "" || around.getClientRects().length === 0) continue;
      if (around.closest(".visually-hidden")) continue;
      const drawn = around as Partial<SVGGraphicsElement>;
      const matrix = drawn.getScreenCTM?.();
      const scale = matrix
        ? Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c))
        : Number(picture.style.zoom || 1);
      const size = Number.parseFloat(getComputedStyle(around).fontSize) * scale;
      if (size < smallest.size) smallest = { size, says };
    }
    return smallest;
  });
}

/** Letters of all scenes that are too small or too large to be read, and scenes wider than the window. */
async function unreadable(tab: StudioPage, place: Place): Promise<string[]> {
  const { page } = tab;
  const found: string[] = [];
  for (const scene of sceneNames) {
    await visit(tab, studio.url, { ...place, scene });
    await page.waitForSelector(".picture .scroller > svg");
    await page.keyboard.press("End");
    await page.waitForTimeout(300);
    const { size, says } = await smallestText(page);
    if (size < 8.95 || size >= 40) found.push(`${scene}: ${says}: ${size}`);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wide > 0) found.push(`${scene} is ${wide} pixels wider than the window`);
  }
  return found;
}

test.each([
  [1280, 800, chinese],
  [800, 450, sentence],
] as const)(
  "all scenes alone in a window of %i × %i have letters that can be read",
  async (width, height, place) => {
    const tab = await openAt(width, height);
    expect(await unreadable(tab, place)).toEqual([]);
    expectFaultless(tab);
  },
);

test("a phone shows every scene of a long sentence readably, and does not scroll the page sideways", async () => {
  const viewport = { width: 360, height: 740 };
  const tab = await studio.open({ viewport, hasTouch: true, isMobile: true });
  expect(await unreadable(tab, { ...sentence, text: long.fr })).toEqual([]);
  await closeFaultless(tab);
});

describe.each([
  [1280, 800],
  [1920, 1080],
])("a scene alone in a window of %i × %i", (width, height) => {
  test("shows its whole drawing above the bar, without scrolling", async () => {
    const tab = await openAt(width, height);
    for (const scene of kinds) {
      await visit(tab, studio.url, { scene, ...sentence });
      const { top, bottom, end } = await places(tab.page);
      expect(top, scene).toBeGreaterThanOrEqual(0);
      expect(bottom, scene).toBeLessThanOrEqual(end);
      expect(await tab.page.evaluate(() => scrollY), scene).toBe(0);
    }
    expectFaultless(tab);
  });
});

test("a low window shows a drawing as a whole, or as small as it can be read", async () => {
  const tab = await openAt(800, 450);
  const smallest: string[] = [];
  for (const scene of kinds) {
    await visit(tab, studio.url, { scene, ...sentence });
    const { top, bottom, end } = await places(tab.page);
    expect(top, scene).toBeGreaterThanOrEqual(0);
    expect(top, scene).toBeLessThan(end / 2);
    if (bottom <= end) continue;
    smallest.push(scene);
    expect((await smallestText(tab.page)).size, scene).toBeCloseTo(9, 0);
    expect(await tab.page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(
      450,
    );
  }
  expect(smallest).toContain("decoder-mechanism");
  // What a moment changes is brought into sight: the context stands at the lower end of the five moves.
  await visit(tab, studio.url, { scene: "five-moves", ...sentence });
  await places(tab.page);
  for (let moment = 0; moment < 4; moment++) await tab.page.keyboard.press("ArrowRight");
  await expect
    .poll(() =>
      tab.page.evaluate(() => {
        const strips = [...document.querySelectorAll(".picture .strip")];
        const bottoms = strips.map((strip) => strip.getBoundingClientRect().bottom);
        const bar = document.querySelector(".transport")?.getBoundingClientRect().top ?? 0;
        return scrollY > 0 && Math.max(...bottoms) <= bar;
      }),
    )
    .toBe(true);
  expectFaultless(tab);
});

test("a picture fills a large screen, and does not jump while it plays", async () => {
  const tab = await openAt(1920, 1080);
  await visitAfresh(tab, studio.url, { scene: "five-moves", ...sentence });
  const first = await places(tab.page);
  expect(first.bottom - first.top).toBeGreaterThan(0.6 * 1080);
  await tab.page.keyboard.press("End");
  expect(await places(tab.page)).toEqual(first);
  expectFaultless(tab);
});

test("a number is pointed at where it is drawn, whatever its size", async () => {
  const tab = await openAt(800, 450);
  await visitAfresh(tab, studio.url, { scene: "five-moves", ...sentence });
  await places(tab.page);
  const strip = tab.page.locator(".picture .strip").first();
  const { x, y, width, height } = (await strip.boundingBox()) as Record<"x" | "y", number> &
    Record<"width" | "height", number>;
  await tab.page.mouse.move(x + width / 2, y + height * 0.94);
  await expect
    .poll(() => tab.page.locator(".inspector .note").first().textContent())
    .toContain("number 7");
  expectFaultless(tab);
});

test("a phone shows a picture in its own size, before the words", async () => {
  const tab = await openAt(390, 844);
  await visit(tab, studio.url, { scene: "where-it-looks", ...sentence });
  const { top, end } = await places(tab.page);
  expect(top).toBeLessThan(0.6 * end);
  const [drawn, laidOut] = await tab.page
    .locator(".picture .scroller > svg")
    .first()
    .evaluate((svg) => [
      svg.getBoundingClientRect().width,
      (svg as SVGSVGElement).width.baseVal.value,
    ]);
  expect(drawn).toBe(laidOut);
  expectFaultless(tab);
});

test("what is only loaded or computed where it is seen is there before the print dialogue opens", async () => {
  const tab = await studio.open();
  await tab.page.addInitScript(() => {
    window.print = () => {
      const drawnIn = (place: string): number => document.querySelectorAll(`${place} svg`).length;
      document.body.dataset["printed"] = JSON.stringify({
        pending: [...document.querySelectorAll("[data-pending]")].map((each) => each.textContent),
        bottleneck: drawnIn('section[data-scene="bottleneck"] .picture'),
        learning: drawnIn('section[data-scene="learning"] .picture'),
        phrases: drawnIn('[data-folded="phrase map"] .map'),
        words: drawnIn('[data-folded="word map"] .content'),
      });
    };
  });
  await visit(tab, studio.url, sentence);
  await tab.page.keyboard.press("Control+p");
  await tab.page.waitForSelector("body[data-printed]", { timeout: 60_000 });
  const printed = await tab.page.evaluate(
    () => JSON.parse(document.body.dataset["printed"] ?? "{}") as Record<string, unknown>,
  );
  expect(printed["pending"]).toEqual([]);
  for (const part of ["bottleneck", "learning", "phrases", "words"])
    expect(Number(printed[part]), part).toBeGreaterThan(0);
  await closeFaultless(tab);
});

test("the story on paper has its pictures and what is folded, and nothing to press", async () => {
  const tab = await studio.share({ colorScheme: "dark" });
  await visit(tab, studio.url, sentence);
  await tab.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await tab.page.emulateMedia({ media: "print", colorScheme: "dark" });
  const shown = await tab.page.evaluate(() => ({
    scenes: document.querySelectorAll("section[data-scene]").length,
    drawn: [...document.querySelectorAll("section[data-scene]")].filter((section) =>
      section.querySelector(".picture > *"),
    ).length,
    folded: document.querySelectorAll("details:not([open])[data-folded]").length,
    controls: [...document.querySelectorAll("button, select, input, textarea, .transport")].filter(
      (control) => control.getClientRects().length > 0,
    ).length,
    // No page ends with a heading, or begins with the line below a drawing.
    loose: [
      ...document.querySelectorAll("main :is(h1, h2, h3, h4, summary, caption, thead)"),
    ].filter((heading) => getComputedStyle(heading).breakAfter !== "avoid").length,
    alone: [
      ...document.querySelectorAll(".picture .scroller + :is(p, ul):not(:has(+ .scroller))"),
    ].filter((line) => getComputedStyle(line).breakBefore !== "avoid").length,
    paper: getComputedStyle(document.documentElement).colorScheme,
    translation: (document.querySelector(".printed") as HTMLElement).innerText,
  }));
  expect(shown).toMatchObject({ scenes: 19, drawn: 19, folded: 0, controls: 0, paper: "light" });
  expect(shown).toMatchObject({ loose: 0, alone: 0 });
  expect(shown.translation).toMatch(/Je suis étudiant\..*I am a student\./);
  await tab.page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await tab.page.emulateMedia({ media: "screen" });
  await expect.poll(() => tab.page.locator("details[open][data-folded]").count()).toBe(0);
  const pages = (await tab.page.pdf({ format: "A4" })).toString("latin1").match(/\/Type \/Page\b/g);
  expect(pages?.length).toBeGreaterThanOrEqual(19);
  expectFaultless(tab);
});
