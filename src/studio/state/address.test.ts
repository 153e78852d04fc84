import { expect, test } from "vitest";
import type { Place } from "./address.ts";
import { readPlace, writePlace } from "./address.ts";

test("an address reopens what it was written from", () => {
  const place: Place = {
    ...{ model: "fr-en", text: "L'été & l'hiver = 2 + 2 #1?\u200f שלום", scene: "five-moves" },
    ...{ moment: 31, locale: "zh", prefix: [4, 8000, 17] },
  };
  expect(readPlace(writePlace(place))).toEqual(place);
});

test("what makes no sense is left out", () => {
  expect(readPlace("#moment=-3&lang=fr&prefix=1.x.2&scene=beam")).toEqual({ scene: "beam" });
  expect(readPlace("")).toEqual({});
  expect(readPlace("#moment=1e9")).toEqual({});
});

test("an address cannot bring more text than the field takes", () => {
  expect(readPlace(`#text=${"a".repeat(5000)}`).text).toHaveLength(2000);
});
