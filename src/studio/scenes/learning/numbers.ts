/** Writes a number with three digits that count, such as 63.9 or 0.000125. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString("en-US").replace("-", "−");
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

/** Writes seconds as minutes, short ones with a decimal. */
export function minutesText(seconds: number): string {
  const minutes = seconds / 60;
  return minutes < 10 ? minutes.toFixed(1) : Math.round(minutes).toLocaleString("en-US");
}
