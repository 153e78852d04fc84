import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { optionsPage } from "../scripts/optionsPage.ts";

test("docs/options.md is what the rows of the options say; npm run docs writes it", () => {
  const page = readFileSync(join(import.meta.dirname, "../docs/options.md"), "utf8");
  expect(page).toBe(optionsPage());
});
