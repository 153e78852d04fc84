/** @file Text of the page set as text of a picture. */

import { drawnCopy, svgNamespace, textClasses } from "./drawnCopy.ts";
import { plainColor } from "./plainColor.ts";
import type { SharedStyles } from "./sharedStyles.ts";

/** A block of the page, set in a width. */
export interface SetBlock {
  readonly content: SVGGElement;
  readonly height: number;
}

/** Sets blocks of the page, one by one, as the page would in a column of this width, in CSS pixels. */
export function setText(
  blocks: readonly HTMLElement[],
  width: number,
  styles: SharedStyles,
): SetBlock[] {
  const column = document.createElement("div");
  column.style.cssText = `position:fixed;left:-20000px;top:0;width:${width}px`;
  column.inert = true;
  document.body.append(column);
  try {
    return blocks.map((block) => {
      const copy = block.cloneNode(true) as HTMLElement;
      copy.style.marginBlock = "0";
      column.replaceChildren(copy);
      return { content: drawn(copy, styles), height: copy.getBoundingClientRect().height };
    });
  } finally {
    column.remove();
  }
}

function drawn(block: HTMLElement, styles: SharedStyles): SVGGElement {
  const content = document.createElementNS(svgNamespace, "g");
  const { left, top } = (block.parentElement as HTMLElement).getBoundingClientRect();
  const put = (element: Element, x: number, y: number): void => {
    element.setAttribute("x", String(Math.round(10 * (x - left)) / 10));
    element.setAttribute("y", String(Math.round(10 * (y - top)) / 10));
    content.append(element);
  };
  const visit = (node: Node): void => {
    if (node instanceof SVGSVGElement) {
      const { x, y } = node.getBoundingClientRect();
      const copy = drawnCopy(node, styles)?.content;
      copy?.setAttribute("transform", `translate(${Math.round(x - left)} ${Math.round(y - top)})`);
      if (copy) content.append(copy);
    } else if (node instanceof HTMLElement) {
      const style = getComputedStyle(node);
      if (style.display === "none" || node.matches(".visually-hidden")) return;
      const ground = plainColor(style.backgroundColor);
      for (const box of ground ? node.getClientRects() : []) {
        const rectangle = document.createElementNS(svgNamespace, "rect");
        rectangle.setAttribute("width", String(Math.round(box.width)));
        rectangle.setAttribute("height", String(Math.round(box.height)));
        rectangle.setAttribute("rx", String(Number.parseFloat(style.borderRadius) || 0));
        rectangle.setAttribute("fill", ground?.hex ?? "none");
        put(rectangle, box.x, box.y);
      }
      for (const child of node.childNodes) visit(child);
    } else if (node instanceof Text) {
      const style = getComputedStyle(node.parentElement as HTMLElement);
      for (const { text, x, y } of linesOf(node)) {
        const line = document.createElementNS(svgNamespace, "text");
        line.setAttribute("class", textClasses(style, styles, style.color).join(" "));
        line.textContent = text;
        put(line, x, y + ascentOf(style));
      }
    }
  };
  visit(block);
  return content;
}

/** The lines that a text is broken into, and the upper left corner of each. */
function linesOf(node: Text): { text: string; x: number; y: number }[] {
  const lines: { text: string; x: number; y: number }[] = [];
  const range = document.createRange();
  let at = 0;
  for (const character of node.data) {
    range.setStart(node, at);
    at += character.length;
    range.setEnd(node, at);
    const box = range.getClientRects()[0];
    if (!box || (box.width === 0 && /\s/.test(character))) continue;
    const line = lines.at(-1);
    if (line && Math.abs(line.y - box.top) < box.height / 2) {
      line.text += character;
      line.x = Math.min(line.x, box.left);
    } else lines.push({ text: character, x: box.left, y: box.top });
  }
  return lines
    .map((line) => ({ ...line, text: line.text.replace(/\s+/g, " ").trimEnd() }))
    .filter(({ text }) => text.trim() !== "");
}

let canvas: CanvasRenderingContext2D | null = null;

/** How far a font's letters reach above their line, in CSS pixels. */
function ascentOf({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): number {
  canvas ??= document.createElement("canvas").getContext("2d");
  if (!canvas) return 0.8 * Number.parseFloat(fontSize);
  canvas.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  return canvas.measureText("x").fontBoundingBoxAscent;
}
