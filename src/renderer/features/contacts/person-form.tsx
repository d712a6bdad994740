import { type FormEvent, useState } from 'react';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { Contact } from '../../../shared/ipc/contacts.ts';
import { LONGEST_NOTE } from '../../../shared/protocol/limits.ts';
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

interface PersonFormProps {
  contact: Pick<Contact, 'party' | 'details' | 'profileName'>;
  onDone: () => void;
}

/** What agents write down about a person. */
export function PersonForm({ contact, onDone }: PersonFormProps) {
  const { party, details, profileName } = contact;
  const [fields, setFields] = useState({
    name: details.name ?? '',
    company: details.company ?? '',
    notes: details.notes ?? '',
    language: details.language ?? '',
  });
  const [blocked, setBlocked] = useState(details.doNotCall !== undefined);
  const [reason, setReason] = useState(details.doNotCall?.reason ?? '');
  const [saving, setSaving] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    const { waId, userId } = party;
    const done = await act('people.edit', {
      party: { waId, userId },
      edit: { ...fields, doNotCall: { on: blocked, ...(blocked && { reason }) } },
    });
    setSaving(false);
    if (done !== undefined) onDone();
  };
  const set = (change: Partial<typeof fields>) => setFields({ ...fields, ...change });
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
        checked={blocked}
        onChange={setBlocked}
      />
      {blocked && (
        <TextField
          label={t('people.reason')}
          dir="auto"
          maxLength={300}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      )}
      <p className={css.note}>{t('people.sharedNote')}</p>
      <div className={css.buttons}>
        <Button type="submit" look="accent" blocked={saving ? t('people.saving') : undefined}>
          {t('people.save')}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t('people.cancel')}
        </Button>
      </div>
    </form>
  );
}
