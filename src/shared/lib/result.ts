/**
 * What came of something that may fail: a value, or why there is none. Failures are answered this
 * way instead of thrown, so that the compiler asks each caller about them.
 */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };
