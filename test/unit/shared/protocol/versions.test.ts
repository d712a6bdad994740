import { describe, expect, it } from 'vitest';
import { agree } from '../../../../src/shared/protocol/versions.ts';

describe('the version of a connection', () => {
  const own = { oldest: 10, newest: 11 };

  it('is the newest that both sides speak', () => {
    expect(agree({ oldest: 10, newest: 11 }, own)).toEqual({ version: 11 });
    expect(agree({ oldest: 10, newest: 10 }, own)).toEqual({ version: 10 });
    expect(agree({ oldest: 11, newest: 12 }, own)).toEqual({ version: 11 });
  });

  it('does not exist if one side is too old, which is named', () => {
    expect(agree({ oldest: 8, newest: 9 }, own)).toEqual({ tooOld: 'other' });
    expect(agree({ oldest: 12, newest: 13 }, own)).toEqual({ tooOld: 'own' });
  });
});
