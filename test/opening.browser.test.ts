/** Which model the page opens, by the language of the page, the address, and what the reader does. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { closeFaultless, studioInTests } from "./support/studioInTests.ts";
import { openTab, settled, startStudio } from "./support/studioPage.ts";
import { writeRandomModel } from "./support/writtenModel.ts";

const cards = {
  french: {
    title: "French",
    languages: { source: "French", target: "English" },
    examples: ["abc."],
    opensIn: ["en"],
    zh: { title: "法语模型" },
  },
  chinese: {
    title: "Chinese",
    languages: { source: "Chinese", target: "English" },
    examples: ["de, f."],
    opensIn: ["zh"],
    zh: { title: "中文模型" },
  },
} as const;

const studio = studioInTests(async (folder) => {
  for (const [name, card] of Object.entries(cards)) {
    await writeRandomModel(join(folder, "models", name));
    writeFileSync(join(folder, "models", name, "card.json"), JSON.stringify(card));
  }
  return ["--models", join(folder, "models")];
});

const titles = (page: Page): Promise<string[]> => page.locator(".models option").allInnerTexts();

test("each language of the page begins with its model, and fetches no other", async () => {
  for (const [locale, name, switched] of [
    ["zh-CN", "chinese", "french"],
    ["en-US", "french", "chinese"],
  ] as const) {
    const tab = await studio.open({ locale });
    const { page } = tab;
    const fetched: string[] = [];
    page.on("request", (request) => {
      const found = /models\/(\w+)\/model\.safetensors/.exec(request.url());
      if (found?.[1]) fetched.push(found[1]);
    });
    await page.goto(studio.url);
    await settled(page, { model: name, text: cards[name].examples[0] });
    expect(fetched).toEqual([name]);
    const isChinese = locale === "zh-CN";
    expect(await titles(page)).toContain(isChinese ? "中文模型" : "Chinese");

    // Before anything else is chosen, the other language begins with its own.
    await page.getByRole("button", { name: isChinese ? "English" : "中文" }).click();
    await settled(page, { model: switched, text: cards[switched].examples[0] });
    await closeFaultless(tab);
  }
});

test("what the address names, and what the reader has typed, stays", async () => {
  const tab = await studio.open({ locale: "zh-CN" });
  const { page } = tab;
  await page.goto(`${studio.url}/#model=french`);
  await settled(page, { model: "french", text: "abc." });
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "中文" }).click();
  await expect.poll(() => titles(page)).toContain("法语模型");
  await settled(page, { model: "french", text: "abc." });
  await page.goto("about:blank");
  await page.goto(studio.url);
  await settled(page, { model: "chinese", text: "de, f." });
  await page.locator("#sentence").fill("abc");
  await settled(page, { model: "chinese", text: "abc" });
  await page.getByRole("button", { name: "English" }).click();
  await expect.poll(() => titles(page)).toContain("Chinese");
  await settled(page, { model: "chinese", text: "abc" });
  await closeFaultless(tab);
});

test("of the models that come along, only that of the page's language comes before the first picture", async () => {
  const shipped = await startStudio();
  try {
    for (const [locale, model] of [
      ["zh-CN", "zh-en"],
      ["en-US", "fr-en"],
    ] as const) {
      const tab = await openTab(studio.browser, shipped.url, { locale });
      // In the page itself, so that nothing comes between what is fetched and what is drawn.
      await tab.page.addInitScript(() => {
        const order: string[] = [];
        Object.assign(window, { order });
        const { fetch } = window;
        window.fetch = (input, init) => {
          order.push(String(input instanceof Request ? input.url : input));
          return fetch(input, init);
        };
        const drawn = new MutationObserver(() => {
          if (!document.querySelector("section[data-scene] .picture svg")) return;
          drawn.disconnect();
          order.push("the first picture");
        });
        drawn.observe(document, { childList: true, subtree: true });
      });
      await tab.page.goto(shipped.url);
      await settled(tab.page, { model });
      const order = await tab.page.evaluate(
        () => (window as unknown as { readonly order: readonly string[] }).order,
      );
      // What the story looks for later, such as other models' measurements, comes after it.
      const names = order.map((address) =>
        address.replace(`${shipped.url}/`, "").replace("-threaded", ""),
      );
      expect(names.slice(0, names.indexOf("the first picture"))).toEqual([
        "onnxruntime/ort-wasm-simd.wasm",
        "models.json",
        `models/${model}/config.json`,
        `models/${model}/model.safetensors`,
        `models/${model}/source.tokenizer.json`,
        `models/${model}/target.tokenizer.json`,
      ]);
      await closeFaultless(tab);
    }
  } finally {
    shipped.process.kill();
  }
});
