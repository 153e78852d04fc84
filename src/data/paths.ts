/** @file Names of paths. */

/** The path of the standard input; a file with this name is `./-`. */
export const standardInputPath = "-";

/** The name of a path for people. */
export function nameOfPath(path: string): string {
  return path === standardInputPath ? "standard input" : path;
}
