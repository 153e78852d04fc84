/** @file Formats numbers for pages. */

/** The arithmetic mean; NaN for an empty list. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The mean of several runs, followed by each value if there are several: "34.2 (33.9, 34.5)". */
export function meanText(values: readonly number[], digits: number): string {
  if (values.length === 0 || values.some((value) => !Number.isFinite(value))) return "–";
  const each = values.map((value) => value.toFixed(digits));
  return each.length === 1
    ? (each[0] as string)
    : `${mean(values).toFixed(digits)} (${each.join(", ")})`;
}

/** A difference with its sign: "+1.2", "−0.3". */
export function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 ? `−${text}` : `+${text}`;
}

/** About `count` steps of 1, 2 or 5 times a power of ten, from `low` or below to `high` or above. */
export function ticks(low: number, high: number, count = 5): number[] {
  const span = high > low ? high - low : 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) as number);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil((low + span) / step - 1e-9);
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toFixed(digits)),
  );
}
