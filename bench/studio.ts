/**
 * @file `npm run bench:studio`: measures the studio in Chromium on this machine: the first picture after a cold
 * start, the time from typing a sentence until it is redrawn, and the times between frames while playing.
 */
import { openTab, settled, startChromium, startStudio, visit } from "../test/support/studioPage.ts";

const rounds = 5;
const model = "fr-en";
const browser = await startChromium();
const studio = await startStudio();
const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const at = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(share * values.length))] as number;
const report = (name: string, values: readonly number[], aim: string): void =>
  console.log(
    `${name.padEnd(46)} median ${at(values, 0.5).toFixed(0)} ms, best ${at(values, 0).toFixed(0)} ms (aim ${aim})`,
  );

const starts: number[] = [];
for (let round = 0; round < rounds; round++) {
  // A new context has an empty cache.
  const { page, context } = await openTab(browser, studio.url);
  const begin = performance.now();
  await page.goto(studio.url);
  await page.waitForSelector("section[data-scene] .picture svg");
  starts.push(performance.now() - begin);
  await context.close();
}
report("cold start to the first picture", starts, "2000");

const tab = await openTab(browser, studio.url, { reducedMotion: "no-preference" });
await visit(tab, studio.url, { scene: "alignment", model, text: "Je suis étudiant." });
const typed: number[] = [];
const computed: number[] = [];
const words = ["chat", "chien", "train", "livre", "frère", "jardin", "vélo", "pain", "professeur"];
for (const word of words) {
  const text = `Je ne sais pas où se trouve le petit ${word}.`;
  const milliseconds = (await tab.page.evaluate(
    ([sentence]) =>
      new Promise<number>((resolve) => {
        const input = document.querySelector<HTMLTextAreaElement>(".sentence textarea");
        const main = document.querySelector("main");
        if (!input || !main) return;
        input.value = sentence as string;
        input.dispatchEvent(new Event("input", { bubbles: true }));
        const begin = performance.now();
        input.form?.requestSubmit();
        const look = (): void => {
          const isDone = main.dataset["text"] === sentence && main.dataset["status"] === "ready";
          if (isDone) requestAnimationFrame(() => resolve(performance.now() - begin));
          else requestAnimationFrame(look);
        };
        look();
      }),
    [text],
  )) as number;
  typed.push(milliseconds);
  const facts = await tab.page.locator(".sentence .facts").innerText();
  computed.push(Number(/(\d+) ms/.exec(facts)?.[1] ?? Number.NaN));
}
report("a ten-word sentence typed until it is redrawn", typed.slice(1), "200");
report("  of it translation and recording", computed.slice(1), "–");

for (const scene of ["five-moves", "unrolled", "decoder-mechanism"]) {
  await visit(tab, studio.url, { scene, model });
  await settled(tab.page, { scene });
  await tab.page.locator(".transport select").selectOption({ label: "4×" });
  if ((await tab.page.locator(".transport .loop").getAttribute("aria-pressed")) === "false")
    await tab.page.locator(".transport .loop").click();
  await tab.page.keyboard.press("Home");
  await tab.page.locator("body").press("Space");
  const frames = (await tab.page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        let before = performance.now();
        const frame = (now: number): void => {
          times.push(now - before);
          before = now;
          if (times.length < 240) requestAnimationFrame(frame);
          else resolve(times.slice(5));
        };
        requestAnimationFrame(frame);
      }),
  )) as number[];
  console.log(
    `frames while playing ${scene} at 4×`.padEnd(46),
    `median ${at(frames, 0.5).toFixed(1)} ms, 95th percentile ${at(frames, 0.95).toFixed(1)} ms (aim 16)`,
  );
}
await browser.close();
studio.process.kill();
