import { Seq2Seq } from "seq2see/browser";

const model = await Seq2Seq.load("/model", { wasmFolder: "/wasm" });
const [best] = await model.translate("3 de marzo de 1987");
postMessage(best.text);
