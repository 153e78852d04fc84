import { expect, test } from "vitest";
import { type Answer, withServer } from "../../test/support/answeringServer.ts";
import { folderAddress, webFaultOf } from "./webFaults.ts";

const unavailable = new Error("no available backend found. ERR: [wasm] TypeError: Failed to fetch");
const script: Answer = { headers: { "content-type": "text/javascript" }, body: "export default 1" };
const program: Answer = { body: "\0asm …1.30.0…" };

/** Returns the message of a failure, where a server answers for both files of ONNX Runtime. */
const messageOf = (
  mjs: Answer | null,
  wasm: Answer | null,
  error: unknown = unavailable,
): Promise<string> =>
  withServer(
    (path) => (path.endsWith(".mjs") ? mjs : wasm),
    async (server) => {
      const fault = await webFaultOf(folderAddress(`${server}/wasm`), "1.30.0")(
        error,
        "wasm",
        "encode",
      );
      expect(fault).toMatchObject({ name: "UserError" });
      return (fault as Error).message.replace(server, "SERVER");
    },
  );

test.each<[string, Answer | null, Answer | null, RegExp]>([
  [
    "is missing",
    { status: 404 },
    program,
    /^SERVER\/wasm\/ort-wasm-simd-threaded\.mjs: the server answers 404; check wasmFolder/,
  ],
  [
    "is missing beside the other",
    script,
    { status: 404 },
    /threaded\.wasm: the server answers 404/,
  ],
  [
    "does not come",
    null,
    program,
    /threaded\.mjs: it could not be fetched \(.*\); check wasmFolder/,
  ],
  [
    "is a page",
    { headers: { "content-type": "text/html" }, body: "<!doctype html>" },
    program,
    /threaded\.mjs: the server answers with an HTML page/,
  ],
  [
    "is a page too",
    script,
    { body: "\n<html>" },
    /threaded\.wasm: the server answers with an HTML page/,
  ],
  [
    "has a type that pages refuse",
    { headers: { "content-type": "application/octet-stream" }, body: "export" },
    program,
    /sends it as application\/octet-stream/,
  ],
  ["is something else", script, { body: "{}" }, /threaded\.wasm: it is not WebAssembly/],
  [
    "is of another version",
    script,
    { body: "\0asm …1.20.1…" },
    /threaded\.wasm: it belongs to another version than 1\.30\.0; copy it from seq2see's dist\/page/,
  ],
])("where a file of ONNX Runtime %s, its address is named", async (_what, mjs, wasm, message) => {
  expect(await messageOf(mjs, wasm)).toMatch(message);
});

test("where both files look well, the reason is told with their folder", async () => {
  const message = await messageOf(
    script,
    program,
    new Error("previous call to 'initializeWebAssembly()' failed."),
  );
  expect(message).toMatch(
    /^SERVER\/wasm\/: ONNX Runtime did not start .*previous call.*reload the page/,
  );
});

test("without a folder the remedy is to give one", async () => {
  const fault = await webFaultOf(undefined, "1.30.0")(unavailable, "webgpu", "encode");
  expect(fault).toMatchObject({
    name: "UserError",
    message: expect.stringMatching(/threaded\.asyncify\.mjs and .*asyncify\.wasm .* as wasmFolder/),
  });
});

test("a policy against WebAssembly is told with what it must allow", async () => {
  const refused = new Error(
    "no available backend found. ERR: [wasm] CompileError: WebAssembly.instantiate(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive",
  );
  expect(await webFaultOf("http://host/", "1.30.0")(refused, "wasm", "encode")).toMatchObject({
    name: "UserError",
    message: expect.stringContaining("add 'wasm-unsafe-eval' to its script-src"),
  });
});

test("what does not come of WebAssembly's files is told as elsewhere", async () => {
  const fault = await webFaultOf("http://host/", "1.30.0")(
    new Error("no kernel"),
    "wasm",
    "encode",
  );
  expect(fault).toMatchObject({
    name: "UserError",
    message: expect.stringContaining("graph encode: no kernel"),
  });
});

test("a folder's address ends in one slash; in a page it is a whole one", () => {
  expect(folderAddress("/wasm")).toBe("/wasm/");
  expect(folderAddress("wasm//")).toBe("wasm/");
  expect(folderAddress(new URL("http://host/wasm"))).toBe("http://host/wasm/");
  const page = Object.assign(globalThis, { document: { baseURI: "http://host/app/index.html" } });
  try {
    expect(folderAddress("/wasm")).toBe("http://host/wasm/");
    expect(folderAddress("wasm/")).toBe("http://host/app/wasm/");
    expect(folderAddress("https://other/wasm")).toBe("https://other/wasm/");
  } finally {
    Reflect.deleteProperty(page, "document");
  }
});
