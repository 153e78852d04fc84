/**
 * @file Runs before the install scripts of the packages that seq2see needs. On Linux x64 that of ONNX Runtime
 * fetches CUDA libraries of some hundred megabytes from a host beside the npm registry, and fails where it
 * cannot be reached; it leaves out what is already there. On a machine without a graphics card of NVIDIA they
 * are of no use, and a few words are put in their place.
 *
 * npm runs this first by its own rule: all `preinstall` scripts, then all others. Where it does not run
 * (`--ignore-scripts`, pnpm), that script does not either, and nothing is missing but CUDA.
 */
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";

const asked = ["ONNXRUNTIME_NODE_INSTALL", "ONNXRUNTIME_NODE_INSTALL_CUDA"].some(
  (name) => process.env[name] || process.env[`npm_config_${name.toLowerCase()}`],
);
/** Of the driver on Linux, and in Windows' Linux. */
const hasCard = ["/dev/nvidiactl", "/dev/dxg"].some((path) => existsSync(path));

if (platform() === "linux" && arch() === "x64" && !asked && !hasCard) {
  try {
    const runtime = dirname(
      createRequire(import.meta.url).resolve("onnxruntime-node/package.json"),
    );
    for (const name of ["cuda", "shared", "tensorrt"]) {
      const path = join(runtime, `bin/napi-v6/linux/x64/libonnxruntime_providers_${name}.so`);
      const words =
        "Left out by seq2see; ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node\n";
      writeFileSync(path, words, { flag: "wx" });
    }
  } catch {
    // Then ONNX Runtime's script does as it does without this one.
  }
}
