/** @file A copy of what is seen of a drawing, which needs no style sheet of the page. */

import { largestOf, smallestOf } from "../../tensor/extremes.ts";
import { plainColor } from "./plainColor.ts";
import type { SharedStyles } from "./sharedStyles.ts";

export const svgNamespace = "http://www.w3.org/2000/svg";

/** A rectangle, in CSS pixels of the drawing. */
export interface Extent {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What is seen of a drawing, and how far it reaches; null if nothing is seen. */
export interface DrawnCopy {
  readonly content: SVGGElement;
  readonly extent: Extent;
}

/** Where things are, and how they are read; all else is styled by classes, or serves the page. */
const kept = [
  ...["x", "y", "dx", "dy", "width", "height", "rx", "ry", "r", "cx", "cy", "x1", "y1", "x2", "y2"],
  ...["points", "d", "transform", "viewBox", "preserveAspectRatio", "href"],
  ...["direction", "unicode-bidi", "textLength", "lengthAdjust"],
];

const shapes = "rect, path, line, polyline, polygon, circle, ellipse";

/** Copies what is seen of a drawing, and gives its classes to `styles`. */
export function drawnCopy(drawing: SVGSVGElement, styles: SharedStyles): DrawnCopy | null {
  const box = drawing.getBoundingClientRect();
  const { width, x, y } = drawing.viewBox.baseVal ?? { width: 0, x: 0, y: 0 };
  const scale = width > 0 ? box.width / width : 1;
  const content = document.createElementNS(svgNamespace, "g");
  const extents: Extent[] = [];
  for (const child of drawing.children) copyInto(content, child, { styles, extents });
  if (extents.length === 0) return null;
  const left = smallestOf(extents.map((extent) => extent.left));
  const top = smallestOf(extents.map((extent) => extent.top));
  const right = largestOf(extents.map((extent) => extent.right));
  const bottom = largestOf(extents.map((extent) => extent.bottom));
  return {
    content,
    extent: {
      left: (left - box.left) / scale + x,
      top: (top - box.top) / scale + y,
      right: (right - box.left) / scale + x,
      bottom: (bottom - box.top) / scale + y,
    },
  };
}

interface Copying {
  readonly styles: SharedStyles;
  /** Of everything that is seen, in pixels of the window. */
  readonly extents: Extent[];
}

function copyInto(parent: Element, from: Element, copying: Copying): void {
  const style = getComputedStyle(from);
  const opacity = Number(style.opacity);
  if (style.display === "none" || opacity === 0) return;
  if (from.matches("g, svg, a, switch")) {
    const copy = emptyCopy(from);
    if (opacity < 1) copy.setAttribute("opacity", rounded(style.opacity));
    const inside = from.matches("svg") ? { ...copying, extents: [] } : copying;
    for (const child of from.children) copyInto(copy, child, inside);
    if (copy.childElementCount === 0) return;
    if (from.matches("svg")) copying.extents.push(from.getBoundingClientRect());
    // A group that says nothing is left out.
    if (copy.attributes.length === 0) parent.append(...copy.childNodes);
    else parent.append(copy);
    return;
  }
  if (style.visibility !== "visible") return;
  const { copy, isSeen } = from.matches("text") ? textCopy(from, copying) : markCopy(from, copying);
  if (!isSeen) return;
  if (opacity < 1) copy.setAttribute("opacity", rounded(style.opacity));
  copying.extents.push(from.getBoundingClientRect());
  parent.append(copy);
}

function emptyCopy(from: Element): Element {
  const copy = document.createElementNS(
    svgNamespace,
    from.localName === "a" ? "g" : from.localName,
  );
  for (const name of kept) {
    const value = from.getAttribute(name);
    if (value !== null) copy.setAttribute(name, name === "href" ? value : rounded(value));
  }
  return copy;
}

/** Numbers with more than two decimals are written with two, which no eye can tell apart. */
export function rounded(value: string): string {
  return value.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (number) =>
    String(Math.round(Number(number) * 100) / 100),
  );
}

/** A shape or an image. The colour inside it is its own; its outline is shared. */
function markCopy(from: Element, { styles }: Copying): { copy: Element; isSeen: boolean } {
  const copy = emptyCopy(from);
  const style = getComputedStyle(from);
  if (!from.matches(shapes)) {
    if (style.imageRendering !== "auto")
      copy.setAttribute("style", `image-rendering:${style.imageRendering}`);
    return { copy, isSeen: from.matches("image") };
  }
  const isLine = from.matches("line");
  const fill = isLine ? null : plainColor(style.fill);
  const stroke = plainColor(style.stroke);
  const fillOpacity = (fill?.opacity ?? 0) * Number(style.fillOpacity);
  const strokeOpacity = (stroke?.opacity ?? 0) * Number(style.strokeOpacity);
  const isFilled = fill !== null && fillOpacity > 0;
  const width = Number.parseFloat(style.strokeWidth);
  const isOutlined = stroke !== null && strokeOpacity > 0 && width > 0;
  if (!isLine) copy.setAttribute("fill", isFilled ? fill.hex : "none");
  if (isFilled && fillOpacity < 1) copy.setAttribute("fill-opacity", rounded(String(fillOpacity)));
  const name = isOutlined
    ? styles.nameOf([
        `stroke:${stroke.hex}`,
        ...(width === 1 ? [] : [`stroke-width:${rounded(String(width))}`]),
        ...(strokeOpacity < 1 ? [`stroke-opacity:${rounded(String(strokeOpacity))}`] : []),
        ...unless("none", "stroke-dasharray", style.strokeDasharray.replaceAll("px", "")),
        ...unless("miter", "stroke-linejoin", style.strokeLinejoin),
        ...unless("butt", "stroke-linecap", style.strokeLinecap),
      ])
    : null;
  if (name) copy.setAttribute("class", name);
  return { copy, isSeen: isFilled || isOutlined };
}

const unless = (usual: string, property: string, value: string): string[] =>
  value === usual ? [] : [`${property}:${value}`];

/** A line of text, with its parts. */
function textCopy(from: Element, copying: Copying): { copy: Element; isSeen: boolean } {
  const copy = emptyCopy(from);
  const style = getComputedStyle(from);
  const { styles } = copying;
  const halo = plainColor(style.stroke);
  const names = [
    ...textClasses(style, styles),
    styles.nameOf([
      ...unless("start", "text-anchor", style.textAnchor),
      ...unless("auto", "dominant-baseline", style.dominantBaseline),
      ...(halo
        ? [`stroke:${halo.hex}`, `stroke-width:${style.strokeWidth}`, "paint-order:stroke"]
        : []),
    ]),
  ];
  copy.setAttribute("class", names.filter((name) => name !== null).join(" "));
  for (const child of from.childNodes) {
    if (child instanceof Text) copy.append(child.data.replace(/\s+/g, " "));
    else if (child instanceof SVGTSpanElement) copy.append(textCopy(child, copying).copy);
  }
  if (copy.childNodes.length === 1 && copy.firstChild instanceof Text)
    copy.textContent = copy.firstChild.data.trim();
  return { copy, isSeen: copy.textContent?.trim() !== "" };
}

/** The classes of letters: their colour and size, and their family where it is not the picture's. */
export function textClasses(
  style: CSSStyleDeclaration,
  styles: SharedStyles,
  paint: string = style.fill,
): string[] {
  const color = plainColor(paint);
  const name = styles.nameOf([
    `fill:${color?.hex ?? "none"}`,
    ...(color && color.opacity < 1 ? [`fill-opacity:${color.opacity}`] : []),
    `font-size:${rounded(style.fontSize)}`,
    ...unless("400", "font-weight", style.fontWeight),
    ...unless("normal", "font-style", style.fontStyle),
  ]);
  const isUsual = style.fontFamily === getComputedStyle(document.body).fontFamily;
  const family = isUsual ? null : styles.nameOf([`font-family:${style.fontFamily}`]);
  return [name, family].filter((each) => each !== null);
}
