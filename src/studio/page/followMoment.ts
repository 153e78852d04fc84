/** @file Keeps in sight what a moment changes in a picture that is higher than the window. */

/** Upper and lower edge, in CSS pixels of the window. */
export interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** What is kept free above and below. */
const margin = 12;

/**
 * How far the window has to scroll so that something is seen; 0 if it is, or if it is higher than the room there is.
 *
 * @param room the part of the window in which it can be seen.
 */
export function scrollTo(what: Span, room: Span): number {
  if (what.bottom - what.top > room.bottom - room.top - 2 * margin) return 0;
  if (what.bottom > room.bottom - margin) return what.bottom - room.bottom + margin;
  if (what.top < room.top + margin) return what.top - room.top - margin;
  return 0;
}

/** All of some things together; null if nothing of them is drawn. */
export function spanOf(elements: Iterable<Element>): Span | null {
  let span: Span | null = null;
  for (const element of elements) {
    const { top, bottom, width, height } = element.getBoundingClientRect();
    if (width + height === 0) continue;
    span = span
      ? { top: Math.min(span.top, top), bottom: Math.max(span.bottom, bottom) }
      : { top, bottom };
  }
  return span;
}

/** Notes which parts of the drawings of a picture have changed, or have been added. */
export class ChangedParts {
  private readonly observer: MutationObserver;
  private readonly parts = new Set<Element>();

  constructor(picture: Element) {
    this.observer = new MutationObserver((records) => this.note(records));
    this.observer.observe(picture, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ["opacity", "transform", "d", "class", "x", "y", "cx", "cy", "points"],
    });
  }

  /** Forgets what has changed so far. */
  clear(): void {
    this.observer.takeRecords();
    this.parts.clear();
  }

  /** What has changed since, and is still there. */
  get all(): Element[] {
    this.note(this.observer.takeRecords());
    return [...this.parts].filter((part) => part.isConnected);
  }

  stop(): void {
    this.observer.disconnect();
  }

  private note(records: readonly MutationRecord[]): void {
    for (const { type, target, addedNodes } of records) {
      const changed = type === "childList" ? [...addedNodes] : [target];
      for (const node of changed) {
        const part = node instanceof Element ? node : node.parentElement;
        // Buttons above a drawing change too, and the drawing itself.
        if (part instanceof SVGElement && !(part instanceof SVGSVGElement)) this.parts.add(part);
      }
    }
  }
}
