import { expect, test } from 'vitest';
import { endingOf, mayRun, savedName } from '../../../../src/shared/lib/file-name.ts';

test.each([
  ['invoice 7.pdf', 'invoice 7.pdf'],
  ['../../.bashrc', '_.._.bashrc'],
  ['C:\\Windows\\run.bat', 'C__Windows_run.bat'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['a\nb.txt', 'a b.txt'],
  ['CON.txt', '_CON.txt'],
  ['nul', '_nul'],
  ['COM\u00b9.txt', '_COM\u00b9.txt'],
  ['con .txt', '_con .txt'],
  ['CONOUT$', '_CONOUT$'],
  [`${'a'.repeat(119)} b`, 'a'.repeat(119)],
  ['name. . .', 'name'],
  ['عقد.pdf', 'عقد.pdf'],
  ['...', undefined],
  ['', undefined],
  [undefined, undefined],
])('%j is saved as %j', (name, saved) => {
  expect(savedName(name)).toBe(saved);
});

test('a long name keeps its ending', () => {
  const saved = savedName(`${'😀'.repeat(200)}.pdf`) ?? '';
  expect(saved.length).toBeLessThanOrEqual(120);
  expect(saved).toMatch(/\.pdf$/);
  expect(() => encodeURIComponent(saved)).not.toThrow();
});

test('what may run is known by its ending', () => {
  expect(['a.exe', 'a.pdf.JS', 'a.xlsm', 'x.sh', 'page.html'].every(mayRun)).toBe(true);
  for (const name of ['a.settingcontent-ms', 'a.library-ms', 'a.XLL', 'a.vhdx', 'a.url', 'a.run']) {
    expect(mayRun(name)).toBe(true);
  }
  expect(['a.pdf', 'exe', 'a.docx', 'a.txt', ''].some(mayRun)).toBe(false);
  expect(endingOf('a.tar.gz')).toBe('gz');
});
