/** @file What a reader has chosen for all pages: kept in the browser, if it allows that. */

import { isolating } from "../text/isolating.ts";
import type { Locale, Translated } from "../text/translated.ts";

/** How long vectors are shown: their first numbers, their strongest, or all as a strip. */
export type Fold = "first" | "strongest" | "all";

const key = "seq2see";

interface Stored {
  readonly locale: Locale;
  readonly theme: "auto" | "light" | "dark";
  readonly fold: Fold;
}

/** Language and colours as the page's first script has chosen them (`server/firstScript.ts`), and what is kept besides. */
function stored(): Stored {
  const { lang, dataset } = document.documentElement;
  const theme = dataset["theme"];
  return {
    locale: lang.startsWith("zh") ? "zh" : "en",
    theme: theme === "light" || theme === "dark" ? theme : "auto",
    fold: storedFold(),
  };
}

function storedFold(): Fold {
  try {
    const { fold } = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Stored>;
    return fold === "strongest" || fold === "all" ? fold : "first";
  } catch {
    return "first";
  }
}

class Preferences {
  locale: Locale = $state("en");
  theme: Stored["theme"] = $state("auto");
  fold: Fold = $state("first");
  /** Whether the system asks for little movement: then moments are shown when they are over. */
  isStill: boolean = $state(false);

  constructor() {
    if (typeof document === "undefined") return;
    Object.assign(this, stored());
    const query = matchMedia("(prefers-reduced-motion: reduce)");
    this.isStill = query.matches;
    query.addEventListener("change", ({ matches }) => {
      this.isStill = matches;
    });
  }

  /** Tells the browser of the language and the colours of the page. */
  show(): void {
    document.documentElement.lang = this.locale === "zh" ? "zh-CN" : "en";
    document.documentElement.dataset["theme"] = this.theme;
  }

  /** Remembers the choices for the next visit. */
  save(): void {
    const { locale, theme, fold } = this;
    try {
      localStorage.setItem(key, JSON.stringify({ locale, theme, fold } satisfies Stored));
    } catch {
      // A browser that keeps nothing still shows everything.
    }
  }
}

export const preferences = new Preferences();

/** The text in the reader's language; its sentences set words from right to left apart. */
export function inLocale<Text>(table: Translated<Text>): Text {
  return isolating(table[preferences.locale]);
}
