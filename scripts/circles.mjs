import { fileCircles, folderCircles } from './check/circles.mjs';
import { importGraph } from './check/imports.mjs';
import { inProject } from './runtime/project.mjs';

/**
 * npm run circles: fails if sibling folders of `src`, or two files, import each other, directly or
 * indirectly, by value or by type.
 */

const graph = importGraph(inProject('.'), ['src']);
const circles = [...folderCircles(graph), ...fileCircles(graph)];
for (const { members, imports } of circles) {
  process.stderr.write(`These import each other: ${members.join(', ')}\n`);
  for (const { from, to, isType } of imports) {
    process.stderr.write(`  ${from} -> ${to}${isType ? ' (type)' : ''}\n`);
  }
}
process.exitCode = circles.length > 0 ? 1 : 0;
