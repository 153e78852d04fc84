/** The score of what may not be looked at. */
const masked = -1e9;

/** Writes a number for readers: a true minus sign, `digits` after the point. */
export function formatNumber(value: number, digits = 4): string {
  if (value === masked) return "−10⁹";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : value > 0 ? "∞" : "–";
  if (value !== 0 && Math.abs(value) < 0.5 * 10 ** -digits) {
    return value.toExponential(1).replace("-", "−").replace("e-", "e−").replace("e−", "e−");
  }
  return value.toFixed(digits).replace("-", "−");
}

/** Writes a number as exactly as float32 has it: with about seven digits that count. */
export function formatExact(value: number): string {
  if (value === 0 || !Number.isFinite(value) || Math.abs(value) >= 1e-3)
    return formatNumber(value, 6);
  return value.toExponential(5).replaceAll("-", "−");
}

/** Writes a number where there is room for few signs: what is too small for `digits` is 0. */
export function formatFixed(value: number, digits = 2): string {
  if (value === masked) return "−10⁹";
  return value
    .toFixed(digits)
    .replace(/^-(0\.?0*)$/, "$1")
    .replace("-", "−");
}

/** Writes a share as per cent. */
export function formatShare(share: number): string {
  const percent = 100 * share;
  return `${percent >= 99.95 ? "100" : percent.toFixed(percent < 9.95 ? 1 : 0)} %`;
}
