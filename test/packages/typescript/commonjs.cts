import { Seq2Seq } from "seq2see";

Seq2Seq.load(process.env["MODEL"] ?? "")
  .then((model) => model.translate("3 de marzo de 1987"))
  .then(([best]) => console.log(best?.text));
