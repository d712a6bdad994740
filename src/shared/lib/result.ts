/**
 * What came of something that may fail: a value, or why there is none. Failures are answered this
 * way instead of thrown, so that the compiler asks each caller about them.
 */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** The same failure, or what `map` makes of the value. */
export function mapResult<T, U, E>(result: Result<T, E>, map: (value: T) => U): Result<U, E> {
  return result.ok ? { ok: true, value: map(result.value) } : result;
}
