import { describe, expect, it } from 'vitest';
import { demoNumber } from '../../e2e/scenarios/number.ts';
import {
  brokenPromises,
  type CallFigures,
  type DemoReport,
  reasonsOf,
} from '../../e2e/scenarios/report.ts';
import {
  type Capabilities,
  capabilitiesOf,
  missingWords,
} from '../../../src/shared/providers/capabilities.ts';
import { providerIds } from '../../../src/shared/rules/data/providers.ts';

/** A report in which everything is measured that these capabilities promise. */
function whole(provider: DemoReport['provider'], capabilities: Capabilities): DemoReport {
  const reasons = reasonsOf(capabilities);
  const measured = <T>(figure: keyof CallFigures['reason'], value: T): T | null =>
    reasons.call[figure] === undefined ? value : null;
  const call: CallFigures = {
    ringMs: 300,
    acceptToAudioMs: measured('acceptToAudioMs', 90),
    downlinkToneHz: measured('downlinkToneHz', 440),
    uplinkToneHz: measured('uplinkToneHz', 1000),
    packetsLost: measured('packetsLost', 0),
    durationSeconds: 5,
    bill: measured('bill', { billable: '0.0056' }),
    phases: ['ringing', 'accepting', 'connected', 'ended'],
    reason: reasons.call,
  };
  return {
    electron: '33.2.1',
    official: false,
    provider,
    media: capabilities.media,
    inbound: call,
    outbound: call,
    missed: true,
    log: { rows: 3 },
    export: { path: 'ringdesk-calls.csv', rows: 3 },
    reconciled: reasons.day.reconciled === undefined ? 1 : null,
    reason: reasons.day,
  };
}

describe('the demo’s report', () => {
  it.each(providerIds)(
    'is complete on a %s number when all is measured or explained',
    (provider) => {
      expect(brokenPromises(whole(provider, capabilitiesOf({ provider })))).toEqual([]);
    },
  );

  it('explains what a bridged number cannot, in the words of its capabilities', () => {
    const { call, day } = reasonsOf(capabilitiesOf({ provider: 'zernio' }));
    expect(call.uplinkToneHz).toBe(missingWords['answered-at-destination']);
    expect(call.bill).toBeUndefined();
    expect(day).toEqual({});
  });

  it('takes a missing figure as a broken promise where the number has it', () => {
    const softphone = capabilitiesOf({ provider: 'zernio', softphone: 'relay' });
    const good = whole('zernio', softphone);
    const bad = { ...good, outbound: { ...good.outbound, uplinkToneHz: null, bill: null } };
    expect(brokenPromises(bad)).toEqual([
      'A zernio number promises more: the outbound call has no uplinkToneHz.',
      'A zernio number promises more: the outbound call has no bill.',
    ]);
  });

  it('takes a lost row, an unread call and a call that is not filed as missed as broken promises', () => {
    const good = whole('pilot-web', capabilitiesOf({ provider: 'pilot-web' }));
    const bad = { ...good, missed: false, export: { ...good.export, rows: 2 }, reconciled: 0 };
    expect(brokenPromises(bad)).toHaveLength(3);
  });
});

describe('the demo’s number', () => {
  it('is Meta’s unless another is asked for', () => {
    expect(demoNumber(undefined)).toMatchObject({ provider: 'meta', kind: 'meta' });
  });

  it('is spoken here with --softphone, at Zernio alone', () => {
    expect(demoNumber('zernio', true)).toMatchObject({
      kind: 'zernio-softphone',
      capabilities: { media: 'server-pcm', accept: 'available' },
    });
    expect(demoNumber('d360', true)).toMatch(/--provider zernio/);
  });

  it('names the providers there are when asked for another', () => {
    expect(demoNumber('twilio')).toMatch(/“twilio”.*meta, d360, pilot-meta, pilot-web, zernio/);
  });
});
