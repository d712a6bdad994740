import type {
  NoUpdates,
  UpdateChannel,
  UpdatePlan,
  UpdateState,
  UpdateView,
} from '../../shared/ipc/updates.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Log } from '../log.ts';
import { refusal } from '../refusal.ts';
import type { UpdateChoices } from './choices.ts';
import { failureOf } from './problem.ts';

/** A version that can be installed. */
export interface Offer {
  version: string;
  /** What is new. */
  notes: string;
}

/** Finds, fetches and installs updates. */
export interface UpdateSource {
  /** The channel's newest version, if it is newer than this one. */
  check(channel: UpdateChannel): Promise<Offer | undefined>;
  /** Fetches what `check` found. */
  download(onProgress: (percent: number) => void): Promise<void>;
  /**
   * Puts it in place of this version. Resolves once a restart would start it; a kind whose installer waits until this
   * process ends resolves at once.
   */
  install(): Promise<void>;
  /** Ends this process, and starts the new version if so wanted. */
  leave(restart: boolean): void;
}

/** What an organisation sets about updates. */
export interface UpdatePolicy {
  enabled?: boolean | undefined;
  channel?: UpdateChannel | undefined;
  forceAt?: string | undefined;
}

interface UpdatesPorts {
  /** Undefined with the reason why this copy does not update itself. */
  source: UpdateSource | { why: NoUpdates };
  policy: UpdatePolicy;
  choices: Pick<UpdateChoices, 'channel' | 'setChannel' | 'failed' | 'news' | 'seen'>;
  /** This version has started well. Gives the version before, if it is the first time. */
  confirm: () => string | undefined;
  clock: Clock;
  log: Log;
  changed: () => void;
}

const HOUR_MS = 3_600_000;
/** The first look comes when the start is over, in ms. */
const FIRST_LOOK_MS = 10_000;
const LOOK_EVERY_MS = 4 * HOUR_MS;
/** After a failure. */
const LOOK_AGAIN_MS = HOUR_MS;
/** How long *Later* is, in ms. */
const LATER_MS = 4 * HOUR_MS;

/**
 * Looks for updates, and has one installed when the agent wants it, but never in a call, a ring or a wrap-up. An
 * organisation can name a time from which on nobody can put it off.
 */
export class Updates {
  readonly #ports: UpdatesPorts;
  #state: UpdateState;
  #offer: Offer | undefined;
  #plan: UpdatePlan = 'ask';
  #isBusy = false;
  #isAway = false;
  #cancelLook: () => void = () => undefined;
  #cancelPlan: () => void = () => undefined;
  #cancelForce: () => void = () => undefined;
  #isClosed = false;
  /** The version before, in the first run after an update. */
  #cameFrom: string | undefined;

  constructor(ports: UpdatesPorts) {
    this.#ports = ports;
    const { source, policy } = ports;
    if ('why' in source) this.#state = { state: 'none', why: source.why };
    else if (policy.enabled === false) this.#state = { state: 'none', why: 'organisation' };
    else this.#state = { state: 'current' };
  }

  /** The console has started: looks now and again from now on. */
  start(): void {
    const { confirm, log, changed } = this.#ports;
    this.#cameFrom = confirm();
    if (this.#cameFrom !== undefined) {
      log.info(`update: this version has started for the first time, after ${this.#cameFrom}`);
      changed();
    }
    if (this.#source) this.#lookIn(FIRST_LOOK_MS);
  }

  get view(): UpdateView {
    const { policy, choices } = this.#ports;
    return {
      channel: this.#channel,
      isChannelLocked: policy.channel !== undefined,
      ...(choices.news !== undefined && { wentBackFrom: choices.news }),
      ...(this.#cameFrom !== undefined && { cameFrom: this.#cameFrom }),
      now: this.#state,
    };
  }

  /** Looks for an update now. Resolves when it is known whether there is one, and it is fetched. */
  async look(): Promise<void> {
    const { state } = this.#state;
    if (!this.#source || state === 'checking' || state === 'downloading' || state === 'installing')
      return;
    const had = this.#offer;
    try {
      if (!had) this.#become({ state: 'checking' });
      await this.#lookAt(this.#source, had);
      this.#lookIn(LOOK_EVERY_MS);
    } catch (error) {
      this.#lookIn(LOOK_AGAIN_MS);
      this.#ports.log.warn(`update: ${String(error)}`);
      // What was fetched before is still good.
      if (had) return;
      this.#become({ state: 'failed', why: failureOf(error), at: this.#ports.clock.now() });
    }
  }

  /** Chooses the channel, and looks what is there. */
  setChannel(channel: UpdateChannel): void {
    if (this.#ports.policy.channel !== undefined) throw refusal('organisation');
    this.#ports.choices.setChannel(channel);
    this.#ports.changed();
    this.#forget();
    void this.look();
  }

  /** When the update that is ready is installed. */
  plan(plan: Exclude<UpdatePlan, 'ask'>): void {
    if (!this.#offer) return;
    this.#plan = plan;
    this.#ports.log.info(`update: the agent chose ${plan}`);
    this.#cancelPlan();
    if (plan === 'later') {
      const { clock } = this.#ports;
      this.#cancelPlan = clock.at(clock.now() + LATER_MS, () => {
        this.#plan = 'ask';
        this.#showReady();
      });
    }
    this.#showReady();
    this.#installIfDue();
  }

  readonly handleSnapshot = ({ calls, presence }: Snapshot): void => {
    const isBusy =
      calls.some(({ phase }) => phase.name !== 'ended') ||
      presence.state === 'on-call' ||
      presence.state === 'wrap-up';
    const isAway = presence.state === 'away';
    if (isBusy === this.#isBusy && isAway === this.#isAway) return;
    this.#isBusy = isBusy;
    this.#isAway = isAway;
    if (this.#state.state === 'ready') this.#showReady();
    this.#installIfDue();
  };

  /** The agent quits: installs what was to be installed at the end of the shift. */
  async handleQuit(): Promise<void> {
    const isDue = this.#plan === 'shift-end' || this.#plan === 'now' || this.#isForced();
    if (!this.#offer || !isDue || this.#isBusy || this.#state.state === 'installing') return;
    await this.#install(false);
  }

  /** The agent has read what became of the last update. */
  dismiss(): void {
    this.#cameFrom = undefined;
    if (this.#ports.choices.news !== undefined) this.#ports.choices.seen();
    this.#ports.changed();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelLook();
    this.#cancelPlan();
    this.#cancelForce();
  }

  get #source(): UpdateSource | undefined {
    const { source, policy } = this.#ports;
    return 'why' in source || policy.enabled === false ? undefined : source;
  }

  get #channel(): UpdateChannel {
    return this.#ports.policy.channel ?? this.#ports.choices.channel;
  }

  async #lookAt(source: UpdateSource, had: Offer | undefined): Promise<void> {
    const { clock, log, choices } = this.#ports;
    const newest = await source.check(this.#channel);
    // It did not start here.
    const offer = newest?.version === choices.failed ? undefined : newest;
    if (offer?.version === had?.version && had) {
      // It could not be installed, such as without the password. The agent may try again.
      if (this.#state.state === 'failed') this.#ask();
      return;
    }
    if (!offer) {
      this.#forget();
      return this.#become({ state: 'current', checkedAt: clock.now() });
    }
    log.info(`update: ${offer.version} is there`);
    const { version } = offer;
    this.#become({ state: 'downloading', version, percent: 0 });
    await source.download((percent) => this.#become({ state: 'downloading', version, percent }));
    log.info(`update: ${version} is ready`);
    this.#offer = offer;
    this.#ask();
  }

  #ask(): void {
    this.#plan = 'ask';
    this.#showReady();
    this.#installIfDue();
  }

  #lookIn(ms: number): void {
    const { clock } = this.#ports;
    this.#cancelLook();
    if (this.#isClosed) return;
    this.#cancelLook = clock.at(clock.now() + ms, () => void this.look());
  }

  #forget(): void {
    this.#offer = undefined;
    this.#plan = 'ask';
    this.#cancelPlan();
    this.#cancelForce();
  }

  /** Whether the organisation lets nobody put it off now. Looks again when it begins to. */
  #isForced(): boolean {
    const { policy, clock } = this.#ports;
    if (policy.forceAt === undefined) return false;
    const at = timeOfDay(policy.forceAt, clock.now());
    return clock.now() >= at;
  }

  #showReady(): void {
    if (!this.#offer) return;
    const { version, notes } = this.#offer;
    const { forceAt } = this.#ports.policy;
    this.#become({
      state: 'ready',
      version,
      notes,
      plan: this.#plan,
      isBusy: this.#isBusy,
      isForced: this.#isForced(),
      ...(forceAt !== undefined && { forceAt }),
    });
    this.#awaitForce();
  }

  #awaitForce(): void {
    const { policy, clock } = this.#ports;
    this.#cancelForce();
    if (policy.forceAt === undefined || this.#isForced()) return;
    this.#cancelForce = clock.at(timeOfDay(policy.forceAt, clock.now()), () => {
      this.#showReady();
      this.#installIfDue();
    });
  }

  #installIfDue(): void {
    if (!this.#offer || this.#isBusy || this.#state.state !== 'ready') return;
    const isDue =
      this.#plan === 'now' || (this.#plan === 'shift-end' && this.#isAway) || this.#isForced();
    if (isDue) void this.#install(true);
  }

  async #install(restart: boolean): Promise<void> {
    const source = this.#source;
    if (!source || !this.#offer) return;
    const { version } = this.#offer;
    const { log, clock } = this.#ports;
    this.#become({ state: 'installing', version });
    log.info(`update: installing ${version}`);
    try {
      await source.install();
      log.info(`update: ${version} is in place`);
    } catch (error) {
      log.warn(`update: not installed: ${String(error)}`);
      this.#plan = 'later';
      return this.#become({ state: 'failed', why: failureOf(error), version, at: clock.now() });
    }
    if (!restart) return source.leave(false);
    // A call may have come in meanwhile.
    await this.#free();
    source.leave(true);
  }

  async #free(): Promise<void> {
    const { clock } = this.#ports;
    while (this.#isBusy) {
      await new Promise<void>((resolve) => void clock.at(clock.now() + 1_000, resolve));
    }
  }

  #become(state: UpdateState): void {
    this.#state = state;
    this.#ports.changed();
  }
}

/** A local time of today, Unix ms. @param text e.g. `18:30` */
function timeOfDay(text: string, now: number): number {
  const [hours, minutes] = text.split(':').map(Number);
  return new Date(now).setHours(hours ?? 0, minutes ?? 0, 0, 0);
}
