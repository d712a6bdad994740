/** Ends an exhaustive switch: a missing case fails to compile, and names its value at run time. */
export function assertNever(value: never, what = 'value'): never {
  throw new Error(`unexpected ${what}: ${JSON.stringify(value)}`);
}
