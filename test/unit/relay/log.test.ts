import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/relay/log.ts';

describe('the log', () => {
  it('writes one JSON line per event and hides what must not be seen', () => {
    const lines: string[] = [];
    const log = createLog(
      (line) => lines.push(line),
      () => Date.UTC(2026, 10, 22, 9, 5),
    );
    log.info('webhook.stored', { account: 'main', added: 1, repeated: undefined });
    log.warn('odd', { why: 'call from 5511999991234, Bearer abc.def, a=ice-pwd:secret' });
    log.error('bad\nnews');
    expect(lines).toEqual([
      '{"at":"2026-11-22T09:05:00.000Z","level":"info","event":"webhook.stored","account":"main","added":1}\n',
      expect.stringContaining('…234'),
      '{"at":"2026-11-22T09:05:00.000Z","level":"error","event":"bad\\nnews"}\n',
    ]);
    expect(lines[1]).not.toMatch(/5511999991234|abc\.def|secret/);
  });

  it('stays JSON with a number as long as a telephone number’s, and hides a secret by its name', () => {
    const lines: string[] = [];
    const log = createLog((line) => lines.push(line));
    log.info('agent.disconnected', { acked: 1_883_179_058_305, token: 'abcdef' });
    expect(JSON.parse(lines.join(''))).toMatchObject({ acked: 1_883_179_058_305, token: '[…]' });
  });
});
