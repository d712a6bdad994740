import { type FormEvent, useState } from 'react';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { Contact } from '../../../shared/ipc/contacts.ts';
import type { PersonDetails } from '../../../shared/ipc/people.ts';
import { LONGEST_NOTE } from '../../../shared/protocol/limits.ts';
import { keysOfPersonAt, useKept } from '../../state/drafts.ts';
import { act } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import css from './person-form.module.css';

/** The languages to choose from; another one that is stored stays. */
const LANGUAGES =
  'ar bn de en es fr gu he hi id it ja kn ko ml mr ms nl pa pl pt ro ru sv sw ta te th tl tr uk ur vi zh'.split(
    ' ',
  );

interface Fields {
  name: string;
  company: string;
  notes: string;
  language: string;
  /** Marked *do not call*. */
  blocked: boolean;
  reason: string;
}
/** What the agent has changed; kept until it is saved. */
type Typed = { [K in keyof Fields]: Fields[K] | undefined };
const NOTHING: Typed = {
  name: undefined,
  company: undefined,
  notes: undefined,
  language: undefined,
  blocked: undefined,
  reason: undefined,
};

interface PersonFormProps {
  contact: Pick<Contact, 'party' | 'details' | 'profileName'>;
  onDone: () => void;
}

/** What agents write down about a person. */
export function PersonForm({ contact, onDone }: PersonFormProps) {
  const { party, details, profileName } = contact;
  const [typed, setTyped] = useKept(keysOfPersonAt('person', 'details', party), NOTHING);
  const stored = storedIn(details);
  const fields = { ...stored, ...given(typed) };
  const [saving, setSaving] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    const { waId, userId } = party;
    const { blocked, reason, ...texts } = given(typed);
    const marks = blocked !== undefined || reason !== undefined;
    const done = await act('people.edit', {
      party: { waId, userId },
      // What this agent left alone may be a teammate's by now.
      edit: { ...texts, ...(marks && { doNotCall: markOf(fields) }) },
    });
    setSaving(false);
    if (done === undefined) return;
    setTyped(undefined);
    onDone();
  };
  const set = (change: Partial<Fields>) => {
    const next = { ...fields, ...change };
    // What is as it was stored is no change.
    setTyped({
      name: changed(next.name, stored.name),
      company: changed(next.company, stored.company),
      notes: changed(next.notes, stored.notes),
      language: changed(next.language, stored.language),
      blocked: changed(next.blocked, stored.blocked),
      reason: changed(next.reason, stored.reason),
    });
  };
  const languages = [...new Set([...LANGUAGES, ...(fields.language ? [fields.language] : [])])];
  return (
    <form className={css.form} onSubmit={(event) => void save(event)}>
      <TextField
        label={t('people.name')}
        dir="auto"
        maxLength={200}
        value={fields.name}
        {...(profileName !== undefined && { note: t('people.nameNote', { name: profileName }) })}
        onChange={({ target }) => set({ name: target.value })}
      />
      <TextField
        label={t('people.company')}
        dir="auto"
        maxLength={200}
        value={fields.company}
        onChange={({ target }) => set({ company: target.value })}
      />
      <TextArea
        label={t('people.notes')}
        dir="auto"
        rows={3}
        maxLength={LONGEST_NOTE}
        value={fields.notes}
        onChange={({ target }) => set({ notes: target.value })}
      />
      <Choice
        label={t('people.language')}
        value={fields.language}
        options={[
          { value: '', label: t('people.languageUnknown') },
          ...languages
            .map((value) => ({ value, label: formats.language(value) }))
            .toSorted((a, b) => a.label.localeCompare(b.label)),
        ]}
        onChange={(language) => set({ language })}
      />
      <Toggle
        label={t('people.doNotCall')}
        note={t('people.doNotCallNote')}
        checked={fields.blocked}
        onChange={(blocked) => set({ blocked })}
      />
      {fields.blocked && (
        <TextField
          label={t('people.reason')}
          dir="auto"
          maxLength={300}
          value={fields.reason}
          onChange={({ target }) => set({ reason: target.value })}
        />
      )}
      <p className={css.note}>{t('people.sharedNote')}</p>
      <div className={css.buttons}>
        <Button type="submit" look="accent" blocked={saving ? t('people.saving') : undefined}>
          {t('people.save')}
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            setTyped(undefined);
            onDone();
          }}
        >
          {t('people.cancel')}
        </Button>
      </div>
    </form>
  );
}

const storedIn = ({ name, company, notes, language, doNotCall }: PersonDetails): Fields => ({
  name: name ?? '',
  company: company ?? '',
  notes: notes ?? '',
  language: language ?? '',
  blocked: doNotCall !== undefined,
  reason: doNotCall?.reason ?? '',
});

const given = ({ name, company, notes, language, blocked, reason }: Typed): Partial<Fields> => ({
  ...(name !== undefined && { name }),
  ...(company !== undefined && { company }),
  ...(notes !== undefined && { notes }),
  ...(language !== undefined && { language }),
  ...(blocked !== undefined && { blocked }),
  ...(reason !== undefined && { reason }),
});

const changed = <T,>(value: T, stored: T): T | undefined => (value === stored ? undefined : value);

const markOf = ({ blocked, reason }: Fields) => ({ on: blocked, ...(blocked && { reason }) });
