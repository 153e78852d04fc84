import { ticks } from "./numbers.ts";
import { at, mostSeries, svgDocument, svgText, textWidth } from "./svg.ts";

/** Values along the chart. */
export interface Series {
  readonly label: string;
  /** One value per place; null if there is none. */
  readonly values: readonly (number | null)[];
}

/** The contents of a line chart. */
export interface LineChart {
  readonly title: string;
  /** The names of the places from left to right. */
  readonly places: readonly string[];
  readonly horizontal: string;
  readonly vertical: string;
  readonly series: readonly Series[];
}

const width = 680;
const height = 400;
const box = { left: 60, right: width - 24, top: 76, bottom: height - 60 };
const dashes = ["none", "8 5", "2 4", "12 4 2 4"];

/**
 * Draws lines over common places. Series differ by colour, dash and mark.
 *
 * @throws RangeError if there is nothing to draw, a series does not have one value per place, or there are more
 *   than four series.
 */
export function lineChart(chart: LineChart): string {
  const { title, places, series, horizontal, vertical } = chart;
  const values = series.flatMap((each) => each.values.filter((value) => value !== null));
  if (values.length === 0 || !values.every(Number.isFinite)) {
    throw new RangeError(`"${title}" has no numbers to draw`);
  }
  if (series.length > mostSeries || series.some((each) => each.values.length !== places.length)) {
    throw new RangeError(`"${title}" has too many series, or one without a value for each place`);
  }
  const scale = ticks(Math.min(0, ...values), Math.max(...values), 5);
  const [low, high] = [scale[0] as number, scale.at(-1) as number];
  const x = (place: number): number =>
    box.left + ((place + 0.5) / places.length) * (box.right - box.left);
  const y = (value: number): number =>
    box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top);
  const parts: string[] = [];
  for (const tick of scale) {
    const level = at(y(tick));
    parts.push(
      `<line class="grid" x1="${box.left}" y1="${level}" x2="${box.right}" y2="${level}"/>`,
      svgText(String(tick), { x: box.left - 8, y: y(tick) + 4, anchor: "end", kind: "small" }),
    );
  }
  places.forEach((place, index) => {
    parts.push(
      svgText(place, { x: x(index), y: box.bottom + 20, anchor: "middle", kind: "small" }),
    );
  });
  const middle = (box.left + box.right) / 2;
  parts.push(svgText(horizontal, { x: middle, y: box.bottom + 44, anchor: "middle" }));
  parts.push(svgText(vertical, { x: 16, y: box.top - 8, kind: "small" }));
  let legend = 16;
  series.forEach(({ label, values: own }, index) => {
    const style = `class="line line${index}" stroke-dasharray="${dashes[index]}"`;
    for (const run of runsOf(own)) {
      const points = run.map(([place, value]) => `${at(x(place))},${at(y(value))}`).join(" ");
      parts.push(`<polyline ${style} points="${points}"/>`);
      parts.push(...run.map(([place, value]) => mark(index, x(place), y(value))));
    }
    parts.push(
      `<line ${style} x1="${legend}" y1="45" x2="${legend + 30}" y2="45"/>`,
      mark(index, legend + 15, 45),
      svgText(label, { x: legend + 37, y: 49.5 }),
    );
    legend += Math.round(61 + textWidth(label));
  });
  const bottom = box.bottom;
  parts.push(
    `<line class="axis" x1="${box.left}" y1="${bottom}" x2="${box.right}" y2="${bottom}"/>`,
  );
  return svgDocument({ width, height }, { title, description: describe(chart) }, parts);
}

/** Parts of a series without a gap. */
function runsOf(values: readonly (number | null)[]): [place: number, value: number][][] {
  const runs: [number, number][][] = [[]];
  values.forEach((value, place) => {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push([place, value]);
  });
  return runs.filter((run) => run.length > 0);
}

function mark(series: number, x: number, y: number): string {
  const fill = `class="fill${series}"`;
  if (series === 0) return `<circle cx="${at(x)}" cy="${at(y)}" r="5" ${fill}/>`;
  const turn = series === 2 ? ` transform="rotate(45 ${at(x)} ${at(y)})"` : "";
  if (series < 3) {
    return `<rect x="${at(x - 4.5)}" y="${at(y - 4.5)}" width="9" height="9" ${fill}${turn}/>`;
  }
  return `<path d="M${at(x)} ${at(y - 6)}l6 11h-12z" ${fill}/>`;
}

function describe({ vertical, horizontal, places, series }: LineChart): string {
  const lines = series.map(({ label, values }) => {
    const points = places.map((place, index) => `${place}: ${values[index]?.toFixed(1) ?? "none"}`);
    return `${label}: ${points.join(", ")}`;
  });
  return `${vertical} by ${horizontal}. ${lines.join("; ")}.`;
}
