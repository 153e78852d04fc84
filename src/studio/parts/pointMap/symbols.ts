/** @file The signs of points on a map, which tell kinds apart besides their colours. Pure. */

/** Signs that differ in shape. */
export const pointShapes = [
  "circle",
  "square",
  "triangle",
  "diamond",
  "triangleDown",
  "plus",
  "hexagon",
  "bar",
  "column",
  "cross",
  "star",
] as const;

export type PointShape = (typeof pointShapes)[number];

/** A point of a map that has a sign of its own. */
export interface PointSign {
  /** The place of the point in the list of all. */
  readonly index: number;
  readonly shape: PointShape;
  /** A colour of the style sheet, such as `var(--score)`. */
  readonly color: string;
  /** About half of its width, in CSS pixels. */
  readonly size: number;
  /** Whether its word has to be written; others are where there is room. */
  readonly isWritten: boolean;
  /** Whether it stands back behind those that are looked at; then its word is not written. */
  readonly isFaded?: boolean;
}

/** Corners on a circle of radius `size`, the first one up; every second one of a star lies further inside. */
function corners(count: number, size: number, inside = 1): string {
  const points = Array.from({ length: count }, (_, at) => {
    const angle = (2 * Math.PI * at) / count - Math.PI / 2;
    const radius = at % 2 === 1 ? inside * size : size;
    return `${(radius * Math.cos(angle)).toFixed(2)} ${(radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join("L")}Z`;
}

const box = (width: number, height: number): string =>
  `M${-width} ${-height}H${width}V${height}H${-width}Z`;

/** The outline of a sign around 0, as the path of an SVG; all of them cover about as much. */
export function signPath(shape: PointShape, size: number): string {
  const [long, thin] = [1.15 * size, 0.38 * size];
  switch (shape) {
    case "circle":
      return `M${-size} 0a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0Z`;
    case "square":
      return box(0.9 * size, 0.9 * size);
    case "triangle":
      return corners(3, 1.25 * size);
    case "triangleDown":
      return `M0 ${1.25 * size}L${1.08 * size} ${-0.63 * size}H${-1.08 * size}Z`;
    case "diamond":
      return corners(4, 1.25 * size);
    case "hexagon":
      return corners(6, 1.1 * size);
    case "bar":
      return box(1.3 * size, 0.55 * size);
    case "column":
      return box(0.55 * size, 1.3 * size);
    case "plus":
      return `M${-thin} ${-long}H${thin}V${-thin}H${long}V${thin}H${thin}V${long}H${-thin}V${thin}H${-long}V${-thin}H${-thin}Z`;
    case "cross": {
      const [far, near] = [size, 0.5 * size];
      const out = far - near;
      return `M0 ${-near}L${out} ${-far}L${far} ${-out}L${near} 0L${far} ${out}L${out} ${far}L0 ${near}L${-out} ${far}L${-far} ${out}L${-near} 0L${-far} ${-out}L${-out} ${-far}Z`;
    }
    case "star":
      return corners(10, 1.5 * size, 0.48);
  }
}
