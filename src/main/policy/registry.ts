import type { Result } from '../../shared/lib/result.ts';

/**
 * Reads what `reg query KEY /s` prints: a line with each key's path, and indented lines with its
 * values (`name`, type, data, four spaces apart).
 *
 * @returns the values as one object, with an object for each key below `root`; undefined if there
 * is nothing
 */
export function readRegistry(root: string, printed: string): Result<unknown, string> | undefined {
  const read = newTree();
  let at: Tree | undefined;
  for (const line of printed.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    if (!line.startsWith(' ')) {
      at = treeAt(read, root, line.trim());
      continue;
    }
    const [, name, type, data = ''] = /^ {4}(.*?) {4}(REG_\w+)(?: {4}(.*))?$/.exec(line) ?? [];
    if (at === undefined || name === undefined || type === undefined) continue;
    // A key's own value, whose name is in the system's language.
    if (!/^\(.*\)$/.test(name)) at[name] = valueOf(type, data.trimEnd());
  }
  return Object.keys(read).length === 0 ? undefined : { ok: true, value: read };
}

interface Tree {
  [name: string]: Tree | string | number;
}

/** Without a prototype: any program of the user's may add a key of the name `__proto__`. */
function newTree(): Tree {
  const tree: Tree = Object.create(null);
  return tree;
}

/** @returns undefined for a key that is not below `root` */
function treeAt(tree: Tree, root: string, key: string): Tree | undefined {
  if (!`${key}\\`.toLowerCase().startsWith(`${root}\\`.toLowerCase())) return undefined;
  let at = tree;
  for (const part of key.slice(root.length).split('\\').filter(Boolean)) {
    const below = at[part];
    const next = typeof below === 'object' ? below : newTree();
    at[part] = next;
    at = next;
  }
  return at;
}

function valueOf(type: string, data: string): string | number {
  const isNumber = type === 'REG_DWORD' || type === 'REG_QWORD';
  return isNumber && /^0x[\da-f]+$/i.test(data) ? Number(data) : data;
}
