import { t } from '../../../shared/i18n/i18n.ts';
import { useState } from 'react';
import type { AccountView } from '../../../shared/ipc/account.ts';
import { act, queryErrorMessage } from '../../state/requests.ts';
import { keysOfPersonAt, useKept } from '../../state/drafts.ts';
import { Button } from '../../ui/button.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import { useTemplates } from '../../state/use-templates.ts';
import { emptyTemplateDraft, filledTemplate, TemplateFields } from '../../ui/template-fields.tsx';
import css from './composer.module.css';

interface TemplateFormProps {
  account: AccountView;
  party: { waId?: string | undefined; userId?: string | undefined };
  onSent: () => void;
}

/** Sends a template with its values; allowed at any time. */
export function TemplateForm({ account, party, onSent }: TemplateFormProps) {
  const { data, error, isPending } = useTemplates(account.id, true);
  const [draft, setDraft] = useKept(
    keysOfPersonAt('template', account.id, party),
    emptyTemplateDraft,
  );
  const [sending, setSending] = useState(false);
  // The cockpit sends the ones that ask for permission.
  const templates = (data ?? []).filter(({ asksPermission }) => !asksPermission);
  const filled = filledTemplate(templates, draft);
  if (error) return <FailureCard message={queryErrorMessage(error)} />;
  if (!filled) return isPending ? null : <p>{t('contacts.noTemplates')}</p>;
  const { template, values, complete } = filled;
  const text = template.body.replace(
    /\{\{(\d+)\}\}/g,
    (whole, n: string) => values[Number(n) - 1] || whole,
  );
  const send = async () => {
    setSending(true);
    const { name, language } = template;
    const done = await act('messages.template', {
      accountId: account.id,
      party,
      template: { name, language, values },
      text,
    });
    setSending(false);
    if (done === undefined) return;
    setDraft(undefined);
    onSent();
  };
  return (
    <div className={css.form}>
      <TemplateFields
        label={t('contacts.templateTitle')}
        hideLabel
        templates={templates}
        filled={filled}
        body={text}
        onChange={setDraft}
      />
      <Button
        look="accent"
        blocked={sending ? t('contacts.sending') : complete ? undefined : t('contacts.empty')}
        onClick={() => void send()}
      >
        {t('contacts.send')}
      </Button>
    </div>
  );
}
