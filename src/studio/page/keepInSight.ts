/** @file Brings a part of the page into the window. */

/** Pictures above it may still be drawn for so long, in milliseconds. */
const settling = 1200;

/** What a reader does to go elsewhere. */
const ownWays = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/**
 * Scrolls to an element, and keeps it there while pictures above it are drawn and push it down.
 *
 * @returns when nothing has to be drawn any more, or the reader scrolls.
 */
export function keepInSight(element: HTMLElement): Promise<void> {
  const show = (): void => element.scrollIntoView({ block: "start", behavior: "instant" });
  show();
  return new Promise((resolve) => {
    const observer = new ResizeObserver(show);
    observer.observe(document.body);
    const timer = setTimeout(stop, settling);
    function stop(): void {
      observer.disconnect();
      clearTimeout(timer);
      for (const way of ownWays) removeEventListener(way, stop);
      resolve();
    }
    for (const way of ownWays) addEventListener(way, stop, { passive: true });
  });
}
