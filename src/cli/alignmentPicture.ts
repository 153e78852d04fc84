import type { Translation } from "../decoding/translator.ts";

const shades = [" ", "░", "▒", "▓", "█"];

/**
 * Attention as a picture for a terminal: a row for each target token, a column for each source token;
 * the darker, the more weight.
 */
export function alignmentPicture({ tokens, sourceTokens, attention }: Translation): string {
  if (!attention) return "";
  const visible = (token: string) => (token === " " || token === "▁" ? "␣" : token);
  const rows = [...tokens.map(visible), "</s>"].slice(0, attention.length);
  const columns = sourceTokens.map(visible);
  const width = Math.max(0, ...rows.map(columnsOf));
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
    return `${" ".repeat(width - columnsOf(token))}${token} ▏${cells.join("")}▕`;
  });
  return [...head, ...body].join("\n");
}

/** Columns that a text takes in a terminal: two for a wide character. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text)
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        character,
      )
        ? 2
        : 1;
  return columns;
}
