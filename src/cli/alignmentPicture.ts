import type { Translation } from "../decoding/textModel.ts";
import { counted } from "../tensor/counted.ts";
import { largestOf } from "../tensor/extremes.ts";
import { columnsOf, inPlace, padColumnsStart } from "./columns.ts";

const shades = [" ", "░", "▒", "▓", "█"];

/** The maximum number of source tokens in a picture. */
const mostColumns = 1000;

/**
 * Attention as a picture for a terminal: one row per target token, one column per source token; darker means
 * more weight. For a document, it only says that there is no picture.
 */
export function alignmentPicture({ tokens, sourceTokens, attention }: Translation): string {
  if (!attention) return "";
  const visible = (token: string) => (token === " " || token === "▁" ? "␣" : inPlace(token));
  const rows = [...tokens.map(visible), "</s>"].slice(0, attention.length);
  const columns = sourceTokens.map(visible);
  if (columns.length > mostColumns) {
    return `(The source has ${counted(columns.length, "token")}; a picture shows at most ${mostColumns.toLocaleString("en-US")}.)`;
  }
  const width = largestOf(rows.map(columnsOf), 0);
  const isNarrow = columns.every((token) => columnsOf(token) === 1);
  const cell = isNarrow ? 1 : 2;
  const head = isNarrow
    ? [`${" ".repeat(width + 2)}${columns.join("")}`]
    : columns.map((token, index) => `${" ".repeat(width + 2)}${"│ ".repeat(index)}${token}`);
  const body = rows.map((token, row) => {
    const weights = Array.from(attention[row] as ArrayLike<number>);
    const cells = weights.map((weight) => {
      const shade = shades[Math.min(4, Math.floor(weight * 4 + 0.5))] as string;
      return shade.repeat(cell);
    });
    return `${padColumnsStart(token, width)} ▏${cells.join("")}▕`;
  });
  return [...head, ...body].join("\n");
}
