import type { z } from 'zod';

/** Parses by a schema; the error names every wrong field. */
export function parseWith<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Error(describeIssues(parsed.error, input));
}

/** All problems of a zod error as `path: problem`, separated by semicolons. */
export function describeIssues(error: z.ZodError, input: unknown): string {
  return error.issues
    .map(({ path, message }) => {
      const missing = path.length > 0 && valueAt(input, path) === undefined;
      const problem = missing ? 'required' : message;
      return path.length === 0 ? problem : `${pathText(path)}: ${problem}`;
    })
    .join('; ');
}

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part, at) =>
      typeof part === 'number' ? `[${part}]` : `${at > 0 ? '.' : ''}${String(part)}`,
    )
    .join('');

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}
