import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileFor } from '../../../../src/main/windows/files.ts';

describe('page files', () => {
  const root = join('/app', 'out', 'renderer');

  it('are served with their type', () => {
    expect(fileFor('app://ringdesk/assets/ring.wav', root)).toEqual({
      path: join(root, 'assets', 'ring.wav'),
      type: 'audio/wav',
    });
  });

  it.each([
    'app://ringdesk/../../package.json',
    'app://ringdesk/..%2f..%2fpackage.json',
    'app://ringdesk/%2e%2e/renderer.json/../../x.json',
    'app://ringdesk/a%00.html',
    'app://ringdesk/%ff.html',
    'app://elsewhere/index.html',
    'app://ringdesk/index',
    'app://ringdesk/',
  ])('H7 are nothing else: %s', (address) => {
    const file = fileFor(address, root);
    expect(file === undefined || file.path.startsWith(root + sep)).toBe(true);
  });
});
