import { describe, expect, test } from "vitest";
import { indexFiles } from "./debianIndex.ts";
import { type Description, isWorthASummary, leadOf, parseDescriptions } from "./descriptions.ts";
import { partsOfPackages, plain } from "./relatedPackages.ts";
import { summaryRows } from "./summaries.ts";

const index = `Package: 2048
Description-md5: 2d3a
Description-en: Slide and add puzzle game for text mode
 A game of tiles that are moved in
 four directions.
 .
 Features:
  * colours
  * a score

Package: bare
Description-en: Something without a long text

Package: tiny
Version: 1.0
Description: Program that is described in the index of packages
 It does little.
Homepage: none
`;

describe("an index", () => {
  const found = parseDescriptions(index);
  test("gives synopses and paragraphs, of packages that have a long text", () => {
    expect(found).toEqual([
      {
        name: "2048",
        synopsis: "Slide and add puzzle game for text mode",
        paragraphs: [
          "A game of tiles that are moved in four directions.",
          "Features: * colours * a score",
        ],
      },
      {
        name: "tiny",
        synopsis: "Program that is described in the index of packages",
        paragraphs: ["It does little."],
      },
    ]);
  });
  test("is cut to the first words", () => {
    expect(leadOf(found[0] as Description, 11)).toBe(
      "A game of tiles that are moved in four directions. Features:",
    );
  });
});

test("the English descriptions are read, and lists of packages only where there are none", () => {
  const packages = "Packages\tmain/binary-amd64/Packages\t/a/Packages.lz4\n";
  const translations =
    "Translations\tmain/i18n/Translation-en\t/a/en.lz4\nTranslations\tmain/i18n/Translation-fr\t/a/fr.lz4\n";
  expect(indexFiles(packages + translations)).toEqual(["/a/en.lz4"]);
  expect(indexFiles(packages)).toEqual(["/a/Packages.lz4"]);
});

const described = (name: string, synopsis: string, ...paragraphs: string[]): Description => ({
  name,
  synopsis,
  paragraphs,
});

test("packages that are nothing by themselves are left out", () => {
  const text = "It reads five words here.";
  expect(isWorthASummary(described("a", "reader of words", text))).toBe(true);
  expect(isWorthASummary(described("a", "transitional package for b", text))).toBe(false);
  expect(isWorthASummary(described("a", "reader (debug symbols)", text))).toBe(false);
  expect(
    isWorthASummary(
      described("a", "x - y", 'This metapackage enables feature "y" for the x crate.'),
    ),
  ).toBe(false);
});

describe("the split of packages", () => {
  const shares = { dev: 0.3, test: 0.3 };
  // A program, its data and its documentation, which say the same in another way.
  const programs = Array.from({ length: 200 }, (_, index) => [
    described(`p${index}`, `program ${index}`, `Program ${index} computes.`),
    described(`p${index}-data`, `files of ${index}`, `Program ${index} computes.`, "Its data."),
    described(`z${index}-doc`, `Files of ${index} (documentation)`, `About ${index}.`),
  ]);
  const parts = partsOfPackages(programs.flat(), shares);

  test("keeps together what shares a paragraph or a synopsis, through others too", () => {
    for (const family of programs) {
      expect(new Set(family.map((member) => parts.get(member))).size).toBe(1);
    }
    expect(new Set(parts.values())).toEqual(new Set(["train", "dev", "test"]));
  });
  test("does not hold out a family that is large", () => {
    const large = Array.from({ length: 21 }, (_, index) =>
      described(`f${index}`, `language ${index}`, "An office suite."),
    );
    const all = { dev: 0.5, test: 0.5 };
    expect(new Set(partsOfPackages(large, all).values())).toEqual(new Set(["train"]));
    expect(new Set(partsOfPackages(large.slice(0, 20), all).values()).has("train")).toBe(false);
  });
  test("asks for no first paragraph or synopsis that train has", () => {
    const rows = summaryRows(
      Array.from({ length: 900 }, (_, index) =>
        described(
          `n${index}`,
          `tool number ${index % 600}`,
          `This tool does the thing number ${index % 500}.`,
        ),
      ),
      100,
    );
    const seen = new Set(rows.train.flatMap((row) => row.map(plain)));
    expect(rows.dev.length + rows.test.length).toBeGreaterThan(20);
    for (const text of [...rows.dev, ...rows.test].flat())
      expect(seen.has(plain(text))).toBe(false);
  });
});

test("a package that two suites have counts once, and one described alike too", () => {
  const one = described("a", "reader of words", "It reads words of all kinds.");
  const {
    train,
    dev,
    test: asked,
  } = summaryRows([one, { ...one, synopsis: "reader of lines" }, { ...one, name: "b" }], 1);
  expect([...train, ...dev, ...asked]).toEqual([
    ["It reads words of all kinds.", "reader of words"],
  ]);
});

test("an index of hardly any packages is refused", () => {
  expect(() => summaryRows([])).toThrow("only 0 packages");
});
