/** Scrolls a row that does not wrap so far that one of its buttons is seen; a page around it stays where it is. */
export function bringIntoRow(button: HTMLElement): void {
  const row = button.parentElement;
  if (!row || row.scrollWidth <= row.clientWidth) return;
  const left = button.offsetLeft - row.offsetLeft;
  const isSeen =
    left >= row.scrollLeft && left + button.offsetWidth <= row.scrollLeft + row.clientWidth;
  if (!isSeen) row.scrollLeft = left - (row.clientWidth - button.offsetWidth) / 2;
}
