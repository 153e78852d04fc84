import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "../src/tensor/errors.ts";
import type { ToolRunner } from "./tools.ts";
import { firstError, runTool, useTool } from "./tools.ts";

const helper = "/usr/lib/apt/apt-helper";

/**
 * Downloads the English descriptions of Debian packages with `apt-get update`, from the sources configured on the
 * machine. The lists go to the work folder: nothing else on the machine changes, and no special rights are needed.
 *
 * @returns the text of the indexes, concatenated.
 * @throws UserError if apt is missing, or the lists cannot be downloaded.
 */
export async function fetchDescriptions(work: string, tool: ToolRunner = runTool): Promise<string> {
  const folder = resolve(work, "apt");
  for (const part of ["lists/partial", "cache"])
    await mkdir(join(folder, part), { recursive: true });
  const options = [
    `Dir::State::lists=${folder}/lists/`,
    `Dir::Cache=${folder}/cache`,
    "Acquire::Languages=en",
    "Debug::NoLocking=1",
    "APT::Sandbox::User=",
    "Acquire::Retries=2",
    // Without it, unreachable sources cause only a warning.
    "APT::Update::Error-Mode=any",
  ].flatMap((option) => ["-o", option]);
  const missing =
    "apt-get is missing, and this recipe's data are Debian's package index; run it on Debian or Ubuntu.";
  console.error("$ apt-get update   (into the work folder)");
  await useTool(
    tool,
    ["apt-get", ...options, "-q", "update"],
    missing,
    (result) =>
      `apt-get update could not fetch the index (${firstError(result)}); go online and try again.`,
  );
  const targets = await useTool(
    tool,
    ["apt-get", ...options, "indextargets", "--format", "$(CREATED_BY)\t$(METAKEY)\t$(FILENAME)"],
    missing,
    (result) => `apt-get indextargets failed (${firstError(result)}); check the sources of apt.`,
  );
  const files = indexFiles(targets);
  if (files.length === 0) {
    throw new UserError("apt has no package sources; add Debian's to /etc/apt/sources.list.d.");
  }
  const texts: string[] = [];
  for (const file of files) {
    const told = `${helper} is missing but needed to read the index; run this recipe on Debian or Ubuntu.`;
    const read = [helper, "cat-file", file] as const;
    texts.push(
      await useTool(
        tool,
        read,
        told,
        (result) => `${file} cannot be read (${firstError(result)}).`,
      ),
    );
  }
  return texts.join("\n\n");
}

/** The files of English descriptions among `apt-get indextargets`; if there are none, those of packages. */
export function indexFiles(targets: string): string[] {
  const rows = targets.split("\n").map((line) => line.split("\t"));
  const filesOf = (wanted: (by: string, key: string) => boolean): string[] =>
    rows.flatMap(([by = "", key = "", file]) =>
      file !== undefined && wanted(by, key) ? [file] : [],
    );
  const translations = filesOf((by, key) => by === "Translations" && key.endsWith("-en"));
  return translations.length > 0 ? translations : filesOf((by) => by === "Packages");
}
