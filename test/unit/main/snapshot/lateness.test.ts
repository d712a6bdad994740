import * as en from '../../../../src/shared/i18n/en/index.ts';
import { describe, expect, it } from 'vitest';
import { Notices } from '../../../../src/main/snapshot/notices.ts';
import { notifyLateness } from '../../../../src/main/snapshot/number-notices.ts';
import type { Account } from '../../../../src/main/providers/account.ts';

const account: Account = {
  id: 'support',
  provider: 'pilot-web',
  label: 'Support',
  number: '+5511987654321',
  audio: { sampleRate: 16_000, frameMs: 20 },
};

describe('late webhooks', () => {
  it('K1 are announced on the number, once, until they are on time again', () => {
    const notices = new Notices(
      () => 0,
      () => undefined,
    );
    notifyLateness(notices, account, 90_000);
    notifyLateness(notices, account, 91_000);
    expect(notices.list()).toMatchObject([
      { code: 'webhooks-late', values: { number: 'support', label: 'Support', seconds: '90' } },
    ]);
    notifyLateness(notices, account, -40_000);
    expect(notices.list()).toMatchObject([
      { code: 'relay-clock-behind', values: { seconds: '40' } },
    ]);
    notifyLateness(notices, account, undefined);
    expect(notices.list()).toEqual([]);
    for (const code of ['webhooks-late', 'relay-clock-behind'] as const) {
      expect(en.notices[code].what).toContain('{{seconds}} s');
      expect(en.notices[code].next).toBeDefined();
    }
  });
});
