/** @file A browser and a studio for the tests of one file. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import type { StudioPage } from "./studioPage.ts";
import { openTab, startChromium, startStudio } from "./studioPage.ts";

/** What the tests of a file share. */
export interface StudioInTests {
  readonly browser: Browser;
  /** The studio's address. */
  readonly url: string;
  /** A temporary folder. */
  readonly folder: string;
  /** Opens an empty tab that records its errors; it is a window of its own. */
  open(options?: Parameters<typeof openTab>[2]): Promise<StudioPage>;
  /**
   * A tab that the tests of the file share, in the order in which they stand: a new tab has to load its model, which takes
   * longer than most tests. What one test leaves there, such as a language or the place in a scene, the next finds.
   */
  share(looks?: Looks): Promise<StudioPage>;
}

/** How a shared tab looks; what is left out is as in a new tab. */
export interface Looks {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
  readonly reducedMotion?: "reduce" | "no-preference";
}

/**
 * Starts Chromium and the studio before the tests of the file that calls this, and ends them after.
 *
 * @param prepare writes models and files into the temporary folder, and returns the flags of the studio; by default, it
 *   has the models that come with seq2see.
 */
export function studioInTests(
  prepare: (folder: string) => Promise<readonly string[]> | readonly string[] = () => [],
): StudioInTests {
  const folder = mkdtempSync(join(tmpdir(), "seq2see-studio-"));
  let browser: Browser | undefined;
  let studio: Awaited<ReturnType<typeof startStudio>> | undefined;
  let common: StudioPage | undefined;
  beforeAll(async () => {
    studio = await startStudio(await prepare(folder));
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    studio?.process.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  const shared: StudioInTests = {
    folder,
    get browser() {
      return browser as Browser;
    },
    get url() {
      return studio?.url as string;
    },
    open: (options) => openTab(shared.browser, shared.url, options),
    share: async ({ width = 1280, height = 900, colorScheme, reducedMotion } = {}) => {
      common ??= await shared.open();
      common.faults.length = 0;
      await common.page.setViewportSize({ width, height });
      await common.page.emulateMedia({
        media: null,
        colorScheme: colorScheme ?? "light",
        reducedMotion: reducedMotion ?? "reduce",
      });
      return common;
    },
  };
  return shared;
}

/** Expects that a tab had no faults, and leaves it open. */
export function expectFaultless({ faults }: StudioPage): void {
  expect(faults).toEqual([]);
}

/** Closes a tab, which must have had no faults. */
export async function closeFaultless({ faults, context }: StudioPage): Promise<void> {
  expect(faults).toEqual([]);
  await context.close();
}
