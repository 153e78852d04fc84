import "./style.css";
import "./page/firstView.css";
import type { PageName } from "./state/leftPages.ts";

/** A page of the studio as a module. */
interface PageModule {
  /**
   * Puts the page on an element; the returned function takes it away.
   *
   * @param isHere whether the address is still one of this page.
   */
  open(target: HTMLElement, isHere: () => boolean): () => void;
}

/** The pages: each comes when it is asked for, and takes the place of the one before. */
const pages: Readonly<Record<PageName, () => Promise<PageModule>>> = {
  story: () => import("./whole.ts"),
  lab: () => import("./lab/open.ts"),
};
let asked: PageName | undefined;
let close: (() => void) | null = null;

/** The page that the address is one of. `server/firstScript.ts` asks the same. */
function pageOfAddress(): PageName {
  return new URLSearchParams(location.hash.slice(1)).has("lab") ? "lab" : "story";
}

// The page's own HTML says what this is; now comes all the rest.
function show(): void {
  const name = pageOfAddress();
  if (name === asked) return;
  asked = name;
  pages[name]().then(
    ({ open }) => {
      if (asked !== name) return;
      // Another page begins at its top, wherever the former one was left.
      if (close) scrollTo({ top: 0 });
      close?.();
      document.getElementById("first")?.remove();
      close = open(document.body, () => pageOfAddress() === name);
    },
    () => {
      // Asked for again, it is tried again.
      if (asked === name) asked = undefined;
      document.documentElement.dataset["failed"] = "";
    },
  );
}
addEventListener("hashchange", show);
show();
