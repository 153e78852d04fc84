import { Seq2Seq, type TranslateOptions, type Translation, train } from "seq2see";
import { Seq2Seq as PageSeq2Seq, type WebLoadOptions } from "seq2see/browser";

const options: TranslateOptions = { beam: 5 };
const model: Seq2Seq = await Seq2Seq.load(process.env["MODEL"] ?? "");
const [best]: Translation[] = await model.translate("3 de marzo de 1987", options);
console.log(best?.text);

export const learn: typeof train = train;
export const inPage = (given: WebLoadOptions): Promise<PageSeq2Seq> =>
  PageSeq2Seq.load("/model", given);
