import { parseArgs } from 'node:util';
import { callRights, role } from '../../shared/protocol/rights.ts';
import { reasonOf } from '../log.ts';
import type { Rights } from '../store/agent-store.ts';
import { optionsOf } from './usage.ts';
import type { WebhookAction } from './webhooks.ts';

/** The command line is invalid. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command with which `serve` starts its media processes. */
const MEDIA_HOST = 'media-host';

/** The words with which a command line begins. */
export function wordsOf(argv: readonly string[]): string {
  const end = argv.findIndex((one) => one.startsWith('-'));
  return argv.slice(0, end === -1 ? undefined : end).join(' ');
}

export type AgentAction =
  | { name: 'add'; id: string; agentName: string; rights: Partial<Rights> }
  | { name: 'update'; id: string; rights: Partial<Rights> }
  | { name: 'import'; file: string; tokens: string | undefined }
  | { name: 'rotate' | 'remove'; id: string }
  | { name: 'list' };

export type InviteAction =
  | {
      name: 'create';
      id: string;
      /** Missing: the agent is there already. */
      agentName: string | undefined;
      rights: Partial<Rights>;
      days: number;
      /** Where consoles reach the relay, if not at the config's `publicUrl`. */
      relay: string | undefined;
    }
  | { name: 'list' }
  | { name: 'revoke'; id: string };

export type Command =
  | { kind: 'help' }
  | { kind: 'serve'; config: string }
  /** Started by `serve` itself. */
  | { kind: 'media-host'; config: string; index: number }
  | { kind: 'agent'; config: string; action: AgentAction }
  | { kind: 'invite'; config: string; action: InviteAction }
  | { kind: 'webhooks'; config: string; action: WebhookAction }
  | { kind: 'epoch-renew'; config: string }
  | { kind: 'doctor'; config: string; json: boolean }
  | { kind: 'tail'; config: string; after: number | undefined }
  /** Unix ms. */
  | { kind: 'export'; config: string; since: number | undefined; until: number | undefined }
  | { kind: 'replay'; config: string; since: number | undefined; until: number | undefined }
  | { kind: 'backup'; config: string; to: string }
  | { kind: 'restore'; config: string; from: string }
  /** Two config files. */
  | { kind: 'store-copy'; from: string; to: string };

/**
 * Reads the command line.
 *
 * @param argv without the interpreter and the script
 * @throws UsageError
 */
export function readArguments(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help) return { kind: 'help' };
  const command = positionals.join(' ');
  if (command !== MEDIA_HOST) refuseUnknown(command, Object.keys(values));
  if (command === 'store copy') {
    const from = required(values.from, '--from FILE');
    return { kind: 'store-copy', from, to: required(values.to, '--to FILE') };
  }
  const config = required(values.config, '--config FILE');
  switch (command) {
    case '':
    case 'serve':
      return { kind: 'serve', config };
    case MEDIA_HOST:
      return { kind: MEDIA_HOST, config, index: Number(values.process ?? 0) };
    case 'epoch renew':
      return { kind: 'epoch-renew', config };
    case 'doctor':
      return { kind: 'doctor', config, json: values.json === true };
    case 'tail':
      return { kind: 'tail', config, after: cursorOf(values.after) };
    case 'export':
    case 'replay': {
      const since = timeOf(values.since, '--since');
      return { kind: command, config, since, until: timeOf(values.until, '--until') };
    }
    case 'webhooks list':
      return { kind: 'webhooks', config, action: { name: 'list' } };
    case 'webhooks failed':
      return { kind: 'webhooks', config, action: { name: 'failed' } };
    case 'webhooks resend':
    case 'webhooks on': {
      const id = required(values.id, '--id');
      const name = command === 'webhooks on' ? 'on' : 'resend';
      return { kind: 'webhooks', config, action: { name, id } };
    }
    case 'backup':
      return { kind: 'backup', config, to: required(values.to, '--to FILE') };
    case 'restore':
      return { kind: 'restore', config, from: required(values.from, '--from FILE') };
    case 'invite':
      return { kind: 'invite', config, action: inviteAction(values) };
    case 'agent list':
      return { kind: 'agent', config, action: { name: 'list' } };
    case 'agent add': {
      const id = required(values.id, '--id');
      const agentName = required(values.name, '--name');
      const rights = rightsOf(values);
      return { kind: 'agent', config, action: { name: 'add', id, agentName, rights } };
    }
    case 'agent import': {
      const file = required(values.file, '--file FILE');
      return { kind: 'agent', config, action: { name: 'import', file, tokens: values.tokens } };
    }
    case 'agent update': {
      const id = required(values.id, '--id');
      return { kind: 'agent', config, action: { name: 'update', id, rights: rightsOf(values) } };
    }
    case 'agent rotate':
      return { kind: 'agent', config, action: { name: 'rotate', id: required(values.id, '--id') } };
    case 'agent remove':
      return { kind: 'agent', config, action: { name: 'remove', id: required(values.id, '--id') } };
    default:
      throw new UsageError(`There is no command "${command}".`);
  }
}

/** @throws UsageError for an unknown command, or an option that it does not have: it may be a mistyped one */
function refuseUnknown(command: string, options: readonly string[]): void {
  const known = optionsOf(command === 'serve' ? '' : command);
  if (!known) throw new UsageError(`There is no command "${command}".`);
  const other = options.find((one) => !known.has(one));
  if (other === undefined) return;
  throw new UsageError(`relay${command && ` ${command}`} has no option --${other}.`);
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        id: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string' },
        team: { type: 'string' },
        calls: { type: 'string' },
        workspace: { type: 'string' },
        numbers: { type: 'string' },
        file: { type: 'string' },
        tokens: { type: 'string' },
        days: { type: 'string' },
        relay: { type: 'string' },
        revoke: { type: 'string' },
        list: { type: 'boolean' },
        process: { type: 'string' },
        after: { type: 'string' },
        since: { type: 'string' },
        until: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    // Node adds advice about words that begin with a dash, which nobody meant.
    throw new UsageError(reasonOf(error).replace(/\.?(?:\s+To specify .*)?$/s, '.'));
  }
}

/** The most days for which an invitation can be redeemed. */
const MOST_DAYS = 90;

function inviteAction(values: ReturnType<typeof parse>['values']): InviteAction {
  if (values.list) return { name: 'list' };
  if (values.revoke !== undefined) {
    return { name: 'revoke', id: required(values.revoke, '--revoke INVITATION') };
  }
  const days = Number(values.days ?? 7);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    throw new UsageError(`--days must be a whole number of days from 1 to ${MOST_DAYS}.`);
  }
  const id = required(values.id, '--id');
  const { name: agentName, relay } = values;
  return { name: 'create', id, agentName, rights: rightsOf(values), days, relay };
}

type RightOptions = Partial<
  Record<'role' | 'team' | 'calls' | 'workspace' | 'numbers', string | undefined>
>;

function rightsOf({ team, workspace, numbers, ...given }: RightOptions): Partial<Rights> {
  const ids = numbers?.split(',').map((id) => id.trim());
  return {
    ...(given.role !== undefined && { role: oneOf(role.options, given.role, '--role') }),
    ...(team !== undefined && { team }),
    ...(given.calls !== undefined && { calls: oneOf(callRights.options, given.calls, '--calls') }),
    ...(workspace !== undefined && { workspace }),
    ...(ids && { numbers: ids.length === 1 && ids[0] === 'all' ? 'all' : ids.filter(Boolean) }),
  };
}

function cursorOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new UsageError('--after must be a cursor, e.g. 4711.');
  return Number(text);
}

/** Unix ms. */
function timeOf(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(at)) {
    throw new UsageError(`${option} must be a time, e.g. 2026-11-29 or 2026-11-29T08:00Z.`);
  }
  return at;
}

function oneOf<T extends string>(allowed: readonly T[], value: string, option: string): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${option} must be one of ${allowed.join(', ')}.`);
  return found;
}

function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`${option} is missing.`);
  return value;
}
