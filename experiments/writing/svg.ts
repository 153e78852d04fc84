/**
 * @file What the charts share: an SVG document that says what it shows, in colours that can be read on a light
 * and on a dark page, by the reader's own setting.
 */

/** The most series that colours, dashes and marks can tell apart. */
export const mostSeries = 4;

/** Colours apart from each other also for the colour-blind (Okabe and Ito), darker on light pages. */
const style = `
text { font: 13px system-ui, sans-serif; fill: var(--ink); }
.title { font-weight: 600; font-size: 15px; }
.small { font-size: 12px; }
.grid { stroke: var(--grid); stroke-width: 1; }
.axis { stroke: var(--ink); stroke-width: 1; }
.line { fill: none; stroke-width: 2.5; }
.seed { fill: var(--page); stroke: var(--ink); stroke-width: 1.5; }
svg { --ink: #1f2328; --grid: #d1d9e0; --page: #ffffff; --s0: #0062a3; --s1: #b04a00; --s2: #00735a; --s3: #96427d; }
@media (prefers-color-scheme: dark) {
  svg { --ink: #e6edf3; --grid: #3d444d; --page: #0d1117; --s0: #5ab4f0; --s1: #f0a04b; --s2: #3ecfa5; --s3: #e3a0cd; }
}`;

/** A text as it stands in XML. */
export function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" },
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] as string);
}

/** A coordinate, short and the same on every machine. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** How wide a text will be, about, in pixels. */
export function textWidth(text: string): number {
  return [...text].length * 7.2;
}

/** Where a text stands. */
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
 * An SVG document with a name and a description for those who do not see it, on a ground of the page's colour.
 *
 * @param parts elements, one below the other.
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
    `<rect width="100%" height="100%" fill="var(--page)"/>`,
    svgText(about.title, { x: 16, y: 26, kind: "title" }),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}
