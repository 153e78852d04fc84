/** @file How numbers are written for readers, the same in both languages. */

import { grouped } from "../../tensor/counted.ts";

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

/** Writes a share as per cent; one that is not 0 is never written as 0, and one of some thousands that is not all never as 100. */
export function formatShare(share: number): string {
  const percent = 100 * share;
  if (percent > 0 && percent < 0.05) return "< 0.1 %";
  if (percent >= 99.995) return "100 %";
  if (percent >= 99.95) return "> 99.9 %";
  return `${percent.toFixed(percent < 9.95 || percent >= 99.5 ? 1 : 0)} %`;
}

/** Writes a share as per cent, exactly enough to tell small ones apart, and never a false 0 or 100. */
export function formatPreciseShare(share: number): string {
  const number = 100 * share;
  if (share < 1 && number >= 99.995) return "> 99.99 %";
  if (number >= 0.001 && number < 0.0995) return `${number.toPrecision(2)} %`;
  if (number >= 0.01 || number === 0) return `${number.toFixed(2)} %`;
  return `${formatNumber(number, 2)} %`;
}

/** Writes a count with its thousands apart, the same in both languages. */
export function formatCount(count: number): string {
  return grouped(count);
}

/** Writes a number with three digits that count, such as 63.9 or 0.000125. */
export function formatShort(value: number): string {
  const size = Math.abs(value);
  if (size >= 1000) return formatCount(Math.round(value)).replace("-", "−");
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

/** Writes seconds as minutes, short ones with a decimal. */
export function formatMinutes(seconds: number): string {
  const minutes = seconds / 60;
  return minutes < 10 ? minutes.toFixed(1) : formatCount(Math.round(minutes));
}
