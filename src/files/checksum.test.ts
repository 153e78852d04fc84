import { expect, test } from "vitest";
import { Checksum } from "./checksum.ts";

const digestOf = (...parts: Uint8Array[]): string => {
  const checksum = new Checksum();
  for (const part of parts) checksum.update(part);
  return checksum.digest();
};

// The digests are those of the reference implementation, xxHash's XXH32 with seed 0.
test.each([
  ["", "02cc5d05"],
  ["a", "550d7456"],
  ["abc", "32d153ff"],
  ["0123456789abcdef", "c2c45b69"],
  ["0123456789abcdefX", "658e4f53"],
  ["Nobody inspects the spammish repetition", "e2293b2f"],
  ["é".repeat(100), "f6902c0b"],
])("the checksum of %j is %s", (text, digest) => {
  expect(digestOf(new TextEncoder().encode(text))).toBe(digest);
});

test("does not depend on how the stream is cut", () => {
  const bytes = Uint8Array.from({ length: 77 }, (_, index) => index * 37);
  for (let first = 0; first <= bytes.length; first++) {
    const second = Math.min(first + 5, bytes.length);
    const parts = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
    expect(digestOf(...parts)).toBe(digestOf(bytes));
  }
});
