/**
 * The result of something that may fail: a value, or the reason. Returned instead of thrown, so
 * that the compiler makes each caller handle failures.
 */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** The same failure, or `map` applied to the value. */
export function mapResult<T, U, E>(result: Result<T, E>, map: (value: T) => U): Result<U, E> {
  return result.ok ? { ok: true, value: map(result.value) } : result;
}
