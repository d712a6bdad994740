import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CallPoller } from '../../../../../src/main/calls/provider-sync/call-poller.ts';
import type { ProviderEvent, ProviderReport } from '../../../../../src/shared/providers/events.ts';
import type { Kind } from '../../../../fakes/provider.ts';
import { ACCOUNT, createCallService } from '../../../../helpers/call-service.ts';
import { tempFolder } from '../../../../helpers/temp.ts';
import { report } from '../../../../helpers/reports.ts';
import { settled } from '../../../../helpers/until.ts';

const to = '16315553602';
const id = 'out/uuid-1';

function watched(kind: Kind, options: Parameters<typeof createCallService>[0] = {}) {
  const fixture = createCallService({ kind, ...options });
  const { clock, log, service, provider, lines } = fixture;
  const watch = new CallPoller({
    provider: () => provider,
    known: (callId) => log.get(callId),
    handleReports: (accountId, events) => service.reports.handleRead(accountId, events),
    clock,
    log: lines,
  });
  service.on('changed', (call) => watch.handleCall(call));
  service.on('announced', (...about) => watch.handleAnnounced(...about));
  onTestFinished(() => watch.close());
  /** Advances time with all reads in it. @returns the seconds at which the provider was asked */
  const pass = async (ms: number) => {
    const began = clock.now();
    const at: number[] = [];
    for (let left = ms; left > 0; left -= 500) {
      const before = reads(provider.asked);
      clock.advance(Math.min(500, left));
      await settled();
      if (reads(provider.asked) > before) at.push((clock.now() - began) / 1000);
    }
    return at;
  };
  return { ...fixture, watch, pass };
}

const reads = (asked: readonly string[]) => asked.filter((one) => one.startsWith('read ')).length;

const about = (providerCallId: string, ...events: ProviderEvent[]): ProviderReport[] =>
  events.map((event) => ({ accountId: ACCOUNT, providerCallId, event }));

async function dialled(kind: Kind, options: Parameters<typeof createCallService>[0] = {}) {
  const fixture = watched(kind, options);
  fixture.service.dial({ accountId: ACCOUNT, to });
  await settled();
  return fixture;
}

test('polls an external call ever more slowly until it ends', async () => {
  const fixture = await dialled('zernio');
  expect(await fixture.pass(60_000)).toEqual([2, 5, 9.5, 16.5, 27, 42, 57]);
  const { clock, provider } = fixture;
  const begun = report.announced(clock.now(), { direction: 'outbound' });
  provider.reported.set(
    'wacid.placed',
    about('wacid.placed', begun, report.status(clock.now(), 'accepted')),
  );
  await fixture.pass(15_000);
  expect(fixture.log.get(id)?.phase).toMatchObject({ stage: 'talking' });
  provider.reported.set(
    'wacid.placed',
    about('wacid.placed', begun, report.talked(clock.now(), 12, { bill: { billable: '0.05' } })),
  );
  // A new stage is polled closely again.
  await fixture.pass(2_000);
  expect(fixture.log.get(id)).toMatchObject({
    phase: { name: 'ended' },
    bill: { billable: '0.05' },
  });
  expect(await fixture.pass(60_000)).toEqual([]);
  expect(clock.pending).toBe(0);
});

test('stores repeated reads once', async () => {
  const fixture = await dialled('zernio');
  const { clock, provider } = fixture;
  provider.reported.set(
    'wacid.placed',
    about('wacid.placed', report.status(clock.now(), 'ringing')),
  );
  await fixture.pass(60_000);
  provider.reported.set('wacid.placed', about('wacid.placed', report.talked(clock.now(), 5)));
  await fixture.pass(15_000);
  const { timeline = [] } = fixture.history.get(id) ?? {};
  expect(timeline.map(({ kind }) => kind)).toEqual(['dial', 'placed', 'status', 'terminated']);
});

test('polls less often while the provider refuses', async () => {
  const fixture = await dialled('zernio');
  fixture.provider.readFailure = { code: 'http-429', message: 'Too many', transient: true };
  expect(await fixture.pass(180_000)).toEqual([2, 6, 14, 30, 62, 122]);
  expect(fixture.lines.at('warn')[0]).toContain('Too many');
  fixture.provider.readFailure = undefined;
  await fixture.pass(15_000);
  expect(fixture.service.live()).toHaveLength(1);
});

test('looks for a call’s cost for a while after its end', async () => {
  const fixture = await dialled('zernio');
  fixture.receive(report.talked(fixture.clock.now(), 5), 'wacid.placed');
  expect(await fixture.pass(35_000)).toEqual([5, 35]);
  fixture.provider.reported.set(
    'wacid.placed',
    about('wacid.placed', report.talked(fixture.clock.now(), 5, { bill: { billable: '0.05' } })),
  );
  await fixture.pass(120_000);
  expect(fixture.log.get(id)?.bill).toMatchObject({ billable: '0.05' });
  expect(await fixture.pass(700_000)).toEqual([]);
});

test('polls on after a restart, with nothing stored about it', async () => {
  const path = join(tempFolder(), 'calls.db');
  const first = await dialled('zernio', { path });
  first.watch.close();
  const second = watched('zernio', { path, clock: first.clock });
  second.service.restore();
  expect(await second.pass(10_000)).toEqual([2, 5, 9.5]);
});

test('fetches the offer of an announced call when it does not arrive', async () => {
  const fixture = watched('pilot-meta');
  const { clock, provider } = fixture;
  provider.reported.set('wacid.1', about('wacid.1', report.offer(clock.now())));
  fixture.receive(report.announced(clock.now()));
  expect(await fixture.pass(500)).toEqual([]);
  await fixture.pass(500);
  expect(fixture.service.live()).toMatchObject([
    { phase: { name: 'ringing', offer: 'offer-sdp' } },
  ]);
  expect(fixture.did()).toEqual(['answer']);
  // By webhook after all.
  fixture.receive(report.offer(clock.now()));
  expect(fixture.did()).toEqual(['answer']);
  expect(await fixture.pass(30_000)).toEqual([]);
});

test('fetches nothing when the offer arrives', async () => {
  const fixture = watched('pilot-meta');
  fixture.receive(report.announced(fixture.clock.now()));
  fixture.receive(report.offer(fixture.clock.now()));
  expect(await fixture.pass(20_000)).toEqual([]);
});

test('gives up on an offer that never comes', async () => {
  const fixture = watched('pilot-meta');
  fixture.receive(report.announced(fixture.clock.now()));
  expect(await fixture.pass(60_000)).toEqual([1, 3, 7, 15]);
  expect(fixture.clock.pending).toBe(0);
});

test('fetches the customer’s answer when it does not arrive', async () => {
  const fixture = watched('pilot-meta');
  fixture.service.dial({ accountId: ACCOUNT, to });
  fixture.service.handleMediaReport(id, { kind: 'offer-ready', sdp: 'our-offer' });
  await settled();
  fixture.provider.reported.set(
    'wacid.placed',
    about('wacid.placed', report.answer(fixture.clock.now())),
  );
  expect(await fixture.pass(2_000)).toEqual([2]);
  expect(fixture.did()).toEqual(['offer', 'apply-answer', 'live']);
  expect(await fixture.pass(30_000)).toEqual([]);
});

test('polls every stage of a streamed call, in case webhooks fail', async () => {
  const fixture = await dialled('pilot-web');
  const { clock, provider } = fixture;
  provider.reported.set(
    'wacid.placed',
    about('wacid.placed', report.status(clock.now(), 'accepted')),
  );
  await fixture.pass(2_000);
  expect(fixture.streams.asked).toEqual([`open ${id} wacid.placed`]);
  provider.reported.set('wacid.placed', about('wacid.placed', report.talked(clock.now(), 2)));
  await fixture.pass(2_000);
  expect(fixture.service.live()).toEqual([]);
});

test('polls our streamed call closely until the customer answers', async () => {
  const fixture = await dialled('zernio-relay');
  const { clock, provider } = fixture;
  const say = (event: ProviderEvent) =>
    provider.reported.set('wacid.placed', about('wacid.placed', event));
  say(report.status(clock.now(), 'ringing'));
  expect(await fixture.pass(12_000)).toEqual([2, 4, 6, 8, 10, 12]);
  say(report.status(clock.now(), 'accepted'));
  await fixture.pass(2_000);
  expect(fixture.log.get(id)?.phase.name).toBe('connected');
  expect(await fixture.pass(20_000)).toEqual([2, 5, 9.5, 16.5]);
});

test('polls it less often while the provider refuses', async () => {
  const fixture = await dialled('zernio-relay');
  fixture.provider.readFailure = { code: 'http-429', message: 'Too many', transient: true };
  expect(await fixture.pass(30_000)).toEqual([2, 6, 14, 30]);
});
