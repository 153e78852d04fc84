/** @file Pictures of emoji with their names, from packages of npm. */

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../src/tensor/errors.ts";
import { fetchPackage, specifierOf } from "./npmPackage.ts";
import { type NamedPicture, type PictureSplit, splitPictures } from "./pictureSplit.ts";

const filesOfPictures = "img/twitter/64";
const packages = {
  pictures: {
    name: "emoji-datasource-twitter",
    version: "16.0.0",
    files: ["emoji.json", "LICENSE", filesOfPictures],
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

/** The pictures in the files of an npm package, and where their names come from, for people. */
export const emojiPackages: readonly string[] = Object.values(packages).map(specifierOf);

/** Pictures by their role, with the folder in which their files are. */
export interface EmojiPictures {
  readonly folder: string;
  readonly split: PictureSplit;
}

/**
 * The folder of the picture files.
 *
 * @throws UserError if the package is not available.
 */
export async function pictureFolder(work: string): Promise<string> {
  return join(await fetchPackage(work, packages.pictures), filesOfPictures);
}

/**
 * Fetches pictures and names into the work folder, and divides the pictures.
 *
 * @throws UserError if the packages are not available.
 */
export async function emojiPictures(work: string): Promise<EmojiPictures> {
  const folder = await fetchPackage(work, packages.pictures);
  const list = await readJson(join(folder, "emoji.json"), emojiList);
  const names = new Map([
    ...(await readNames(await fetchPackage(work, packages.derived), packages.derived.files[0])),
    ...(await readNames(await fetchPackage(work, packages.names), packages.names.files[0])),
  ]);
  const pictures = await distinctPictures(namedFiles(list, names), join(folder, filesOfPictures));
  return { folder: join(folder, filesOfPictures), split: splitPictures(pictures) };
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
