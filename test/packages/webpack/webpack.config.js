export default { mode: "production", entry: "./page.js", output: { clean: true } };
