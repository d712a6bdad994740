import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { installKind } from '../../../../src/main/updates/install-kind.ts';
import { tempFolder } from '../../../helpers/temp.ts';

const INSTALLED = '/opt/Ringdesk/ringdesk';

function at(mark?: string) {
  const resources = tempFolder();
  if (mark !== undefined) writeFileSync(join(resources, 'package-type'), mark);
  return { platform: 'linux' as const, program: INSTALLED, resources, env: {} };
}

it('a copy on Linux is updated by what installed it', () => {
  expect(installKind(at('deb\n'))).toEqual({ kind: 'deb' });
  expect(installKind(at('rpm'))).toEqual({ kind: 'rpm' });
  expect(installKind({ ...at(), env: { APPIMAGE: '/home/ana/Ringdesk.AppImage' } })).toEqual({
    kind: 'appimage',
  });
  const why = 'not-installed';
  expect(installKind(at())).toEqual({ why });
  expect(installKind({ ...at('deb'), program: '/home/ana/ringdesk/ringdesk' })).toEqual({ why });
});

it('a copy on Windows updates itself only if it is one person’s', () => {
  const folder = tempFolder();
  const windows = { platform: 'win32' as const, program: join(folder, 'ringdesk.exe') };
  const rest = { resources: folder, env: {} };
  expect(installKind({ ...windows, ...rest })).toEqual({ why: 'administrator' });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'Uninstall Ringdesk.exe'), '');
  expect(installKind({ ...windows, ...rest })).toEqual({ kind: 'nsis' });
});
