/** ONNX files of models of four kinds; `standalone.slow.test.ts` has all presets, and a real model. */
import { describeFiles, describeForm } from "./support/standaloneChecks.ts";

describeFiles("attention after the step, read in reverse", "luong2015", { reverseSource: true });
describeFiles("a fixed context", "cho2014", {});
describeFiles("features", "xu2015", {});
describeForm(["luong2015", "xu2015"]);
