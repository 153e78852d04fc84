import { mean, ticks } from "./numbers.ts";
import { at, mostSeries, svgDocument, svgText, textWidth } from "./svg.ts";

/** A bar with the length of the mean of its values; each value is a mark on it. */
export interface Bar {
  readonly label: string;
  readonly values: readonly number[];
  /** Bars of one group share a colour. Default: 0. */
  readonly group?: number;
}

/** The contents of a bar chart. */
export interface BarChart {
  readonly title: string;
  /** The unit, shown below the scale. */
  readonly unit: string;
  readonly bars: readonly Bar[];
  /** Decimals of the numbers beside the bars. */
  readonly digits: number;
  /** The minimum end of the scale. Default: the longest bar. */
  readonly most?: number;
}

const width = 680;
const barHeight = 22;
const rowHeight = 34;
const top = 48;

/**
 * Draws horizontal bars from 0, each with its name and its number, so that colour carries no information alone.
 *
 * @throws RangeError if there are no bars, or a value is negative or not a number.
 */
export function barChart({ title, unit, bars, digits, most }: BarChart): string {
  const values = bars.flatMap((bar) => bar.values);
  if (values.length === 0 || bars.some((bar) => bar.values.length === 0)) {
    throw new RangeError(`"${title}" has a bar without a value`);
  }
  if (!values.every((value) => value >= 0 && Number.isFinite(value))) {
    throw new RangeError(`"${title}" has a bar that is no length: ${values.join(", ")}`);
  }
  const scale = ticks(0, most ?? Math.max(...values), 5);
  const end = scale.at(-1) as number;
  const left = Math.min(300, 28 + Math.max(...bars.map(({ label }) => textWidth(label))));
  const right = width - 64;
  const x = (value: number): number => left + (value / end) * (right - left);
  const bottom = top + bars.length * rowHeight;
  const parts: string[] = [];
  for (const tick of scale) {
    const place = at(x(tick));
    parts.push(`<line class="grid" x1="${place}" y1="${top}" x2="${place}" y2="${bottom}"/>`);
    parts.push(
      svgText(String(tick), { x: x(tick), y: bottom + 18, anchor: "middle", kind: "small" }),
    );
  }
  bars.forEach((bar, row) => {
    const y = top + row * rowHeight + (rowHeight - barHeight) / 2;
    const centre = y + barHeight / 2;
    const value = mean(bar.values);
    const colour = `fill${(bar.group ?? 0) % mostSeries}`;
    parts.push(svgText(bar.label, { x: left - 10, y: centre + 4.5, anchor: "end" }));
    parts.push(
      `<rect class="${colour}" x="${at(left)}" y="${at(y)}" width="${at(x(value) - left)}" height="${barHeight}"/>`,
    );
    const marks = bar.values.length > 1 ? bar.values : [];
    for (const each of marks) {
      parts.push(`<circle class="seed" cx="${at(x(each))}" cy="${at(centre)}" r="4"/>`);
    }
    const furthest = Math.max(value, ...marks);
    parts.push(svgText(value.toFixed(digits), { x: x(furthest) + 9, y: centre + 4.5 }));
  });
  parts.push(`<line class="axis" x1="${at(left)}" y1="${top}" x2="${at(left)}" y2="${bottom}"/>`);
  const several = bars.some((bar) => bar.values.length > 1) ? "; a circle is a run" : "";
  parts.push(
    svgText(`${unit}${several}`, { x: (left + right) / 2, y: bottom + 40, anchor: "middle" }),
  );
  const description = bars.map(
    ({ label, values: own }) => `${label}: ${mean(own).toFixed(digits)}`,
  );
  return svgDocument(
    { width, height: bottom + 56 },
    { title, description: `${unit}. ${description.join("; ")}.` },
    parts,
  );
}
