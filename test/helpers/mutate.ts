/** Paths of everything inside a JSON value except the value itself. */
export function pathsInside(
  value: unknown,
  path: readonly (string | number)[] = [],
): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return [at, ...pathsInside(child, at)];
  });
}

/** A copy with the value at `path` replaced, or removed if `by` is undefined. */
export function mutated(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? mutated(item, rest, by) : item));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, child]) => {
      const next = name === key ? mutated(child, rest, by) : child;
      return next === undefined ? [] : [[name, next]];
    }),
  );
}
