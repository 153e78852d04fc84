/** @file Debian's descriptions of packages: a synopsis of one line, and a long text. */

/** What an index says of a package. */
export interface Description {
  readonly name: string;
  readonly synopsis: string;
  /** The paragraphs of the long text. */
  readonly paragraphs: readonly string[];
}

/**
 * Reads an index of Debian, `Translation-en` or a `Packages` with long descriptions: paragraphs of fields, whose lines go on
 * where they begin with a space; " ." is a blank line. Packages without a long text are left out.
 */
export function parseDescriptions(index: string): Description[] {
  return index.split(/\n{2,}/).flatMap((record) => {
    const fields = fieldsOf(record);
    const name = fields.get("Package")?.trim();
    const text = fields.get("Description-en") ?? fields.get("Description");
    if (name === undefined || text === undefined) return [];
    const [synopsis = "", ...lines] = text.split("\n");
    const paragraphs = lines
      .map((line) => (line.trim() === "." ? "" : line))
      .join("\n")
      .split(/\n\s*\n/)
      .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
      .filter((paragraph) => paragraph !== "");
    return paragraphs.length === 0 ? [] : [{ name, synopsis: synopsis.trim(), paragraphs }];
  });
}

function fieldsOf(record: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const field of record.split(/\n(?! )/)) {
    const colon = field.indexOf(":");
    if (colon > 0) fields.set(field.slice(0, colon), field.slice(colon + 1));
  }
  return fields;
}

/** Packages whose description is that of nothing, or made by a program for thousands of them. */
export function isWorthASummary({ synopsis, paragraphs }: Description): boolean {
  const [first = ""] = paragraphs;
  return !(
    /\b(transitional|dummy|debug(ging)? symbols)\b/i.test(`${synopsis} ${first}`) ||
    /^This metapackage enables feature|packaged by debcargo/.test(first) ||
    wordCount(synopsis) < 2 ||
    wordCount(first) < 5
  );
}

const wordCount = (text: string): number => text.split(" ").length;

/** The beginning of the long text, with at most so many words; whole paragraphs or the last one cut. */
export function leadOf({ paragraphs }: Description, words: number): string {
  return paragraphs.join(" ").split(" ").slice(0, words).join(" ");
}
