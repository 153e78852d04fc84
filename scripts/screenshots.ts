/**
 * @file `npm run screenshots -- FOLDER [SCENE …]`: takes a screenshot of every scene at 1280 and 390 pixels, in light and dark
 * colours. Where the scene is `lab`, it is every task and state of the lab, also in Chinese; `lab-copy` is one of them.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  openTab,
  sceneNames,
  startChromium,
  startStudio,
  visit,
} from "../test/support/studioPage.ts";
import { labSights, shootLab } from "./labScreenshots.ts";

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) {
  console.error("npm run screenshots -- FOLDER [SCENE …]");
  process.exit(1);
}
/** The sights of the lab that a name means. */
function sightsOf(name: string): string[] {
  if (name === "lab") return Object.keys(labSights);
  return name.startsWith("lab-") ? [name.slice("lab-".length)] : [];
}
const sights = [...new Set(wanted.flatMap(sightsOf))];
const unknown = sights.filter((sight) => !Object.hasOwn(labSights, sight));
if (unknown.length > 0) {
  console.error(
    `The lab has no ${unknown.join(", ")}; it has ${Object.keys(labSights).join(", ")}.`,
  );
  process.exit(1);
}
const scenes =
  wanted.length === 0 ? sceneNames : wanted.filter((name) => sightsOf(name).length === 0);
mkdirSync(folder, { recursive: true });
const browser = await startChromium();
const studio = await startStudio();

await shootLab(browser, { url: studio.url, folder, sights });

const text = "L'accord sur l'Espace économique européen a été signé en août 1992.";
for (const width of [1280, 390]) {
  for (const colorScheme of ["light", "dark"] as const) {
    if (scenes.length === 0) continue;
    const tab = await openTab(browser, studio.url, {
      viewport: { width, height: 900 },
      colorScheme,
    });
    for (const scene of scenes) {
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
