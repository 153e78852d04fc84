/** @file What the curves of runs show, and where it is. Pure, in CSS pixels. */

import { scaleLinear } from "d3-scale";
import type { Look, StepFigures } from "../../../../lab/messages.ts";
import { largestOf } from "../../../../tensor/extremes.ts";
import { logarithmicScale, marksOf, type Scale, type Tick } from "../../../parts/axes.ts";
import { type Bucket, bucketsOf, type Numbers, speedsOf } from "./thin.ts";

/** A run whose curves are drawn. */
export interface CurveRun {
  /** Its name; needed where there are two. */
  readonly label: string;
  readonly steps: readonly StepFigures[];
  readonly looks: readonly Look[];
  /** The parts whose gradient norms the steps have. */
  readonly parts: readonly string[];
}

/** What a panel shows. */
export type PanelKind = "loss" | "perplexity" | "right" | "speed" | "norm" | "partNorm";

/** A line of a panel. */
export interface Line {
  /** The place of its run. */
  readonly run: number;
  /** What it was measured on; null where a panel has one line for each run. */
  readonly on: "train" | "heldOut" | null;
  /** The mean of neighbouring steps, as the path of an SVG. */
  readonly path: string;
  /** What lies between the least and the most of neighbouring steps; empty where every step is drawn by itself. */
  readonly band: string;
  /** Dots at the checkpoints, as a path of lines without length; empty where there are none or too many. */
  readonly dots: string;
}

/** A panel of curves. */
export interface Panel {
  readonly kind: PanelKind;
  /** The part whose gradient it shows. */
  readonly part: string | null;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  /** Marks of the axis of steps; none where another panel below has them. */
  readonly stepTicks: readonly Tick[];
  readonly lines: readonly Line[];
}

/** Where all panels are. */
export interface Panels {
  readonly width: number;
  readonly height: number;
  readonly last: number;
  readonly panels: readonly Panel[];
}

/** How far apart points are at least; what lies closer is one. */
const pitch = 2;
/** More dots than these would touch each other. */
const mostDots = 60;
/** The room for numbers at the left of a panel, and for nothing at its right. */
const tickRoom = 44;
const edge = 12;

interface Curve {
  readonly run: number;
  readonly on: Line["on"];
  readonly buckets: readonly Bucket[];
  readonly hasDots: boolean;
}

interface PlannedPanel {
  readonly kind: PanelKind;
  readonly part: string | null;
  readonly height: number;
  /** How many panels stand side by side. */
  readonly across: number;
  /** The panels that have the same marks at their left, so that their lines can be compared. */
  readonly axis: string;
}

/**
 * Lays out the curves of one run or of two: panels of equal width in columns, then smaller ones for the gradients of the
 * parts. All share one axis of steps.
 *
 * @param lines how many lines of text stand above a panel.
 */
export function panelsOf(runs: readonly CurveRun[], width: number, lines: number): Panels {
  const last = largestOf(
    runs.map(({ steps, looks }) => Math.max(steps.at(-1)?.step ?? 0, looks.at(-1)?.step ?? 0)),
    1,
  );
  const groups = groupsOf(runs, width);
  const sizeOf = (panel: PlannedPanel): number => width / panel.across;
  const curves = new Map(
    groups
      .flat()
      .map((panel): [PlannedPanel, Curve[]] => [
        panel,
        curvesOf(runs, panel, last, Math.floor((sizeOf(panel) - tickRoom - edge) / pitch)),
      ]),
  );
  const scales = new Map<string, Scale>();
  for (const { kind, axis } of groups.flat()) {
    if (scales.has(axis)) continue;
    const sharing = [...curves].filter(([panel]) => panel.axis === axis);
    scales.set(
      axis,
      scaleOf(
        kind,
        sharing.flatMap(([, own]) => own),
      ),
    );
  }
  const head = 26 + 17 * lines;
  const panels: Panel[] = [];
  let y = 0;
  for (const group of groups) {
    const across = group[0]?.across ?? 1;
    for (let at = 0; at < group.length; at += across) {
      const row = group.slice(at, at + across);
      const isLast = at + across >= group.length;
      for (const [column, panel] of row.entries()) {
        const { kind, part, height } = panel;
        const left = column * sizeOf(panel) + tickRoom;
        const right = (column + 1) * sizeOf(panel) - edge;
        const [top, bottom] = [y + head, y + head + height];
        const scale = (scales.get(panel.axis) as Scale).copy().range([bottom, top]);
        const x = scaleLinear([0, last], [left, right]);
        const stepMarks = right - left < 240 ? 2 : right - left < 420 ? 4 : 6;
        // A panel without another one below it has the marks of the axis.
        const isLowest = isLast || at + across + column >= group.length;
        panels.push({
          kind,
          part,
          left,
          right,
          top,
          bottom,
          ticks: marksOf(scale, height > 90 ? 4 : 2, isLogarithmic(kind)),
          stepTicks: isLowest ? marksOf(x, stepMarks) : [],
          lines: (curves.get(panel) as Curve[]).map((curve) => lineOf(curve, x, scale)),
        });
      }
      y += head + largestOf(row.map(({ height }) => height)) + (isLast ? 30 : 12);
    }
  }
  return { width, height: y, last, panels };
}

/** The panels in groups, each with rows of its own. */
function groupsOf(runs: readonly CurveRun[], width: number): PlannedPanel[][] {
  const parts = [...new Set(runs.flatMap((run) => run.parts))];
  const columns = width >= 700 ? 2 : 1;
  const across = Math.min(parts.length + 1, Math.max(2, Math.floor(width / 190)));
  return [
    (["loss", "perplexity", "right", "speed"] as const).map((kind) => ({
      kind,
      part: null,
      height: kind === "speed" && columns === 1 ? 70 : 110,
      across: columns,
      axis: kind,
    })),
    [null, ...parts].map((part) => ({
      kind: part === null ? "norm" : "partNorm",
      part,
      height: 66,
      across,
      axis: "norm",
    })),
  ];
}

/** Whether numbers fall by a factor rather than by an amount. */
const isLogarithmic = (kind: PanelKind): boolean => kind !== "right" && kind !== "speed";

function scaleOf(kind: PanelKind, curves: readonly Curve[]): Scale {
  const values = curves.flatMap(({ buckets }) =>
    buckets.flatMap(({ least, most }) => [least, most]),
  );
  if (kind === "right") return scaleLinear([0, 1], [0, 1]);
  if (kind === "speed") return scaleLinear([0, largestOf(values, 1)], [0, 1]).nice(4);
  // No perplexity is below 1.
  if (kind === "perplexity") return logarithmicScale([2, ...values], 1);
  return logarithmicScale(values.length > 0 ? values : [0.1, 1]);
}

function curvesOf(
  runs: readonly CurveRun[],
  panel: PlannedPanel,
  last: number,
  count: number,
): Curve[] {
  return runs.flatMap((own, run) =>
    linesIn(own, panel).map(({ on, numbers }): Curve => {
      const buckets = Array.isArray(numbers)
        ? numbers
        : bucketsOf(numbers as Numbers, last, Math.max(1, count));
      return { run, on, buckets, hasDots: panel.kind === "right" || on === "heldOut" };
    }),
  );
}

/** The lines of a run in a panel: numbers of each step, or what is already thinned. */
interface OwnLine {
  readonly on: Line["on"];
  readonly numbers: Numbers | readonly Bucket[];
}

/** The lines that a run has in a panel. */
function linesIn({ steps, looks, parts }: CurveRun, { kind, part }: PlannedPanel): OwnLine[] {
  const overSteps = (of: (figures: StepFigures) => number | undefined): OwnLine[] => [
    { on: null, numbers: numbersOf(steps, of) },
  ];
  const place = parts.indexOf(part ?? "");
  switch (kind) {
    case "loss":
      return overSteps(({ loss }) => loss);
    case "perplexity":
      return [
        { on: "train", numbers: numbersOf(looks, ({ trainPerplexity }) => trainPerplexity) },
        { on: "heldOut", numbers: numbersOf(looks, ({ heldOutPerplexity }) => heldOutPerplexity) },
      ];
    case "right":
      return [{ on: null, numbers: numbersOf(looks, ({ right }) => right, 0) }];
    case "speed":
      return [{ on: null, numbers: speedsOf(steps, 100) }];
    case "norm":
      return overSteps(({ gradientNorm }) => gradientNorm);
    case "partNorm":
      return place < 0 ? [] : overSteps(({ partNorms }) => partNorms[place]);
  }
}

/** Below it, numbers have no place on a logarithmic axis. `Number.MIN_VALUE` is 0 in threads where ONNX Runtime takes tiny numbers for 0. */
const leastOnAxis = 1e-30;

/** Numbers of steps or looks; by default those that have a place on a logarithmic axis, unlike the gradient of what is frozen. */
function numbersOf<Item extends { readonly step: number }>(
  items: readonly Item[],
  of: (item: Item) => number | undefined,
  least = leastOnAxis,
): Numbers {
  return {
    count: items.length,
    stepOf: (index) => (items[index] as Item).step,
    numberOf: (index) => {
      const value = of(items[index] as Item) ?? Number.NaN;
      return value >= least ? value : Number.NaN;
    },
  };
}

const rounded = (value: number): number => Math.round(10 * value) / 10;

function lineOf({ run, on, buckets, hasDots }: Curve, x: Scale, y: Scale): Line {
  const pointAt = (step: number, value: number): string =>
    `${rounded(x(step))} ${rounded(y(value))}`;
  const points = buckets.map(({ step, mean }) => pointAt(step, mean));
  const isThinned = buckets.some(({ least, most }) => most > least);
  return {
    run,
    on,
    // A line of one point would not be seen.
    path:
      points.length === 1 ? `M${points[0]}h0.1` : points.length > 1 ? `M${points.join("L")}` : "",
    band: isThinned
      ? `M${buckets.map(({ step, most }) => pointAt(step, most)).join("L")}L${buckets
          .toReversed()
          .map(({ step, least }) => pointAt(step, least))
          .join("L")}Z`
      : "",
    dots: hasDots && points.length <= mostDots ? points.map((point) => `M${point}h0`).join("") : "",
  };
}

/** The step under a place of a panel. */
export function stepUnder({ left, right }: Panel, x: number, last: number): number {
  return Math.min(1, Math.max(0, (x - left) / Math.max(1, right - left))) * last;
}

/** Where a step is in a panel. */
export function placeOfStep({ left, right }: Panel, step: number, last: number): number {
  return left + (right - left) * Math.min(1, Math.max(0, step / last));
}

/** The panel at a place of the drawing, its words included; the nearest one if none is. */
export function panelAt(panels: readonly Panel[], x: number, y: number): Panel | undefined {
  const away = ({ left, right, top, bottom }: Panel): number =>
    Math.hypot(Math.max(left - tickRoom - x, 0, x - right), Math.max(top - 50 - y, 0, y - bottom));
  return panels.reduce<Panel | undefined>(
    (nearest, panel) => (nearest && away(nearest) <= away(panel) ? nearest : panel),
    undefined,
  );
}
