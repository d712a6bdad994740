// A simulated main process inside the page, for looking at every screen. `?scene=` chooses the state.
import {
  relayedCall,
  connectedCall,
  historyDetail,
  historyRow,
  ringingCall,
  settings,
  snapshot,
  teamDesk,
} from '../fixtures.ts';
import {
  bill,
  card,
  contact,
  contactFacts,
  contactRow,
  forwardedAccount,
  forwardedView,
  analytics,
  templates,
} from '../people.ts';
import { insightFigures } from './insight.mjs';
import {
  damaged,
  database,
  notice,
  numberWith,
  peaks,
  recorded,
  silence,
  storage,
} from './kept.mjs';

const query = new URLSearchParams(location.search);
const now = Date.now();
const person = (name, waId, country) => ({ party: { name, waId }, country });
const callOffer = (why) => ({
  callId: 'support/w1',
  why,
  from: 'Ana Lima',
  ...(why === 'transfer' && { note: 'Wants a refund for order 991, the second one this month' }),
  deadlineAt: now + 30_000,
});
/** It rang here, came by transfer, and went on to somebody else. */
const callWithLegs = () => {
  const at = now - 900_000;

  return {
    ...historyDetail({ ...historyRow(0), outcome: 'answered', talkSeconds: 131 }),
    endReason: { kind: 'transferred', to: 'Carla Nunes' },
    wholeSeconds: 402,
    parts: [
      {
        id: 'a',
        createdAt: at,
        endReason: { kind: 'answered-elsewhere', by: 'Ana Lima' },
      },
      {
        id: 'b',
        createdAt: at + 95_000,
        callOffer: callOffer('transfer'),
        transfers: [
          { at: at + 200_000, to: 'Bruno Dias', end: 'unanswered' },
          { at: at + 260_000, to: 'Carla Nunes', note: 'Knows the order', end: 'accepted' },
        ],
        endReason: { kind: 'transferred', to: 'Carla Nunes' },
        talkSeconds: 131,
      },
    ],
  };
};
const heldCall = (team) => ({
  ...relayedCall(team),
  onHold: true,
  talkIntervals: [{ from: now - 90_000, to: now - 42_000 }],
});
const recordedCall = (state) => connectedCall({ recording: { by: 'console', state } });
const scenes = {
  idle: {},
  ringing: { calls: [ringingCall()] },
  'ringing-first': {
    calls: [
      ringingCall({
        history: 'none',
        alsoRings: [],
        payload: 'order-991',
        party: { waId: '4915155501234' },
        country: 'DE',
      }),
    ],
  },
  'ringing-two': {
    calls: [
      ringingCall(),
      ringingCall({ id: 'support/w9', ...person('Arjun Mehta', '919812345670', 'IN') }),
    ],
  },
  'ringing-nomic': {
    calls: [
      ringingCall({
        phase: {
          name: 'ringing',
          deadlineAt: now + 8000,
          ready: false,
          mediaProblem: 'microphone-denied',
        },
      }),
    ],
  },
  taken: {
    calls: [
      ringingCall({
        phase: {
          name: 'ended',
          at: now + 60_000,
          reason: { kind: 'answered-elsewhere', by: 'Bruno' },
        },
      }),
    ],
  },
  call: { calls: [connectedCall()] },
  team: { ...teamDesk, calls: [relayedCall()] },
  transferring: {
    ...teamDesk,
    calls: [
      heldCall({ asking: { to: 'Bruno Dias', deadlineAt: now + 24_000, note: 'Wants a refund' } }),
    ],
  },
  consulting: {
    ...teamDesk,
    calls: [heldCall({ consulting: { with: 'Bruno Dias', asked: false }, dtmf: '1#42' })],
  },
  'on-hold': { ...teamDesk, calls: [heldCall({ onHold: true })] },
  asked: {
    ...teamDesk,
    calls: [
      {
        ...heldCall({ consulting: { with: 'Ana Lima', asked: true } }),
        callOffer: callOffer('transfer'),
      },
    ],
  },
  'taken-over': { ...teamDesk, calls: [{ ...relayedCall(), callOffer: callOffer('transfer') }] },
  reverted: {
    ...teamDesk,
    calls: [relayedCall()],
    notices: [
      {
        id: 't',
        kind: 'warning',
        code: 'transfer-reverted',
        values: { name: 'Bruno Dias', end: 'unanswered' },
        at: now,
      },
      ...['A', 'B', 'C'].map((key) => ({
        id: key,
        kind: 'warning',
        code: 'shortcut-taken',
        values: { shortcut: `Ctrl+Alt+${key}` },
        at: now,
      })),
    ],
  },
  'ringing-waiting': {
    calls: [ringingCall({ path: 'relayed', callOffer: callOffer('requeue') })],
  },
  'ringing-transfer': {
    calls: [
      ringingCall({
        path: 'relayed',
        callOffer: {
          callId: 'support/w1',
          why: 'transfer',
          from: 'Bruno',
          note: 'Wants a refund for order 991',
          deadlineAt: now + 30_000,
        },
      }),
    ],
  },
  muted: { calls: [connectedCall({ muted: true })] },
  waiting: { calls: [connectedCall(), ringingCall()] },
  calling: {
    calls: [
      connectedCall({
        direction: 'outbound',
        createdAt: now - 7000,
        connectedAt: undefined,
        audioAt: undefined,
        phase: { name: 'customer-ringing' },
      }),
    ],
  },
  failed: {
    calls: [
      connectedCall({
        direction: 'outbound',
        connectedAt: undefined,
        phase: {
          name: 'ended',
          at: now + 60_000,
          reason: {
            kind: 'failed',
            error: { code: '138006', message: 'No permission', transient: false },
          },
        },
      }),
    ],
  },
  'wrap-up': {
    presence: { state: 'wrap-up', until: now + 24_000, dnd: false },
    calls: [
      connectedCall({
        phase: { name: 'ended', at: now - 6000, reason: { kind: 'customer-hung-up' } },
        payload: 'order-991',
        lastMessage: { text: 'my order 991 came broken. Can you call me?', at: now - 90_000 },
      }),
    ],
  },
  reconnecting: {
    connection: {
      state: 'reconnecting',
      retryAt: now + 9000,
      attempt: 3,
      lostAt: now - 41_000,
      why: 'the relay closed the connection',
    },
  },
  forwarded: { accounts: [forwardedAccount] },
  external: {
    calls: [
      connectedCall({
        direction: 'outbound',
        path: 'external',
        party: { waId: '525512345678', name: 'Sofía Hernández' },
        country: 'MX',
        connectedAt: now - 63_000,
        phase: { name: 'external', stage: 'talking', deadlineAt: now + 60_000 },
      }),
    ],
  },
  costs: {
    calls: [
      connectedCall({
        direction: 'outbound',
        party: { waId: '525512345678', name: 'Sofía Hernández' },
        country: 'MX',
        connectedAt: now - 63_000,
      }),
    ],
  },
  missed: { unseenMissed: 4, missedWhileAway: ['call/1', 'call/8'] },
  dnd: { presence: { state: 'dnd', dnd: true } },
  notices: {
    notices: [
      {
        id: 'a',
        kind: 'info',
        code: 'permission-granted',
        values: { name: 'Sofía Hernández', waId: '525512345678' },
        at: now,
      },
      {
        id: 'd',
        kind: 'error',
        code: 'number-restricted',
        values: {
          number: 'support',
          label: 'Support',
          what: 'RESTRICTED_BUSINESS_INITIATED_CALLING',
        },
        at: now,
      },
      {
        id: 'b',
        kind: 'warning',
        code: 'shortcut-taken',
        values: { shortcut: 'Ctrl+Alt+A' },
        at: now,
      },
      {
        id: 'c',
        kind: 'error',
        code: 'profile-invalid',
        values: { why: 'the token of Support could not be read' },
        at: now,
      },
    ],
  },
  vault: {
    app: { version: '0.1.0', electron: '45.4.1', language: 'en', workspace: 'profile' },
    vault: { state: 'needs-consent', backend: 'basic_text' },
  },
  // As an organisation's policy leaves it.
  policy: {
    organisation: {
      sources: ['/etc/ringdesk/policy.json', 'HKEY_LOCAL_MACHINE\\Software\\Policies\\Ringdesk'],
      locked: Object.keys(settings),
      off: ['demo', 'export', 'localApi', 'screenPop', 'recording'],
    },
    updates: { channel: 'stable', isChannelLocked: true, now: { state: 'current' } },
    storage: storage({ isOnNetwork: true, copiedAt: now - 5_400_000 }),
  },
  'disk-full': {
    storage: storage({ trouble: { kind: 'full', why: 'disk full', since: now }, waiting: 3 }),
    notices: [
      notice('storage-trouble', 'error', { what: 'full', path: database }),
      notice('storage-left-out', 'warning', { what: 'setting theme' }),
    ],
  },
  rescued: {
    storage: storage({ setAside: { path: damaged, at: now, progress: 0.4 } }),
    notices: [
      notice('storage-set-aside', 'error', { what: 'going-on', path: damaged }),
      notice('storage-network', 'warning', { path: database }),
    ],
  },
  // The most that a pane can hold.
  crowded: {
    ...teamDesk,
    calls: [
      {
        ...heldCall({
          asking: { to: 'Bruno Dias', deadlineAt: now + 24_000, note: 'Wants a refund' },
        }),
        recording: { by: 'relay', state: { step: 'paused', until: now + 40_000 } },
      },
      ringingCall({ id: 'support/w9', ...person('Arjun Mehta', '919812345670', 'IN') }),
    ],
    notices: [
      notice('storage-trouble', 'error', { what: 'full', path: database }),
      notice('callback-due', 'warning', { name: 'Sofía Hernández', waId: '525512345678' }),
    ],
  },
  'record-asking': { calls: [recordedCall({ step: 'asking' })] },
  'record-on': { calls: [recordedCall({ step: 'on' })] },
  'record-paused': { calls: [recordedCall({ step: 'paused', until: now + 40_000 })] },
  'record-failed': { calls: [recordedCall({ step: 'failed', why: 'disk-full' })] },
  fresh: {
    app: { version: '0.1.0', electron: '45.4.1', language: 'en', workspace: 'none' },
    agent: undefined,
    accounts: [],
    connection: { state: 'unconfigured' },
  },
  empty: {},
};
const scene = query.get('scene') ?? 'idle';
const made = snapshot({
  ...(scene !== 'empty' && {
    todo: { waiting: 12, mine: 3, recent: 200, queued: 0 },
    loggedCalls: 1_234_567,
  }),
  ...scenes[scene],
  wrapUpForm: {
    outcomes: ['Solved', 'Passed on', 'Call again', 'Wrong number'],
    tags: ['Delivery', 'Refund', 'Complaint'],
    required: true,
  },
  localApi: { state: 'on', address: 'http://127.0.0.1:47520' },
  settings: {
    ...settings,
    localApi: true,
    ...(query.has('views') && {
      savedViews: [
        { name: 'Missed this week', filter: { outcome: 'missed' } },
        { name: 'Outgoing', filter: { direction: 'outbound' } },
        { name: 'Order', filter: { text: 'order' } },
      ],
    }),
    theme: query.get('theme') ?? 'light',
    ...(query.has('devices') && {
      microphones: [
        { id: 'gone', label: 'Jabra Evolve2 65', group: '' },
        { id: 'fake', label: 'Fake Default Audio Input', group: '' },
        { id: 'one', label: 'Fake Audio Input 1', group: '' },
      ],
      speakers: [{ id: 'out', label: 'Jabra Evolve2 65', group: '' }],
    }),
    screenPop: {
      address: 'https://crm.example.com/search?phone={number}&order={payload}',
      name: 'CRM',
      onAccept: true,
    },
  },
});
let current = { ...made, app: { ...made.app, language: query.get('language') ?? 'en' } };
const listeners = new Set();
const change = (changes) => {
  current = { ...current, ...changes, revision: current.revision + 1 };
  for (const listener of listeners) listener({ type: 'snapshot', snapshot: current });
};
const rows = scene === 'empty' ? [] : Array.from({ length: 5000 }, (_, index) => historyRow(index));
const customer = (id, name, waId, country, does, direction) => ({
  id,
  name,
  waId,
  country,
  does,
  direction,
});

const answers = {
  'app.hello': () => current,
  'history.list': ({ filter, after, limit }) => {
    const found = rows.filter(
      ({ outcome, direction, party }) =>
        (!filter.outcome || outcome === filter.outcome) &&
        (!filter.direction || direction === filter.direction) &&
        (!filter.text ||
          `${party.name} ${party.waId}`.toLowerCase().includes(filter.text.toLowerCase())),
    );
    const start = Number(after ?? 0);
    const next = start + limit < found.length ? String(start + limit) : undefined;
    return { rows: found.slice(start, start + limit), next };
  },
  'history.counts': ({ filters }) =>
    filters.map(({ text, outcome }) =>
      text ? { calls: 1000, isMore: true } : { calls: outcome ? 1231 : 412, isMore: false },
    ),
  'history.get': ({ callId }) =>
    callId === 'call/legs'
      ? callWithLegs()
      : scene === 'forwarded'
        ? {
            ...historyDetail({ ...historyRow(0), direction: 'outbound' }),
            bill,
            recorded: {},
            reconciled: true,
          }
        : query.has('voicemail')
          ? {
              ...historyDetail({ ...historyRow(1), voicemail: true }),
              voicemailItem: 'voicemail',
            }
          : query.has('recorded')
            ? { ...historyDetail(historyRow(0)), ...recorded }
            : historyDetail(rows.find(({ id }) => id === callId)),
  'contacts.facts': () =>
    contactFacts(
      query.get('permission') ?? 'permanent',
      query.has('closed') ? { history: [] } : {},
    ),
  'contacts.list': () => ({
    rows: scene === 'empty' ? [] : Array.from({ length: 5 }, (_, index) => contactRow(index)),
  }),
  'contacts.get': () => contact(),
  'notes.get': () => ({
    text: 'Order 991 came broken. Wants a new cup, not a refund.',
    disposition: query.has('undecided') ? undefined : 'Passed on',
    tags: ['Delivery'],
    others: [
      {
        by: 'Bruno Dias',
        text: 'Promised an answer by Friday.',
        disposition: 'Call again',
        tags: ['Refund'],
        at: Date.now() - 1_200_000,
      },
    ],
  }),
  'notes.set': () => null,
  'messages.templates': () => templates,
  'numbers.get': () =>
    query.has('forwarded') ? forwardedView : numberWith(query.get('voicemail')),
  'recordings.peaks': () => ({ peaks }),
  'messages.file': () => ({ bytes: silence(), mime: 'audio/wav' }),
  'autostart.get': () => ({ state: 'on' }),
  'numbers.estimate': () => ({ bill }),
  'numbers.analytics': () => analytics,
  'rate-card.get': () => ({ name: 'rates.csv', importedAt: now, csv: card, currency: 'USD' }),
  'settings.set': ({ settings: changes }) => {
    const app = { ...current.app, language: changes.language ?? current.app.language };
    change({ app, settings: { ...current.settings, ...changes } });
    return null;
  },
  'ready.media-servers': () => ({ iceServers: [], host: 'relay.example.com' }),
  'diagnostics.make': () => ({
    name: 'diagnostics.json',
    text: JSON.stringify(
      { format: 'ringdesk-diagnostics/1', log: rows.slice(0, 30) },
      undefined,
      2,
    ),
  }),
  'local-api.token': () => ({ token: 'q3nRk8hVw1xYz0aBcDeFgHiJkLmNoPqRsTuVwXyZ012' }),
  'links.get': () => [
    { scheme: 'ringdesk', state: 'ours' },
    { scheme: 'tel', state: 'other', program: 'Phone Link' },
    { scheme: 'callto', state: 'nobody' },
    { scheme: 'whatsapp', state: 'other', program: 'WhatsApp' },
  ],
  'presence.set': ({ presence }) => {
    change({ presence: { state: presence, dnd: presence === 'dnd' } });
    return null;
  },
  'demo.customers': () => [
    customer('ana', 'Ana Souza', '5511955501234', 'BR', 'talks', 'inbound'),
    customer('liam', 'Liam Carter', '12025550143', 'US', 'tone', 'inbound'),
    customer('chiara', 'Chiara Rossi', '393331234567', 'IT', 'echo', 'inbound'),
    customer('jonas', 'Jonas Weber', '4915155501234', 'DE', 'gives-up', 'inbound'),
    customer('dewi', 'Dewi and Arjun', '6281234567890', 'ID', 'two-at-once', 'inbound'),
    customer('ruby', 'Ruby Taylor', '61491570156', 'AU', 'answers', 'outbound'),
    customer('sofia', 'Sofía Hernández', '525512345678', 'MX', 'no-permission', 'outbound'),
  ],
  'insight.figures': (question) =>
    query.get('scene') === 'empty'
      ? insightFigures({ ...question, range: { ...question.range, to: 0 } }, ['support'], now)
      : insightFigures(
          question,
          made.accounts.map(({ id }) => id),
          now,
        ),
  'insight.bills': () => ({
    bills: [
      {
        accountId: 'support',
        month: new Date(now).toISOString().slice(0, 7),
        amount: '412.5',
        currency: 'USD',
      },
    ],
    mayEnter: true,
  }),
  'insight.set-bill': () => null,
  'insight.limits': () => ({ warnBelow: 75, holdBelow: 60, atLeast: 20 }),
  'insight.save': ({ name }) => ({ path: `/home/bea/Documents/${name}` }),
  'export.cancel': () => null,
  'export.calls': () => ({ path: '/home/bea/Documents/calls-2026-11-22.csv', rows: rows.length }),
};

window.ringdesk = {
  async request(name, input) {
    if (query.get('refuse') === name) {
      return {
        ok: false,
        error: {
          code: 'provider',
          message: '',
          provider: { code: '138006', message: '', transient: false },
        },
      };
    }
    return { ok: true, value: answers[name]?.(input) ?? null };
  },
  onEvent(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
