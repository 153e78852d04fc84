/** @file Whole preparations, from packages that lie where npm's would, to the tables. */

import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeFileAtomically } from "../src/files/nodeFiles.ts";
import { cardTextOf, makeCard } from "../src/modelFolder/card.ts";
import { captions, exampleFiles } from "./captions.ts";
import { partsOf } from "./pictureNames.ts";
import { pronunciation } from "./pronunciation.ts";
import type { Command } from "./recipe.ts";
import { paths, writeText } from "./workFolder.ts";

let work: string;
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), "seq2see-recipe-"));
});
afterEach(async () => {
  await rm(work, { recursive: true });
});

async function rowsOf(set: string): Promise<string[][]> {
  const lines = (await readFile(paths.table(work, set), "utf8")).trimEnd().split("\n");
  return lines.map((line) => line.split("\t"));
}

describe("captions", () => {
  const tones = ["light", "medium", "dark"];
  /** 80 roles of a man and a woman, without a tone and in three; every code point is one picture. */
  const figures = Array.from({ length: 80 }, (_, role) =>
    ["man", "woman"].map((who) => [
      `${who} role${role}`,
      ...tones.map((tone) => `${who} role${role}: ${tone} skin tone`),
    ]),
  ).flat();
  const points = new Map(figures.flat().map((name, index) => [name, 0xe000 + index]));
  const pointOf = (name: string): number => points.get(name) as number;
  const picture = (name: string) => {
    const unified = pointOf(name).toString(16).toUpperCase();
    return { unified, image: `${unified}.png`, has_img_twitter: true };
  };

  beforeEach(async () => {
    const folder = (name: string, ...file: string[]): string =>
      join(paths.packages(work), name, ...file);
    const list = figures.map(([plain = "", ...toned]) => ({
      ...picture(plain),
      category: "People & Body",
      skin_variations: Object.fromEntries(toned.map((name) => [name, picture(name)])),
    }));
    await writeText(folder("emoji-datasource-twitter-16.0.0", "emoji.json"), JSON.stringify(list));
    const pictures = folder("emoji-datasource-twitter-16.0.0", "img/twitter/64");
    await mkdir(pictures, { recursive: true });
    for (const name of figures.flat()) {
      // The man and the woman of role 0 look the same.
      const content = name.replace(/^woman role0\b/, "man role0");
      await writeFile(join(pictures, picture(name).image), content);
    }
    const named = (names: readonly string[]) =>
      Object.fromEntries(
        names.map((name) => [String.fromCodePoint(pointOf(name)), { tts: [name] }]),
      );
    const [plain, toned] = [
      figures.flatMap(([name = ""]) => name),
      figures.flatMap(([, ...names]) => names),
    ];
    await writeText(
      folder("cldr-annotations-full-48.2.0", "annotations/en/annotations.json"),
      JSON.stringify({ annotations: { annotations: named(plain) } }),
    );
    await writeText(
      folder("cldr-annotations-derived-full-48.2.0", "annotationsDerived/en/annotations.json"),
      JSON.stringify({ annotationsDerived: { annotations: named(toned) } }),
    );
  });

  test("has tables of pictures and names, in which nothing that is held out is in train", async () => {
    const summary = await captions.prepare({ work });
    expect(summary.map((line) => line.split(":")[0])).toEqual(["train", "dev", "tones", "roles"]);
    const train = await rowsOf("train");
    const held = [...(await rowsOf("dev")), ...(await rowsOf("tones")), ...(await rowsOf("roles"))];
    expect(train.length + held.length).toBe(figures.flat().length);
    const seen = new Set(train.flat());
    for (const cell of held.flat()) expect(seen.has(cell)).toBe(false);
    for (const [path = "", name = ""] of [...train, ...held]) {
      const content = await readFile(join(paths.data(work), path), "utf8");
      expect(content).toBe(name.replace(/^woman role0\b/, "man role0"));
    }
  });
  test("keeps pictures that look the same in train, as one with both names", async () => {
    await captions.prepare({ work });
    const twins = (await rowsOf("train")).filter(([, name = ""]) => /\brole0\b/.test(name));
    expect(twins).toHaveLength(2 * (1 + tones.length));
    expect(new Set(twins.map(([path]) => path)).size).toBe(1 + tones.length);
  });
  test("are measured by the best names of every picture", async () => {
    await captions.prepare({ work });
    const answers = { tones: await rowsOf("tones"), roles: await rowsOf("roles") };
    const lines = await captions.measure?.(
      { work },
      {
        run: async () => 0,
        async capture(command) {
          const input = command[command.indexOf("--input") + 1] as string;
          const set = input.includes("tones") ? "tones" : "roles";
          const files = (await readFile(input, "utf8")).trimEnd().split("\n");
          expect(files).toEqual(answers[set].map(([path]) => path));
          // The second of two is right for tones, and none for roles.
          const right = (index: number): string => answers.tones[index]?.[1] ?? "";
          const named = files.map(
            (_, index) =>
              `${index} ||| x ||| -1\n${index} ||| ${set === "tones" ? right(index) : "y"} ||| -2\n`,
          );
          return { status: 0, output: named.join("") };
        },
      },
      ["--model", "model"],
    );
    expect(lines?.[0]).toContain(`best for 100.0 % of ${answers.tones.length} pictures`);
    expect(lines?.[1]).toContain(`best for 0.0 % of ${answers.roles.length} pictures`);
  });
  test("are shipped with their example pictures, and with what was measured of the copy on its card", async () => {
    await captions.prepare({ work });
    const pictures = join(paths.packages(work), "emoji-datasource-twitter-16.0.0/img/twitter/64");
    for (const file of Object.values(exampleFiles)) {
      await writeText(join(pictures, `${file}.png`), file);
    }
    const commands: Command[] = [];
    const finished = await captions.finish?.(
      { work },
      {
        async run(command) {
          commands.push(command);
          const path = command[command.indexOf("--card") + 1] as string;
          const made = makeCard(
            { weights: { dtype: "int8", bytes: 1 }, evaluation: [], heldOutPairs: null },
            { title: "?", minutes: 2, date: "2026-12-01" },
            cardTextOf(await readFile(path), path),
          );
          await writeText(join(paths.exported(work), "card.json"), JSON.stringify(made));
          return 0;
        },
        async capture(command) {
          expect(command).toContain(paths.exported(work));
          return { status: 0, output: "0 ||| nothing ||| -1\n" };
        },
      },
    );
    expect(finished).toBe(0);
    expect(commands).toHaveLength(1);
    const card = JSON.parse(await readFile(join(paths.exported(work), "card.json"), "utf8"));
    expect(card.data[0].pairs).toBe((await rowsOf("train")).length);
    expect(card.notes).toMatch(
      /^Recipe studio\/captions, version \d+\..* of 0\.0 %: of 0\.0 % where/,
    );
    expect(card.zh.notes).toMatch(/其中 0\.0% 的正确名称/);
    expect(card.pictures).toHaveLength(Object.keys(exampleFiles).length);
    for (const picture of card.pictures) {
      expect(existsSync(join(paths.model(work), picture))).toBe(true);
    }
  });
  test("ask for people of a role that train has only of the others", async () => {
    await captions.prepare({ work });
    const bases = new Set((await rowsOf("train")).map(([, name = ""]) => partsOf(name).base));
    const roles = await rowsOf("roles");
    expect(roles.length).toBeGreaterThan(0);
    for (const [, name = ""] of roles) expect(bases.has(partsOf(name).base)).toBe(false);
  });
});

describe("pronunciation", () => {
  test("of the package has every word in one part, with all it is said like", async () => {
    const entries = Array.from({ length: 300 }, (_, index) => {
      const word = `word${[..."abcdefghij"][Math.floor(index / 30)]}${"x".repeat(index % 30)}`;
      return { [word]: "W ER1 D", [`${word}(2)`]: "W AO1 D" };
    });
    const module = `export const dictionary = ${JSON.stringify(Object.assign({}, ...entries))}\n`;
    await writeText(
      join(paths.packages(work), "cmu-pronouncing-dictionary-3.0.0", "index.js"),
      module,
    );
    await pronunciation.prepare({ work });
    const sets = await Promise.all(["train", "dev", "test"].map(rowsOf));
    const words = sets.map((rows) => new Set(rows.map(([word]) => word)));
    expect(sets.map(({ length }) => length).reduce((sum, rows) => sum + rows)).toBe(600);
    expect(words.map(({ size }) => size).reduce((sum, size) => sum + size)).toBe(300);
    for (const [at, rows] of sets.entries()) expect(rows).toHaveLength(2 * (words[at]?.size ?? 0));
    expect(pronunciation.evaluations({ work }).map((command) => command[2])).toEqual(
      ["dev", "test"].map((set) => paths.table(work, set)),
    );
  });
  test("of given files learns no word of dev, and measures with one answer and with all", async () => {
    const give = (set: string, text: string): Promise<void> =>
      writeFileAtomically(join(work, "given", `cmudict.${set}.tsv.gz`), [gzipSync(text)]);
    await give("train", "go\tG OW\nread\tR EH D\n");
    await give("dev", "read\tR IY D\n");
    await pronunciation.prepare({ work, corpora: join(work, "given") });
    expect(await rowsOf("train")).toEqual([["g o", "G OW"]]);
    expect(await rowsOf("dev")).toEqual([["r e a d", "R IY D"]]);
    expect(await rowsOf("devAll")).toEqual([
      ["r e a d", "R IY D"],
      ["r e a d", "R EH D"],
    ]);
  });
});
