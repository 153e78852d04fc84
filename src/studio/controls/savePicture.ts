/** @file Saving a drawing as a file of its own: SVG with its styles written in, or PNG. */

const properties = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"],
  ...["stroke-linejoin", "stroke-linecap", "opacity", "font-family", "font-size", "font-style"],
  ...["font-weight", "text-anchor", "dominant-baseline", "letter-spacing", "visibility", "display"],
] as const;

const margin = 16;

const namespace = "http://www.w3.org/2000/svg";

/** Drawings as a whole SVG file that needs no style sheet, each where it is on the page. */
export function standaloneSvg(drawings: readonly SVGSVGElement[]): string {
  const places = drawings.map((drawing) => drawing.getBoundingClientRect());
  const left = Math.min(...places.map((place) => place.left)) - margin;
  const top = Math.min(...places.map((place) => place.top)) - margin;
  const width = Math.max(...places.map((place) => place.right)) + margin - left;
  const height = Math.max(...places.map((place) => place.bottom)) + margin - top;
  const picture = document.createElementNS(namespace, "svg");
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  place(picture, { width, height });
  const paper = document.createElementNS(namespace, "rect");
  place(paper, { width, height });
  paper.setAttribute("fill", resolvedColor("--paper"));
  picture.append(paper);
  drawings.forEach((drawing, index) => {
    const { x, y, ...size } = (places[index] as DOMRect).toJSON() as DOMRect;
    const copy = drawing.cloneNode(true) as SVGSVGElement;
    writeStyles(drawing, copy);
    place(copy, { x: x - left, y: y - top, width: size.width, height: size.height });
    copy.setAttribute("overflow", "visible");
    picture.append(copy);
  });
  return new XMLSerializer().serializeToString(picture);
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
