/** @file The lab, which `main.ts` fetches in place of the story. */

import "../withoutEval.ts";
import { mount, unmount } from "svelte";
import Lab from "./Lab.svelte";
import { openPort } from "./port.ts";
import { LabState } from "./state/labState.svelte.ts";

/** It stays while the story is shown. */
const lab = new LabState(openPort);

/** Puts the lab on the page; the returned function takes it away. Trainings go on. */
export function open(target: HTMLElement, isHere: () => boolean): () => void {
  const page = mount(Lab, { target, props: { lab, isHere } });
  return () => void unmount(page);
}
