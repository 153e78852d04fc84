/** @file Numbers as colours: one hue a role, and within it brighter is higher. */

import { interpolateLab, piecewise } from "d3-interpolate";

/** What a thing is, and with that its colour in every picture. */
export type Role = "source" | "target" | "encoder" | "decoder" | "context" | "score" | "embedding";

/** From the lowest to the highest number; the middle is 0. */
const ramps: Record<Role, readonly [string, string, string]> = {
  source: ["#0a2e1b", "#2f8f5b", "#d9fbe6"],
  target: ["#2a1147", "#8a4fd0", "#f1e4ff"],
  encoder: ["#3a1600", "#d06a12", "#ffeccf"],
  decoder: ["#1d1250", "#6a5ae0", "#e6e2ff"],
  context: ["#03264a", "#1f7fd0", "#dbf0ff"],
  score: ["#45092a", "#cf3f86", "#ffe3f0"],
  embedding: ["#08302f", "#23918d", "#d6fbf8"],
};

const steps = 96;
const tables = new Map<Role, readonly string[]>();

function tableOf(role: Role): readonly string[] {
  const known = tables.get(role);
  if (known) return known;
  const ramp = piecewise(interpolateLab, [...ramps[role]]);
  const table = Array.from({ length: steps + 1 }, (_, step) => ramp(step / steps));
  tables.set(role, table);
  return table;
}

/** The colour of a number; `domain` is the size of number that has the end of the ramp. */
export function cellColor(role: Role, value: number, domain: number): string {
  const share = domain > 0 ? value / domain : 0;
  const place = (Math.min(1, Math.max(-1, share)) + 1) / 2;
  return tableOf(role)[Math.round(place * steps)] as string;
}

/** The colour of a share from 0 to 1, such as an attention weight: nothing at 0, full at 1. */
export function shareColor(share: number): string {
  return `color-mix(in oklab, var(--context) ${(100 * Math.min(1, Math.max(0, share))).toFixed(1)}%, var(--paper))`;
}

/** The text colour that can be read best on the cell of a number: at least 4.5 to 1. */
export function inkOnCell(role: Role, value: number, domain: number): string {
  const channels = (cellColor(role, value, domain).match(/[\d.]+/g) ?? []).slice(0, 3);
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const share = Number(channel) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

/** A text colour that can be read on a cell of this colour. */
export function inkOn(value: number, domain: number): string {
  return domain > 0 && value / domain > 0.25 ? "#10131a" : "#ffffff";
}
