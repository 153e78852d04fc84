import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Random } from "../src/tensor/random.ts";
import type { Answer } from "./askJudge.ts";
import { countDamage } from "./countDamage.ts";
import { damage } from "./damage.ts";
import { oddRequest } from "./oddRequests.ts";
import { campaignTable, writeTable } from "./report.ts";
import { Tally, type Trial } from "./trial.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-campaign-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("damage", () => {
  const bytes = Buffer.from('{"model":{"hidden":8,"vocab":{"a":0,"b":1}},"list":[1,2]}');

  test("says what was done, and is the same for the same seed", () => {
    for (let seed = 0; seed < 300; seed++) {
      const once = damage("config.json", bytes, new Random(seed));
      const again = damage("config.json", bytes, new Random(seed));
      expect(again.bytes.equals(once.bytes)).toBe(true);
      expect(once.how).not.toBe("");
    }
  });

  test("never writes into the content that it was given", () => {
    const before = Buffer.from(bytes);
    for (let seed = 0; seed < 300; seed++) damage("model.safetensors", bytes, new Random(seed));
    expect(bytes.equals(before)).toBe(true);
  });
});

describe("what came of a damage", () => {
  const whole: Answer = { kind: "done", result: "one" };
  const failuresOf = (answer: Answer): number => {
    const tally = new Tally();
    countDamage(tally, whole, answer, "config.json: it is empty");
    return tally.failures.length;
  };

  test.each<[string, Answer, number]>([
    ["the same result", { kind: "done", result: "one" }, 0],
    ["another result", { kind: "done", result: "two" }, 1],
    ["a sentence", { kind: "refused", message: "config.json: it is empty; restore it." }, 0],
    ["two lines", { kind: "refused", message: "config.json\n  at read" }, 1],
    ["a fault", { kind: "fault", message: "TypeError: x" }, 1],
  ])("%s", (_, answer, failures) => {
    expect(failuresOf(answer)).toBe(failures);
  });
});

test("odd requests are of every kind", () => {
  const random = new Random(1);
  const made = Array.from({ length: 500 }, () => oddRequest(random));
  expect(new Set(made.map(({ options }) => options.method)).size).toBeGreaterThan(5);
  expect(made.some(({ path }) => path.includes(".."))).toBe(true);
  expect(made.some(({ options }) => Buffer.isBuffer(options.body))).toBe(true);
});

describe("the table", () => {
  const tally = new Tally();
  tally.keep("the same");
  tally.keep("refused");
  tally.keep("refused");
  tally.fail("config.json: it is empty: a stack");
  const trial: Trial = {
    name: "damage",
    about: "a file is damaged",
    counts: { whole: 4, quick: 1 },
    run: async () => tally,
  };
  const table = campaignTable([{ trial, tally, minutes: 1.25 }], "Made here");

  test("has a row for each trial, with its failures", () => {
    expect(table).toContain("| damage | a file is damaged | 4 | 1 | 2 refused, 1 the same | 1.3 |");
  });

  test("takes the place of the one before, and of nothing else", async () => {
    const page = join(folder, "page.md");
    writeFileSync(page, "Above.\n\n<!-- campaign -->\nold\n<!-- end of campaign -->\n\nBelow.\n");
    await writeTable(page, table);
    await writeTable(page, table);
    expect(readFileSync(page, "utf8")).toBe(
      `Above.\n\n<!-- campaign -->\n\n${table}\n\n<!-- end of campaign -->\n\nBelow.\n`,
    );
  });

  test("is not written into a page that has no place for it", async () => {
    const page = join(folder, "other.md");
    writeFileSync(page, "Nothing.\n");
    await expect(writeTable(page, table)).rejects.toThrow("are missing; restore them");
    expect(readFileSync(page, "utf8")).toBe("Nothing.\n");
  });
});
