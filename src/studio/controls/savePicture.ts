/** @file Saving a drawing as a file of its own: SVG with its styles written in, or PNG. */

const properties = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"],
  ...["stroke-linejoin", "stroke-linecap", "opacity", "font-family", "font-size", "font-style"],
  ...["font-weight", "text-anchor", "dominant-baseline", "letter-spacing", "visibility", "display"],
] as const;

const margin = 16;

/** The drawing as a whole SVG file that needs no style sheet. */
export function standaloneSvg(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  writeStyles(drawing, copy);
  const { width, height } = drawing.viewBox.baseVal;
  const box = [-margin, -margin, width + 2 * margin, height + 2 * margin];
  copy.setAttribute("viewBox", box.join(" "));
  copy.setAttribute("width", String(box[2]));
  copy.setAttribute("height", String(box[3]));
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ["x", "y", "width", "height"].forEach((name, index) => {
    paper.setAttribute(name, String(box[index]));
  });
  paper.setAttribute("fill", resolvedColor("--paper"));
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
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

/** The drawing as a PNG of twice its size on the screen. */
export async function png(drawing: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  const url = URL.createObjectURL(new Blob([standaloneSvg(drawing)], { type: "image/svg+xml" }));
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
