import { describe, expect, it } from 'vitest';
import { readArguments, UsageError, wordsOf } from '../../../../src/relay/cli/arguments.ts';
import { usageOf } from '../../../../src/relay/cli/usage.ts';

const words = (line: string) => line.split(' ').filter(Boolean);
const read = (line: string) => readArguments(words(line));
const says = (line: string): string => {
  try {
    return `took ${read(line).kind}`;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
};

describe('a command line', () => {
  it.each([
    ['--config f', 'serve'],
    ['serve --config f', 'serve'],
    ['--config f doctor --json', 'doctor'],
    ['invite --config f --id ana --workspace main --days 3 --relay wss://a', 'invite'],
    ['agent update --config f --id ana --numbers all', 'agent'],
    ['store copy --from a --to b', 'store-copy'],
    ['media-host --config f --process 1', 'media-host'],
    ['export --config f --since 2026-11-29', 'export'],
  ])('%s is understood', (line, kind) => {
    expect(read(line).kind).toBe(kind);
  });

  it.each([
    ['', '--config FILE is missing.'],
    ['nonsense', 'There is no command "nonsense".'],
    ['doctor --confg f', "Unknown option '--confg'."],
    ['doctor --config', "Option '--config <value>' argument missing."],
    ['doctor --config f --days 3', 'relay doctor has no option --days.'],
    ['--config f --id ana', 'relay has no option --id.'],
    ['invite --config f', '--id is missing.'],
    ['invite --config f --id ana --days 0', '--days must be a whole number of days from 1 to 90.'],
    [
      'agent add --config f --id a --name A --role boss',
      '--role must be one of agent, supervisor, admin.',
    ],
    ['tail --config f --after x', '--after must be a cursor, e.g. 4711.'],
  ])('%s is refused in one sentence', (line, sentence) => {
    expect(says(line)).toBe(sentence);
  });

  it.each(['invite', 'invite --config', 'doctor --confg f'])('%s is explained alone', (line) => {
    const [command = ''] = words(line);
    const lines = usageOf(wordsOf(words(line))).split('\n');
    expect(lines[0]).toMatch(new RegExp(`^Usage: relay ${command} --config FILE`));
    expect(
      lines.filter(
        (one) => /^(?: {7}|Usage: )relay/.test(one) && !one.includes(` relay ${command} `),
      ),
    ).toEqual([]);
  });

  it('with the beginning of several commands is explained by all of them', () => {
    expect(usageOf('agent').match(/relay agent \w+/g)).toHaveLength(6);
  });

  it('without a command, or with an unknown one, is explained by everything', () => {
    expect(usageOf('')).toBe(usageOf('nonsense'));
    expect(usageOf('')).toMatch(/^Usage: relay --config FILE[^]*relay store copy/);
  });
});
