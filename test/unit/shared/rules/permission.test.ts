import { describe, expect, it } from 'vitest';
import { permissionState, permissionRuling } from '../../../../src/shared/rules/permission.ts';
import { mayCall } from '../../../../src/shared/rules/verdicts.ts';
import { answer, DAY, facts, HOUR, MINUTE, START } from './rule-facts.ts';

const codes = (known: Parameters<typeof mayCall>[0], now: number) =>
  mayCall(known, now).findings.map((one) => one.code);

describe('call permission', () => {
  it('is unknown until checked, and a failed check does not forbid a call', () => {
    expect(mayCall(facts({ permission: 'unchecked' }), START).allowed).toBe(false);
    const unavailable = mayCall(facts({ permission: 'unavailable' }), START);
    expect(unavailable.allowed).toBe(true);
    expect(unavailable.findings[0]?.code).toBe('permission-unavailable');
  });

  it('expires to the millisecond when temporary', () => {
    const expiresAt = START + DAY;
    const known = facts({ permission: answer({ status: 'temporary', expiresAt }) });
    expect(permissionState(known, expiresAt - 1)).toEqual({ status: 'temporary', expiresAt });
    expect(permissionRuling(known, expiresAt - 1).changesAt).toBe(expiresAt);
    expect(permissionState(known, expiresAt)).toEqual({ status: 'expired', at: expiresAt });
    expect(codes(known, expiresAt)).toContain('permission-expired');
  });

  it('follows the newer of webhook and answer', () => {
    const none = answer({ status: 'none', call: { allowed: false, limits: [] } });
    const granted = {
      kind: 'permission-granted',
      at: START + 1,
      expiresAt: START + 168 * HOUR,
    } as const;
    expect(mayCall(facts({ permission: none, history: [granted] }), START + 2).allowed).toBe(true);
    const older = { ...granted, at: START - 1 };
    expect(codes(facts({ permission: none, history: [older] }), START)).toContain(
      'permission-revoked',
    );
    const revoked = { kind: 'permission-revoked', at: START + 1 } as const;
    expect(codes(facts({ history: [revoked] }), START + 2)).toContain('permission-revoked');
  });

  it('follows a webhook of the same second as the answer: WhatsApp tells whole seconds', () => {
    const second = Math.ceil(START / 1000) * 1000;
    const call = { allowed: false, limits: [] };
    const none = answer({ status: 'none', call, checkedAt: second + 400 });
    const granted = { kind: 'permission-granted', at: second } as const;
    expect(mayCall(facts({ permission: none, history: [granted] }), second + 900).allowed).toBe(
      true,
    );
  });

  it('lets a call start when the provider allows it, whatever the status', () => {
    const known = facts({ permission: answer({ status: 'none' }) });
    expect(mayCall(known, START).allowed).toBe(true);
  });

  it('reports a refusal that nothing explains', () => {
    const known = facts({ permission: answer({ call: { allowed: false, limits: [] } }) });
    expect(codes(known, START)).toContain('call-refused');
  });

  it('wants another check after 15 minutes', () => {
    expect(mayCall(facts(), START).changesAt).toBe(START + 15 * MINUTE);
    expect(codes(facts(), START + 15 * MINUTE)).toContain('permission-answer-old');
  });

  it('explains why it is missing', () => {
    const none = answer({ status: 'none', call: { allowed: false, limits: [] } });
    const known = facts({ permission: none });
    expect(permissionState(known, START)).toEqual({ status: 'none', why: 'never' });
    const declined = { kind: 'permission-declined', at: START - DAY } as const;
    expect(permissionState({ ...known, history: [declined] }, START)).toEqual({
      status: 'none',
      why: 'declined',
      at: START - DAY,
    });
    const ran = {
      kind: 'permission-granted',
      at: START - 8 * DAY,
      expiresAt: START - DAY,
    } as const;
    expect(permissionState({ ...known, history: [ran] }, START)).toEqual({
      status: 'expired',
      at: START - DAY,
    });
  });
});
