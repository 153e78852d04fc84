/**
 * @file `npm run screenshots -- FOLDER [SCENE …]`: takes a screenshot of every scene, or of every task of the lab where the
 * scene is `lab`, at 1280 and 390 pixels, in light and dark colours; of the lab in both languages.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { taskNames } from "../src/lab/task.ts";
import type { StudioPage } from "../test/support/studioPage.ts";
import {
  openTab,
  sceneNames,
  startChromium,
  startStudio,
  visit,
} from "../test/support/studioPage.ts";

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) {
  console.error("npm run screenshots -- FOLDER [SCENE …]");
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
const browser = await startChromium();
const studio = await startStudio();

/** Each task of the lab after some steps of a training. */
async function shootLab({ page }: StudioPage, kind: string): Promise<void> {
  for (const task of taskNames.filter((name) => name !== "own")) {
    for (const lang of ["en", "zh"]) {
      await page.goto(`${studio.url}/#lab=${task}&run=1&lang=${lang}`);
      await page.reload();
      await page.waitForFunction(
        () => Number(document.querySelector<HTMLElement>("main.lab")?.dataset["labStep"]) >= 200,
        undefined,
        { timeout: 120_000 },
      );
      // Paused, so that the whole page is of one moment.
      await page.keyboard.press("Space");
      await page.waitForTimeout(500);
      await page.addStyleTag({ content: ".transport { position: static !important; }" });
      await page.screenshot({
        path: join(folder as string, `lab-${task}-${lang}-${kind}.png`),
        fullPage: true,
      });
    }
  }
}

const text = "L'accord sur l'Espace économique européen a été signé en août 1992.";
for (const width of [1280, 390]) {
  for (const colorScheme of ["light", "dark"] as const) {
    const tab = await openTab(browser, studio.url, {
      viewport: { width, height: 900 },
      colorScheme,
    });
    if (wanted.includes("lab")) await shootLab(tab, `${width}-${colorScheme}`);
    const scenes = wanted.filter((name) => name !== "lab");
    for (const scene of wanted.length > 0 ? scenes : sceneNames) {
      await visit(tab, studio.url, { scene, model: "fr-en", text });
      // A scene starts at its beginning; most is seen at its end.
      await tab.page.keyboard.press("End");
      await tab.page.waitForTimeout(300);
      // The bar is fixed to the screen; in a full-page screenshot it would cover content.
      await tab.page.addStyleTag({ content: ".transport { position: static !important; }" });
      await tab.page.screenshot({
        path: join(folder, `${scene}-${width}-${colorScheme}.png`),
        fullPage: true,
      });
    }
    for (const fault of tab.faults) console.error(fault);
    await tab.context.close();
  }
}
await browser.close();
studio.process.kill();
