#!/usr/bin/env node
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDeb } from './deb.mjs';
import { readFpmArguments } from './fpm-arguments.mjs';
import { makeRpm } from './rpm.mjs';

/*
 * What electron-builder runs to make a deb or an rpm, in place of fpm, a Ruby program that it would download: with the
 * distributions' own tools, dpkg-deb and rpmbuild. It takes the part of fpm's command line that electron-builder uses.
 */

const asked = readFpmArguments(process.argv.slice(2));
// Compressing takes most of the time.
if (process.env.RINGDESK_PACKAGE_QUICK) asked.compression = 'none';
const scratch = await mkdtemp(join(tmpdir(), 'ringdesk-package-'));
try {
  await (asked.type === 'deb' ? makeDeb(asked, scratch) : makeRpm(asked, scratch));
} finally {
  await rm(scratch, { recursive: true, force: true });
}
