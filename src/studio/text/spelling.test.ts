import { describe, expect, it } from "vitest";
import { shortened } from "./spelling.ts";

describe("shortened", () => {
  it("cuts only what is too long", () => {
    expect(shortened("étudiant", 100, 14)).toBe("étudiant");
    expect(shortened("anticonstitutionnellement", 80, 14)).toMatch(/^anti.*…$/);
  });
});
