import { Seq2Seq } from "seq2see";

const model = await Seq2Seq.load(process.env.MODEL);
const [best] = await model.translate("3 de marzo de 1987");
console.log(best.text);
