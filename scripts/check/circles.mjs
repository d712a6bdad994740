/** @import { Import } from './imports.mjs' */

/**
 * Folders or files that import each other, directly or indirectly.
 * @typedef {object} Circle
 * @property {string[]} members
 * @property {Import[]} imports the imports that form it
 */

/**
 * The two sibling folders that an import connects; undefined if one file is beside the other's
 * folder.
 * @param {Import} edge
 * @returns {[string, string] | undefined}
 */
function siblings({ from, to }) {
  const [a, b] = [from.split('/'), to.split('/')];
  const at = a.findIndex((name, index) => name !== b[index]);
  return at < 0 || at >= a.length - 1 || at >= b.length - 1
    ? undefined
    : [a.slice(0, at + 1).join('/'), b.slice(0, at + 1).join('/')];
}

/**
 * Circles of folders: compares sibling folders, each with everything below it.
 * @param {readonly Import[]} graph
 */
export function folderCircles(graph) {
  return circlesOf(graph, siblings);
}

/**
 * Circles of files.
 * @param {readonly Import[]} graph
 */
export function fileCircles(graph) {
  return circlesOf(graph, ({ from, to }) => [from, to]);
}

/**
 * @param {readonly Import[]} graph
 * @param {(edge: Import) => [string, string] | undefined} pairOf the ends of an import
 * @returns {Circle[]}
 */
function circlesOf(graph, pairOf) {
  /** @type {Map<string, Map<string, Import[]>>} */
  const edges = new Map();
  for (const edge of graph) {
    const pair = pairOf(edge);
    if (!pair) continue;
    const [from, to] = pair;
    const out = edges.get(from) ?? new Map();
    out.set(to, [...(out.get(to) ?? []), edge]);
    edges.set(from, out);
  }
  /** @type {Circle[]} */
  const circles = [];
  const seen = new Set();
  for (const folder of edges.keys()) {
    if (seen.has(folder)) continue;
    const around = [...reachable(folder, edges)].filter((other) =>
      reachable(other, edges).has(folder),
    );
    for (const one of around) seen.add(one);
    if (!around.includes(folder)) continue;
    const inside = new Set(around);
    const imports = around.flatMap((one) =>
      [...(edges.get(one) ?? [])].flatMap(([to, list]) => (inside.has(to) ? list : [])),
    );
    circles.push({ members: around.toSorted(), imports });
  }
  return circles;
}

/**
 * Everything reachable from a folder by one or more imports.
 * @param {string} start
 * @param {Map<string, Map<string, Import[]>>} edges
 */
function reachable(start, edges) {
  /** @type {Set<string>} */
  const found = new Set();
  const open = [start];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const next of edges.get(folder)?.keys() ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(next);
    }
  }
  return found;
}
