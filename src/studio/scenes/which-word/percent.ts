import { formatNumber } from "../../words/numbers.ts";

/** Writes a share as per cent, exactly enough to tell small ones apart, and never a false 0 or 100. */
export function percent(share: number): string {
  const number = 100 * share;
  if (share < 1 && number >= 99.995) return "> 99.99 %";
  if (number >= 0.001 && number < 0.0995) return `${number.toPrecision(2)} %`;
  if (number >= 0.01 || number === 0) return `${number.toFixed(2)} %`;
  return `${formatNumber(number, 2)} %`;
}
