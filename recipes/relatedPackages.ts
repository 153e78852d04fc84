import type { Description } from "./descriptions.ts";
import { type SetName, setOf } from "./tables.ts";

/** Larger families are used only for training: a single one would fill most of dev. */
const largestHeldOut = 20;

/**
 * Assigns each package to a part. Packages of one program share paragraphs and synopses ("library",
 * "documentation"), so families stay together: packages linked, directly or through others, by the same first
 * paragraph or the same synopsis, ignoring text in parentheses.
 */
export function partsOfPackages(
  descriptions: readonly Description[],
  shares: { readonly dev: number; readonly test: number },
): Map<Description, SetName> {
  const families = new Families();
  for (const { name, synopsis, paragraphs } of descriptions) {
    families.join(`name ${name}`, `synopsis ${plain(synopsis)}`);
    families.join(`name ${name}`, `text ${plain(paragraphs[0] ?? "")}`);
  }
  const members = new Map<string, Description[]>();
  for (const description of descriptions) {
    const family = families.of(`name ${description.name}`);
    const others = members.get(family);
    if (others) others.push(description);
    else members.set(family, [description]);
  }
  return new Map(
    [...members.values()].flatMap((family) => {
      const names = family.map(({ name }) => name).sort();
      const part = family.length > largestHeldOut ? "train" : setOf(names[0] ?? "", shares);
      return family.map((description): [Description, SetName] => [description, part]);
    }),
  );
}

/** The form of a text that is compared. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\([^)]*\)/g, " ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Disjoint sets that can be merged (union-find). */
class Families {
  private readonly parents = new Map<string, string>();

  /** The representative of a member's set. */
  of(member: string): string {
    let root = member;
    for (let up = this.parents.get(root); up !== undefined; up = this.parents.get(root)) root = up;
    // Path compression keeps chains short.
    for (let at = member; at !== root; ) {
      const up = this.parents.get(at) as string;
      this.parents.set(at, root);
      at = up;
    }
    return root;
  }

  join(one: string, other: string): void {
    const [left, right] = [this.of(one), this.of(other)];
    if (left !== right) this.parents.set(left, right);
  }
}
