/** @file Programs of about thirty lines that translate with `greedy.onnx`, for the README beside it. */

import { cSharp } from "./cSharp.ts";
import { javaScript, page } from "./javaScript.ts";
import { python } from "./python.ts";
import type { ClientSource } from "./source.ts";

/** A program in some language. */
export interface Client {
  readonly language: string;
  /** The name of its language after the fence of a block of code. */
  readonly fence: string;
  /** The name under which to save it. */
  readonly file: string;
  /** How to install what it needs, and to run it. */
  readonly commands: readonly string[];
  readonly code: string;
}

/** The programs for a model. */
export function clientsFor(source: ClientSource): Client[] {
  const given = source.kind === "features" ? "features.npy" : '"A sentence."';
  const programs: Client[] = [
    {
      language: "Python",
      fence: "python",
      file: "translate.py",
      commands: ["pip install numpy onnxruntime tokenizers", `python translate.py ${given}`],
      code: python(source),
    },
    {
      language: "JavaScript",
      fence: "js",
      file: "translate.mjs",
      commands: [
        "npm install onnxruntime-node @huggingface/tokenizers",
        `node translate.mjs ${given}`,
      ],
      code: javaScript(source),
    },
    {
      language: "C#",
      fence: "csharp",
      file: "Program.cs",
      commands: [
        "dotnet new console",
        "dotnet add package Microsoft.ML.OnnxRuntime",
        "dotnet add package Tokenizers.DotNet",
        "dotnet add package Tokenizers.DotNet.runtime.linux-x64    # or that of your system",
        `dotnet run -- ${given}`,
      ],
      code: cSharp(source),
    },
  ];
  if (source.kind === "features") return programs;
  const inPage: Client = {
    language: "JavaScript in a page",
    fence: "html",
    file: "index.html",
    commands: [
      "npm install onnxruntime-web @huggingface/tokenizers",
      "python3 -m http.server    # or any other server of files; then open its address",
    ],
    code: page(source),
  };
  return [...programs, inPage];
}
