import { t } from '../../../../shared/i18n/i18n.ts';
import type { AccountView } from '../../../../shared/ipc/account.ts';
import { callLink } from '../../../lib/call-link.ts';
import { useKeptText } from '../../../state/drafts.ts';
import { copyText } from '../../../state/requests.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Section } from '../section.tsx';
import css from './number.module.css';

/** The link that calls this number, for websites and messages. */
export function CallLink({ account }: { account: AccountView }) {
  const [payload, setPayload] = useKeptText([`call-link/${account.id}`]);
  const link = callLink(account.number, payload);
  const copy = () => copyText(link, () => t('numbers.linkCopied', { link }));
  return (
    <Section title={t('numbers.link')}>
      <TextField
        label={t('numbers.payload')}
        value={payload}
        maxLength={512}
        onChange={(event) => setPayload(event.target.value)}
      />
      <p className="selectable">{link}</p>
      <p className={css.quiet}>{t('numbers.linkNote')}</p>
      <div className={css.buttons}>
        <Button icon="copy" onClick={() => void copy()}>
          {t('numbers.copyLink')}
        </Button>
      </div>
    </Section>
  );
}
