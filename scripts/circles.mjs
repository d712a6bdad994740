import { folderCircles } from './check/circles.mjs';
import { importGraph } from './check/imports.mjs';
import { inProject } from './runtime/project.mjs';

/*
 * npm run circles: fails where folders of `src` that stand side by side import each other, directly
 * or around, by value or by type.
 */

const graph = importGraph(inProject('.'), ['src']);
const circles = folderCircles(graph);
for (const { folders, imports } of circles) {
  process.stderr.write(`These folders import each other: ${folders.join(', ')}\n`);
  for (const { from, to, isType } of imports) {
    process.stderr.write(`  ${from} -> ${to}${isType ? ' (type)' : ''}\n`);
  }
}
process.exitCode = circles.length > 0 ? 1 : 0;
