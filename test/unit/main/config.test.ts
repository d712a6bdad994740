import { describe, expect, it } from 'vitest';
import { HELP, parseArguments } from '../../../src/main/config.ts';
import { OWN_SWITCHES } from '../../../src/main/switches.ts';

describe('the command line', () => {
  it('ignores Chromium’s switches', () => {
    expect(parseArguments(['--no-sandbox', '.', '--user-data-dir=/x'])).toEqual({
      ok: true,
      value: {
        print: undefined,
        profile: undefined,
        link: undefined,
        policy: undefined,
        rotateKey: false,
        hidden: false,
        exportCalls: undefined,
        importCalls: undefined,
      },
    });
  });

  it('reads a date as the whole day', () => {
    const parsed = parseArguments([
      '--export-calls=a.jsonl',
      '--from=2026-01-31',
      '--to=2026-01-31',
    ]);
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        exportCalls: {
          format: 'jsonl',
          from: new Date(2026, 0, 31).getTime(),
          to: new Date(2026, 0, 31, 23, 59, 59, 999).getTime(),
        },
      },
    });
  });

  it.each(['help', 'version'] as const)('is told by --%s, whatever else it asks for', (print) => {
    const parsed = parseArguments([`--${print}`, '--hidden']);
    expect(parsed).toMatchObject({ ok: true, value: { print } });
  });

  it('has a line of help for every switch of ours', () => {
    const named = new Set(HELP.match(/(?<=--)[a-z-]+/g));
    expect(OWN_SWITCHES.filter((one) => !named.has(one))).toEqual([]);
  });

  it.each([
    ['--export-calls'],
    ['--export-calls=a', '--format=xls'],
    ['--export-calls=a', '--from=yesterday'],
    ['--export-calls=a', '--to=2026-13-01'],
  ])('explains what is wrong with %s', (...argv) => {
    expect(parseArguments(argv)).toMatchObject({ ok: false });
  });
});
