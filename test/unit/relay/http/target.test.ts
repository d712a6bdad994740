import { describe, expect, it } from 'vitest';
import { createLog } from '../../../../src/relay/log.ts';
import { sparingLog } from '../../../../src/relay/sparing-log.ts';
import { describePath, readTarget } from '../../../../src/relay/http/target.ts';
import { FakeClock } from '../../../fakes/clock.ts';

describe('a request’s target', () => {
  it.each([
    ['/webhooks/meta/main', '/webhooks/meta/main'],
    ['/webhooks/meta/main/', '/webhooks/meta/main'],
    ['//webhooks//meta/main///', '/webhooks/meta/main'],
    ['/webhooks/meta/main/?hub.mode=subscribe', '/webhooks/meta/main'],
    ['/', '/'],
    ['//', '/'],
    ['/%', '/%'],
    ['/webhooks/../healthz', '/webhooks/../healthz'],
  ])('W4 L7 %s is %s', (target, path) => {
    expect(readTarget(target)).toMatchObject({ path });
  });

  it.each([undefined, '', '*', 'http://elsewhere/healthz', 'healthz', '?x'])(
    'L7 %s is refused',
    (target) => {
      expect(readTarget(target)).toMatchObject({ status: 400 });
    },
  );

  it('L7 is refused when it is longer than any of ours', () => {
    expect(readTarget(`/${'a'.repeat(5_000)}`)).toMatchObject({ status: 414 });
  });

  it.each([
    ['/webhook/meta/main', '/webhook/meta/main'],
    ['/webhooks/pilot-web/sales/3f2a9c0b7d1e4f56', '/webhooks/pilot-web/sales/…'],
    ['/3f2a9c0b7d1e4f563f2a9c0b7d1e4f56', '/…'],
    ['/a/b/c/d/e/f/g', '/a/b/c/d/e/f/…'],
    ['/%0a\n', '/…'],
  ])('W4 %s is logged as %s', (path, shown) => {
    expect(describePath(path, new Set(['sales', 'pilot-web']))).toBe(shown);
  });

  it('W4 strangers cannot fill the log', () => {
    const clock = new FakeClock();
    const lines: Record<string, unknown>[] = [];
    const log = sparingLog(
      createLog((line) => lines.push(JSON.parse(line))),
      clock,
    );
    for (let n = 0; n < 500; n++) log.warn('http.unknown-address', { address: '/x' });
    log.warn('webhook.refused');
    expect(lines).toHaveLength(21);
    clock.advance(60_000);
    log.warn('http.unknown-address', { address: '/x' });
    expect(lines.at(-1)).toMatchObject({ event: 'http.unknown-address', leftOut: 480 });
  });
});
