import { t } from '../../../src/shared/i18n/i18n.ts';
import { describe, expect, it } from 'vitest';
import { demoNumber } from '../../e2e/scenarios/number.ts';
import {
  brokenPromises,
  type CallFigures,
  type DemoReport,
  reasonsOf,
} from '../../e2e/scenarios/report.ts';
import { type Capabilities, capabilitiesOf } from '../../../src/shared/providers/capabilities.ts';
import { providerIds } from '../../../src/shared/rules/data/providers.ts';

/** A report in which everything that these capabilities promise is measured. */
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
    path: capabilities.path,
    inbound: call,
    outbound: call,
    missed: true,
    log: { rows: 3 },
    export: { path: 'ringdesk-calls.csv', rows: 3 },
    reconciled: reasons.day.reconciled === undefined ? 1 : null,
    reason: reasons.day,
  };
}

describe('the demo report', () => {
  it.each(providerIds)(
    'is complete on a %s number when every figure is measured or explained',
    (provider) => {
      expect(brokenPromises(whole(provider, capabilitiesOf({ provider })))).toEqual([]);
    },
  );

  it('explains with the capability texts what a forwarded number cannot do', () => {
    const { call, day } = reasonsOf(capabilitiesOf({ provider: 'zernio' }));
    expect(call.uplinkToneHz).toBe(t('missing.answered-at-destination'));
    expect(call.bill).toBeUndefined();
    expect(day).toEqual({});
  });

  it('fails when a figure that the number supports is missing', () => {
    const softphone = capabilitiesOf({ provider: 'zernio', softphone: 'relay' });
    const good = whole('zernio', softphone);
    const bad = { ...good, outbound: { ...good.outbound, uplinkToneHz: null, bill: null } };
    expect(brokenPromises(bad)).toEqual([
      'A zernio number promises more: the outbound call has no uplinkToneHz.',
      'A zernio number promises more: the outbound call has no bill.',
    ]);
  });

  it('fails on a lost row, an unread call or a call not logged as missed', () => {
    const good = whole('pilot-web', capabilitiesOf({ provider: 'pilot-web' }));
    const bad = { ...good, missed: false, export: { ...good.export, rows: 2 }, reconciled: 0 };
    expect(brokenPromises(bad)).toHaveLength(3);
  });
});

describe('the demo number', () => {
  it('is Meta’s by default', () => {
    expect(demoNumber(undefined)).toMatchObject({ provider: 'meta', kind: 'meta' });
  });

  it('accepts --softphone for Zernio only', () => {
    expect(demoNumber('zernio', true)).toMatchObject({
      kind: 'zernio-softphone',
      capabilities: { path: 'streamed', accept: 'available' },
    });
    expect(demoNumber('d360', true)).toMatch(/--provider zernio/);
  });

  it('rejects an unknown provider and lists the known ones', () => {
    expect(demoNumber('twilio')).toMatch(/“twilio”.*meta, d360, pilot-meta, pilot-web, zernio/);
  });
});
