/** Closes an exhaustive switch: fails to compile when a case is missing, and names the value if it slips through. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`unexpected ${what}: ${JSON.stringify(value)}`);
}
