import { Seq2Seq } from "seq2see/browser";

const model = await Seq2Seq.load("/model");
const [best] = await model.translate("3 de marzo de 1987");

const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => {
  document.title = `${best.text} ${data}`;
};
