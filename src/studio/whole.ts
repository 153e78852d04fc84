/** @file The story, which `main.ts` fetches while the first view stands there. */

import "./withoutEval.ts";
import { mount, unmount } from "svelte";
import App from "./App.svelte";

/** Puts the story on the page; the returned function takes it away. */
export function open(target: HTMLElement, isHere: () => boolean): () => void {
  const app = mount(App, { target, props: { isHere } });
  return () => void unmount(app);
}
