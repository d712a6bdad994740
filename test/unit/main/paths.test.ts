import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeScratch, pathsOf, whyUnwritable } from '../../../src/main/paths.ts';
import { tempFolder } from '../../helpers/temp.ts';

it('C11 a writable folder is created and left empty', () => {
  const folder = join(tempFolder(), 'a', 'b');
  expect(whyUnwritable(folder)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

it('C11 detects a folder that cannot be written', () => {
  const file = join(tempFolder(), 'file');
  writeFileSync(file, '');
  expect(whyUnwritable(file)).toContain('EEXIST');
  expect(whyUnwritable(join(file, 'console'))).toContain('ENOTDIR');
});

it('C11 run data goes to the temporary folder, and the stored setup is still read', () => {
  const instead = join(tempFolder(), 'console');
  mkdirSync(instead);
  writeFileSync(join(instead, 'Local State'), '{}');
  const scratch = makeScratch(instead);
  onTestFinished(() => rmSync(scratch, { recursive: true }));
  expect(makeScratch(instead)).toBe(scratch);
  expect(statSync(scratch).mode & 0o777).toBe(0o700);
  expect(readdirSync(scratch)).toContain('Local State');
  const paths = pathsOf({
    userData: instead,
    scratch,
    app: '/app',
    out: '/app/out/main',
    packaged: false,
    resourcesPath: '/app/resources',
    env: {},
  });
  expect(paths.logFile.startsWith(scratch)).toBe(true);
  expect(paths.demoFolder.startsWith(scratch)).toBe(true);
  expect(paths.workspaceFile).toBe(join(instead, 'workspace.json'));
  expect(paths.secretsFile).toBe(join(instead, 'secrets.json'));
  expect(paths.database('profile')).toBe(join(instead, 'ringdesk.db'));
});
