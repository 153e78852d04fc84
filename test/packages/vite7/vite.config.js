export default { optimizeDeps: { exclude: ["seq2see"] }, worker: { format: "es" } };
