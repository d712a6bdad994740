import { existsSync } from 'node:fs';
import { childEnv, inProject } from './project.mjs';
import { follow, run } from './run.mjs';

/*
 * Import this first in every script. The tools need Node 22 or newer, and people may have an older
 * one. "npm run" finds the project's own Node by itself if npm could install it; any other start is
 * restarted here with the right one.
 */

const OLDEST = 22;

if (Number.parseInt(process.versions.node, 10) < OLDEST) {
  try {
    process.exit(await follow(await ownNode(), process.argv.slice(1), { cwd: process.cwd() }));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
// Every tool started from here ("#!/usr/bin/env node") also gets the project's Node.
process.env.PATH = childEnv().PATH;

/** The Node that npm installed with the project's dependencies. */
async function ownNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const places = [
    inProject('node_modules', `node-${platform}-${process.arch}`, 'bin', file),
    inProject('node_modules', 'node', 'bin', file),
  ];
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  // The package "node" fetches its binary in an install script, which npm may be configured to
  // skip.
  const installer = inProject('node_modules', 'node', 'installArchSpecificPackage.js');
  if (existsSync(installer)) {
    await run(process.execPath, [installer], { cwd: inProject('node_modules', 'node') });
    if (existsSync(places[1])) return places[1];
  }
  throw new Error(
    `Node ${process.versions.node} is too old for the tools, and npm brought no newer one for this ` +
      `machine. Run "npm ci", or install Node ${OLDEST} or newer.`,
  );
}
