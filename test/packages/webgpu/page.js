import { Seq2Seq } from "seq2see/browser";
import { webgpu } from "seq2see/webgpu";

const text = "3 de marzo de 1987";
const model = await Seq2Seq.load("/model");
const onCard = await Seq2Seq.load("/model", { device: webgpu });
const [best] = await model.translate(text);
const [bestOnCard] = await onCard.translate(text);
document.title = `${best.text} ${bestOnCard.text}`;
