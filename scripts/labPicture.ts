/**
 * @file `npm run lab-picture -- FILE.gif [en|zh]`: trains a model in the lab, in a real browser, and writes what is seen
 * as a moving picture.
 */
import { writeFileSync } from "node:fs";
import gifenc from "gifenc";
import { PNG } from "pngjs";
import { openTab, startChromium, startStudio } from "../test/support/studioPage.ts";

const [file, locale = "en"] = process.argv.slice(2);
if (!file || !["en", "zh"].includes(locale)) {
  console.error("npm run lab-picture -- FILE.gif [en|zh]");
  process.exit(1);
}

/** Of the picture, in CSS pixels. */
const size = { width: 880, height: 860 };
/** Milliseconds between pictures, and how long the last one stays. */
const [delay, lastDelay] = [320, 4000];
/** Where the training stops: a share of right outputs, or a number of pictures. */
const [enough, mostFrames] = [0.97, 60];

const frames = await filmed();
writeFileSync(file, gifOf(frames));
console.log(`${file}: ${frames.length} pictures`);

/** What is seen of a training, picture by picture. */
async function filmed(): Promise<PNG[]> {
  const browser = await startChromium();
  const studio = await startStudio();
  try {
    const { page, faults } = await openTab(browser, studio.url, {
      viewport: { width: 1280, height: 1000 },
      colorScheme: "light",
    });
    await page.goto(`${studio.url}/#lab=reverse&run&lang=${locale}`);
    await page.locator(".alignment svg, .alignment canvas").first().waitFor();
    // The bar is fixed to the screen and would cover the picture.
    await page.addStyleTag({ content: ".transport { display: none !important; }" });
    const place = await page.locator(".pictures").boundingBox();
    if (!place) throw new Error("The lab shows no pictures.");
    const clip = { x: place.x - 12, y: place.y - 8, ...size };
    const found: PNG[] = [];
    let right = 0;
    while (right < enough && found.length < mostFrames) {
      const png = PNG.sync.read(await page.screenshot({ clip, scale: "css" }));
      if (!found.at(-1)?.data.equals(png.data)) found.push(png);
      right = Number(await page.locator("main").getAttribute("data-right"));
      await page.waitForTimeout(delay / 2);
    }
    if (faults.length > 0) throw new Error(faults.join("\n"));
    return found;
  } finally {
    await browser.close();
    studio.process.kill();
  }
}

/** A GIF that repeats for ever; a pixel that stays is transparent after the first frame. */
function gifOf(pictures: readonly PNG[]): Uint8Array {
  // One place of the palette is for what stays.
  const palette = gifenc.quantize(sampleOf(pictures), 255);
  const transparentIndex = palette.length;
  palette.push([0, 0, 0]);
  const gif = gifenc.GIFEncoder();
  let before: Uint8Array | null = null;
  for (const [number, { data, width, height }] of pictures.entries()) {
    const index = gifenc.applyPalette(data, palette.slice(0, transparentIndex));
    const shown = before
      ? index.map((color, at) => (color === before?.[at] ? transparentIndex : color))
      : index;
    gif.writeFrame(shown, width, height, {
      ...(before ? { transparent: true, transparentIndex } : { palette }),
      delay: number === pictures.length - 1 ? lastDelay : delay,
      dispose: 1,
    });
    before = index;
  }
  gif.finish();
  return gif.bytes();
}

/** Pixels of the first, a middle and the last picture, which have all colours. */
function sampleOf(pictures: readonly PNG[]): Uint8Array {
  const chosen = [0, pictures.length >> 1, pictures.length - 1];
  return Buffer.concat(chosen.map((number) => pictures[number]?.data ?? Buffer.alloc(0)));
}
