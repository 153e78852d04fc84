/** @file What paths stand for. */

/** The path that stands for the standard input; a file of this name is `./-`. */
export const standardInputPath = "-";

/** What people are told that a path is. */
export function nameOfPath(path: string): string {
  return path === standardInputPath ? "standard input" : path;
}
