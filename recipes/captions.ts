import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { z } from "zod";
import { UserError } from "../src/tensor/errors.ts";
import { fetchPackage, specifierOf } from "./npmPackage.ts";
import { type NamedPicture, splitPictures } from "./pictureSplit.ts";
import type { Recipe, RecipeOptions } from "./recipe.ts";
import { count, percent, type Row, writeTable } from "./tables.ts";
import { shareAmongBest } from "./topMatches.ts";
import { paths, writeText } from "./workFolder.ts";

const pictureFolder = "img/twitter/64";
const packages = {
  pictures: {
    name: "emoji-datasource-twitter",
    version: "16.0.0",
    files: ["emoji.json", "LICENSE", pictureFolder],
  },
  names: {
    name: "cldr-annotations-full",
    version: "48.2.0",
    files: ["annotations/en/annotations.json"],
  },
  derived: {
    name: "cldr-annotations-derived-full",
    version: "48.2.0",
    files: ["annotationsDerived/en/annotations.json"],
  },
} as const;

/** The evaluation sets. */
const measured = ["tones", "roles"] as const;
const best = 5;

/** Emoji pictures to their names, evaluated on new combinations of known parts. */
export const captions: Recipe = {
  name: "captions",
  summary: "emoji pictures (Twemoji, from npm) to their names, evaluated on new combinations",
  minutes: 30,
  origin: () => Object.values(packages).map(specifierOf).join(", "),
  prepare,
  training: ({ work }) => [
    "--data",
    paths.table(work, "train"),
    "--dev",
    paths.table(work, "dev"),
    "--preset",
    "xu2015",
    "--patches",
    "8",
    "--tokenizer",
    "word:2000:split",
    "--hidden",
    "256",
    "--embedding",
    "128",
    "--dropout",
    "0.2",
    "--average",
    "0.9",
    "--batch",
    "64",
    "--learning-rate",
    "0.002",
    "--evaluate-every",
    "200",
    "--schedule",
    "warmup:100+plateau:0.5:3",
    "--patience",
    "0",
  ],
  evaluations: ({ work }) =>
    measured.map((set) => ["evaluate", "--data", paths.table(work, set), "--metrics", "exact,wer"]),
  async measure({ work }, runner, models) {
    const lines: string[] = [];
    for (const set of measured) {
      const input = join(paths.data(work), `${set}.pictures`);
      const search = ["--beam", String(best), "--n-best", String(best)];
      const translated = ["translate", ...models, "--input", input, ...search];
      const { status, output } = await runner.capture(translated);
      if (status !== 0) throw new UserError(`The pictures of ${input} could not be captioned.`);
      const table = await readFile(paths.table(work, set), "utf8");
      const answers = table
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t")[1] as string);
      const share = shareAmongBest(output, answers);
      lines.push(
        `${set}: the correct name is among the ${best} best for ${percent(share)} of ${count(answers.length)} pictures`,
      );
    }
    return lines;
  },
};

async function prepare({ work }: RecipeOptions): Promise<string[]> {
  const folder = await fetchPackage(work, packages.pictures);
  const list = await readJson(join(folder, "emoji.json"), emojiList);
  const names = new Map([
    ...(await readNames(await fetchPackage(work, packages.derived), packages.derived.files[0])),
    ...(await readNames(await fetchPackage(work, packages.names), packages.names.files[0])),
  ]);
  const pictures = await distinctPictures(namedFiles(list, names), join(folder, pictureFolder));
  const split = splitPictures(pictures);
  const to = relative(paths.data(work), join(folder, pictureFolder));
  const lines: string[] = [];
  for (const [set, members] of Object.entries(split) as [string, NamedPicture[]][]) {
    const rows = members.flatMap(({ file, names: own }) =>
      own.map((name): Row => [join(to, file), name]),
    );
    await writeTable(work, set, rows);
    await writeText(
      join(paths.data(work), `${set}.pictures`),
      members.map(({ file }) => `${join(to, file)}\n`).join(""),
    );
    lines.push(`${set}: ${count(members.length)} pictures with ${count(rows.length)} names`);
  }
  return lines;
}

/** A picture as listed in `emoji.json`. */
interface EmojiPicture {
  readonly unified: string;
  readonly image: string;
  readonly has_img_twitter: boolean;
}

/** An emoji in `emoji.json`, with its variants in other skin tones. */
export interface Emoji extends EmojiPicture {
  readonly category: string;
  readonly skin_variations?: Readonly<Record<string, EmojiPicture>> | undefined;
}

const picture = { unified: z.string(), image: z.string(), has_img_twitter: z.boolean() };
const emojiList: z.ZodType<Emoji[]> = z.array(
  z.object({
    ...picture,
    category: z.string(),
    skin_variations: z.record(z.string(), z.object(picture)).optional(),
  }),
);

/** The files of all emoji except flags, with CLDR's names; emoji without a name are dropped. */
export function namedFiles(
  list: readonly Emoji[],
  names: ReadonlyMap<string, string>,
): { file: string; name: string }[] {
  return list
    .filter(({ category }) => category !== "Flags")
    .flatMap((emoji) => [emoji, ...Object.values(emoji.skin_variations ?? {})])
    .filter(({ has_img_twitter: hasPicture }) => hasPicture)
    .flatMap(({ unified, image }) => {
      const points = unified.split("-").map((point) => Number.parseInt(point, 16));
      // CLDR omits the selector for the colour form.
      const name = names.get(String.fromCodePoint(...points.filter((point) => point !== 0xfe0f)));
      return name === undefined ? [] : [{ file: image, name }];
    });
}

/** Merges pictures with identical bytes into one, with all their names. */
async function distinctPictures(
  files: readonly { readonly file: string; readonly name: string }[],
  folder: string,
): Promise<NamedPicture[]> {
  const byContent = new Map<string, { file: string; names: string[] }>();
  for (const { file, name } of files) {
    const bytes = await readFile(join(folder, file));
    const key = createHash("sha256").update(bytes).digest("base64");
    const same = byContent.get(key);
    if (same) same.names.push(name);
    else byContent.set(key, { file, names: [name] });
  }
  return [...byContent.values()];
}

const annotations = z.record(z.string(), z.object({ tts: z.array(z.string()).optional() }));
const annotationFile = z.union([
  z.object({ annotations: z.object({ annotations }) }),
  z.object({ annotationsDerived: z.object({ annotations }) }),
]);

/** CLDR's names, by the characters of an emoji. */
async function readNames(folder: string, file: string): Promise<[string, string][]> {
  const read = await readJson(join(folder, file), annotationFile);
  const entries = "annotations" in read ? read.annotations : read.annotationsDerived;
  return Object.entries(entries.annotations).flatMap(([characters, { tts }]) =>
    tts?.[0] === undefined ? [] : [[characters.replaceAll("\uFE0F", ""), tts[0]]],
  );
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const result = schema.safeParse(JSON.parse(await readFile(path, "utf8")));
  if (result.success) return result.data;
  throw new UserError(`${path} has an unexpected format; download the package again.`);
}
