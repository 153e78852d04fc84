/// <reference lib="dom" />
/** @file Opens the studio in a real browser, for its tests, screenshots and benchmark. */

import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { chromium } from "playwright-core";

/** The folder of the package; this file may also run from a build inside it. */
export const root: string = packageFolder(import.meta.dirname);

function packageFolder(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : packageFolder(dirname(folder));
}

export { sceneNames } from "../../src/studio/words/scenes.ts";

/** Starts Debian's Chromium, or the one named by CHROMIUM_PATH. */
export async function startChromium(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}; install it (apt-get install chromium) or set CHROMIUM_PATH.`,
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Starts `seq2see studio` and resolves to its address. */
export async function startStudio(
  flags: readonly string[] = [],
): Promise<{ url: string; process: ChildProcess }> {
  const program = join(root, "dist/cli/main.js");
  const child = spawn("node", [program, "studio", "--no-open", ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/[^\s]+/.exec(said);
      if (found) resolve(found[0].replace(/\/$/, ""));
    });
    child.on("exit", () => reject(new Error(`The studio ended: ${said}`)));
  });
  return { url, process: child };
}

/** A page of the studio, with all its faults. */
export interface StudioPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors in the page, and requests to other hosts. */
  readonly faults: string[];
}

/** The contents of a fragment; every part is optional. */
export interface Place {
  readonly scene?: string;
  readonly model?: string;
  readonly text?: string;
  readonly moment?: number;
  readonly lang?: "en" | "zh";
}

/** The part of an address after "#". */
export function fragment(place: Place): string {
  const given = Object.entries(place).map(([key, value]) => [key, String(value)]);
  return `#${new URLSearchParams(Object.fromEntries(given))}`;
}

/** Opens an empty tab that records its errors. */
export async function openTab(
  browser: Browser,
  url: string,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<StudioPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: "en-US",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
  page.on("console", (message) => {
    // The page requests files that a model may lack, such as its evaluations.
    const isMissingFile = /Failed to load resource.*404/.test(message.text());
    if (message.type() === "error" && !isMissingFile) faults.push(message.text());
  });
  // The console does not show everything that the content security policy blocks.
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`The content security policy (${violatedDirective}) stopped ${blockedURI}.`);
    });
  });
  const { origin } = new URL(url);
  page.on("request", (request) => {
    const address = request.url();
    const isOwn = address.startsWith(`${origin}/`) || /^(blob|data):/.test(address);
    if (!isOwn) faults.push(`asked another host: ${address}`);
  });
  return { page, context, faults };
}

/** Opens a place and waits until its scene, its model and the translation of its text are shown. */
export async function visit(
  { page }: Pick<StudioPage, "page">,
  url: string,
  place: Place,
): Promise<void> {
  if (page.url().startsWith(`${url}/`)) {
    await page.evaluate(`location.hash = ${JSON.stringify(fragment(place))}`);
  } else {
    await page.goto(`${url}/${fragment(place)}`);
  }
  await settled(page, place);
}

/** Visits a place of which the tab has left no moment: another translation makes it forget them all. */
export async function visitAfresh(tab: StudioPage, url: string, place: Place): Promise<void> {
  await visit(tab, url, { ...place, text: "Bonjour" });
  await visit(tab, url, place);
}

/**
 * The accessibility rules that a page breaks, each with the elements concerned.
 *
 * @param within selects the parts to look at, where the others are known already.
 */
export async function brokenRules(page: Page, within: string | null = null): Promise<string[]> {
  if (await page.evaluate("typeof axe === 'undefined'"))
    await page.evaluate(readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8"));
  const place = within === null ? "document" : JSON.stringify(within);
  return (await page.evaluate(
    `axe.run(${place}, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(
      ({ id, nodes }) => id + ": " + nodes.map(({ html, failureSummary }) => html.slice(0, 120) + " " + failureSummary.slice(0, 160)).slice(0, 3).join(" | ")))`,
  )) as string[];
}

/** Waits until nothing is loading or translating, and the wanted place is shown. */
export async function settled(page: Page, { scene, model, text }: Place = {}): Promise<void> {
  await page.waitForFunction(
    ({ scene: name, model: wanted, text: said }) => {
      const main = document.querySelector("main");
      if (main?.dataset["status"] !== "ready" && main?.dataset["status"] !== "failed") return false;
      if (wanted !== null && main.dataset["model"] !== wanted) return false;
      if (said !== null && main.dataset["text"] !== said) return false;
      return name === null || document.querySelector(`section[data-scene="${name}"] .picture > *`);
    },
    { scene: scene ?? null, model: model ?? null, text: text ?? null },
    { timeout: 120_000 },
  );
}
