import { expect, test } from "vitest";
import { svgLine } from "./svgLine.ts";

test("a line from left to right is held where it is said", () => {
  expect(svgLine("mot", "end")).toEqual({ "text-anchor": "end" });
  expect(svgLine("mot")).toEqual({ "text-anchor": "start" });
});

test("a line from right to left is held at the same side, which SVG calls the other end", () => {
  expect(svgLine("مرحبا", "start")).toEqual({ direction: "rtl", "text-anchor": "end" });
  expect(svgLine("مرحبا", "end")).toEqual({ direction: "rtl", "text-anchor": "start" });
  expect(svgLine("مرحبا", "middle")).toEqual({ direction: "rtl", "text-anchor": "middle" });
});
