import { fill, t } from '../../shared/i18n/i18n.ts';
import type { WayFetch } from '../network/transport.ts';
import { basename } from 'node:path';
import type { HistoryDetail } from '../../shared/ipc/model.ts';
import { decodeText } from '../../shared/lib/decode-text.ts';
import { readFile, stat } from 'node:fs/promises';
import { NotOffered, type ContactService } from '../contacts/contact-service.ts';
import { fetchRecording, fetchTranscript, RecordingFailure } from '../numbers/recording.ts';
import { describe } from '../log.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Handlers } from './ipc-dispatcher.ts';
import { orProviderRefusal, Refusal, refusal } from '../refusal.ts';

/** More is no rate card, in bytes. */
const MAX_CARD_BYTES = 5_000_000;

export interface ContactHandlerPorts {
  workspace: () => Workspace;
  /** For files of providers. */
  fetch: WayFetch;
  /** Asks for a CSV file; undefined when the person changed their mind. */
  askRateCard: () => Promise<string | undefined>;
}

type Contacts = Pick<
  Handlers,
  Extract<
    keyof Handlers,
    | `contacts.${string}`
    | `messages.${string}`
    | `numbers.${string}`
    | `rate-card.${string}`
    | 'recordings.get'
    | 'transcripts.get'
    | 'permissions.request'
  >
>;

/** Requests about people and numbers; see `../contacts`. */
export function createContactHandlers({
  workspace,
  fetch,
  askRateCard,
}: ContactHandlerPorts): Contacts {
  const contacts = () => workspace().contacts;
  /** Where the provider has a file of a call, for a few minutes from now on. */
  const fileOf = async (callId: string, mediaId: (call: HistoryDetail) => string | undefined) => {
    const call = await workspace().history.get(callId);
    const provider = call && workspace().provider(call.accountId);
    if (call?.providerCallId === undefined || !provider?.recording) {
      throw notOffered(t('notOffered.recording'));
    }
    const { providerCallId } = call;
    return orProviderRefusal(await provider.recording({ providerCallId, mediaId: mediaId(call) }));
  };
  return {
    'permissions.request': done(contacts, (to, { accountId, party, request }) =>
      to.requestPermission(accountId, party, request),
    ),
    'contacts.list': ({ text, after, limit }) => workspace().history.contacts(text, after, limit),
    'contacts.get': ({ party, before, limit }) => workspace().history.contact(party, before, limit),
    'contacts.facts': offered(contacts, (to, { accountId, party, fresh }) =>
      to.facts(accountId, party, fresh),
    ),
    'messages.text': done(contacts, (to, { accountId, party, text }) =>
      to.sendText(accountId, party, text),
    ),
    'messages.template': done(contacts, (to, { accountId, party, template, text }) =>
      to.sendTemplate(accountId, party, template, text),
    ),
    'messages.call-button': done(contacts, (to, { accountId, party, ...button }) =>
      to.sendCallButton(accountId, party, button),
    ),
    'messages.templates': offered(contacts, (to, { accountId }) => to.templates(accountId)),
    'numbers.get': offered(contacts, (to, { accountId }) => to.number(accountId)),
    'numbers.set': offered(contacts, (to, { accountId, change }) =>
      to.changeSettings(accountId, change),
    ),
    'numbers.note': offered(contacts, (to, { accountId, ...told }) => {
      to.noteNumber(accountId, told);
      return to.number(accountId);
    }),
    'numbers.analytics': async ({ accountId, from, to }) => {
      const provider = workspace().provider(accountId);
      if (provider?.analytics) return orProviderRefusal(await provider.analytics(from, to));
      throw notOffered(t('notOffered.sums'));
    },
    'numbers.estimate': async ({ accountId, party, minutes }) => {
      const provider = workspace().provider(accountId);
      if (provider?.estimate) return orProviderRefusal(await provider.estimate(party, minutes));
      throw notOffered(t('notOffered.estimate'));
    },
    'rate-card.get': () => contacts().rateCard() ?? null,
    'rate-card.import': async ({ currency }) => {
      const file = await askRateCard();
      if (file === undefined) throw refusal('cancelled');
      const name = basename(file);
      const csv = await readText(file);
      const imported = contacts().importRateCard(name, csv, currency);
      if (imported.ok) return imported.value;
      throw new Refusal({
        code: 'bad-file',
        message: t('files.invalid', { name }),
        details: imported.error.map(({ code, line, what }) =>
          fill(`rateCard.${code}`, { line, what, count: Number(what) }),
        ),
      });
    },
    'recordings.get': async ({ callId }) => {
      const found = await fileOf(callId, ({ recorded }) => recorded?.mediaId);
      return inWords(fetchRecording(found, { fetch }));
    },
    'transcripts.get': async ({ callId }) => {
      const found = await fileOf(callId, ({ transcribed }) => transcribed?.mediaId);
      return { text: await inWords(fetchTranscript(found, { fetch })) };
    },
  };
}

/** What could not be fetched, in words for the agent. */
async function inWords<T>(fetched: Promise<T>): Promise<T> {
  try {
    return await fetched;
  } catch (error) {
    throw error instanceof RecordingFailure ? notOffered(error.message) : error;
  }
}

/** A handler that asks the contact service; what this number cannot do is refused in words. */
function offered<I, O>(
  contacts: () => ContactService,
  ask: (contacts: ContactService, input: I) => O | Promise<O>,
): (input: I) => Promise<O> {
  return async (input) => {
    try {
      return await ask(contacts(), input);
    } catch (error) {
      throw error instanceof NotOffered ? notOffered(error.message) : error;
    }
  };
}

function done<I>(
  contacts: () => ContactService,
  ask: (contacts: ContactService, input: I) => Promise<void>,
): (input: I) => Promise<null> {
  const run = offered(contacts, ask);
  return async (input) => {
    await run(input);
    return null;
  };
}

function notOffered(message: string): Refusal {
  return new Refusal({ code: 'not-offered', message });
}

async function readText(file: string): Promise<string> {
  let bytes: Buffer | undefined;
  try {
    const { size } = await stat(file);
    if (size <= MAX_CARD_BYTES) bytes = await readFile(file);
  } catch (error) {
    throw new Refusal({
      code: 'bad-file',
      message: t('files.unreadable', { name: basename(file) }),
      details: [describe(error)],
    });
  }
  if (!bytes) throw refusal('bad-file', t('files.tooLarge', { name: basename(file) }));
  const decoded = decodeText(bytes);
  if (decoded.ok) return decoded.value;
  throw refusal('bad-file', t('files.notText', { name: basename(file), why: decoded.error }));
}
