/**
 * @file The common parts of the charts: an SVG document with a description, in colours that are legible on light
 * and dark pages, following the reader's setting.
 */

import { xmlText } from "../../src/text/xmlText.ts";

/** The maximum number of series that colours, dashes and marks can distinguish. */
export const mostSeries = 4;

/** The colours on a light page or on a dark one. */
interface Palette {
  readonly ink: string;
  readonly grid: string;
  readonly page: string;
  /** Distinguishable for the colour-blind too (after Okabe and Ito). */
  readonly series: readonly string[];
}

const light: Palette = {
  ink: "#1f2328",
  grid: "#d1d9e0",
  page: "#ffffff",
  series: ["#0062a3", "#b04a00", "#00735a", "#96427d"],
};
const dark: Palette = {
  ink: "#e6edf3",
  grid: "#3d444d",
  page: "#0d1117",
  series: ["#5ab4f0", "#f0a04b", "#3ecfa5", "#e3a0cd"],
};

function coloursOf({ ink, grid, page, series }: Palette): string {
  return [
    `text { fill: ${ink}; }`,
    `.page { fill: ${page}; }`,
    `.grid { stroke: ${grid}; }`,
    `.axis { stroke: ${ink}; }`,
    `.seed { fill: ${page}; stroke: ${ink}; }`,
    ...series.map((colour, index) => `.fill${index} { fill: ${colour}; }`),
    ...series.map((colour, index) => `.line${index} { fill: none; stroke: ${colour}; }`),
  ].join("\n");
}

// Class rules without variables, which not every SVG renderer supports.
const style = `
text { font: 13px system-ui, sans-serif; }
.title { font-weight: 600; font-size: 15px; }
.small { font-size: 12px; }
.line { stroke-width: 2.5; }
.seed { stroke-width: 1.5; }
${coloursOf(light)}
@media (prefers-color-scheme: dark) {
${coloursOf(dark)}
}`;

/** Escapes a text for XML. */
export function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return xmlText(text).replace(/[&<>"]/g, (character) => entities[character] as string);
}

/** Formats a coordinate briefly, and the same on every machine. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** The approximate width of a text in pixels. */
export function textWidth(text: string): number {
  return [...text].length * 7.2;
}

/** The position of a text. */
export interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly kind?: "title" | "small";
}

/** A line of text. */
export function svgText(text: string, { x, y, anchor = "start", kind }: TextPlace): string {
  const kindOf = kind === undefined ? "" : ` class="${kind}"`;
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}"${kindOf}>${escapeXml(text)}</text>`;
}

/**
 * An SVG document with a title and a text alternative, on a background in the page's colour.
 *
 * @param parts elements, in drawing order.
 */
export function svgDocument(
  size: { readonly width: number; readonly height: number },
  about: { readonly title: string; readonly description: string },
  parts: readonly string[],
): string {
  const { width, height } = size;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${at(width)} ${at(height)}" width="${at(width)}" height="${at(height)}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(about.title)}</title>`,
    `<desc id="description">${escapeXml(about.description)}</desc>`,
    `<style>${style}\n</style>`,
    `<rect class="page" width="100%" height="100%"/>`,
    svgText(about.title, { x: 16, y: 26, kind: "title" }),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}
