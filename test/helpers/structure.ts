/** The types of a JSON value by path: `calls[].id` → string. */
type Structure = Map<string, Set<string>>;

/** The structure of a JSON value. All items of an array count as one. */
function structureOf(value: unknown, at = '', found: Structure = new Map()): Structure {
  const types = found.get(at) ?? new Set();
  types.add(value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
  found.set(at, types);
  if (Array.isArray(value)) for (const item of value) structureOf(item, `${at}[]`, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      if (child !== undefined) structureOf(child, at === '' ? key : `${at}.${key}`, found);
    }
  }
  return found;
}

/** Whether `at` is one of the paths or below one. */
const isUnder = (at: string, paths: readonly string[]): boolean =>
  paths.some((one) => at === one || at.startsWith(`${one}.`) || at.startsWith(`${one}[]`));

/** Whether two values could be of the same field; `null` fits every type. */
const fits = (a: Set<string>, b: Set<string>): boolean =>
  a.has('null') || b.has('null') || [...a].some((type) => b.has(type));

/**
 * How a generated payload differs from a documented one: extra keys, missing keys, other types.
 * `optional` lists paths that may be missing. Nothing is compared below an empty array or a `null`.
 */
export function structuralDifferences(
  made: unknown,
  documented: unknown,
  optional: readonly string[] = [],
): string[] {
  const [ours, theirs] = [structureOf(made), structureOf(documented)];
  const empty = (structure: Structure) =>
    [...structure].flatMap(([at, types]) =>
      types.has('null') || (types.has('array') && !structure.has(`${at}[]`)) ? [at] : [],
    );
  const nothingBelow = (structure: Structure, at: string) =>
    empty(structure).some((one) => at !== one && isUnder(at, [one]));
  const extra = [...ours.keys()].filter((at) => !theirs.has(at) && !nothingBelow(theirs, at));
  const missing = [...theirs.keys()].filter(
    (at) => !ours.has(at) && !isUnder(at, optional) && !nothingBelow(ours, at),
  );
  const other = [...ours].filter(([at, types]) => {
    const documentedTypes = theirs.get(at);
    return documentedTypes !== undefined && !fits(types, documentedTypes);
  });
  return [
    ...extra.map((at) => `${at} is not documented`),
    ...missing.map((at) => `${at} is missing`),
    ...other.map(([at, types]) => `${at} is ${[...types].join(' or ')}`),
  ];
}
