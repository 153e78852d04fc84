const scopes: string[] = [];

/** Runs `build` with `name` added to the place that error messages and prints show. */
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
