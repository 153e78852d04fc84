/** @file A line of text that a page follows while one types. */

import { untrack } from "svelte";

/** How long one may pause within a word, in milliseconds. */
const pause = 250;

/** What stands in a field for text. It is taken a moment after the last key, and follows what the page shows otherwise. */
export class TypedLine {
  value: string = $state("");
  private readonly take: (line: string) => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether something is typed that was not taken yet. It stays, whatever is loaded meanwhile. */
  private isTyping = false;

  /** @param take receives the line, with single spaces and none at its ends. */
  constructor(take: (line: string) => void) {
    this.take = take;
  }

  private get line(): string {
    return this.value.replace(/\s+/g, " ").trim();
  }

  /** Shows another text. A text that only lacks the spaces that were just typed leaves them there. */
  follow(text: string): void {
    untrack(() => {
      if (!this.isTyping && this.line !== text) this.value = text;
    });
  }

  /** An input method begins to compose: what stands there is no text until it ends. */
  readonly compose = (): void => {
    clearTimeout(this.timer);
    this.isTyping = true;
  };

  /** Something was typed. */
  readonly type = (): void => {
    this.compose();
    this.timer = setTimeout(this.submit, pause);
  };

  readonly input = (event: Event): void => {
    if (!(event as InputEvent).isComposing) this.type();
  };

  /** Takes the line now. */
  readonly submit = (): void => {
    clearTimeout(this.timer);
    this.isTyping = false;
    this.take(this.line);
  };
}
