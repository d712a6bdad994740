import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import type { WindowReport } from '../../shared/diagnostics/report.ts';
import { type Private, scrub } from '../../shared/diagnostics/scrub.ts';
import type { HistoryDetail, HistoryPage } from '../../shared/ipc/history.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import type { Snapshot } from '../../shared/ipc/snapshot.ts';
import { logTail } from './log-tail.ts';

export interface DiagnosticsPorts {
  snapshot: () => Snapshot;
  /** The calls of the open workspace, if one is open. */
  history: () =>
    | {
        list(filter: object, after: undefined, limit: number): Promise<HistoryPage>;
        get(callId: string): Promise<HistoryDetail | undefined>;
      }
    | undefined;
  /** Every secret this console knows. */
  secrets: () => readonly string[];
  logFile: string;
  /** Where the agent wants the file; undefined if they cancel. */
  ask: (name: string) => Promise<string | undefined>;
}

const CALLS = 20;

/**
 * The file that an agent sends to their admin when something is wrong. They see all of it first, and
 * exactly what they saw is saved.
 */
export class Diagnostics {
  #made: { name: string; text: string } | undefined;
  readonly #ports: DiagnosticsPorts;

  constructor(ports: DiagnosticsPorts) {
    this.#ports = ports;
  }

  /** Collects everything anew. */
  async make(window: WindowReport): Promise<{ name: string; text: string }> {
    const { user, home } = machine();
    const known: Private = { secrets: this.#ports.secrets(), user, home };
    const now = this.#ports.snapshot();
    const text = JSON.stringify(scrub(await this.#collect(now, window), known), undefined, 2);
    const name = `ringdesk-diagnostics-${iso(now.now).slice(0, 10)}.json`;
    this.#made = { name, text };
    return this.#made;
  }

  /** Saves what was made last. @returns where; undefined if the agent cancelled */
  async save(): Promise<string | undefined> {
    if (!this.#made) return undefined;
    const { name, text } = this.#made;
    const path = await this.#ports.ask(name);
    if (path !== undefined) await writeFile(path, `${text}\n`, { mode: 0o600 });
    return path;
  }

  async #collect(now: Snapshot, window: WindowReport): Promise<Readonly<Record<string, unknown>>> {
    const { app, connection, vault, storage, localApi, keys, presence } = now;
    return {
      format: 'ringdesk-diagnostics/1',
      madeAt: iso(now.now),
      app: {
        ...app,
        // Names of people and teams.
        profileName: undefined,
        ownNumbersOf: undefined,
        chrome: chromiumVersion(process.versions['chrome']),
        node: process.versions.node,
      },
      system: systemFacts(),
      agent: now.agent?.id,
      numbers: now.accounts.map(({ id, provider, path, ready, findings }) => ({
        id,
        provider,
        path,
        // Not the word of the vault's entry, which would be hidden.
        ready,
        findings: findings.map(({ code }) => code),
      })),
      connection,
      presence: presence.state,
      proxyAsks: now.proxyAsks !== undefined,
      settings: plainSettings(now.settings),
      keys: { ...keys, callId: undefined },
      localApi,
      vault,
      storage,
      devices: window,
      notices: now.notices.map(({ kind, code }) => ({ kind, code })),
      calls: await this.#calls(),
      log: await logTail(this.#ports.logFile),
    };
  }

  /** The last calls, without who was on the phone. */
  async #calls(): Promise<readonly unknown[]> {
    const history = this.#ports.history();
    if (!history) return [];
    try {
      const { rows } = await history.list({}, undefined, CALLS);
      const details = await Promise.all(rows.map(({ id }) => history.get(id)));
      return details.filter((one) => one !== undefined).map(callFacts);
    } catch (error) {
      return [{ unreadable: String(error) }];
    }
  }
}

function callFacts(call: HistoryDetail) {
  const { direction, outcome, country, accountId, talkSeconds, endReason, quality } = call;
  return {
    at: iso(call.createdAt),
    number: accountId,
    direction,
    outcome,
    country,
    talkSeconds,
    endReason,
    quality,
    timeline: call.timeline.map(({ at, from, kind, ignored }) => ({
      afterMs: at - call.createdAt,
      from,
      kind,
      ignored,
    })),
  };
}

/** The settings, without texts and addresses that the agent typed. */
function plainSettings(settings: Settings) {
  const { screenPop, savedViews, ...others } = settings;
  const labels = (order: Settings['microphones']) => order.map(({ label }) => label);
  return {
    ...others,
    microphones: labels(settings.microphones),
    speakers: labels(settings.speakers),
    ringers: labels(settings.ringers),
    screenPop: screenPop.address !== '',
    savedViews: savedViews.length,
  };
}

function systemFacts() {
  const { env } = process;
  return {
    platform: process.platform,
    release: os.release(),
    version: os.version(),
    arch: process.arch,
    cores: os.availableParallelism(),
    memoryMb: Math.round(os.totalmem() / 2 ** 20),
    freeMb: Math.round(os.freemem() / 2 ** 20),
    upSeconds: Math.round(os.uptime()),
    runsSeconds: Math.round(process.uptime()),
    session: env['XDG_SESSION_TYPE'],
    desktop: env['XDG_CURRENT_DESKTOP'],
    networks: Object.entries(os.networkInterfaces()).map(([name, addresses = []]) => ({
      name,
      families: addresses.map(({ family, internal }) => `${family}${internal ? ' internal' : ''}`),
    })),
  };
}

function machine(): { user: string; home: string } {
  try {
    return { user: os.userInfo().username, home: os.homedir() };
  } catch {
    // A user that the system does not list.
    return { user: '', home: os.homedir() };
  }
}

const iso = (at: number) => new Date(at).toISOString();

/** `130.0.6723.137` as `130, build 6723.137`: whole, it would be taken for a telephone number. */
export function chromiumVersion(version: string | undefined): string | undefined {
  const [, release, build] = /^(\d+)\.\d+\.(\d+\.\d+)$/.exec(version ?? '') ?? [];
  return release === undefined ? version : `${release}, build ${build}`;
}
