import { expect, test } from "vitest";
import type { Seq2Seq } from "../../library/webSeq2Seq.ts";
import type { ModelEntry } from "../../modelFolder/modelList.ts";
import type { ModelSizes } from "../../models/options.ts";
import type { FeatureInput } from "../../tensor/sequence.ts";
import type { Trace } from "../../trace/trace.ts";
import { noEdits } from "./models.ts";
import { Session, type SessionTools } from "./session.svelte.ts";

const entry = (name: string): ModelEntry => ({
  name,
  path: `models/${name}`,
  card: {},
  sizes: null,
  hasTraining: false,
  hasMetrics: false,
  hasWatched: false,
  bytes: 1,
});
const picture = (name: string) => ({ name }) as FeatureInput;
const pictures = {
  ...entry("captions"),
  sizes: { sourceInput: "features", patchRows: 2 } as unknown as ModelSizes,
};
const prefixed = { ...noEdits, prefix: [5] };

/** A promise that the test settles. */
function deferred<Value>() {
  let [resolve, reject] = [(_: Value): void => undefined, (_: Error): void => undefined];
  const promise = new Promise<Value>((...settle) => {
    [resolve, reject] = settle;
  });
  return { promise, resolve, reject };
}

/** A session whose models open and translate when the test says so. */
function prepared(others: Partial<SessionTools> = {}) {
  const opening = new Map<string, ReturnType<typeof deferred<Seq2Seq>>>();
  const tracing: { of: string; done: ReturnType<typeof deferred<Trace>> }[] = [];
  const session = new Session({
    loadModel: ({ name }) => {
      const opened = deferred<Seq2Seq>();
      opening.set(name, opened);
      return opened.promise;
    },
    fetchPicture: async (_, name) => picture(name),
    readPictureFile: async ({ name }) => picture(name),
    traceOf: (model, source, edits = noEdits) => {
      const done = deferred<Trace>();
      const text = typeof source === "string" ? source : source.name;
      const of = `${(model as { name?: string }).name}: ${text}${edits === noEdits ? "" : " edited"}`;
      tracing.push({ of, done });
      return done.promise;
    },
    ...others,
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    session,
    tracing,
    settle,
    async open(name: string): Promise<void> {
      const targetTokenizer = { size: 10 };
      opening.get(name)?.resolve({ name, targetTokenizer } as unknown as Seq2Seq);
      await settle();
    },
    async refuse(name: string): Promise<void> {
      opening.get(name)?.reject(new Error(`${name} is damaged.`));
      await settle();
    },
    /** Ends the oldest translation that goes on; its trace names what it is of. */
    async translated(): Promise<void> {
      const first = tracing.shift();
      const [source, model] = [{ tokens: ["a", "b"] }, { attention: "dot" }];
      first?.done.resolve({ of: first.of, source, model } as unknown as Trace);
      await settle();
    },
    shown: () => ({
      entry: session.entry?.name,
      model: (session.model as { name?: string } | null)?.name,
      tracedEntry: session.tracedEntry?.name,
      trace: (session.trace as { of?: string } | null)?.of,
      original: (session.original as { of?: string } | null)?.of,
      status: session.status,
    }),
  };
}

test("while a model is opened, the other one keeps its picture and is not edited", async () => {
  const { session, tracing, open, translated, shown } = prepared();
  void session.open(entry("fr-en"), "un chat");
  await open("fr-en");
  await translated();
  expect(shown()).toMatchObject({ model: "fr-en", trace: "fr-en: un chat", status: "ready" });

  void session.open(entry("zh-en"), "猫");
  await session.edit(prefixed);
  expect(tracing).toEqual([]);
  const former = { model: "fr-en", tracedEntry: "fr-en", trace: "fr-en: un chat" };
  expect(shown()).toMatchObject({ entry: "zh-en", ...former });
  await open("zh-en");
  expect(shown()).toMatchObject({ entry: "zh-en", ...former, status: "running" });
  await translated();
  expect(shown()).toMatchObject({ model: "zh-en", trace: "zh-en: 猫", status: "ready" });
});

test("a change is compared with the same model's own translation", async () => {
  const { session, open, translated, shown } = prepared();
  for (const name of ["fr-en", "es-en"]) {
    void session.open(entry(name), "no");
    await open(name);
    await translated();
    void session.edit(prefixed);
    await translated();
    await translated();
    expect(shown()).toMatchObject({ trace: `${name}: no edited`, original: `${name}: no` });
  }
});

test("what one model has made does not stand under the name of one that cannot be opened", async () => {
  const { session, open, refuse, translated, shown } = prepared();
  void session.open(entry("fr-en"), "un chat");
  await open("fr-en");
  await translated();
  void session.open(entry("zh-en"), "猫");
  await refuse("zh-en");
  expect(shown()).toMatchObject({ entry: "zh-en", status: "failed" });
  expect([session.model, session.trace, session.original]).toEqual([null, null, null]);
  expect(session.error).toContain("zh-en is damaged.");

  // Another text opens the model once more.
  void session.translate("狗");
  await open("zh-en");
  await translated();
  expect(shown()).toMatchObject({ model: "zh-en", trace: "zh-en: 狗", status: "ready" });
});

test("a text that is typed while a model is opened is the one that it translates", async () => {
  const { session, open, translated, shown } = prepared();
  void session.open(entry("fr-en"), "un chat");
  void session.translate("un chien");
  await open("fr-en");
  await translated();
  expect(shown()).toMatchObject({ trace: "fr-en: un chien", status: "ready" });
});

test("of two translations the later one is shown, whichever ends first", async () => {
  const { session, tracing, open, translated, shown } = prepared();
  void session.open(entry("fr-en"), "un");
  await open("fr-en");
  void session.translate("deux");
  tracing.reverse();
  await translated();
  await translated();
  expect(shown()).toMatchObject({ trace: "fr-en: deux", status: "ready" });
});

test("changes that do not fit a model are left out, and those of another text too", async () => {
  const { session, open, translated, shown } = prepared();
  void session.open(entry("fr-en"), "un chat", { prefix: [10], attention: new Map() });
  await open("fr-en");
  await translated();
  await translated();
  expect(shown()).toMatchObject({ trace: "fr-en: un chat", status: "ready" });
  expect([session.edits, session.original]).toEqual([noEdits, null]);

  void session.open(entry("fr-en"), "un chat", prefixed);
  void session.translate("un chien");
  await open("fr-en");
  await translated();
  expect(shown()).toMatchObject({ trace: "fr-en: un chien", status: "ready" });
});

test("a picture that is chosen while its model is opened is described as soon as that is there", async () => {
  const { session, open, translated, shown } = prepared();
  void session.open(pictures, "cat", prefixed);
  void session.openFile(new File([], "mine.png"));
  await open("captions");
  await translated();
  expect(shown()).toMatchObject({ trace: "captions: mine.png", status: "ready" });
  expect([session.isOwn, session.text, session.edits]).toEqual([true, "mine.png", noEdits]);
});

test("a picture of one's own is described also where the examples cannot be fetched", async () => {
  const { session, open, settle, translated, shown } = prepared({
    fetchPicture: () => Promise.reject(new Error("There is no cat.")),
  });
  void session.open(pictures, "cat");
  await open("captions");
  expect(shown()).toMatchObject({ status: "failed", model: undefined });
  void session.openFile(new File([], "mine.png"));
  await settle();
  await translated();
  expect(shown()).toMatchObject({ trace: "captions: mine.png", status: "ready" });
});
