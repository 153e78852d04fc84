import { describe, expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { systemFault } from "./nodeFaults.ts";

describe("a fault of the system that nobody has explained", () => {
  const fault = (code: string, path?: string): Error =>
    Object.assign(new Error(`${code}: something`), { code, errno: -1, ...(path && { path }) });
  test.each([
    ["ELOOP", "a/b cannot be used: its symbolic links form a cycle; choose another name."],
    ["ENAMETOOLONG", "a/b cannot be used: its name is too long; choose a shorter one."],
    [
      "EMFILE",
      "a/b cannot be used: too many files are open; raise the limit (ulimit -n) and try again.",
    ],
    [
      "EWEIRD",
      'a/b cannot be used: the system says "EWEIRD: something"; check what lies there, or choose another place.',
    ],
  ])("%s, is a sentence with the path", (code, sentence) => {
    expect(systemFault(fault(code, "a/b"))).toEqual(new UserError(sentence));
  });
  test("without a path, or thrown by the program, stays as it is", () => {
    for (const error of [fault("EIO"), new Error("x"), new UserError("a.")]) {
      expect(systemFault(error)).toBe(error);
    }
  });
});
