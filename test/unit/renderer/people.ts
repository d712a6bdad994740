import type {
  Contact,
  ContactFacts,
  ContactItem,
  ContactRow,
  NumberView,
} from '../../../src/shared/ipc/contacts.ts';
import type { AccountView } from '../../../src/shared/ipc/account.ts';
import { capabilities } from '../../../src/shared/providers/capabilities.ts';
import { NOT_RECORDED } from '../../../src/shared/recording/policy.ts';
import type { CallBill } from '../../../src/shared/providers/events.ts';
import { facts, permission } from './fixtures.ts';

/** People and numbers for tests and for the harness. */
const HOUR = 3_600_000;

export const card = `effective_from,currency,region,areas,above_minutes,rate_per_minute
2026-01-01,USD,Mexico,MX,0,0.10
2026-01-01,USD,Rest of the world,*,0,0.25
`;

const names = [
  'Sofía Hernández',
  'Ana Souza',
  'Maximiliane von Hohenzollern-Sigmaringen',
  'Liam Carter',
  'Chiara Rossi',
];

export function contactRow(index: number): ContactRow {
  const kinds = ['message-in', 'call', 'permission', 'message-out'] as const;
  return {
    party: { name: names[index], waId: `52551234${String(5678 + index)}` },
    country: 'MX',
    lastAt: Date.now() - index * 1.7 * HOUR,
    last: kinds[index % kinds.length] ?? 'call',
    missed: index % 4 === 1 ? 2 : 0,
    failed: false,
    doNotCall: false,
    unread: index === 0 ? 2 : 0,
  };
}

/** A few days of one person's timeline, newest first as fetched. */
export function contact(): Contact {
  const { party } = contactRow(0);
  const now = Date.now();
  const at = (hours: number) => now - hours * HOUR;
  const common = (hours: number) => ({ id: String(hours), at: at(hours), accountId: 'support' });
  const items: ContactItem[] = [
    {
      ...common(0.2),
      kind: 'message-out',
      by: 'Bea Lima',
      what: 'text',
      text: 'It left our warehouse this morning and will be with you on Tuesday.',
      state: 'read',
    },
    { ...common(0.3), kind: 'message-in', unread: false, type: 'image' },
    { ...common(0.4), kind: 'message-in', unread: false, type: 'text', text: 'Where is my order?' },
    {
      ...common(20),
      kind: 'message-out',
      by: 'Bea Lima',
      what: 'call-button',
      text: 'You can reach us by WhatsApp call:',
      state: 'delivered',
    },
    {
      ...common(21),
      kind: 'permission',
      granted: true,
      permanent: false,
      expiresAt: now + 147 * HOUR,
      source: 'user',
    },
    {
      ...common(22),
      kind: 'permission-request',
      by: 'Bea Lima',
      text: 'May we call you about your request?',
      state: 'read',
    },
    { ...common(26), kind: 'call', callId: 'call/1', direction: 'inbound', outcome: 'missed' },
    {
      ...common(27),
      kind: 'call',
      callId: 'call/0',
      direction: 'outbound',
      outcome: 'answered',
      talkSeconds: 251,
      by: 'Bruno Dias',
    },
    { ...common(50), kind: 'colleague-call', outcome: 'unanswered' },
    {
      ...common(51),
      kind: 'message-out',
      by: 'Bruno Dias',
      what: 'template',
      template: 'order_update',
      text: 'Hello Sofía, your order 991 is on its way.',
      state: 'failed',
      error: {
        provider: 'meta',
        code: '131026',
        message: 'Message undeliverable',
        transient: false,
      },
    },
  ];
  return { party, country: 'MX', details: {}, others: [], merged: [], items };
}

/** What the rules look at for one of these people, with a price. */
export function contactFacts(
  status: 'none' | 'temporary' | 'permanent',
  changes: Partial<ContactFacts> = {},
): ContactFacts {
  const { cost: _, ...known } = facts(permission(status));
  return {
    ...known,
    customer: { number: '525512345678' },
    history: [{ kind: 'customer-message', at: Date.now() - 0.3 * HOUR }],
    cost: { card, currency: 'USD', monthSeconds: 0 },
    ...changes,
  };
}

export const templates = [
  {
    name: 'order_update',
    language: 'en',
    category: 'UTILITY',
    body: 'Hello {{1}}, your order {{2}} is on its way.',
    values: 2,
    asksPermission: false,
  },
  {
    name: 'may_we_call',
    language: 'en',
    category: 'UTILITY',
    body: 'Hello {{1}}, may we call you about your request?',
    values: 1,
    asksPermission: true,
  },
];

/** An official number with everything set. */
export function numberView(): NumberView {
  return {
    recording: { purpose: 'Quality assurance', language: 'pt' },
    recordingPolicy: { ...NOT_RECORDED, by: 'provider' },
    isRecordingByRelay: false,
    mayDecideRecording: true,
    state: {
      facts: [],
      refusals: [],
      warnings: [{ type: 'USER_INITIATED_CALLS_LOW_PICKUP_RATE', at: Date.now() - 5 * HOUR }],
      balance: { amount: '9.98', minimum: '10', currency: 'USD', at: Date.now() },
    },
    settings: {
      calling: true,
      iconVisible: true,
      iconCountries: ['BR', 'MX'],
      callback: true,
      sip: 'off',
      hours: {
        value: {
          zone: 'America/Sao_Paulo',
          weekly: [
            { day: 'MONDAY', open: '0900', close: '1200' },
            { day: 'MONDAY', open: '1300', close: '1800' },
            { day: 'TUESDAY', open: '0900', close: '1800' },
            { day: 'FRIDAY', open: '0900', close: '1700' },
          ],
          holidays: [
            { date: `${new Date().getFullYear() + 1}-12-25`, open: '1000', close: '1200' },
          ],
          holidaysMean: 'open',
        },
      },
    },
  };
}

/** A number with forwarding. */
export const forwardedView: NumberView = {
  recordingPolicy: NOT_RECORDED,
  isRecordingByRelay: false,
  mayDecideRecording: true,
  state: { facts: [], refusals: [], warnings: [] },
  settings: {
    calling: true,
    iconCountries: [],
    outboundDisabled: false,
    deepLink: 'https://wa.me/call/551150201234',
    forwarding: {
      to: 'sip:desk@example.com',
      recording: true,
      sipUsername: 'desk',
      sipPasswordSet: true,
      maxCallSeconds: 3600,
      callerId: 'business',
    },
  },
};

export const analytics = [
  {
    from: Date.now() - 3 * 24 * HOUR,
    to: Date.now() - 2 * 24 * HOUR,
    direction: 'inbound' as const,
    country: 'BR',
    count: 214,
    averageSeconds: 187,
  },
  {
    from: Date.now() - 3 * 24 * HOUR,
    to: Date.now() - 2 * 24 * HOUR,
    direction: 'outbound' as const,
    country: 'MX',
    count: 31,
    cost: 12.4,
    averageSeconds: 240,
  },
];

/** One of our numbers whose calls are forwarded. */
export const forwardedAccount: AccountView = {
  id: 'support',
  provider: 'zernio',
  label: 'Support',
  number: '+551150201234',
  capabilities: capabilities.zernio,
  path: 'external',
  recorded: 'off',
  ready: true,
  findings: [],
};

/** The bill of a forwarded call. */
export const bill: CallBill = {
  billable: '0.0612',
  recording: '0.004',
  meta: '0.0550',
  total: '0.1162',
};
