import { shownAs } from '../../../src/main/snapshot/shown-as.ts';
import { emptyWrapUpForm } from '../../../src/shared/protocol/wrap-up.ts';
import type { Facts } from '../../../src/shared/rules/facts.ts';
import { capabilities } from '../../../src/shared/providers/capabilities.ts';
import type { HistoryDetail, HistoryRow } from '../../../src/shared/ipc/history.ts';
import type { LiveCall, TeamView } from '../../../src/shared/ipc/live-call.ts';
import type { Settings } from '../../../src/shared/ipc/settings.ts';
import type { Snapshot } from '../../../src/shared/ipc/snapshot.ts';
import type { Permission } from '../../../src/shared/rules/facts.ts';
import type { Teammate } from '../../../src/shared/protocol/frames.ts';
import type { Outcome } from '../../../src/shared/call/record.ts';

/** Snapshots, calls and histories for tests and for the harness. */
export const settings: Settings = {
  theme: 'system',
  language: 'system',
  microphones: [],
  speakers: [],
  ringers: [],
  ringerVolume: 0.8,
  defaultCountry: 'BR',
  acceptShortcut: 'CommandOrControl+Alt+A',
  declineShortcut: 'CommandOrControl+Alt+D',
  muteShortcut: '',
  selectionShortcut: '',
  ringdeskLinks: true,
  screenPop: { address: '', name: '', onAccept: true },
  localApi: false,
  localApiPort: 47_520,
  showRingWindow: true,
  showNotification: true,
  announceMessages: true,
  trayHint: false,
  savedViews: [],
  exportPresets: [],
  insightZone: '',
};

export function snapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    now: Date.now(),
    revision: 1,
    app: { version: '0.1.0', electron: '45.4.1', language: 'en', workspace: 'demo' },
    agent: { id: 'bea', name: 'Bea Lima' },
    accounts: [
      {
        id: 'support',
        provider: 'meta',
        label: 'Support',
        number: '+551150201234',
        capabilities: capabilities.meta,
        path: 'direct',
        recorded: 'off',
        ready: true,
        findings: [],
      },
    ],
    connection: { state: 'connected', since: Date.now() - 5_400_000, provenAt: Date.now() - 4000 },
    missedWhileAway: [],
    calls: [],
    unseenMissed: 0,
    loggedCalls: 0,
    ready: { faults: 0, warnings: 0 },
    ringer: { state: 'untried' },
    todo: { waiting: 0, mine: 0, recent: 0, queued: 0 },
    presence: { state: 'available', dnd: false },
    wrapUpForm: emptyWrapUpForm,
    team: [],
    supervisable: [],
    messages: [],
    vault: { state: 'ready', backend: 'gnome_libsecret' },
    settings,
    updates: { channel: 'stable', isChannelLocked: false, now: { state: 'current' } },
    keys: { accept: 'ours', decline: 'ours', mute: 'none', selection: 'none' },
    notices: [],
    ...changes,
  };
}

export function ringingCall(changes: Partial<LiveCall> = {}): LiveCall {
  const now = Date.now();
  const call = {
    id: 'support/wacid.1',
    accountId: 'support',
    path: 'direct',
    direction: 'inbound',
    party: { waId: '5511955501234', name: 'Ana Souza' },
    providerCallId: 'wacid.1',
    createdAt: now - 12_000,
    muted: false,
    phase: { name: 'ringing', deadlineAt: now + 48_000, ready: true },
    account: { label: 'Support', number: '+551150201234' },
    country: 'BR',
    alsoRings: ['Bruno', 'Carla'],
    history: {
      lastAt: now - 26 * 3_600_000,
      lastOutcome: 'answered',
      lastSeconds: 251,
      missedToday: 1,
    },
    ...changes,
  } satisfies Partial<LiveCall>;
  return { ...call, shownAs: shownAs(call, [call]), ...changes };
}

export function connectedCall(changes: Partial<LiveCall> = {}): LiveCall {
  const now = Date.now();
  return ringingCall({
    id: 'support/wacid.2',
    party: { waId: '393331234567', name: 'Chiara Rossi' },
    country: 'IT',
    createdAt: now - 760_000,
    acceptPressedAt: now - 751_000,
    connectedAt: now - 750_000,
    audioAt: now - 749_900,
    phase: { name: 'connected' },
    ...changes,
  });
}

/** A relayed call. */
export function relayedCall(team: Partial<TeamView> = {}): LiveCall {
  return connectedCall({
    path: 'relayed',
    team: {
      onHold: false,
      supervisors: [{ name: 'Carla', mode: 'listen' }],
      dtmf: '1#',
      legs: { customer: { packets: 900, lost: 9, rttMs: 84 }, agent: { packets: 900, lost: 0 } },
      ...team,
    },
  });
}

export function teammate(id: string, name: string, changes: Partial<Teammate> = {}): Teammate {
  return {
    id,
    name,
    role: 'agent',
    presence: 'available',
    since: Date.now() - 600_000,
    takesTransfers: true,
    ...changes,
  };
}

/** The snapshot of a supervisor in a varied team. */
export const teamDesk = {
  team: [
    teammate('bea', 'Bea Lima', { role: 'supervisor', presence: 'on-call' }),
    teammate('bruno', 'Bruno Dias', { team: 'Sales' }),
    teammate('carla', 'Carla Nunes', { presence: 'on-call' }),
    teammate('davi', 'Davi Rocha', { presence: 'offline' }),
    teammate('eva', 'Eva Prado', { takesTransfers: false }),
  ],
  supervisable: [
    {
      callId: 'support/w7',
      agent: 'Carla Nunes',
      account: 'Support',
      state: 'talking' as const,
      others: [],
      party: { name: 'Hiro Tanaka', waId: '819012345678' },
      startedAt: Date.now() - 95_000,
      mode: 'listen',
    },
  ],
} satisfies Partial<Snapshot>;

const people: readonly (readonly [string | undefined, string, string])[] = [
  ['Ana Souza', '5511955501234', 'BR'],
  ['Liam Carter', '12025550143', 'US'],
  ['Chiara Rossi', '393331234567', 'IT'],
  [undefined, '4915155501234', 'DE'],
  ['Amara Okafor', '2348012345678', 'NG'],
  ['Lucía Fernández de la Vega y Castellanos', '34655501234', 'ES'],
  ['Hiro Tanaka', '819012345678', 'JP'],
];
const fates: readonly Outcome[] = [
  'answered',
  'missed',
  'answered',
  'unanswered',
  'answered',
  'elsewhere',
  'declined',
];

export function historyRow(index: number): HistoryRow {
  const [name, waId, country] = people[index % people.length] ?? [
    'Ana Souza',
    '5511955501234',
    'BR',
  ];
  const outcome = fates[(index * 3 + (index >> 3)) % fates.length] ?? 'answered';
  const createdAt = Date.now() - 120_000 - index * 2_900_000;
  const talkSeconds = outcome === 'answered' ? 35 + ((index * 97) % 900) : undefined;
  return {
    id: `call/${index}`,
    direction: outcome === 'unanswered' ? 'outbound' : 'inbound',
    outcome,
    party: { name, waId },
    country,
    accountId: 'support',
    accountLabel: 'Support',
    createdAt,
    connectedAt: talkSeconds === undefined ? undefined : createdAt + 6000,
    endedAt: createdAt + 6000 + (talkSeconds ?? 20) * 1000,
    talkSeconds,
    unseen: outcome === 'missed' && index < 12,
  };
}

export function historyDetail(row: HistoryRow): HistoryDetail {
  const at = row.createdAt;
  const answered = row.outcome === 'answered';
  return {
    ...row,
    providerCallId: 'wacid.HBgMNTUxMTk1NTUwMTIzNBUCABEYEjQ1QUZFMEM3',
    payload: answered ? 'order-991' : undefined,
    endReason: answered ? { kind: 'customer-hung-up' } : { kind: 'caller-gone' },
    parts: [],
    recordings: [],
    listens: [],
    quality: answered
      ? {
          packetsReceived: 18_211,
          packetsLost: 31,
          packetsSent: 18_105,
          jitterMs: 6.2,
          rttMs: 84,
          mos: 4.31,
          firstAudioMs: 112,
          route: 'prflx',
        }
      : undefined,
    timeline: [
      { at, from: 'provider', kind: 'offer' },
      { at: at + 140, from: 'media', kind: 'answer-ready' },
      { at: at + 150, from: 'relay', kind: 'alone', detail: 'yes' },
      { at: at + 260, from: 'api', kind: 'pre-accepted' },
      ...(answered
        ? ([
            { at: at + 5900, from: 'agent', kind: 'accept' },
            { at: at + 6000, from: 'api', kind: 'accepted' },
            { at: at + 6112, from: 'media', kind: 'audio' },
          ] as const)
        : []),
      { at: row.endedAt, from: 'provider', kind: 'terminated' },
      {
        at: row.endedAt + 800,
        from: 'provider',
        kind: 'terminated',
        ignored: 'the call is over',
      },
    ],
  };
}

export function permission(status: Permission['status']): Permission {
  const now = Date.now();
  return {
    status,
    expiresAt: status === 'temporary' ? now + 19.4 * 3_600_000 : undefined,
    call: { allowed: status !== 'none', limits: [{ period: 'PT24H', max: 100, used: 3 }] },
    request: {
      allowed: status === 'none',
      limits: [
        { period: 'PT24H', max: 1, used: 0 },
        { period: 'P7D', max: 2, used: 1 },
      ],
    },
    checkedAt: now - 3000,
  };
}

/** What the rules look at for João and our number, with this answer of the provider. */
export function facts(permission: Facts['permission'], more: Partial<Facts> = {}): Facts {
  return {
    provider: 'meta',
    business: { number: '+551150201234', callingEnabled: true },
    customer: { number: '5511987654321' },
    permission,
    history: [],
    ...more,
  };
}
