/** Pages in Chinese: what `npm run docs:zh` says of them, and what must hold of them whatever their originals became. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import {
  differencesOfForm,
  levelOf,
  readStamps,
  sectionsOf,
  stalePages,
  staleSections,
  stamp,
  translatedPages,
} from "../scripts/documentation/translations.ts";
import { root } from "./support/studioPage.ts";

const textOf = (page: string): string => readFileSync(join(root, page), "utf8");

test("translations that are older than their originals are named, and hinder nobody", () => {
  for (const { translation, original, lacks } of stalePages(root)) {
    // Not by console, whose lines of a test that passes are not shown.
    process.stderr.write(
      `${translation} is older than ${original} (${lacks.join("; ")}); npm run docs:zh says how to go on.\n`,
    );
  }
  expect(translatedPages(root).length).toBeGreaterThan(6);
});

describe.each(translatedPages(root))("$translation", ({ original, translation }) => {
  test("has a heading for each section of the original that was translated", () => {
    const stamped = readStamps(root)[original] ?? [];
    expect(stamped.length).toBeGreaterThan(1);
    expect(sectionsOf(textOf(translation)).map(({ heading }) => levelOf(heading))).toEqual(
      stamped.map(({ heading }) => levelOf(heading)),
    );
  });

  test("links to its original, and the original to it", () => {
    const way = (from: string, to: string): string => relative(dirname(from), to);
    expect(textOf(translation)).toContain(`[English](${way(translation, original)})`);
    expect(textOf(original)).toContain(`[中文](${way(original, translation)})`);
  });
});

/** The anchor that a heading gets. */
function anchorOf(heading: string): string {
  return heading
    .replace(/^#+ /, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}

/** All pages of the documentation. */
const pages = [
  ...["README.md", "README.zh-CN.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll("\\", "/")}`),
];

test.each(pages)("the links of %s lead to files and sections that are there", (page) => {
  const broken = [
    ...textOf(page)
      .replace(/^```[\s\S]*?^```/gm, "")
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map((match) => match[1] as string)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [file = "", anchor] = link.split("#");
      const path = file === "" ? page : join(dirname(page), decodeURIComponent(file));
      if (!existsSync(join(root, path))) return true;
      if (anchor === undefined || !path.endsWith(".md")) return false;
      const anchors = sectionsOf(textOf(path)).map(({ heading }) => anchorOf(heading));
      return !anchors.includes(decodeURIComponent(anchor));
    });
  expect(broken).toEqual([]);
});

describe("what a translation lacks", () => {
  const page = "# A\n\nFirst words.\n\n```\n# no heading\n```\n\n## B\n\nMore.\n";
  const stamped = sectionsOf(page);

  test("sections begin at headings, and not at comments of commands", () => {
    expect(stamped.map(({ heading }) => heading)).toEqual(["# A", "## B"]);
  });

  test("other line breaks change nothing, other words do", () => {
    expect(staleSections(stamped, page.replace("First words", "First\nwords"))).toEqual([]);
    expect(staleSections(stamped, page.replace("More", "Less"))).toEqual(["changed: ## B"]);
  });

  test("new sections and those that are gone are named", () => {
    expect(staleSections(stamped, page.replace("## B", "## C"))).toEqual([
      "new: ## C",
      "gone: ## B",
    ]);
  });

  test("a stamp is of one page, once its headings and commands are those of the original", () => {
    const folder = mkdtempSync(join(tmpdir(), "seq2see-translations-"));
    const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
    try {
      mkdirSync(join(folder, "docs/zh"), { recursive: true });
      for (const name of ["README.md", "README.zh-CN.md"]) write(name, "# seq2see\n");
      write("docs/a.md", "# A\n\n## B\n\n```\nseq2see inspect --model b\n```\n");
      write("docs/zh/a.md", "# 甲\n");
      const [readme, a] = translatedPages(folder) as [
        ReturnType<typeof translatedPages>[0],
        ReturnType<typeof translatedPages>[0],
      ];
      expect(a).toEqual({ original: "docs/a.md", translation: "docs/zh/a.md" });
      expect(differencesOfForm(folder, a)).toEqual([
        'docs/zh/a.md: "## B" has no heading of its level here',
        'docs/zh/a.md: it lacks the command "seq2see inspect --model b"',
      ]);
      write("docs/zh/a.md", "# 甲\n\n## 乙\n\n```\nseq2see inspect --model b   # 查看\n```\n");
      expect(differencesOfForm(folder, a)).toEqual([]);
      stamp(folder, [a]);
      expect(stalePages(folder)).toEqual([{ ...readme, lacks: ["new: # seq2see"] }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
