void import("seq2see")
  .then(({ Seq2Seq }) => Seq2Seq.load(process.env.MODEL))
  .then((model) => model.translate("3 de marzo de 1987"))
  .then(([best]) => console.log(best.text));
