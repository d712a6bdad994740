import { describe, expect, it } from 'vitest';
import { controlFile } from '../../../scripts/package/deb.mjs';
import { readFpmArguments } from '../../../scripts/package/fpm-arguments.mjs';
import { specFile } from '../../../scripts/package/rpm.mjs';

const order = (type: 'deb' | 'rpm') =>
  readFpmArguments(
    `-s|dir|--force|-t|${type}|-d|libnss3|-d|libasound2t64 @ libasound2|--deb-recommends|libpulse0
|--architecture|amd64|--version|1.2.0~beta.1|--description|Calls\\n Calls of 100 %\\n\\nof customers
|--package|/out/r.deb|--name|ringdesk|--maintainer|R <r.ringdesk.invalid>|--url|https://r.invalid
|--category|net|--license|MIT|/unpacked/=/opt/Ringdesk|/a=b.png=/usr/a.png`
      .split(/\n?\|/)
      .map((one) => one.replace('@', '|').replaceAll(String.raw`\n`, '\n')),
  );

describe('a package for Linux', () => {
  it('takes the files and the rest from what electron-builder asks', () => {
    expect(order('deb')).toMatchObject({
      type: 'deb',
      file: '/out/r.deb',
      depends: ['libnss3', 'libasound2t64 | libasound2'],
      files: [
        { from: '/unpacked/', to: '/opt/Ringdesk' },
        { from: '/a=b.png', to: '/usr/a.png' },
      ],
    });
    expect(() => readFpmArguments(['-t', 'pacman'])).toThrow('cannot be made here');
    expect(() => readFpmArguments(['-t', 'deb', '--version'])).toThrow('lacks a value');
  });

  it('describes itself to dpkg', () => {
    expect(controlFile(order('deb'), 4096)).toBe(
      [
        'Package: ringdesk',
        'Version: 1.2.0~beta.1',
        'Architecture: amd64',
        'Maintainer: R <r.ringdesk.invalid>',
        'Installed-Size: 4096',
        'Depends: libnss3, libasound2t64 | libasound2',
        'Recommends: libpulse0',
        'Section: net',
        'Priority: optional',
        'Homepage: https://r.invalid',
        'Description: Calls',
        ' Calls of 100 %',
        ' .',
        ' of customers',
        '',
      ].join('\n'),
    );
  });

  it('describes itself to rpm, without macros in foreign text', () => {
    const scripts = { afterInstall: 'echo 50%\n', afterRemove: ':' };
    const spec = specFile(order('rpm'), scripts, [
      { path: 'opt/Ringdesk/ringdesk' },
      { path: 'usr/bin/ringdesk' },
    ]);
    expect(spec).toContain('Requires: libnss3\n');
    expect(spec).toContain('%post\necho 50%%\n');
    expect(spec).toContain('Calls of 100 %%\n');
    expect(spec).toContain(
      '%files\n%defattr(-,root,root,-)\n"/opt/Ringdesk"\n"/usr/bin/ringdesk"\n',
    );
  });
});
