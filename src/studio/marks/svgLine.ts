import { directionOf } from "../../text/direction.ts";

/** Where a line of a drawing is held: at its left, in the middle, or at its right. */
export type Anchor = "start" | "middle" | "end";

/** Attributes of a `text` element of SVG. */
export interface SvgLine {
  readonly direction?: "rtl";
  readonly "text-anchor": Anchor;
}

/**
 * The attributes that make a line of a drawing run as its text does, held where it would be otherwise. For a
 * line from right to left SVG calls its right end the start.
 *
 * @param anchor as for a line from left to right.
 */
export function svgLine(text: string, anchor: Anchor = "start"): SvgLine {
  if (directionOf(text) === "ltr") return { "text-anchor": anchor };
  const mirrored = { start: "end", middle: "middle", end: "start" } as const;
  return { direction: "rtl", "text-anchor": mirrored[anchor] };
}
