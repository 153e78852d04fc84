const scopes: string[] = [];

/** Runs `build` with `name` appended to the scope that error messages and printed graphs show. */
export function withScope<T>(name: string, build: () => T): T {
  scopes.push(name);
  try {
    return build();
  } finally {
    scopes.pop();
  }
}

/** The names of the enclosing {@link withScope} calls, joined with dots. */
export function currentScope(): string {
  return scopes.join(".");
}
