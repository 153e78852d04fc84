import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longestFirst.ts";

/** Unit tests are `*.test.ts`; slower ones name themselves `*.slow.test.ts`, those of the
 * whole studio in Chromium `*.browser.test.ts`, which run one file at a time, as a page keeps all cores busy. Those of the
 * packed library, `*.package.test.ts`, and of Slurm, `*.slurm.test.ts`, are not part of `npm test`. */
export default defineConfig({
  test: {
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // The studio's components and runes are compiled; they are rendered in Node, without a page.
        plugins: [svelte()],
        test: {
          name: "unit",
          // Loading ONNX Runtime for each file anew takes longer than most files' tests; none changes what others see.
          isolate: false,
          include: [
            "src/**/*.test.ts",
            "test/**/*.test.ts",
            "recipes/**/*.test.ts",
            "experiments/**/*.test.ts",
            "campaign/**/*.test.ts",
          ],
          exclude: ["**/*.{slow,browser,package,slurm}.test.ts"],
          setupFiles: "test/support/ownProcessor.ts",
          testTimeout: 30_000,
        },
      },
      {
        plugins: [svelte()],
        test: {
          name: "slow",
          include: [
            "src/**/*.slow.test.ts",
            "experiments/**/*.slow.test.ts",
            "test/**/*.slow.test.ts",
          ],
          setupFiles: "test/support/ownProcessor.ts",
          globalSetup: "test/support/buildLibrary.ts",
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: "browser",
          // What a page shows after a key or a click is asked for again until it is right; slow machines take seconds.
          expect: { poll: { timeout: 10_000 } },
          globalSetup: "test/support/buildStudio.ts",
          include: ["test/**/*.browser.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: "slurm",
          globalSetup: "test/support/buildLibrary.ts",
          include: ["test/*.slurm.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        test: {
          name: "package",
          include: ["test/*.package.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
