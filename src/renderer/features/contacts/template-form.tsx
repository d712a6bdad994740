import { t } from '../../../shared/i18n/i18n.ts';
import { useState } from 'react';
import type { AccountView } from '../../../shared/ipc/model.ts';
import type { Template } from '../../../shared/providers/requests.ts';
import { act, queryErrorMessage } from '../../state/requests.ts';
import { keysOfPerson, useKept } from '../../state/drafts.ts';
import { toast } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { useTemplates } from './use-contacts.ts';
import { Failure } from '../../ui/failure.tsx';
import css from './composer.module.css';

interface TemplateFormProps {
  account: AccountView;
  party: { waId?: string | undefined; userId?: string | undefined };
  onSent: () => void;
}

const noValues: { chosen: string; values: readonly string[] } = { chosen: '', values: [] };
const keyOf = ({ name, language }: Template) => `${name}/${language}`;

/** Sends a template with its values; allowed at any time. */
export function TemplateForm({ account, party, onSent }: TemplateFormProps) {
  const { data, error, isPending } = useTemplates(account.id, true);
  const [draft, setDraft] = useKept(keysOfPerson('template', account.id, party), noValues);
  const { chosen, values } = draft;
  const [sending, setSending] = useState(false);
  // The cockpit sends the ones that ask for permission.
  const templates = (data ?? []).filter(({ asksPermission }) => !asksPermission);
  const template = templates.find((one) => keyOf(one) === chosen) ?? templates[0];
  if (error) return <Failure message={queryErrorMessage(error)} />;
  if (!template) return isPending ? null : <p>{t('contacts.noTemplates')}</p>;
  const filled = Array.from({ length: template.values }, (_, index) => values[index] ?? '');
  const text = template.body.replace(
    /\{\{(\d+)\}\}/g,
    (whole, n: string) => filled[Number(n) - 1] || whole,
  );
  const send = async () => {
    setSending(true);
    const { name, language } = template;
    const done = await act('messages.template', {
      accountId: account.id,
      party,
      template: { name, language, values: filled },
      text,
    });
    setSending(false);
    if (done === undefined) return;
    setDraft(undefined);
    toast('good', t('contacts.templateTaken', { name }));
    onSent();
  };
  return (
    <div className={css.form}>
      <Choice
        label={t('contacts.templateTitle')}
        hideLabel
        value={keyOf(template)}
        options={templates.map((one) => ({
          value: keyOf(one),
          label: `${one.name} (${one.language})`,
        }))}
        onChange={(next) => setDraft({ chosen: next, values: [] })}
      />
      <p>{text}</p>
      {filled.map((value, index) => (
        <TextField
          // oxlint-disable-next-line react/no-array-index-key -- the position is their only identity
          key={index}
          label={t('contacts.templateValue', { placeholder: `{{${index + 1}}}` })}
          value={value}
          onChange={(event) =>
            setDraft({
              chosen: keyOf(template),
              values: filled.map((old, at) => (at === index ? event.target.value : old)),
            })
          }
        />
      ))}
      <Button
        look="accent"
        blocked={
          sending
            ? t('contacts.sending')
            : filled.some((value) => value.trim() === '')
              ? t('contacts.empty')
              : undefined
        }
        onClick={() => void send()}
      >
        {t('contacts.send')}
      </Button>
    </div>
  );
}
