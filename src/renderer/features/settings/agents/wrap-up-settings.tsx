import { useState } from 'react';
import { t } from '../../../../shared/i18n/i18n.ts';
import {
  LONGEST_LABEL,
  MOST_OUTCOMES,
  MOST_TAGS,
  type WrapUpForm,
} from '../../../../shared/protocol/wrap-up.ts';
import { useKept } from '../../../state/drafts.ts';
import { act } from '../../../state/requests.ts';
import { useSnapshot } from '../../../state/snapshot-store.ts';
import { toast } from '../../../state/ui.ts';
import { TextArea } from '../../../ui/field.tsx';
import { SaveForm } from '../../../ui/save-form.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { Section } from '../section.tsx';
import css from './agents.module.css';

/** The fields as typed. */
interface Typed {
  outcomes: string;
  tags: string;
  required: boolean;
}

/** With what was stored when the admin began to change it. */
interface Kept {
  typed: (Typed & { base: WrapUpForm }) | undefined;
}
const NOTHING: Kept = { typed: undefined };

/** Outcomes and tags that agents choose from after a call, one a line. */
export function WrapUpSettings() {
  const stored = useSnapshot(({ wrapUpForm }) => wrapUpForm);
  const [{ typed }, setKept] = useKept(['wrap-up-form'], NOTHING);
  const setTyped = (next: Kept['typed']) => setKept(next && { typed: next });
  const [saving, setSaving] = useState(false);
  const shown = typed ?? typedOf(stored);
  const change = (changes: Partial<Typed>) => setTyped({ base: stored, ...shown, ...changes });
  const form: WrapUpForm = {
    outcomes: linesOf(shown.outcomes),
    tags: linesOf(shown.tags),
    required: shown.required,
  };
  const save = async () => {
    setSaving(true);
    const done = await act('agents.set-wrap-up-form', { form });
    setSaving(false);
    if (done === undefined) return;
    setTyped(undefined);
    toast('good', () => t('wrapUpForm.saved'));
  };
  return (
    <Section title={t('wrapUpForm.title')}>
      <p className={css.quiet}>{t('wrapUpForm.intro')}</p>
      <SaveForm
        form={{
          changed: typed !== undefined && !isSame(form, typed.base),
          overtaken: typed !== undefined && !isSame(typed.base, stored),
          saving,
          undo: () => setTyped(undefined),
        }}
        problems={problemsOf(form)}
        onSave={() => void save()}
      >
        <TextArea
          label={t('wrapUpForm.outcomes')}
          dir="auto"
          rows={5}
          value={shown.outcomes}
          onChange={(event) => change({ outcomes: event.target.value })}
        />
        <TextArea
          label={t('wrapUpForm.tags')}
          dir="auto"
          rows={5}
          value={shown.tags}
          onChange={(event) => change({ tags: event.target.value })}
        />
        <Toggle
          label={t('wrapUpForm.required')}
          note={t('wrapUpForm.requiredNote')}
          checked={shown.required}
          onChange={(required) => change({ required })}
        />
      </SaveForm>
    </Section>
  );
}

const typedOf = ({ outcomes, tags, required }: WrapUpForm): Typed => ({
  outcomes: outcomes.join('\n'),
  tags: tags.join('\n'),
  required,
});

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
];

const isSame = (one: WrapUpForm, other: WrapUpForm): boolean =>
  JSON.stringify(typedOf(one)) === JSON.stringify(typedOf(other));

function problemsOf({ outcomes, tags }: WrapUpForm): string[] {
  const long = [...outcomes, ...tags].find((label) => label.length > LONGEST_LABEL);
  return [
    ...(outcomes.length > MOST_OUTCOMES
      ? [t('wrapUpForm.tooManyOutcomes', { most: MOST_OUTCOMES })]
      : []),
    ...(tags.length > MOST_TAGS ? [t('wrapUpForm.tooManyTags', { most: MOST_TAGS })] : []),
    ...(long === undefined ? [] : [t('wrapUpForm.tooLong', { name: long, most: LONGEST_LABEL })]),
  ];
}
