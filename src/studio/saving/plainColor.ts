/** @file Colours as every reader of SVG knows them. */

/** A colour as `#rrggbb`, and how opaque it is, 0 to 1. */
export interface PlainColor {
  readonly hex: string;
  readonly opacity: number;
}

const known = new Map<string, PlainColor>();
let canvas: CanvasRenderingContext2D | null = null;

/**
 * A computed colour without `oklab()`, `color()` or transparency in it, which other programs do not read.
 *
 * @returns null where nothing is painted.
 */
export function plainColor(computed: string): PlainColor | null {
  if (computed === "none" || computed === "transparent" || computed === "") return null;
  const color = known.get(computed) ?? painted(computed);
  known.set(computed, color);
  return color.opacity === 0 ? null : color;
}

function painted(computed: string): PlainColor {
  canvas ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext(
    "2d",
    { willReadFrequently: true },
  );
  if (!canvas) return { hex: computed, opacity: 1 };
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = computed;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
  const hex = [red, green, blue].map((channel) => channel.toString(16).padStart(2, "0")).join("");
  return { hex: `#${hex}`, opacity: Math.round((alpha / 255) * 100) / 100 };
}
