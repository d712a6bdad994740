import { t } from '../../../shared/i18n/i18n.ts';
import { useState } from 'react';
import type { AccountView } from '../../../shared/ipc/account.ts';
import type { Party } from '../../../shared/providers/events.ts';
import type { PermissionRequest, TemplateUse } from '../../../shared/providers/requests.ts';
import { providers } from '../../../shared/rules/data/providers.ts';
import type { Facts } from '../../../shared/rules/facts.ts';
import { permissionState } from '../../../shared/rules/permission.ts';
import { mayRequestPermission } from '../../../shared/rules/verdicts.ts';
import { findingMessage } from '../../../shared/rules/finding-message.ts';
import { showValueAt } from '../../lib/show-value.ts';
import { act, queryErrorMessage } from '../../state/requests.ts';
import { keysOfPerson, keysOfPersonAt, useKept, useKeptText } from '../../state/drafts.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Banner } from './banner.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import { useTemplates } from '../../state/use-templates.ts';
import { emptyTemplateDraft, filledTemplate, TemplateFields } from '../../ui/template-fields.tsx';
import css from './cockpit.module.css';

interface RequestProps {
  account: AccountView;
  party: Party;
  facts: Facts;
  now: number;
  /** Resolves once the facts on screen include the request. */
  onAsked: () => Promise<unknown>;
}

/**
 * Asks the customer for permission: as free text inside the service window, by template at any
 * time.
 */
export function PermissionRequestForm({ account, party, facts, now, onAsked }: RequestProps) {
  const [text, setText] = useKeptText(
    keysOfPerson('request', account.id, party),
    t('cockpit.requestText'),
  );
  const templateKeys = keysOfPersonAt('request-template', account.id, party);
  const [, clearTemplate] = useKept(templateKeys, emptyTemplateDraft);
  const [asking, setAsking] = useState(false);
  const status = permissionState(facts, now).status;
  if (account.capabilities.permissionRequest !== 'available' || status === 'permanent') return null;
  // No need to ask while calls are allowed; a temporary permission is requested again when it ends.
  if (status === 'temporary') return null;
  const ask = async (request: PermissionRequest) => {
    setAsking(true);
    const { waId, userId } = party;
    const done = await act('permissions.request', {
      accountId: account.id,
      party: { waId, userId },
      request,
    });
    if (done !== undefined) {
      setText(t('cockpit.requestText'));
      clearTemplate(undefined);
      await onAsked();
    }
    setAsking(false);
  };
  const blockOf = (form: 'free-form' | 'template'): string | undefined => {
    const { allowed, findings } = mayRequestPermission(facts, now, form);
    const [worst] = findings;
    return allowed || !worst ? undefined : findingMessage(worst, showValueAt(now)).what;
  };
  const forms = providers[facts.provider].requestForms.value;
  const freely = blockOf('free-form');
  const byTemplate = forms.includes('template') ? blockOf('template') : freely;
  const pending = mayRequestPermission(facts, now).findings.find(
    ({ code }) => code === 'request-pending',
  );
  const busy = asking ? t('cockpit.asking') : undefined;
  return (
    <div className={css.form}>
      {pending && (
        <Banner tone="good" title={t('cockpit.asked')}>
          <p>{findingMessage(pending, showValueAt(now)).what}</p>
        </Banner>
      )}
      {freely === undefined && (
        <TextArea
          label={t('cockpit.requestLabel')}
          value={text}
          maxLength={1024}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <Button
        look={freely === undefined ? 'accent' : 'plain'}
        blocked={busy ?? freely}
        onClick={() => void ask({ kind: 'free-form', text: text.trim() })}
      >
        {t('cockpit.request')}
      </Button>
      {freely !== undefined && <p className={css.quiet}>{freely}</p>}
      {forms.includes('template') && byTemplate === undefined && (
        <ByTemplate
          account={account}
          keys={templateKeys}
          block={busy}
          onAsk={(template) => void ask({ kind: 'template', template })}
        />
      )}
      {byTemplate !== undefined && byTemplate !== freely && (
        <p className={css.quiet}>{byTemplate}</p>
      )}
    </div>
  );
}

interface ByTemplateProps {
  account: AccountView;
  /** Keys of the draft. */
  keys: readonly [string, ...string[]];
  block: string | undefined;
  onAsk: (template: TemplateUse) => void;
}

function ByTemplate({ account, keys, block, onAsk }: ByTemplateProps) {
  const [draft, setDraft] = useKept(keys, emptyTemplateDraft);
  const [open, setOpen] = useState(draft !== emptyTemplateDraft);
  const { data, error, isPending } = useTemplates(account.id, open);
  if (!open) {
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {t('cockpit.askByTemplate')}
      </Button>
    );
  }
  const fitting = (data ?? []).filter(({ asksPermission }) => asksPermission);
  const filled = filledTemplate(fitting, draft);
  if (error) return <FailureCard message={queryErrorMessage(error)} />;
  if (isPending) return <p className={css.quiet}>{t('cockpit.lookingUp')}</p>;
  if (!filled) return <p className={css.quiet}>{t('cockpit.noTemplates')}</p>;
  const { template, values, complete } = filled;
  const empty = complete ? undefined : t('cockpit.valuesMissing');
  return (
    <div className={css.form}>
      <TemplateFields
        label={t('cockpit.template')}
        templates={fitting}
        filled={filled}
        body={template.body}
        bodyClass={css.quiet}
        onChange={setDraft}
      />
      <Button
        look="accent"
        blocked={block ?? empty}
        onClick={() => onAsk({ name: template.name, language: template.language, values })}
      >
        {t('cockpit.askByTemplate')}
      </Button>
    </div>
  );
}
