/**
 * @file Pages in Chinese and the pages that they translate. A stamp notes what each section of an original said when it
 * was translated, so that a section that says something else now is named, whatever the dates of the files.
 */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { shellBlocks } from "./commands.ts";

/** A page and its translation, both relative to the repository. */
export interface TranslatedPage {
  readonly original: string;
  readonly translation: string;
}

/** A part of a page from its heading to the next one. */
export interface Section {
  /** The heading with its marks, such as `## Data`. */
  readonly heading: string;
  /** Of the words, whatever the lines they stand in. */
  readonly hash: string;
}

/** The sections of each original as they were translated, by the original's path. */
export type Stamps = Readonly<Record<string, readonly Section[]>>;

/** The stamps, in the repository. */
export const stampsFile = "docs/zh/originals.json";

const stampsSchema = z.record(
  z.string(),
  z.array(z.object({ heading: z.string(), hash: z.string() })),
);

/** All pages of which there is a translation: the README, and each page of docs/zh. */
export function translatedPages(root: string): TranslatedPage[] {
  const names = readdirSync(join(root, "docs/zh")).filter((name) => name.endsWith(".md"));
  return [
    { original: "README.md", translation: "README.zh-CN.md" },
    ...names.sort().map((name) => ({ original: `docs/${name}`, translation: `docs/zh/${name}` })),
  ];
}

/** The sections of a page in order; what stands before the first heading belongs to none. */
export function sectionsOf(page: string): Section[] {
  const parts: string[][] = [];
  let isCode = false;
  for (const line of page.split(/\r?\n/)) {
    if (line.startsWith("```")) isCode = !isCode;
    if (!isCode && /^#{1,6} /.test(line)) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts.map((lines) => ({
    heading: (lines[0] as string).trim(),
    hash: hashOf(lines.join(" ").replace(/\s+/g, " ").trim()),
  }));
}

const hashOf = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 8);

/** Reads the stamps. */
export function readStamps(root: string): Stamps {
  const path = join(root, stampsFile);
  return existsSync(path) ? stampsSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : {};
}

/** What a translation lacks, one line each: sections of the original that are new, changed or gone since it was stamped. */
export function staleSections(stamped: readonly Section[], original: string): string[] {
  const now = sectionsOf(original);
  const before = new Map(stamped.map(({ heading, hash }) => [heading, hash]));
  const headings = new Set(now.map(({ heading }) => heading));
  return [
    ...now.flatMap(({ heading, hash }) => {
      if (!before.has(heading)) return [`new: ${heading}`];
      return before.get(heading) === hash ? [] : [`changed: ${heading}`];
    }),
    ...stamped.flatMap(({ heading }) => (headings.has(heading) ? [] : [`gone: ${heading}`])),
  ];
}

/** Every translation that is older than its original, with what it lacks. */
export function stalePages(root: string): (TranslatedPage & { readonly lacks: string[] })[] {
  const stamps = readStamps(root);
  return translatedPages(root).flatMap((page) => {
    const lacks = staleSections(stamps[page.original] ?? [], textOf(root, page.original));
    return lacks.length === 0 ? [] : [{ ...page, lacks }];
  });
}

/**
 * How the form of a translation differs from that of its original, one line each: its headings must have the levels of the
 * original's, and its blocks the same commands.
 */
export function differencesOfForm(
  root: string,
  { original, translation }: TranslatedPage,
): string[] {
  const [from, to] = [textOf(root, original), textOf(root, translation)];
  const [headings, own] = [sectionsOf(from), sectionsOf(to)].map((sections) =>
    sections.map(({ heading }) => heading),
  ) as [string[], string[]];
  const at = headings.findIndex((heading, index) => levelOf(heading) !== levelOf(own[index]));
  const lines: string[] = [];
  if (at >= 0) lines.push(`${translation}: "${headings[at]}" has no heading of its level here`);
  else if (own.length > headings.length) lines.push(`${translation}: it has more headings`);
  const commands = commandsOf(from, original);
  const given = commandsOf(to, translation);
  const missing = commands.filter((command) => !given.includes(command));
  const unknown = given.filter((command) => !commands.includes(command));
  for (const command of missing) lines.push(`${translation}: it lacks the command "${command}"`);
  for (const command of unknown) lines.push(`${original}: it lacks the command "${command}"`);
  return lines;
}

/** The level of a heading; 0 of none. */
export function levelOf(heading: string | undefined): number {
  return /^#*/.exec(heading ?? "")?.[0].length ?? 0;
}

const commandsOf = (text: string, page: string): string[] =>
  shellBlocks(text, page).flatMap(({ commands }) => [...commands]);

/** Notes that these translations say what their originals say now; the other stamps stay. */
export function stamp(root: string, pages: readonly TranslatedPage[]): void {
  const stamps = { ...readStamps(root) };
  for (const { original } of pages) stamps[original] = sectionsOf(textOf(root, original));
  const sorted = Object.fromEntries(
    Object.entries(stamps).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  writeFileSync(join(root, stampsFile), `${JSON.stringify(sorted, null, 2)}\n`);
}

const textOf = (root: string, page: string): string => readFileSync(join(root, page), "utf8");
