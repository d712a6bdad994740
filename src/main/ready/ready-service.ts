import type { Call } from '../../shared/call/model.ts';
import type { RepairAction } from '../../shared/checks/check.ts';
import { checksOf, type NumberChecks } from '../../shared/checks/checks.ts';
import type { NetworkFacts, RelayFacts, WebhookFacts } from '../../shared/checks/facts.ts';
import type { EchoReport } from '../../shared/devices/echo.ts';
import type { EchoAnswer, ReadySummary, ReadyView } from '../../shared/ipc/ready.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import type { IceServer } from '../../shared/protocol/frames.ts';
import type { Connection } from '../../shared/protocol/connection.ts';
import { t } from '../../shared/i18n/i18n.ts';
import { describe, type Log } from '../log.ts';
import type { Account } from '../providers/account.ts';
import type { NumberService } from '../numbers/number-service.ts';
import { notOffered, orProviderRefusal } from '../refusal.ts';
import { consoleFacts, type FactPorts, type Gathered, numberFacts } from './check-facts.ts';
import { readStanding, type ReadingPorts } from './readings.ts';
import { UnheardCalls } from './unheard-calls.ts';

/** How often everything is checked without an occasion, in ms. */
const EVERY_MS = 3_600_000;
/** A connection is lost and found again many times a day; after this, a new one is an occasion, in ms. */
const STALE_MS = 600_000;
/** Occasions come together: after the first one, this long is waited for others, in ms. */
const TOGETHER_MS = 500;

export interface ReadyPorts extends FactPorts {
  accounts: readonly Account[];
  numbers: Pick<NumberService, 'get' | 'changeSettings'>;
  /** What the relay knows; undefined without an answer. */
  askRelay: () => Promise<RelayFacts | 'older' | undefined>;
  /** Calls the relay, to be sent back what the window says. */
  echo: (sdp: string) => Promise<EchoAnswer>;
  epoch: () => string | undefined;
  iceServers: () => readonly IceServer[];
  /** Media goes by TURN alone. */
  onlyTurn: boolean;
  /** The number's last calls before this start that may tell something, oldest first. */
  earlierCalls: (accountId: string) => readonly Call[];
  fetch: ReadingPorts['fetch'];
  clock: Clock;
  log: Log;
  /** The checks may have changed. */
  changed: () => void;
}

/**
 * Gathers what the checks of all numbers look at, from the relay, the providers and the window: at
 * the start, every hour, and on occasion. Only what can be asked for is asked; webhooks and calls tell the rest.
 */
export class ReadyService {
  readonly #ports: ReadyPorts;
  readonly #next: Deadline;
  readonly #gathered: Gathered = {
    relay: undefined,
    network: undefined,
    echo: undefined,
    readings: new Map(),
    settingsErrors: new Map(),
    unheard: new UnheardCalls(),
  };
  #running: Promise<void> | undefined;
  #again = false;
  #checkedAt: number | undefined;
  #closed = false;
  /** Every snapshot asks for it. */
  #summary: ReadySummary | undefined;

  constructor(ports: ReadyPorts) {
    this.#ports = ports;
    this.#next = new Deadline(ports.clock, () => void this.check());
  }

  /** Checks everything soon: something happened that may have changed it. */
  checkSoon(): void {
    if (this.#closed) return;
    const { clock } = this.#ports;
    this.#next.set(clock.now() + TOGETHER_MS);
  }

  /** Checks everything now. Resolves when all have answered. */
  async check(): Promise<void> {
    const { clock } = this.#ports;
    if (this.#closed) return;
    this.#next.set(clock.now() + EVERY_MS);
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#checkAll();
    this.#ports.changed();
    await this.#running;
  }

  async #checkAll(): Promise<void> {
    if (this.#checkedAt === undefined) this.#recallCalls();
    do {
      this.#again = false;
      await Promise.all([
        this.#askRelay(),
        ...this.#ports.accounts.map((account) => this.#askProvider(account)),
      ]);
    } while (this.#again && !this.#closed);
    this.#running = undefined;
    this.#checkedAt = this.#ports.clock.now();
    this.#ports.changed();
  }

  /** A call in which WhatsApp heard nothing counts until one goes well, also if we were restarted. */
  #recallCalls(): void {
    const { accounts, earlierCalls } = this.#ports;
    for (const { id } of accounts)
      earlierCalls(id).forEach((call) => this.#gathered.unheard.handleEnded(call));
  }

  async #askRelay(): Promise<void> {
    this.#gathered.relay = await this.#ports.askRelay();
  }

  async #askProvider(account: Account): Promise<void> {
    const { provider, numbers, fetch, clock, epoch, log } = this.#ports;
    const { id } = account;
    const own = provider(id);
    if (!own) return;
    const ports = { fetch, now: () => clock.now(), epoch };
    try {
      const [readings] = await Promise.all([
        readStanding(account, own, ports),
        own.settings && this.#readSettings(id, numbers),
      ]);
      this.#gathered.readings.set(id, readings);
    } catch (error) {
      log.error(`ready: ${id} could not be checked: ${describe(error)}`);
    }
  }

  async #readSettings(id: string, numbers: ReadyPorts['numbers']): Promise<void> {
    try {
      await numbers.get(id);
      this.#gathered.settingsErrors.delete(id);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#gathered.settingsErrors.set(id, { code: '', message });
    }
  }

  /** What the window's test of the network showed. */
  handleNetwork(network: Omit<NetworkFacts, 'at'>): void {
    this.#gathered.network = { ...network, at: this.#ports.clock.now() };
    this.#ports.changed();
  }

  /** The window calls the relay, to be sent back what it says. */
  echo(sdp: string): Promise<EchoAnswer> {
    return this.#ports.echo(sdp);
  }

  /** What that call showed. */
  handleEcho(report: EchoReport): void {
    const { clock, devices, changed } = this.#ports;
    this.#gathered.echo = { at: clock.now(), report, microphone: devices()?.microphoneLabel };
    changed();
  }

  /** The relay was reached again, or is lost. */
  handleConnection(connection: Connection): void {
    if (connection.state === 'connected') this.handleProof();
    else {
      this.#gathered.relay = undefined;
      // The next connection may be on another network.
      this.#gathered.echo = undefined;
    }
    this.#ports.changed();
  }

  /** The relay is still there. */
  handleProof(): void {
    const { clock, changed } = this.#ports;
    this.handleChange();
    if (clock.now() - (this.#checkedAt ?? 0) > STALE_MS) this.checkSoon();
    else if (this.#gathered.relay === undefined) void this.#askRelay().then(changed);
  }

  /** A number's webhook came just now, or while we were away. @param at Unix ms */
  handleWebhook(accountId: string, at: number): void {
    this.handleWebhooks({ accountId, takenAt: at });
  }

  /** The relay says what has become of a number's webhooks. */
  handleWebhooks({ accountId, takenAt = 0, refused }: WebhookFacts): void {
    const relay = this.#gathered.relay;
    if (relay === undefined || relay === 'older') return;
    const own = relay.numbers.find((number) => number.accountId === accountId);
    if (!own || (takenAt <= (own.takenAt ?? 0) && refused === undefined)) return;
    const latest = {
      accountId,
      takenAt: Math.max(takenAt, own.takenAt ?? 0) || undefined,
      refused: refused ?? own.refused,
    };
    this.#gathered.relay = {
      ...relay,
      numbers: relay.numbers.map((one) => (one === own ? latest : one)),
    };
    this.#ports.changed();
  }

  /** A call of this console is over. If it failed, what made it fail may be found. */
  handleEnded(call: Call): void {
    const { accountId, phase } = call;
    const before = this.#gathered.unheard.at(accountId);
    this.#gathered.unheard.handleEnded(call);
    if (this.#gathered.unheard.at(accountId) !== before) this.#ports.changed();
    if (phase.name === 'ended' && phase.reason.kind === 'failed') this.checkSoon();
  }

  /** A number's settings were changed elsewhere, and have to be read again. */
  handleNumber(accountId: string): void {
    const { provider, states, changed } = this.#ports;
    changed();
    if (!provider(accountId)?.settings) return;
    if (states.get(accountId).settings === undefined) this.checkSoon();
  }

  /**
   * Puts something right where the provider's API can, and checks again.
   * @throws Refusal
   */
  async repair(accountId: string, action: RepairAction): Promise<void> {
    const { numbers, provider } = this.#ports;
    switch (action) {
      case 'switch-calling-on':
        await numbers.changeSettings(accountId, { calling: true });
        break;
      case 'show-icon':
        await numbers.changeSettings(accountId, { iconVisible: true });
        break;
      case 'subscribe': {
        const standing = provider(accountId)?.standing;
        if (!standing) throw notOffered(t('notOffered.settings'));
        orProviderRefusal(await standing.subscribe());
        break;
      }
      // The window does the others itself.
      default:
        break;
    }
    await this.check();
  }

  /** The servers by which the window's media reaches the relay, and the relay's host. */
  mediaServers(): { iceServers: readonly IceServer[]; host: string; onlyTurn: boolean } {
    const { iceServers, relayUrl, onlyTurn } = this.#ports;
    return { iceServers: iceServers(), host: new URL(relayUrl).hostname, onlyTurn };
  }

  view(): ReadyView {
    return {
      running: this.#running !== undefined,
      checkedAt: this.#checkedAt,
      numbers: this.#checks(),
    };
  }

  /** Something that the checks look at has changed. */
  handleChange(): void {
    this.#summary = undefined;
  }

  /** How many checks need attention, over all numbers. */
  summary(): ReadySummary {
    return (this.#summary ??= this.#count());
  }

  #count(): ReadySummary {
    const states = new Set(
      this.#checks().flatMap(({ accountId, checks }) =>
        checks.map(({ id, state }) => `${state} ${isOfConsole(id) ? '' : accountId} ${id}`),
      ),
    );
    const count = (state: string) => [...states].filter((one) => one.startsWith(state)).length;
    return { faults: count('fault'), warnings: count('warning') };
  }

  close(): void {
    this.#closed = true;
    this.#next.set(undefined);
  }

  #checks(): readonly NumberChecks[] {
    const { accounts, clock } = this.#ports;
    const console = consoleFacts(this.#ports, this.#gathered);
    return accounts.map((account) => ({
      accountId: account.id,
      checks: checksOf(console, numberFacts(this.#ports, this.#gathered, account), clock.now()),
    }));
  }
}

/** Checks that say the same on every number. */
const isOfConsole = (id: string): boolean => OF_CONSOLE.has(id);
const OF_CONSOLE: ReadonlySet<string> = new Set([
  'relay',
  'relay-clock',
  'agent-token',
  'microphone',
  'speaker',
  'ring',
  'udp',
  'turn',
  'echo',
  'prices',
]);
