/** @file The style sheet of a saved picture: what many elements have in common is written once. */

/** Names for what elements look like; elements that look the same share a name. */
export class SharedStyles {
  private readonly names = new Map<string, string>();

  /** The class for some declarations, such as `stroke:#888888`; null if there are none. */
  nameOf(declarations: readonly string[]): string | null {
    if (declarations.length === 0) return null;
    const block = declarations.join(";");
    const name = this.names.get(block) ?? `c${this.names.size.toString(36)}`;
    this.names.set(block, name);
    return name;
  }

  /** The rules of all classes, inside the elements that a selector chooses: the picture may stand in a page. */
  sheet(within: string): string {
    return [...this.names].map(([block, name]) => `${within} .${name}{${block}}`).join("\n");
  }
}
