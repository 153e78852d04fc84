/** @file Brings a part of the page into the window. */

/** Pictures above it may still be drawn for so long, in milliseconds. */
const settling = 1200;

/** What a reader does to go elsewhere. */
const ownWays = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/**
 * Scrolls to an element, and keeps it there while pictures above it are drawn and push it down.
 *
 * @param drawn settles when the pictures begin to be drawn.
 * @returns when nothing has to be drawn any more, or the reader scrolls.
 */
export function keepInSight(
  element: HTMLElement,
  drawn: Promise<unknown> = Promise.resolve(),
): Promise<void> {
  const show = (): void => element.scrollIntoView({ block: "start", behavior: "instant" });
  show();
  return new Promise((resolve) => {
    const observer = new ResizeObserver(show);
    observer.observe(document.body);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (): void => {
      timer = setTimeout(stop, settling);
    };
    drawn.then(settle, settle);
    function stop(): void {
      observer.disconnect();
      clearTimeout(timer);
      for (const way of ownWays) removeEventListener(way, stop);
      resolve();
    }
    for (const way of ownWays) addEventListener(way, stop, { passive: true });
  });
}
