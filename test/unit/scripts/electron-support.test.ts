import { expect, it } from 'vitest';
import { outOfSupport, supportEnds } from '../../../scripts/runtime/electron-support.mjs';

const now = Date.parse('2026-11-28');

it.each(['33.2.1', '34.5.8', '42.0.0', '28.3.3', '1.0.0', 'v33', ''])(
  'C5 reports Electron %s as out of support',
  (version) => {
    expect(outOfSupport(version, now)).toContain('out of support');
  },
);

it.each(['43.1.0', '44.0.0', '45.4.1', '46.0.0', '52.0.0-beta.1'])(
  'C5 accepts Electron %s as supported',
  (version) => {
    expect(outOfSupport(version, now)).toBeUndefined();
  },
);

it('C5 expires every version, including versions not listed yet', () => {
  expect(new Date(supportEnds('33.2.1')).toISOString()).toContain('2025-04-29');
  expect(outOfSupport('45.4.1', Date.parse('2027-06-01'))).toContain('out of support');
  expect(outOfSupport('50.0.0', Date.parse('2030-01-01'))).toContain('out of support');
});
