import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { parseSync } from 'oxc-parser';

/**
 * One file's import of another. Paths are relative to the project's root, with `/`.
 * @typedef {object} Import
 * @property {string} from
 * @property {string} to
 * @property {boolean} isType whether nothing of it is left at run time
 */

const CODE = /(?<!\.d)\.(?:ts|tsx|mts|mjs)$/;

/**
 * Every code file below a folder, as paths from the project's root.
 * @param {string} root
 * @param {string} folder
 */
function codeFiles(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && CODE.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();
}

/**
 * The relative imports, re-exports and dynamic imports of a file.
 * @param {string} root
 * @param {string} file
 * @returns {Import[]}
 */
function importsOf(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const { module } = parseSync(file, text);
  const found = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      request: moduleRequest.value,
      isType: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ request: moduleRequest.value, isType }] : [],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => ({
      request: text.slice(moduleRequest.start, moduleRequest.end).replaceAll(/^['"`]|['"`]$/g, ''),
      isType: false,
    })),
  ];
  return found
    .filter(({ request }) => request.startsWith('.'))
    .map(({ request, isType }) => ({
      from: file,
      to: posix.normalize(posix.join(dirname(file), request)),
      isType,
    }));
}

/**
 * All imports between code files of some folders.
 * @param {string} root
 * @param {string[]} folders
 */
export function importGraph(root, folders) {
  return folders.flatMap((folder) =>
    codeFiles(root, folder).flatMap((file) => importsOf(root, file)),
  );
}
