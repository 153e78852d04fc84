/** @file The whole page, which `main.ts` fetches while the first view stands there. */

import "./withoutEval.ts";
import { mount } from "svelte";
import App from "./App.svelte";

/** Puts the page in the place of the first view. */
export function open(target: HTMLElement): void {
  document.getElementById("first")?.remove();
  mount(App, { target });
}
