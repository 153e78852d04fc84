/** @file Saving a drawing as a file of its own: SVG with its styles written in, or PNG. */

import { largestOf, smallestOf } from "../../tensor/extremes.ts";
import { xmlText } from "../../text/xmlText.ts";

const properties = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-opacity",
  "stroke-dasharray",
  "stroke-linejoin",
  "stroke-linecap",
  "opacity",
  "font-family",
  "font-size",
  "font-style",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
  "letter-spacing",
  "visibility",
  "display",
] as const;

const margin = 16;

const namespace = "http://www.w3.org/2000/svg";

/** The most empty space between drawings, where the page has words between them. */
const largestGap = 28;

/**
 * Drawings as a whole SVG file that needs no style sheet, as they stand beside and below each other. It is
 * well-formed XML whatever characters its words have.
 */
export function standaloneSvg(drawings: readonly SVGSVGElement[]): string {
  const places = drawings.map((drawing) => drawing.getBoundingClientRect());
  const left = smallestOf(places.map(({ x }) => x)) - margin;
  const width = largestOf(places.map(({ right }) => right)) + margin - left;
  const { tops, height } = withoutGaps(places);
  const picture = document.createElementNS(namespace, "svg");
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  place(picture, { width, height });
  const paper = document.createElementNS(namespace, "rect");
  place(paper, { width, height });
  paper.setAttribute("fill", resolvedColor("--paper"));
  picture.append(paper);
  drawings.forEach((drawing, index) => {
    const { x, width: across, height: down } = places[index] as DOMRect;
    const copy = drawing.cloneNode(true) as SVGSVGElement;
    writeStyles(drawing, copy);
    place(copy, { x: x - left, y: tops[index] as number, width: across, height: down });
    copy.setAttribute("overflow", "visible");
    picture.append(copy);
  });
  return xmlText(new XMLSerializer().serializeToString(picture));
}

/** Where drawings begin when empty bands between them are cut to {@link largestGap}. */
function withoutGaps(places: readonly DOMRect[]): { tops: number[]; height: number } {
  const tops: number[] = [];
  let bottom = smallestOf(places.map(({ y }) => y));
  let removed = bottom - margin;
  for (const { at, rect } of places
    .map((rect, at) => ({ at, rect }))
    .sort((one, other) => one.rect.y - other.rect.y)) {
    removed += Math.max(0, rect.y - bottom - largestGap);
    tops[at] = rect.y - removed;
    bottom = Math.max(bottom, rect.bottom);
  }
  return { tops, height: bottom - removed + margin };
}

function place(element: Element, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) element.setAttribute(name, String(value));
}

/** Writes what the page's style sheets say of each element into the copy of it. */
function writeStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const property of properties) {
    const value = style.getPropertyValue(property);
    if (value) to.setAttribute(property, value);
  }
  for (const name of ["class", "style", "tabindex", "role"]) to.removeAttribute(name);
  for (let index = 0; index < from.children.length; index++) {
    writeStyles(from.children[index] as Element, to.children[index] as Element);
  }
}

/** A custom property's colour as the theme has it now. */
function resolvedColor(property: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${property})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Drawings as a PNG of twice their size on the screen. */
export async function png(drawings: readonly SVGSVGElement[]): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([standaloneSvg(drawings)], { type: "image/svg+xml" }));
  try {
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("No picture was made."))));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Hands a file to the reader. */
export function download(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
