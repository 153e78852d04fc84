/** @file Saving a picture as a file of its own: an SVG that needs no style sheet, or a PNG. */

import { largestOf } from "../../tensor/extremes.ts";
import { xmlText } from "../../text/xmlText.ts";
import { type DrawnCopy, drawnCopy, rounded, svgNamespace } from "./drawnCopy.ts";
import { plainColor } from "./plainColor.ts";
import { setText } from "./setText.ts";
import { SharedStyles } from "./sharedStyles.ts";

/** What is saved. */
export interface SavedPicture {
  readonly title: string;
  /** The element that holds the drawings, and their legends, formulas and notes. */
  readonly picture: HTMLElement;
  /** The drawings in it. */
  readonly drawings: readonly SVGSVGElement[];
  /** The language of the words, as a code. */
  readonly lang: string;
}

const margin = 16;
/** Between one part and the next, from top to bottom. */
const gap = 16;
/** The least width that words are set in. */
const leastColumn = 460;

/** What belongs to a picture besides its drawings. */
const words = "p, ul, h3, h4";
/** What only serves the page, and what holds it. */
const ofPage =
  "button, select, input, textarea, label, table, details, [role='status'], [role='alert'], .visually-hidden";

/**
 * A picture as a whole SVG file: its title, and below it drawings and words in the order of the page, cropped to what is
 * seen. It is well-formed XML whatever characters its words have.
 */
export function standaloneSvg({ title, picture, drawings, lang }: SavedPicture): string {
  const styles = new SharedStyles();
  const rows = rowsOf(drawings, styles);
  const drawnWidth = largestOf(
    rows.map(({ width }) => width),
    0,
  );
  const column = Math.ceil(Math.max(drawnWidth, leastColumn));
  const heading = document.createElement("div");
  heading.style.cssText = "font: 600 20px/1.3 var(--font)";
  heading.textContent = title;
  const blocks = wordsOf(picture, drawings);
  const [set, ...others] = setText([heading, ...blocks], column, styles);
  const parts = [
    ...rows.map(({ content, width, height, first }) => ({
      content,
      height,
      left: (column - width) / 2,
      at: first as Element,
    })),
    ...others.map((block, index) => ({ ...block, left: 0, at: blocks[index] as Element })),
  ].sort((one, other) => (isBefore(one.at, other.at) ? -1 : 1));

  const file = document.createElementNS(svgNamespace, "svg");
  const name = document.createElementNS(svgNamespace, "title");
  name.textContent = title;
  const description = document.createElementNS(svgNamespace, "desc");
  description.textContent = drawings.map((each) => each.getAttribute("aria-label")).join(" ");
  const sheet = document.createElementNS(svgNamespace, "style");
  const paper = document.createElementNS(svgNamespace, "rect");
  file.append(name, description, sheet, paper);
  let y = margin;
  for (const { content, height, left } of [...(set ? [{ ...set, left: 0 }] : []), ...parts]) {
    const inner = content.getAttribute("transform") ?? "";
    const place = `translate(${margin + left} ${y})`;
    content.setAttribute("transform", rounded(`${place} ${inner}`.trim()));
    file.append(content);
    y += height + gap;
  }
  const [width, height] = [column + 2 * margin, Math.ceil(y - gap + margin)];
  const attributes = {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    lang,
    class: "seq2see",
    "font-family": getComputedStyle(document.body).fontFamily,
  };
  for (const [key, value] of Object.entries(attributes)) file.setAttribute(key, String(value));
  for (const [key, value] of Object.entries({ width, height, fill: colorOf("--paper") }))
    paper.setAttribute(key, String(value));
  sheet.textContent = styles.sheet(".seq2see");
  return xmlText(new XMLSerializer().serializeToString(file));
}

const isBefore = (one: Element, other: Element): boolean =>
  (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

/** Legends, formulas, notes and headings of a picture, in the order of the page. */
function wordsOf(picture: HTMLElement, drawings: readonly SVGSVGElement[]): HTMLElement[] {
  return [...picture.querySelectorAll<HTMLElement>(words)].filter(
    (block) =>
      !block.closest(ofPage) &&
      !block.querySelector(ofPage) &&
      !drawings.some((drawing) => block.contains(drawing)) &&
      !block.parentElement?.closest(words) &&
      block.getClientRects().length > 0 &&
      block.textContent?.trim() !== "",
  );
}

interface Row {
  readonly content: SVGGElement;
  readonly width: number;
  readonly height: number;
  readonly first: SVGSVGElement;
}

/** Drawings that stand beside each other stay so. */
function rowsOf(drawings: readonly SVGSVGElement[], styles: SharedStyles): Row[] {
  const rows: (Row & { readonly bottom: number })[] = [];
  const ordered = [...drawings].sort((one, other) => (isBefore(one, other) ? -1 : 1));
  for (const drawing of ordered) {
    const copy = drawnCopy(drawing, styles);
    if (!copy) continue;
    const { top, bottom } = drawing.getBoundingClientRect();
    const last = rows.at(-1);
    if (last && top < last.bottom - 4) {
      rows[rows.length - 1] = { ...last, ...beside(last, copy) };
    } else rows.push({ ...beside(null, copy), first: drawing, bottom });
  }
  return rows;
}

/** A row with one more drawing at its end; a row of its own if there is none. */
function beside(
  row: Omit<Row, "first"> | null,
  { content, extent }: DrawnCopy,
): Omit<Row, "first"> {
  const whole = row?.content ?? document.createElementNS(svgNamespace, "g");
  const x = row ? row.width + gap : 0;
  content.setAttribute("transform", rounded(`translate(${x - extent.left} ${-extent.top})`));
  whole.append(content);
  return {
    content: whole,
    width: x + extent.right - extent.left,
    height: Math.max(row?.height ?? 0, extent.bottom - extent.top),
  };
}

/** A custom property's colour as the theme has it now. */
function colorOf(property: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${property})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return plainColor(color)?.hex ?? "none";
}

/** How much larger than on the screen a PNG is; the next one where the browser has no room for it. */
const pngScales = [2, 1, 0.5] as const;

/** A picture as a PNG of twice its size on the screen, or smaller. Throws an error where none can be made. */
export async function png(picture: SavedPicture): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([standaloneSvg(picture)], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    for (const scale of pngScales) {
      const made = await scaledPng(image, scale);
      if (made) return made;
    }
    throw new Error("The picture is too large for this browser.");
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Null where the browser has no room for so large a picture. */
function scaledPng(image: HTMLImageElement, scale: number): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [scale * image.width, scale * image.height];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve));
}

/** Hands a file to the reader. */
export function download(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
