import { expect, test } from "vitest";
import { type Answer, withServer } from "../../test/support/answeringServer.ts";
import { addressInFolder, FetchError, fetchFile } from "./fetchFile.ts";
import { Seq2Seq } from "./webSeq2Seq.ts";

/** Yields what fetching from a server that gives one answer to all fails with. */
const failureOf = (answer: Answer | null, path = "/model/config.json"): Promise<Error> =>
  withServer(
    () => answer,
    (server) =>
      fetchFile(server + path).then(
        () => expect.fail("it was fetched"),
        (error: Error) => error,
      ),
  );
const html = { "content-type": "text/html; charset=utf-8" };

test.each<[string, Answer | null, RegExp, boolean]>([
  [
    "the start page",
    { headers: html, body: "<!doctype html>" },
    /config\.json: the server answers with an HTML page instead of the file; check the address/,
    true,
  ],
  ["a page that is not called one", { body: "\uFEFF\n<!-- app --><html>" }, /an HTML page/, true],
  ["text that is called a page", { headers: html, body: "Not found" }, /an HTML page/, true],
  [
    "no such file",
    { status: 404, headers: html, body: "<html>" },
    /answers 404; check the address\./,
    true,
  ],
  ["a file that is gone", { status: 410 }, /answers 410; check the address\./, true],
  [
    "no leave to read it",
    { status: 403 },
    /answers 403; check the address and that this page may/,
    false,
  ],
  [
    "a fault of its own",
    { status: 500, headers: html, body: "<html>" },
    /answers 500; check the server/,
    false,
  ],
  ["nothing", {}, /the server answers with nothing/, false],
  [
    "a pointer to a large file",
    { body: "version https://git-lfs.github.com/spec/v1\noid sha256:1\n" },
    /the server has a Git LFS pointer instead of the file; .*git lfs pull/,
    false,
  ],
  [
    "some other text",
    { body: "error code: 1010" },
    /text that is not JSON; check the address/,
    false,
  ],
  ["a broken connection", null, /it could not be fetched \(.+\); check .*\(CORS\)\.$/, false],
])("where the server gives %s, its address is named", async (_what, answer, message, isMissing) => {
  const error = await failureOf(answer);
  expect(error).toMatchObject({ name: "UserError", isMissing });
  expect(error).toBeInstanceOf(FetchError);
  expect(error.message).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/model\/config\.json: /);
  expect(error.message).toMatch(message);
});

test("where a page comes after a redirection, both addresses are named", async () => {
  await withServer(
    (path) =>
      path === "/login"
        ? { headers: html, body: "<!doctype html>" }
        : { status: 302, headers: { location: "/login" } },
    async (server) => {
      const fetched = fetchFile(`${server}/config.json`);
      await expect(fetched).rejects.toThrow(`config.json (redirected to ${server}/login): `);
    },
  );
});

test("a file that a server merely calls a page is taken", async () => {
  for (const body of ['\n{"a": 1}', "[1]", Uint8Array.of(8, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d)]) {
    const { bytes } = await withServer(
      () => ({ headers: html, body }),
      (server) => fetchFile(server),
    );
    expect(bytes).toHaveLength(body.length);
  }
});

test("a file that may be empty may", async () => {
  const { bytes } = await withServer(
    () => ({}),
    (server) => fetchFile(server, { mayBeEmpty: true }),
  );
  expect(bytes).toHaveLength(0);
});

test.each([
  ["models/a", "models/a/config.json"],
  ["models/a/", "models/a/config.json"],
  ["https://host/a//", "https://host/a/config.json"],
  ["https://host/a?key=1", "https://host/a/config.json?key=1"],
  ["https://host/a/?key=1#top", "https://host/a/config.json?key=1"],
  ["", "/config.json"],
])("files of the folder %j have their addresses under it", (folder, address) => {
  expect(addressInFolder(folder, "config.json")).toBe(address);
});

const json = { "content-type": "application/json" };

test.each(["config.json", "model.safetensors", "source.tokenizer.json", "target.tokenizer.json"])(
  "a page in the place of a model's %s is named with its address",
  async (file) => {
    await withServer(
      (path) =>
        path.endsWith(file)
          ? { headers: html, body: "<!doctype html><title>app</title>" }
          : { headers: json, body: "{}" },
      async (server) => {
        const loaded = Seq2Seq.load(new URL(`${server}/models/nothere/`));
        await expect(loaded).rejects.toMatchObject({
          name: "UserError",
          message: expect.stringContaining(
            `${server}/models/nothere/${file}: the server answers with an HTML page`,
          ),
        });
      },
    );
  },
);

test("JSON of another kind in the place of a model is named with its address", async () => {
  await withServer(
    () => ({ headers: json, body: '{"error":"unknown"}' }),
    async (server) => {
      const loaded = Seq2Seq.load(`${server}/m`);
      await expect(loaded).rejects.toMatchObject({
        name: "UserError",
        message: expect.stringMatching(/\/m\/config\.json: .*it is not a config\.json/),
      });
    },
  );
});

test.each([
  ["has the same files still", '"1"', 1],
  ["has others by then", '"2"', 3],
  ["does not tell", "", 3],
])("a model that is damaged is fetched again unless the server %s", async (_, etag, times) => {
  let fetched = 0;
  await withServer(
    (path, method) => {
      if (method === "GET" && path.endsWith("model.safetensors")) fetched++;
      const version = method === "HEAD" ? etag : etag && '"1"';
      return { headers: { ...json, ...(version && { etag: version }) }, body: "{}" };
    },
    async (server) => {
      await expect(Seq2Seq.load(`${server}/m`)).rejects.toMatchObject({ name: "UserError" });
      expect(fetched).toBe(times);
    },
  );
});

test("an option of loading that does not exist is refused", async () => {
  await expect(Seq2Seq.load("m", { treads: 1 } as object)).rejects.toThrow(/treads.*threads/);
});

test("a caller can follow how much of a file has come", async () => {
  const body = `{"a":"${"x".repeat(300_000)}"}`;
  await withServer(
    () => ({ body }),
    async (server) => {
      const parts: number[] = [];
      const { bytes } = await fetchFile(`${server}/a.json`, {
        onBytes: (count) => parts.push(count),
      });
      expect(new TextDecoder().decode(bytes)).toBe(body);
      expect(parts.length).toBeGreaterThan(1);
      expect(parts.reduce((sum, count) => sum + count, 0)).toBe(body.length);
    },
  );
});
