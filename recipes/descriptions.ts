/** @file Descriptions of Debian packages: a one-line synopsis, and a long text. */

/** The description of a package in an index. */
export interface Description {
  readonly name: string;
  readonly synopsis: string;
  /** The paragraphs of the long text. */
  readonly paragraphs: readonly string[];
}

/**
 * Parses an index of Debian, `Translation-en` or a `Packages` with long descriptions: paragraphs of fields, whose
 * continuation lines begin with a space; " ." is a blank line. Packages without a long text are dropped.
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

/** Whether a package has a real description, not an empty one or one generated for thousands of packages. */
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

/** The start of the long text, with at most `words` words: whole paragraphs, or the last one truncated. */
export function leadOf({ paragraphs }: Description, words: number): string {
  return paragraphs.join(" ").split(" ").slice(0, words).join(" ");
}
