/** Svelte's own settings: runes everywhere, and a warning of the compiler is an error of the build. */
export default { compilerOptions: { runes: true } };
