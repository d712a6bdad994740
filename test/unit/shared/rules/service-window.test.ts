import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContactEvent } from '../../../../src/shared/rules/facts.ts';
import { serviceWindow } from '../../../../src/shared/rules/service-window.ts';
import { mayCall, mayRequestPermission } from '../../../../src/shared/rules/verdicts.ts';
import { answer, anyHistory, anyTime, DAY, facts, HOUR, START } from './rule-facts.ts';

const openers: ContactEvent[] = [
  { kind: 'customer-message', at: START },
  { kind: 'customer-call', at: START },
  { kind: 'customer-call', at: START, connectedAt: START + 9 },
  { kind: 'business-call', at: START - HOUR, outcome: 'connected', connectedAt: START },
];
const others: ContactEvent[] = [
  { kind: 'template-sent', at: START },
  { kind: 'permission-request', at: START },
  { kind: 'permission-granted', at: START },
  { kind: 'business-call', at: START, outcome: 'unanswered' },
  { kind: 'business-call', at: START, outcome: 'rejected' },
];

describe('the customer service window', () => {
  it.each(openers)('is opened for 24 hours, to the millisecond, by $kind', (event) => {
    const closesAt = START + DAY;
    expect(serviceWindow([event], START)).toEqual({ open: true, closesAt });
    expect(serviceWindow([event], closesAt - 1)).toEqual({ open: true, closesAt });
    expect(serviceWindow([event], closesAt)).toEqual({
      open: false,
      closedAt: closesAt,
      awaitsReply: false,
    });
  });

  it.each(others)('is not opened by $kind', (event) => {
    expect(serviceWindow([event], START).open).toBe(false);
  });

  it('closes 24 hours after its last opener and never moves earlier', () => {
    fc.assert(
      fc.property(anyHistory, anyTime, fc.constantFrom(...openers), (history, now, more) => {
        const before = serviceWindow(history, now);
        const after = serviceWindow([...history, more], now);
        if (!before.open) return;
        expect(after.open && after.closesAt >= before.closesAt).toBe(true);
        expect(serviceWindow(history, before.closesAt).open).toBe(false);
      }),
    );
  });

  it('needs a reply after a template, not a second template', () => {
    const template: ContactEvent = { kind: 'template-sent', at: START };
    const known = facts({ history: [template], permission: answer({ status: 'temporary' }) });
    const found = mayRequestPermission(known, START + HOUR).findings[0];
    expect(found).toMatchObject({ code: 'window-needs-reply', severity: 'block' });
    const replied: ContactEvent = { kind: 'customer-message', at: START + HOUR };
    const after = { ...known, history: [template, replied] };
    expect(mayRequestPermission(after, START + HOUR).allowed).toBe(true);
  });

  it('is not needed for a template request where the provider offers one', () => {
    const permission = answer({ status: 'temporary' });
    expect(mayRequestPermission(facts({ permission }), START)).toMatchObject({
      allowed: false,
      findings: [{ code: 'window-closed', next: 'request-by-template' }, {}],
    });
    expect(mayRequestPermission(facts({ permission }), START, 'template').allowed).toBe(true);
    const zernio = facts({ permission, provider: 'zernio' });
    expect(mayRequestPermission(zernio, START, 'template').findings[0]?.code).toBe(
      'request-template-unsupported',
    );
    expect(mayRequestPermission(zernio, START).findings[0]?.next).toBe('send-template');
  });

  it('is not needed to call with permission, except for a note with 360dialog', () => {
    expect(mayCall(facts(), START).findings.map((one) => one.code)).not.toContain(
      'call-window-disputed',
    );
    const d360 = mayCall(facts({ provider: 'd360' }), START);
    expect(d360.allowed).toBe(true);
    expect(d360.findings[0]).toMatchObject({ code: 'call-window-disputed', severity: 'warn' });
  });
});
