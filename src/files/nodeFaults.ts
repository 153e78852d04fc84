/** @file Explains file system errors, and what to do about them, in one sentence. */
import { UserError } from "../tensor/errors.ts";

/** Write errors by system code. */
export const writeFaults: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; free some space and try again",
  EDQUOT: "your disk quota is used up; free some space and try again",
  EFBIG: "it is larger than the disk or the shell allows; raise the limit and try again",
  EACCES: "permission is denied; allow writing to its folder, or choose another one",
  EPERM: "permission is denied; allow writing to its folder, or choose another one",
  EROFS: "the disk is read-only; choose another folder",
  EISDIR: "a folder has that name; choose another name",
  ENOTDIR: "a part of its path is a file, not a folder; choose another folder",
  EEXIST: "a part of its path is a file, not a folder; choose another folder",
  ENOTEMPTY: "the folder contains files; choose another folder",
  ENAMETOOLONG: "its name is too long; choose a shorter one",
  ELOOP: "its symbolic links form a cycle; choose another name",
  EBUSY: "it is in use, for example as a mount point; choose another name",
  EPIPE: "its reader has closed it; keep the reader running to the end",
  EBADF: "it is not open for writing; check the number",
  ENXIO: "nothing reads from it; choose another name",
  EIO: "the disk reports an error; check the disk, or choose another one",
};

/** Read errors by system code. */
export const readFaults: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist; check the path",
  EACCES: "permission is denied; allow reading it",
  EPERM: "permission is denied; allow reading it",
  EISDIR: "it is a folder; give the path of a file",
  ENOTDIR: "a part of its path is a file, not a folder; check the path",
  ELOOP: "its symbolic links form a cycle; create them again",
  ENAMETOOLONG: "its name is longer than the system allows; check the path",
  EMFILE: "too many files are open; raise the limit (ulimit -n) and try again",
  ENFILE: "too many files are open; end other programs and try again",
  EIO: "the disk reports an error; copy or train it again",
};

/** The system code of an error, such as `ENOENT`; empty if it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/**
 * Converts a system error to a sentence; returns any other error unchanged.
 *
 * @param intent the failed operation, such as `a.txt could not be written`.
 */
export function explain(
  error: unknown,
  intent: string,
  faults: Readonly<Record<string, string>>,
): unknown {
  const fault = faults[codeOf(error)] ?? unknownFault(error);
  return fault === undefined ? error : new UserError(`${intent}: ${fault}.`, { cause: error });
}

/** Explains an error in writing a file. */
export function writeFault(error: unknown, path: string): unknown {
  return explain(error, `${path} could not be written`, writeFaults);
}

/** An error about a working folder that has been removed. */
export function noWorkingFolder(cause: unknown): UserError {
  const message =
    "The folder that you work in has been removed; change to another folder and try again.";
  return new UserError(message, { cause });
}

/** Converts a system error that nobody has explained to a sentence; returns any other error unchanged. */
export function systemFault(error: unknown): unknown {
  // What Node says where a relative path is resolved.
  if (error instanceof Error && "syscall" in error && error.syscall === "uv_cwd") {
    return noWorkingFolder(error);
  }
  const path = error instanceof Error && "path" in error ? String(error.path) : "";
  if (error instanceof UserError || path === "") return error;
  return explain(error, `${path} cannot be used`, { ...readFaults, ...writeFaults });
}

function unknownFault(error: unknown): string | undefined {
  // Errors of the system have a number; errors that the program throws have none.
  if (!(error instanceof Error) || !("errno" in error)) return undefined;
  return `the system says "${error.message}"; check what lies there, or choose another place`;
}
