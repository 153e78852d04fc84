/** The studio as people meet it: every scene with every shipped model, by pointer and by keyboard. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialog, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readModel } from "../src/modelFolder/nodeModelFolder.ts";
import { readTrace } from "../src/trace/traceJson.ts";
import { traceDifferences } from "./support/recompute.ts";
import { serve } from "./support/staticServer.ts";
import { closeFaultless, expectFaultless, studioInTests } from "./support/studioInTests.ts";
import type { StudioPage } from "./support/studioPage.ts";
import {
  brokenRules,
  fragment,
  openTab,
  root,
  sceneNames,
  settled,
  visit,
  visitAfresh,
} from "./support/studioPage.ts";

/** Sentences for each shipped model: an ordinary one, one of a single word, a long one. The last is what other tests use. */
const sentences: Readonly<Record<string, readonly string[]>> = {
  dates: [
    "le 14 juillet 1989",
    "1987",
    "the twenty-second of November, nineteen hundred and sixty",
  ],
  "fr-en-no-attention": [
    "Je suis étudiant.",
    "Bonjour",
    "Je ne sais pas où il habite, et je ne sais pas non plus quand il viendra nous voir à la maison.",
  ],
  "fr-en": [
    "Je suis étudiant.",
    "Bonjour",
    "L'accord sur l'Espace économique européen a été signé en août 1992, et la Commission a dit qu'il ne fallait pas attendre plus longtemps pour en parler.",
  ],
  "zh-en": [
    "我昨天买的书很有意思。",
    "你好",
    "我们到车站的时候火车已经开走了，所以在寒风里等了一个多小时才坐上回家的车。",
  ],
  "en-zh": [
    "The book that I bought yesterday is very interesting.",
    "Hello",
    "When we got to the station the train had already left, so we waited for more than an hour in the cold wind before we could go home.",
  ],
};
/** The language of the page in which each model's scenes are shown: Chinese if it reads or writes Chinese. */
const langOf = (model: string): "en" | "zh" => (/zh/.test(model) ? "zh" : "en");
/** Marks of half width beside Chinese letters, and spaces after Chinese marks: put together as other languages are. */
const halfWidth =
  /[\p{Script=Han}”）] ?[,:;?!](?= |$)|[,:;?!] ?[\p{Script=Han}“]| \((?=[^)]*\p{Script=Han})|[。，；：！？] +(?=[\p{Script=Han}“])/u;
const studio = studioInTests();
const { folder, open, share } = studio;

/** The numbers of the moment that the bar shows, as in "3/59". */
const momentShown = async (page: Page): Promise<number> =>
  Number(await page.locator(".transport input[type=range]").inputValue());

/** Each text of an element, and what is said of what it draws. */
const saidIn = (element: Element): string[] => {
  const names = ["aria-label", "aria-valuetext", "title"];
  const labels = [...element.querySelectorAll("*")].flatMap((each) =>
    names.map((name) => each.getAttribute(name) ?? ""),
  );
  // A button after a sentence is no part of it.
  const buttons = [...element.querySelectorAll<HTMLElement>("p button")];
  for (const { style } of buttons) style.display = "none";
  const texts = (element as HTMLElement).innerText.split("\n");
  for (const { style } of buttons) style.display = "";
  return [...labels, ...texts];
};

describe.each(Object.keys(sentences))("the model %s", (model) => {
  test("shows every scene for each kind of sentence, without a fault and within the page", async () => {
    const tab = await share();
    for (const [index, text] of (sentences[model] as string[]).entries()) {
      for (const [place, scene] of sceneNames.entries()) {
        // The drawings are the same for all models: one of them shows each scene with each sentence.
        if (model !== "fr-en" && place % 3 !== index) continue;
        await visit(tab, studio.url, { scene, model, text, lang: langOf(model) });
        const wide = await tab.page.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        expect(wide, `${scene} is wider than the page for “${text}”`).toBeLessThanOrEqual(0);
        const content = await tab.page.locator(".picture").innerText();
        expect(content.length, `${scene} is empty for “${text}”`).toBeGreaterThan(0);
        if (langOf(model) === "zh") {
          const said = await tab.page.locator(`section[data-scene="${scene}"]`).evaluate(saidIn);
          expect(said.filter((line) => halfWidth.test(line))).toEqual([]);
        }
      }
    }
    expectFaultless(tab);
  });

  test("shows numbers that follow from each other and from the weights", async () => {
    const tab = await share();
    const text = (sentences[model] as string[])[0] as string;
    await visit(tab, studio.url, { scene: "translation", model, text, lang: "en" });
    const saved = await savedFile("JSON", tab.page);
    const trace = readTrace(JSON.parse(readFileSync(saved, "utf8")));
    const { weights } = await readModel(join(root, "models", model));
    expect(trace.source.text).toBe(text);
    expect(trace.steps.length).toBeGreaterThan(1);
    expect(traceDifferences(trace, weights, 1e-4)).toEqual([]);
    // What is written on the page is what the trace says.
    await visit(tab, studio.url, { scene: "recurrent-step", model, text });
    const strip = tab.page.locator('section [role="slider"]').first();
    await strip.focus();
    const announced = (await strip.getAttribute("aria-valuetext")) ?? "";
    const inspected = await tab.page.locator(".inspector .value").innerText();
    const [, value = ""] = /: (.*)$/.exec(announced) ?? [];
    expect(Number(inspected.replace("−", "-"))).toBeCloseTo(Number(value.replace("−", "-")), 3);
    expectFaultless(tab);
  });
});

async function savedFile(kind: "SVG" | "PNG" | "JSON", page: Page): Promise<string> {
  const [download] = (await Promise.all([
    page.waitForEvent("download"),
    page.locator("figcaption .save button", { hasText: kind }).first().click(),
  ])) as [Download, undefined];
  const path = join(folder, `${Math.random()}-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return path;
}

test("pictures are saved as files that open", async () => {
  const tab = await share();
  await visit(tab, studio.url, { scene: "five-moves", model: "fr-en", text: "Je suis étudiant." });
  const svg = readFileSync(await savedFile("SVG", tab.page), "utf8");
  const parsed = await tab.page.evaluate((content) => {
    const { documentElement } = new DOMParser().parseFromString(content, "image/svg+xml");
    return [documentElement.nodeName, documentElement.querySelectorAll("rect").length] as const;
  }, svg);
  expect(parsed[0]).toBe("svg");
  expect(parsed[1]).toBeGreaterThan(20);
  expect(svg).not.toContain("var(--");
  const png = readFileSync(await savedFile("PNG", tab.page));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.readUInt32BE(16)).toBeGreaterThan(500);
  expectFaultless(tab);
});

test("a saved picture is well-formed XML, whatever characters were typed", async () => {
  const tab = await share();
  const text = "Je\u0001 su\ufffeis <é> & \uffff étud\u0008iant";
  await visit(tab, studio.url, { scene: "black-box", model: "fr-en", text });
  const svg = readFileSync(await savedFile("SVG", tab.page), "utf8");
  // What is read by those who do not see the picture holds the text as it was typed.
  expect(svg).toContain("\ufffd");
  const name = await tab.page.evaluate(
    (content) => new DOMParser().parseFromString(content, "image/svg+xml").documentElement.nodeName,
    svg,
  );
  expect(name).toBe("svg");
  const png = readFileSync(await savedFile("PNG", tab.page));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expectFaultless(tab);
});

test("the bar plays, steps and is dragged, and the keyboard does the same", async () => {
  const tab = await share({ reducedMotion: "no-preference" });
  const { page } = tab;
  await visit(tab, studio.url, { scene: "five-moves", model: "fr-en", text: "Je suis étudiant." });
  const range = page.locator(".transport input[type=range]");
  const [first, last] = [
    Number(await range.getAttribute("min")),
    Number(await range.getAttribute("max")),
  ];
  await page.keyboard.press("Home");
  await expect.poll(() => momentShown(page)).toBe(first);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => momentShown(page)).toBe(first + 1);
  await page.keyboard.press("End");
  await expect.poll(() => momentShown(page)).toBe(last);
  await page.locator(".transport button").nth(0).click();
  await expect.poll(() => momentShown(page)).toBe(last - 1);
  await range.fill(String(first + 3));
  await expect.poll(() => momentShown(page)).toBe(first + 3);
  const captions = new Set<string>();
  await page.locator("body").press("Space");
  for (let look = 0; look < 30 && captions.size < 3; look++) {
    captions.add(await page.locator(".transport .caption").innerText());
    await page.waitForTimeout(200);
  }
  expect(captions.size).toBeGreaterThanOrEqual(3);
  await page.locator("body").press("Space");
  const stopped = await momentShown(page);
  await page.waitForTimeout(1500);
  expect(await momentShown(page)).toBe(stopped);
  expectFaultless(tab);
});

test("an address reopens the same picture in another window", async () => {
  const tab = await share();
  const text = "Le chat noir dort.";
  await visit(tab, studio.url, { scene: "alignment", model: "fr-en", text });
  await tab.page.keyboard.press("Home");
  await tab.page.keyboard.press("ArrowRight");
  await tab.page.waitForTimeout(200);
  const address = tab.page.url();
  const [moment, picture] = [
    await momentShown(tab.page),
    await tab.page.locator(".picture").innerText(),
  ];
  expectFaultless(tab);
  const other = await open();
  await other.page.goto(address);
  await settled(other.page, { scene: "alignment", text });
  await expect.poll(() => momentShown(other.page)).toBe(moment);
  await expect.poll(() => other.page.locator(".picture").innerText()).toBe(picture);
  await closeFaultless(other);
});

describe("a scene", () => {
  const place = { model: "fr-en", text: "Je suis étudiant.", lang: "en" } as const;

  test("plays its own moments, from its beginning", async () => {
    const tab = await share();
    const { page } = tab;
    await visitAfresh(tab, studio.url, { ...place, scene: "black-box" });
    const range = page.locator(".transport input[type=range]");
    expect([await range.inputValue(), await range.getAttribute("max")]).toEqual(["1", "11"]);
    await expect
      .poll(() => page.locator(".transport .caption").innerText())
      .toMatch(/nothing has gone in/);
    await page.keyboard.press("End");
    await expect.poll(() => page.locator(".transport .count").innerText()).toBe("11/11");
    await visit(tab, studio.url, { ...place, scene: "alignment" });
    expect([await range.inputValue(), await range.getAttribute("max")]).toEqual(["1", "6"]);
    expectFaultless(tab);
  });

  test("has no bar where there is nothing to play, and one where it has its own", async () => {
    const tab = await share();
    const { page } = tab;
    await visit(tab, studio.url, { ...place, scene: "bottleneck" });
    await expect.poll(() => page.locator(".transport").count()).toBe(0);
    await visit(tab, studio.url, { ...place, scene: "learning" });
    const own = page.getByRole("group", { name: "Checkpoint" }).locator("input[type=range]");
    await own.waitFor();
    await expect.poll(() => page.locator(".transport").count()).toBe(0);
    const last = await own.inputValue();
    await page.locator("body").press("Home");
    await expect.poll(() => own.inputValue()).not.toBe(last);
    await page.locator("body").press("End");
    await expect.poll(() => own.inputValue()).toBe(last);
    await visit(tab, studio.url, { ...place, scene: "what-if" });
    await expect.poll(() => page.locator(".transport").count()).toBe(1);
    await page.getByRole("button", { name: "Compare two" }).click();
    await expect.poll(() => page.locator(".transport").count()).toBe(0);
    await page.getByRole("button", { name: "Change this translation" }).click();
    await expect.poll(() => page.locator(".transport").count()).toBe(1);
    expectFaultless(tab);
  });

  test("begins when one goes to it, and stands where it was left when one comes back", async () => {
    const tab = await share();
    const { page } = tab;
    await visitAfresh(tab, studio.url, { ...place, scene: "hidden-states" });
    await visit(tab, studio.url, { ...place, scene: "hidden-states", lang: "zh" });
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => momentShown(page)).toBe(3);
    const next = page.locator("nav.turn a").last();
    await expect.poll(() => next.getAttribute("href")).toContain("lang=zh");
    await next.click();
    await settled(page, { ...place, scene: "unrolled" });
    await expect.poll(() => momentShown(page)).toBe(1);
    await page.keyboard.press("End");
    await page.goBack();
    await settled(page, { ...place, scene: "hidden-states" });
    await expect.poll(() => momentShown(page)).toBe(3);
    await page.goForward();
    await settled(page, { ...place, scene: "unrolled" });
    await expect.poll(() => momentShown(page)).toBe(11);
    expect(page.url()).toContain("lang=zh");
    await page.getByRole("button", { name: "English" }).click();
    expectFaultless(tab);
  });

  test("of an address that counts the moments of the whole translation opens at the one that holds it", async () => {
    const tab = await share();
    await visit(tab, studio.url, { ...place, scene: "alignment", moment: 30 });
    await expect.poll(() => momentShown(tab.page)).toBe(3);
    await visit(tab, studio.url, { ...place, scene: "black-box", moment: 60 });
    await expect.poll(() => momentShown(tab.page)).toBe(11);
    expectFaultless(tab);
  });
});

test("a sentence whose words keep their order leads to one whose words do not", async () => {
  const tab = await share();
  const { page } = tab;
  const text = "Je suis étudiant.";
  await visit(tab, studio.url, { scene: "alignment", model: "fr-en", text });
  const change = page.getByText(/The order changes at/);
  await expect.poll(() => change.count()).toBe(0);
  await page.getByRole("button", { name: "See it here" }).click();
  await change.waitFor();
  await expect.poll(() => page.locator("main").getAttribute("data-text")).not.toBe(text);
  expectFaultless(tab);
});

test("what is unfolded stays so from scene to scene, and what is folded is not computed", async () => {
  const tab = await share();
  const { page } = tab;
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  const place = { model: "fr-en", text: "Je suis étudiant." };
  await visit(tab, studio.url, { ...place, scene: "embeddings" });
  const arithmetic = page.locator("[data-folded='word arithmetic']");
  await expect.poll(() => arithmetic.locator("input").count()).toBe(0);
  expect(asked.filter((url) => url.includes("vectors"))).toEqual([]);
  await arithmetic.locator("> summary").press("Enter");
  await arithmetic.locator("input").first().waitFor();
  await visit(tab, studio.url, { ...place, scene: "black-box" });
  await visit(tab, studio.url, { ...place, scene: "embeddings" });
  await arithmetic.locator("input").first().waitFor();
  await arithmetic.locator("> summary").press("Enter");
  expectFaultless(tab);
});

test("an address brings back the place in the story", async () => {
  const tab = await share();
  const { page } = tab;
  const place = { model: "fr-en", text: "Je suis étudiant." };
  await visitAfresh(tab, studio.url, { ...place, scene: "hidden-states" });
  await visit(tab, studio.url, place);
  const figure = page.locator('section[data-scene="hidden-states"] figure');
  await figure.evaluate((element) => element.scrollIntoView({ block: "center" }));
  await page.waitForFunction(() => location.hash.includes("at=hidden-states"));
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => location.hash.includes("moment="));
  await expect.poll(() => momentShown(page)).toBe(2);
  const isThere = async (): Promise<void> => {
    await page.waitForFunction(() => {
      const section = document.querySelector('section[data-scene="hidden-states"]');
      const { top, bottom } = section?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
      return section?.querySelector("figure.focused") && top < innerHeight && bottom > 0;
    });
    await expect.poll(() => momentShown(page)).toBe(2);
  };
  await figure.getByRole("link").click();
  await page.waitForFunction(() => document.querySelectorAll("section").length === 1);
  await expect.poll(() => momentShown(page)).toBe(2);
  await page.goBack();
  await isThere();
  const address = page.url();
  await page.goto("about:blank");
  await page.goto(address);
  await settled(page, { scene: "hidden-states" });
  await isThere();
  expectFaultless(tab);
});

test("the language is switched, and stays so", async () => {
  const tab = await share();
  const { page } = tab;
  await visit(tab, studio.url, { model: "fr-en", text: "Je suis étudiant.", lang: "en" });
  await page.getByRole("button", { name: "中文" }).click();
  await expect.poll(() => page.locator("h1").innerText()).toMatch(/翻译/);
  await expect.poll(() => page.evaluate("document.documentElement.lang")).toBe("zh-CN");
  await page.goto("about:blank");
  await page.goto(studio.url);
  await expect.poll(() => page.locator("h1").innerText()).toMatch(/翻译/);
  await page.getByRole("button", { name: "English" }).click();
  await expect.poll(() => page.locator("h1").innerText()).not.toMatch(/翻译/);

  // Going back leads to what was seen before, in the language that is spoken now.
  await visit(tab, studio.url, { scene: "alignment", lang: "en" });
  await page.locator(".turn a").nth(1).click();
  await page.waitForFunction(() => document.querySelectorAll("section").length > 1);
  await page.getByRole("button", { name: "中文" }).click();
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll("section").length === 1);
  await expect.poll(() => page.evaluate("document.documentElement.lang")).toBe("zh-CN");
  await expect.poll(() => page.url()).toContain("lang=zh");
  await page.getByRole("button", { name: "English" }).click();
  expectFaultless(tab);
});

test("the story is read from top to bottom, and the bar plays the picture in the window", async () => {
  const tab = await share();
  const { page } = tab;
  await visit(tab, studio.url, { model: "fr-en", text: "Je suis étudiant." });
  await expect.poll(() => page.locator("section[data-scene]").count()).toBe(sceneNames.length);
  for (const scene of ["hidden-states", "five-moves", "alignment"]) {
    await page.locator(`section[data-scene="${scene}"] figure`).scrollIntoViewIfNeeded();
    await page.evaluate(
      `document.querySelector('section[data-scene="${scene}"] figure').scrollIntoView({ block: "center" })`,
    );
    await page.waitForFunction(
      (name) => document.querySelector(`section[data-scene="${name}"] figure.focused`) !== null,
      scene,
    );
  }
  expectFaultless(tab);
});

const strange: readonly (readonly [string, string])[] = [
  ["nothing", ""],
  ["only punctuation", "?!… —"],
  ["emoji", "Je suis 😀👩‍👩‍👧‍👦 étudiant 🇫🇷."],
  ["three hundred words", "Je ne sais pas où il habite et ".repeat(38).trim()],
  ["text from right to left", "אני סטודנט בפריז"],
  ["markup", "<img src=x onerror=alert(1)> <script>alert(2)</script> & étudiant"],
  ["words that nobody knows", "xqzt wvvkk zzrrtp"],
  ["line breaks and tabs", "Je suis\n\n\tétudiant.\r\nOui."],
];

describe("no harm is done by", () => {
  let tab: StudioPage;
  const refuse = (dialog: Dialog): void => {
    tab.faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  };
  beforeAll(async () => {
    tab = await share();
    tab.page.on("dialog", refuse);
  });
  afterAll(() => {
    tab?.page.off("dialog", refuse);
  });

  test.each(strange)("%s", async (_, text) => {
    const { page } = tab;
    const usual = { scene: "five-moves", model: "fr-en", text: "Je suis étudiant." };
    await visit(tab, studio.url, usual);
    await page.locator(".sentence textarea").fill(text);
    await page.locator(".sentence textarea").press("Enter");
    const line = text.replace(/\s+/g, " ").trim();
    await settled(page, { text: line });
    for (const scene of ["five-moves", "alignment", "beam", "embeddings"]) {
      await page.evaluate(`location.hash = location.hash.replace(/scene=[^&]*/, "scene=${scene}")`);
      await settled(page, { scene, text: line });
    }
    expect(tab.faults).toEqual([]);
  });
});

test("no scene breaks a rule of accessibility, in light colours and dark ones", async () => {
  const tab = await share();
  const found: string[] = [];
  for (const scene of sceneNames) {
    await visit(tab, studio.url, { scene, model: "fr-en", text: "Je suis étudiant." });
    for (const colorScheme of ["light", "dark"] as const) {
      await tab.page.emulateMedia({ colorScheme });
      await tab.page.waitForTimeout(150);
      // What stands around a scene is the same for all of them.
      const within = scene === sceneNames[0] ? null : "section[data-scene], .transport";
      const violations = await brokenRules(tab.page, within);
      found.push(...violations.map((violation) => `${scene}, ${colorScheme}: ${violation}`));
    }
  }
  expect(found).toEqual([]);
});

test("the keyboard reaches every scene's controls, and its focus is seen", async () => {
  const tab = await share();
  const { page } = tab;
  for (const scene of sceneNames) {
    await visit(tab, studio.url, { scene, model: "fr-en", text: "Je suis étudiant." });
    await page.locator("section header").first().click();
    const seen = new Set<string>();
    let hasOutline = true;
    for (let press = 0; press < 12; press++) {
      await page.keyboard.press("Tab");
      const [name, outline] = (await page.evaluate(`(() => {
        const it = document.activeElement;
        return [it.tagName + (it.getAttribute("aria-label") ?? it.textContent).slice(0, 60), getComputedStyle(it).outlineStyle];
      })()`)) as [string, string];
      seen.add(name);
      hasOutline &&= name.startsWith("BODY") || outline !== "none";
    }
    expect(seen.size, scene).toBeGreaterThan(4);
    expect(hasOutline, scene).toBe(true);
  }
});

test("another word chosen by the reader changes what follows", async () => {
  const tab = await share();
  const { page } = tab;
  await visit(tab, studio.url, { scene: "what-if", model: "fr-en", text: "Je suis étudiant." });
  const before = await page.locator(".sentence .result").innerText();
  // The second most probable first word, as the address brings it.
  const trace = readTrace(JSON.parse(readFileSync(await savedFile("JSON", page), "utf8")));
  const other = trace.steps[0]?.candidates.find(
    ({ id, token }) => id !== trace.steps[0]?.outputId && /^▁\p{L}/u.test(token),
  );
  expect(other).toBeDefined();
  const place = { scene: "what-if", model: "fr-en", text: "Je suis étudiant." };
  await page.goto("about:blank");
  await page.goto(`${studio.url}/${fragment(place)}&prefix=${other?.id}`);
  await settled(page, place);
  const after = await page.locator(".sentence .result").innerText();
  expect(after).not.toBe(before);
  expect(after.startsWith((other?.token ?? "").replace("▁", ""))).toBe(true);
  // Of another model, or of a text that is not named, the change is none.
  for (const elsewhere of [
    fragment({ ...place, model: "no-such-model" }),
    fragment({ scene: "what-if", model: "fr-en" }),
  ]) {
    await page.goto("about:blank");
    await page.goto(`${studio.url}/${elsewhere}&prefix=${other?.id}`);
    await settled(page, { scene: "what-if" });
    await expect.poll(() => page.url()).not.toContain("prefix=");
  }
  await page.goto("about:blank");
  await page.goto(`${studio.url}/${fragment(place)}&prefix=${other?.id}`);
  await settled(page, place);
  await page.getByRole("button", { name: "Undo the changes" }).first().click();
  await page.waitForFunction(
    (text) => document.querySelector(".sentence .result")?.textContent?.trim() === text,
    before.trim(),
  );
  expectFaultless(tab);
});

test("the exported folder runs from a plain static server, in a folder of it, and asks no other host", async () => {
  const site = join(folder, "site");
  const program = join(root, "dist/cli/main.js");
  execFileSync("node", [program, "studio", "--export", join(site, "deep/studio")], {
    stdio: "ignore",
  });
  const { url, server } = await serve([site]);
  const tab = await openTab(studio.browser, `${url}/deep/studio`);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await tab.page.route("**/assets/*", async (route) => {
    await held;
    await route.continue();
  });
  await tab.page.goto(`${url}/deep/studio/#lang=zh`, { waitUntil: "commit" });
  await tab.page.getByRole("heading", { name: "亲眼看见翻译的过程" }).waitFor();
  release();
  await settled(tab.page);
  const text = "Je suis étudiant.";
  const place = { scene: "alignment", model: "fr-en", text, lang: "zh" } as const;
  await visit(tab, `${url}/deep/studio`, place);
  const here = await share();
  await visit(here, studio.url, place);
  await expect
    .poll(() => tab.page.locator(".picture").innerText())
    .toBe(await here.page.locator(".picture").innerText());
  await closeFaultless(tab);
  server.close();
});
