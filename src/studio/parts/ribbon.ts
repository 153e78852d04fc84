/** @file The ribbons that carry weighted vectors down to the context. Pure geometry, in CSS pixels. */

type Point = readonly [x: number, y: number];

/**
 * A ribbon that falls from one level to another, as the path of its outline; `share` of it is drawn,
 * from the top.
 *
 * @param from the middle and the width of its upper end, and its height.
 * @param to   the same of its lower end.
 */
export function ribbon(
  from: { readonly x: number; readonly y: number; readonly width: number },
  to: { readonly x: number; readonly y: number; readonly width: number },
  share: number,
): string {
  const edge = (sign: -1 | 1): readonly Point[] => {
    const [a, d]: [Point, Point] = [
      [from.x + (sign * from.width) / 2, from.y],
      [to.x + (sign * to.width) / 2, to.y],
    ];
    const middle = (a[1] + d[1]) / 2;
    return firstPart([a, [a[0], middle], [d[0], middle], d], share);
  };
  const [left, right] = [edge(-1), edge(1).toReversed()];
  const spelled = (points: readonly Point[]): string =>
    points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(" ");
  return `M${spelled(left.slice(0, 1))}C${spelled(left.slice(1))}L${spelled(right.slice(0, 1))}C${spelled(right.slice(1))}Z`;
}

/** The first part of a cubic curve, by de Casteljau's construction. */
export function firstPart(points: readonly Point[], share: number): readonly Point[] {
  const between = ([x, y]: Point, [u, v]: Point): Point => [
    x + (u - x) * share,
    y + (v - y) * share,
  ];
  const kept: Point[] = [];
  let rest = [...points];
  while (rest.length > 0) {
    kept.push(rest[0] as Point);
    rest = rest.slice(1).map((point, at) => between(rest[at] as Point, point));
  }
  return kept;
}
