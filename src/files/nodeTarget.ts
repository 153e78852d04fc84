import { fstat, type Stats } from "node:fs";
import { readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute } from "node:path";
import { promisify } from "node:util";
import { codeOf } from "./nodeFaults.ts";

/** The destination of what is written to a path. */
export type WriteTarget =
  /** A file that is replaced as a whole; `mode` has its permissions, null if it does not exist yet. */
  | { readonly kind: "file"; readonly path: string; readonly mode: number | null }
  /** A pipe or a device, written in order. */
  | { readonly kind: "stream"; readonly path: string }
  /** A descriptor that the program has open, written in order: `/dev/stdout`, `/dev/fd/3`, `>(…)`. */
  | { readonly kind: "descriptor"; readonly descriptor: number };

/** The maximum number of links to follow, as in Linux. */
const mostLinks = 40;

/**
 * Follows symbolic links to their final target, which need not exist. Only files are ever replaced; links,
 * pipes and devices are written through.
 *
 * @throws the system's error if the target is a folder, or links form a cycle.
 */
export async function writeTarget(path: string): Promise<WriteTarget> {
  const end = await followLinks(path);
  const descriptor = descriptorOf(end);
  if (descriptor !== null) {
    await promisify(fstat)(descriptor);
    return { kind: "descriptor", descriptor };
  }
  const there = await statOf(end);
  if (there === null) return { kind: "file", path: end, mode: null };
  if (there.isDirectory()) throw Object.assign(new Error("It is a folder."), { code: "EISDIR" });
  if (there.isFile()) return { kind: "file", path: end, mode: there.mode & 0o777 };
  return { kind: "stream", path: end };
}

/**
 * Resolves a path with symbolic links; its last parts need not exist.
 *
 * @throws the system's error if links form a cycle.
 */
export async function followLinks(path: string): Promise<string> {
  let at = path;
  for (let links = 0; links <= mostLinks; links++) {
    // The folder comes first, because ".." in a link is relative to the real location of its folder.
    const folder = await realpath(dirname(at)).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return null;
      throw error;
    });
    if (folder === null) return at;
    at = folder === "/" ? `/${basename(at)}` : `${folder}/${basename(at)}`;
    if (descriptorOf(at) !== null) return at;
    const target = await readlink(at).catch(() => null);
    if (target === null) return at;
    at = isAbsolute(target) ? target : `${folder}/${target}`;
  }
  throw Object.assign(new Error("Its links form a cycle."), { code: "ELOOP" });
}

/** The descriptor of an open file, if a path names one of this program's. */
function descriptorOf(path: string): number | null {
  const [, owner, number] = /^(?:\/dev|\/proc\/(\d+)(?:\/task\/\d+)?)\/fd\/(\d+)$/.exec(path) ?? [];
  return number !== undefined && Number(owner ?? process.pid) === process.pid
    ? Number(number)
    : null;
}

async function statOf(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}
