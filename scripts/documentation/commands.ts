/** @file Finds the shell commands in the pages of the documentation. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A block of shell commands. */
export interface ShellBlock {
  /** The page, relative to the repository, and the line of the block's first fence. */
  readonly page: string;
  readonly line: number;
  /** The commands in order, without their explanations. */
  readonly commands: readonly string[];
}

/** The pages that a reader copies commands from. */
export function documentationPages(root: string): string[] {
  const docs = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", "README.zh-CN.md", ...docs.sort().map((name) => `docs/${name}`)];
}

/** The blocks of all pages that hold commands. */
export function documentedBlocks(root: string): ShellBlock[] {
  return documentationPages(root).flatMap((page) =>
    shellBlocks(readFileSync(join(root, page), "utf8"), page),
  );
}

const fences = /^```([a-z]*)\n([\s\S]*?)^```$/gm;
const shells: readonly string[] = ["", "sh", "bash", "shell", "console"];

/** The programs that the documentation calls; other lines of a block are what a program prints. */
const beginnings =
  /^(?:[A-Z][A-Z0-9_]*=\S*(?:\([^)]*\))? )?(?:seq2see|npm|npx|node|git|curl|echo|ls|cp|mkdir)(?= )/;

/** The blocks of one page that hold commands. */
export function shellBlocks(text: string, page: string): ShellBlock[] {
  return [...text.matchAll(fences)].flatMap((match) => {
    const [, language = "", block = ""] = match;
    if (!shells.includes(language)) return [];
    const line = text.slice(0, match.index).split("\n").length;
    const commands = commandsOf(block);
    return commands.length === 0 ? [] : [{ page, line, commands }];
  });
}

function commandsOf(block: string): string[] {
  const lines = block.replace(/\\\n\s*/g, "").split("\n");
  const hasPrompts = lines.some((line) => line.startsWith("$ "));
  return lines
    .filter((line) => !hasPrompts || line.startsWith("$ "))
    .map((line) => line.replace(/^\$ /, ""))
    .filter((line) => beginnings.test(line))
    .map(withoutExplanation);
}

/** A command without what explains it: after "#", or after two spaces or more. */
function withoutExplanation(line: string): string {
  return line.replace(/(?: {2,}| +# ).*$/, "").trim();
}
