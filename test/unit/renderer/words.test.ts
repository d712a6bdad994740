import * as en from '../../../src/shared/i18n/en/index.ts';
import { lookUp } from '../../../src/shared/i18n/i18n.ts';
import { describe, expect, it } from 'vitest';
import type { AppErrorCode } from '../../../src/shared/ipc/errors.ts';
import type { EndReason } from '../../../src/shared/call/phases.ts';
import { demoCustomers } from '../../../src/main/demo/customers.ts';
import { ringingCall } from './fixtures.ts';
import { alsoRingsText, contextLine, endMessage } from '../../../src/renderer/messages/calls.ts';
import {
  errorMessage,
  noticeMessage,
  providerMessage,
} from '../../../src/renderer/messages/errors.ts';
import { mediaMessage } from '../../../src/renderer/messages/media.ts';

const error = { code: '138006', message: 'No permission', transient: false };

describe('the catalogue of texts', () => {
  it('has a non-empty text for every code', () => {
    const all = [
      ...Object.values(en.errors).map(({ what }) => what),
      ...Object.values(en.notices).map(({ what }) => what),
      ...Object.values(en.outcomes),
    ];
    for (const sentence of all) expect(sentence.length).toBeGreaterThan(3);
  });

  it('never says “something went wrong”', () => {
    const said = JSON.stringify([en.errors, en.notices, en.outcomes]).toLowerCase();
    expect(said).not.toContain('something went wrong');
  });

  it('describes every simulated customer', () => {
    for (const { does } of demoCustomers) expect(lookUp('demo.does', does)).toBeDefined();
  });

  it('has a text for every end reason', () => {
    const reasons: EndReason[] = [
      { kind: 'agent-hung-up' },
      { kind: 'customer-hung-up' },
      { kind: 'caller-gone' },
      { kind: 'answered-elsewhere', by: 'Bea' },
      { kind: 'declined-by-agent' },
      { kind: 'rang-out' },
      { kind: 'out-of-date' },
      { kind: 'declined-by-customer' },
      { kind: 'unanswered' },
      { kind: 'cancelled' },
      { kind: 'failed', error },
      { kind: 'media-failed', why: 'microphone-denied' },
      { kind: 'interrupted' },
    ];
    const said = reasons.map((reason) => endMessage(reason, 'Ana').what);
    expect(new Set(said).size).toBe(reasons.length);
    expect(said).toContain('Answered by Bea');
    expect(endMessage({ kind: 'answered-elsewhere', by: '' }, 'Ana').what).toBe(
      'Answered by a teammate',
    );
  });
});

describe('error messages', () => {
  it('for WhatsApp errors give the cause, the code and the next step', () => {
    const said = providerMessage(error);
    expect(said.what).toMatch(/\(138006\)$/);
    expect(said.next).toMatch(/permission/i);
  });

  it('for unknown errors quote the provider', () => {
    const said = providerMessage({ code: '999', message: 'New rule.', transient: true });
    expect(said.what).toBe('New rule (999)');
    expect(said.next).toMatch(/^Try again/);
    expect(said.quote).toBeUndefined();
  });

  it('always have a next step, for messages and templates too', () => {
    for (const code of ['131000', '131048', '132001', '424242']) {
      const said = providerMessage({ code, message: 'An error occurred', transient: false });
      expect(said.next).not.toBe('');
      expect(said.next).toBeDefined();
    }
    const known = providerMessage({
      code: '131000',
      message: 'An error occurred',
      transient: false,
    });
    expect(known.quote).toBe('An error occurred');
  });

  it.each([
    ['network', 'UND_ERR_SOCKET'],
    ['timeout', 'No answer in time.'],
    ['unreadable', 'The answer was not in the expected form.'],
    ['http-401', 'HTTP status 401'],
  ])('of our own (%s) are not attributed to the provider', (code, message) => {
    const said = providerMessage({ code, message, transient: true });
    expect(said.quote).toBeUndefined();
    expect(JSON.stringify(said)).not.toContain(message);
  });

  it('of our own that explain themselves keep the explanation', () => {
    const message = 'Calls need a destination.';
    const said = providerMessage({ code: 'forward-to', message, transient: false });
    expect(said.next).toBe('Calls need a destination');
    expect(said.quote).toBeUndefined();
  });

  it('for an invalid profile name the field', () => {
    const code: AppErrorCode = 'profile-invalid';
    expect(errorMessage({ code, message: '', details: ['relay.url: required'] }).what).toContain(
      'relay.url: required',
    );
  });

  it('for unknown media failures show the code', () => {
    expect(mediaMessage('novel').what).toContain('novel');
  });
});

it('notices have no unfilled placeholders', () => {
  const notice = { id: '1', kind: 'info', at: 0, code: 'permission-granted' } as const;
  expect(noticeMessage({ ...notice, values: { name: 'Ana' } }).what).toBe('Ana allows calls now');
  expect(noticeMessage({ ...notice, code: 'calls-interrupted', values: {} }).what).toBe(
    'Ringdesk closed during a call',
  );
});

it('one line gives a caller’s context', () => {
  const call = ringingCall({ payload: 'order-991' });
  expect(contextLine(call, () => 'yesterday')).toBe(
    'Came from: order-991 · Last call: answered, yesterday (4\u00a0min) · 1 missed today',
  );
  expect(contextLine(ringingCall({ history: 'none' }), () => '')).toBe(
    'First call with this customer',
  );
  expect(alsoRingsText([])).toBe('Only you are being called');
  expect(alsoRingsText(['A', 'B', 'C', 'D'])).toBe('Also ringing: A, B and 2 more');
});
