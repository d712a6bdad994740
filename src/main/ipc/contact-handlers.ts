import { fill, t } from '../../shared/i18n/i18n.ts';
import { basename, resolve, sep } from 'node:path';
import { decodeText } from '../../shared/lib/decode-text.ts';
import type { PeopleFormat } from '../../shared/ipc/people.ts';
import { phoneCountry } from '../../shared/lib/phone.ts';
import { peopleCsv } from '../../shared/people/people-csv.ts';
import { vCards } from '../../shared/people/vcard.ts';
import { readFile, stat, writeFile } from 'node:fs/promises';
import type { Progress } from '../erasing/person-eraser.ts';
import { writePersonFolder } from '../erasing/person-folder.ts';
import { messageOf } from '../log.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Handlers } from './ipc-dispatcher.ts';
import { notOffered, orProviderRefusal, Refusal, refusal } from '../refusal.ts';

/** Larger files cannot be rate cards. In bytes. */
const MAX_CARD_BYTES = 5_000_000;
/** Photos in vCards are large. In bytes. */
const MAX_PEOPLE_BYTES = 50_000_000;

export interface ContactHandlerPorts {
  workspace: () => Workspace;
  /** Asks for a CSV file; undefined if the agent cancels. */
  askRateCard: () => Promise<string | undefined>;
  /** Asks for a file of people. */
  askPeopleFile: () => Promise<string | undefined>;
  /** Asks where people are written to. */
  askPeopleExport: (format: PeopleFormat) => Promise<string | undefined>;
  /** Asks for a folder. */
  askFolder: () => Promise<string | undefined>;
  /** @throws Refusal if the organisation turned exports off */
  assertMayExport: () => void;
  eraseProgress: Progress;
  /** Shows a file in the system's folder window. */
  showFile: (path: string) => void;
  /** Asks where a customer's file is saved. */
  askFileToSave: (name: string) => Promise<string | undefined>;
}

type Contacts = Pick<
  Handlers,
  Extract<
    keyof Handlers,
    | `contacts.${string}`
    | `people.${string}`
    | `messages.${string}`
    | `numbers.${string}`
    | `rate-card.${string}`
    | 'permissions.request'
  >
>;

/** Requests about people and numbers; see `../contacts`. */
export function createContactHandlers({
  workspace,
  askRateCard,
  askPeopleFile,
  askPeopleExport,
  askFileToSave,
  askFolder,
  assertMayExport,
  eraseProgress,
  showFile,
}: ContactHandlerPorts): Contacts {
  const contacts = () => workspace().contacts;
  return {
    'permissions.request': done(({ accountId, party, request }) =>
      contacts().requestPermission(accountId, party, request),
    ),
    'contacts.list': ({ text, after, limit }) => workspace().history.contacts(text, after, limit),
    'contacts.get': ({ party, before, limit }) => workspace().history.contact(party, before, limit),
    'people.edit': ({ party, edit }) => {
      workspace().people.edit(party, edit);
      return null;
    },
    'people.plan-import': async () => {
      const file = await askPeopleFile();
      if (file === undefined) throw refusal('cancelled');
      const { people, provisioned, settings } = workspace();
      const country = phoneCountry(provisioned[0]?.number) ?? settings().defaultCountry;
      const name = basename(file);
      return people.planImport(
        name,
        await readText(file, { max: MAX_PEOPLE_BYTES, legacy: true }),
        country,
      );
    },
    'people.import': async ({ id }) => {
      const count = await workspace().people.import(id);
      if (count === undefined) throw refusal('bad-request');
      return { people: count };
    },
    'people.export': async ({ format, separator }) => {
      assertMayExport();
      const path = await askPeopleExport(format);
      if (path === undefined) throw refusal('cancelled');
      try {
        const everyone = await workspace().history.everyone();
        const text = format === 'csv' ? peopleCsv(everyone, separator) : vCards(everyone);
        await writeFile(path, text, { mode: 0o600 });
        workspace().noteExport(path, 'people');
        return { path, people: everyone.length };
      } catch (error) {
        throw refusal('export-failed', messageOf(error));
      }
    },
    'people.merge': ({ kept, other }) => {
      if (workspace().people.merge(kept, other)) return null;
      throw refusal('same-person');
    },
    'people.unmerge': (merge) => {
      if (workspace().people.unmerge(merge)) return null;
      throw refusal('not-merged');
    },
    'people.erase': async ({ party }) => {
      const { text, path } = await workspace().erasures.erase(party, eraseProgress);
      return { text, path };
    },
    'people.show-certificate': ({ path }) => {
      const { folder } = workspace().erasures;
      if (!resolve(path).startsWith(folder + sep)) throw refusal('bad-request');
      showFile(path);
      return null;
    },
    'people.save': async ({ party }) => {
      assertMayExport();
      const folder = await askFolder();
      if (folder === undefined) throw refusal('cancelled');
      try {
        const known = await workspace().history.known(party);
        const written = await writePersonFolder(folder, known, workspace().now(), {
          recordings: (ids, into) => workspace().recordings.copy(ids, into),
          files: (ids, into) => workspace().files.copy(ids, into),
        });
        workspace().noteExport(folder, 'people');
        return written;
      } catch (error) {
        throw refusal('export-failed', messageOf(error));
      }
    },
    'contacts.read': ({ party, to }) => {
      contacts().markRead(party, to);
      return null;
    },
    'contacts.facts': ({ accountId, party, fresh }) => contacts().facts(accountId, party, fresh),
    'messages.text': done(({ accountId, party, text, replyTo }) =>
      contacts().send(accountId, party, { what: 'text', text, replyTo }),
    ),
    'messages.template': done(({ accountId, party, template, text }) =>
      contacts().send(accountId, party, { what: 'template', template, text }),
    ),
    'messages.contact-request': done(({ accountId, party, text }) =>
      contacts().send(accountId, party, { what: 'contact-request', text }),
    ),
    'messages.call-button': done(({ accountId, party, ...button }) =>
      contacts().send(accountId, party, { what: 'call-button', ...button }),
    ),
    'messages.file': ({ id }) => workspace().files.get(id),
    'messages.save-file': async ({ id }) => {
      const saved = await workspace().files.save(id, askFileToSave);
      if (!saved) throw refusal('cancelled');
      return saved;
    },
    'messages.retry': ({ id }) => {
      contacts().retry(id);
      return null;
    },
    'messages.templates': ({ accountId }) => contacts().templates(accountId),
    'numbers.get': ({ accountId }) => workspace().numbers.get(accountId),
    'numbers.set': ({ accountId, change, announcement }) =>
      workspace().numbers.changeSettings(accountId, change, announcement),
    'numbers.note': ({ accountId, ...note }) => {
      workspace().numbers.note(accountId, note);
      return workspace().numbers.get(accountId);
    },
    'numbers.analytics': async ({ accountId, from, to }) => {
      const provider = workspace().provider(accountId);
      if (provider?.analytics) return orProviderRefusal(await provider.analytics(from, to));
      throw notOffered(t('notOffered.analytics'));
    },
    'numbers.estimate': async ({ accountId, party, minutes }) => {
      const provider = workspace().provider(accountId);
      if (provider?.estimate) return orProviderRefusal(await provider.estimate(party, minutes));
      throw notOffered(t('notOffered.estimate'));
    },
    'rate-card.get': () => workspace().rateCards.get() ?? null,
    'rate-card.import': async ({ currency }) => {
      const file = await askRateCard();
      if (file === undefined) throw refusal('cancelled');
      const name = basename(file);
      const csv = await readText(file);
      const imported = workspace().rateCards.import(name, csv, currency);
      if (imported.ok) return imported.value;
      throw new Refusal({
        code: 'bad-file',
        message: t('files.invalid', { name }),
        details: imported.error.map(({ code, line, what }) =>
          fill(`rateCard.${code}`, { line, what, count: Number(what) }),
        ),
      });
    },
  };
}

/** A handler whose answer only confirms. */
function done<I>(run: (input: I) => Promise<void>): (input: I) => Promise<null> {
  return async (input) => {
    await run(input);
    return null;
  };
}

interface ReadOptions {
  max?: number;
  /** What is not Unicode is read as older Windows programs write it. */
  legacy?: boolean;
}

async function readText(
  file: string,
  { max = MAX_CARD_BYTES, legacy = false }: ReadOptions = {},
): Promise<string> {
  let bytes: Buffer | undefined;
  try {
    const { size } = await stat(file);
    if (size <= max) bytes = await readFile(file);
  } catch (error) {
    throw new Refusal({
      code: 'bad-file',
      message: t('files.unreadable', { name: basename(file) }),
      details: [messageOf(error)],
    });
  }
  if (!bytes) throw refusal('bad-file', t('files.tooLarge', { name: basename(file) }));
  const decoded = decodeText(bytes);
  if (decoded.ok) return decoded.value;
  if (legacy && !bytes.includes(0)) return new TextDecoder('windows-1252').decode(bytes);
  throw refusal('bad-file', t(`files.notText.${decoded.error}`, { name: basename(file) }));
}
