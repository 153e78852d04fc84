import { fstat, type Stats } from "node:fs";
import { readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute } from "node:path";
import { promisify } from "node:util";
import { codeOf } from "./nodeFaults.ts";

/** Where what is written to a path goes. */
export type WriteTarget =
  /** To a file that is replaced as a whole; `mode` has its permissions, null if it is not there yet. */
  | { readonly kind: "file"; readonly path: string; readonly mode: number | null }
  /** Into a pipe or a device, in order. */
  | { readonly kind: "stream"; readonly path: string }
  /** Into what the program has open under this number, in order: `/dev/stdout`, `/dev/fd/3`, `>(…)`. */
  | { readonly kind: "descriptor"; readonly descriptor: number };

/** As many links as Linux follows. */
const mostLinks = 40;

/**
 * Follows symbolic links to what lies at their end, or would lie there: a link to nothing leads to its
 * target. Only files are ever replaced; links, pipes and devices are written through.
 *
 * @throws the system's error if it is a folder, or links lead in a circle.
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
 * The path that a path with symbolic links stands for; its last parts need not be there.
 *
 * @throws the system's error if links lead in a circle.
 */
export async function followLinks(path: string): Promise<string> {
  let at = path;
  for (let links = 0; links <= mostLinks; links++) {
    // The folder comes first, since "..", in a link, starts from where its folder really is.
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
  throw Object.assign(new Error("Its links lead in a circle."), { code: "ELOOP" });
}

/** The number of an open file, if a path names one of this program's. */
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
