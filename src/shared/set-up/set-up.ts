import { addressProblem } from '../protocol/encrypted-url.ts';
import { relayAddress } from '../links/invitation.ts';
import { isLoopback } from '../lib/loopback.ts';
import type { ProviderId } from '../rules/data/providers.ts';

/** What an admin types to set up a relay with its numbers, and consoles for its agents. */
export interface SetUp {
  /** Where consoles and the providers will reach the relay. */
  relay: string;
  /** The server's public IP address, for the sound of relayed calls. */
  mediaAddress: string;
  numbers: readonly SetUpNumber[];
  admin: string;
  /** The other agents, one per line. */
  agents: string;
}

/** One of our numbers. */
export interface SetUpNumber {
  /** Its calls go through the relay, for hold, transfer and listening. */
  relayed: boolean;
  provider: ProviderId;
  label: string;
  number: string;
  phoneNumberId: string;
  wabaId: string;
  appSecret: string;
  accessToken: string;
  apiKey: string;
  zernioAccountId: string;
  /** Empty: the provider's own. */
  apiBase: string;
}

export type SetUpField = Exclude<keyof SetUp, 'numbers'>;
export type NumberField = Exclude<keyof SetUpNumber, 'relayed' | 'provider'>;
/** The texts are in the catalogue. */
export type SetUpProblem =
  | 'missing'
  | 'address'
  | 'insecure'
  | 'number'
  | 'digits'
  | 'ip'
  | 'characters'
  | 'twice'
  | 'too-many';

/** What is wrong with the fields, those of each number apart. */
export interface SetUpProblems {
  fields: Partial<Record<SetUpField, SetUpProblem>>;
  numbers: readonly Partial<Record<NumberField, SetUpProblem>>[];
}

/** What a provider's number is set up with, in the order in which it is asked for. */
const ofProvider: Readonly<Record<ProviderId, readonly NumberField[]>> = {
  meta: ['phoneNumberId', 'wabaId', 'appSecret', 'accessToken'],
  d360: ['apiKey'],
  'pilot-meta': ['apiKey'],
  'pilot-web': ['apiKey'],
  zernio: ['zernioAccountId', 'apiKey'],
};
const SECRETS: ReadonlySet<string> = new Set(['appSecret', 'accessToken', 'apiKey']);

/** The fields of a provider's number. */
export const fieldsOf = (provider: ProviderId): readonly NumberField[] => ofProvider[provider];

/** Fields that are shown as dots. */
export const isSecretField = (field: SetUpField | NumberField): boolean => SECRETS.has(field);

/** Whether a number's calls can go through the relay: those that come by SDP. */
export const canBeRelayed = (provider: ProviderId): boolean =>
  provider === 'meta' || provider === 'd360' || provider === 'pilot-meta';

/** The relay's address as typed, as `wss://…`; undefined if it is none. */
export function typedRelay(text: string): string | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  const address = relayAddress(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`);
  return URL.canParse(address) ? address : undefined;
}

/** Whether the relay is on this machine, to try it out. */
export function isTrial(relay: string): boolean {
  const address = typedRelay(relay);
  return address !== undefined && isLoopback(new URL(address).hostname);
}

/** The names of all agents, the admin first. */
export function agentNames({ admin, agents }: Pick<SetUp, 'admin' | 'agents'>): readonly string[] {
  return [admin, ...agents.split('\n')].map((name) => name.trim()).filter((name) => name !== '');
}

/** The most agents that are set up here; more are invited on the command line. */
const MOST_AGENTS = 100;

/** The most numbers; more are added in relay.json. */
export const MOST_NUMBERS = 20;

/** Whether the relay carries the sound of a number's calls. */
export const isRelayed = ({ provider, relayed }: SetUpNumber): boolean =>
  relayed && canBeRelayed(provider);

export function setUpProblems(typed: SetUp): SetUpProblems {
  const fields: SetUpProblems['fields'] = {};
  const relay = typedRelay(typed.relay);
  if (typed.relay.trim() === '') fields.relay = 'missing';
  else if (relay === undefined) fields.relay = 'address';
  else if (addressProblem(relay, 'ws') !== undefined) fields.relay = 'insecure';
  if (typed.numbers.some(isRelayed) && !isTrial(typed.relay)) {
    if (!/^(\d{1,3}\.){3}\d{1,3}$/.test(typed.mediaAddress.trim())) fields.mediaAddress = 'ip';
  }
  if (typed.admin.trim() === '') fields.admin = 'missing';
  if (agentNames(typed).length > MOST_AGENTS) fields.agents = 'too-many';
  return { fields, numbers: typed.numbers.map((one, at) => numberProblems(one, typed, at)) };
}

function numberProblems(typed: SetUpNumber, { numbers }: SetUp, at: number) {
  const found: Partial<Record<NumberField, SetUpProblem>> = {};
  const number = bareNumber(typed.number);
  if (typed.label.trim() === '') found.label = 'missing';
  if (!/^\+[1-9]\d{6,14}$/.test(number)) found.number = 'number';
  else if (numbers.slice(0, at).some((other) => bareNumber(other.number) === number)) {
    found.number = 'twice';
  }
  for (const field of fieldsOf(typed.provider)) {
    const text = typed[field].trim();
    if (text === '') found[field] = 'missing';
    // What is sent in a header or is part of an address; line breaks are often copied along.
    else if (/[^!-~]/.test(text)) found[field] = 'characters';
    else if ((field === 'phoneNumberId' || field === 'wabaId') && !/^\d+$/.test(text))
      found[field] = 'digits';
  }
  const base = typed.apiBase.trim();
  if (base !== '' && addressProblem(base, 'http') !== undefined) found.apiBase = 'insecure';
  return found;
}

/** Whether the set-up can be written. */
export const isComplete = ({ fields, numbers }: SetUpProblems): boolean =>
  numbers.length > 0 && [fields, ...numbers].every((one) => Object.keys(one).length === 0);

/** `+55 11 5020-1234` → `+551150201234` */
export const bareNumber = (text: string): string => text.replace(/[\s().-]/g, '');
