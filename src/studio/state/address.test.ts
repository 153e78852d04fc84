import { expect, test } from "vitest";
import type { Place } from "./address.ts";
import { readPlace, writePlace } from "./address.ts";

test("an address reopens what it was written from", () => {
  const place: Place = {
    model: "fr-en",
    text: "L'été & l'hiver = 2 + 2 #1?\u200f שלום",
    scene: "five-moves",
    moment: 31,
    locale: "zh",
    prefix: [4, 8000, 17],
    phrases: ["hier & demain", "l'été | l'hiver ?"],
  };
  expect(readPlace(writePlace(place))).toEqual(place);
});

test("a place of the article is its scene and its moment", () => {
  const place: Place = { at: "hidden-states", moment: 3 };
  expect(writePlace(place)).toBe("#at=hidden-states&moment=3");
  expect(readPlace(writePlace(place))).toEqual(place);
});

test("it also brings attention that was moved by hand", () => {
  const rows = [0.25, 0.1234567, 0.6265433];
  const address = writePlace({
    attention: new Map([
      [2, [0, 1, 0]],
      [11, rows],
    ]),
  });
  expect(address).toBe("#attention=2_0_1_0-11_0.25_0.123457_0.626543");
  const { attention } = readPlace(address);
  expect([...(attention?.keys() ?? [])]).toEqual([2, 11]);
  expect(attention?.get(2)).toEqual([0, 1, 0]);
  for (const [index, weight] of (attention?.get(11) ?? []).entries())
    expect(weight).toBeCloseTo(rows[index] as number, 5);
  for (const wrong of ["2", "2_0_0", "x_1", "2_0.5_-1", "2_7", "2_1e3", "-"])
    expect(readPlace(`#attention=${wrong}`)).toEqual({});
});

test("it tells the lab that a model in memory came from, and no other address", () => {
  const place: Place = {
    model: "here:reverse letters, step 1,200",
    from: "#lab=reverse&hidden=64",
  };
  expect(readPlace(writePlace(place))).toEqual(place);
  expect(readPlace("#from=https%3A%2F%2Fexample.com")).toEqual({});
  expect(readPlace("#from=scene%3Dbeam")).toEqual({});
});

test("what makes no sense is left out", () => {
  expect(readPlace("#moment=-3&lang=fr&prefix=1.x.2&scene=beam")).toEqual({ scene: "beam" });
  expect(readPlace("")).toEqual({});
  expect(readPlace("#moment=1e9")).toEqual({});
});

test("an address cannot bring more text than the field takes", () => {
  expect(readPlace(`#text=${"a".repeat(5000)}`).text).toHaveLength(2000);
});
