import { isolated, t } from '../../../../shared/i18n/i18n.ts';
import type { NumberView } from '../../../../shared/ipc/contacts.ts';
import type { AccountView } from '../../../../shared/ipc/account.ts';
import { displayPhone } from '../../../../shared/lib/phone.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureCard } from '../../../ui/failure.tsx';
import { Page } from '../../../ui/page.tsx';
import { CallingSection } from './calling.tsx';
import { CallLink } from './call-link.tsx';
import { ForwardingSection } from './forwarding.tsx';
import { Hours } from './hours.tsx';
import { NumberNotes } from './notes.tsx';
import { RecordingSection } from './recording.tsx';
import { State } from './state.tsx';
import { Analytics } from './analytics.tsx';
import { NumberMark } from '../../../ui/number-mark.tsx';
import { VoicemailSection } from './voicemail.tsx';
import { useNumber } from './use-number.ts';
import { queryErrorMessage } from '../../../state/requests.ts';
import css from './number.module.css';

interface NumberPageProps {
  account: AccountView;
  onClose: () => void;
}

/** The settings of one of our numbers, and what the provider reports about it. */
export function NumberPage({ account, onClose }: NumberPageProps) {
  const { data, error, isFetching, refetch } = useNumber(account.id);
  return (
    <Page title={`${account.label} ${isolated(displayPhone(account.number))}`}>
      <div className={css.top}>
        <Button look="quiet" size="small" icon="back" onClick={onClose}>
          {t('numbers.back')}
        </Button>
        <Button look="quiet" size="small" onClick={() => void refetch()}>
          {isFetching ? t('numbers.loading') : t('numbers.readAgain')}
        </Button>
      </div>
      <p className={css.quiet}>{t(`numbers.paths.${account.path}`)}</p>
      {error && <FailureCard message={queryErrorMessage(error)} />}
      {data && <Sections account={account} view={data} />}
      {!data && <NumberMark account={account} />}
      {!data && !error && <p className={css.quiet}>{t('numbers.loading')}</p>}
    </Page>
  );
}

function Sections({ account, view }: { account: AccountView; view: NumberView }) {
  const { settings, state } = view;
  return (
    <>
      <State account={account} state={state} settings={settings} />
      {settings ? (
        <>
          <CallingSection account={account} settings={settings} />
          {settings.forwarding && (
            <ForwardingSection account={account} forwarding={settings.forwarding} />
          )}
          {settings.hours && <Hours account={account} hours={settings.hours.value} />}
          <VoicemailSection account={account} settings={settings} />
        </>
      ) : (
        <p className={css.quiet}>{t('numbers.none')}</p>
      )}
      <RecordingSection account={account} view={view} />
      <CallLink account={account} />
      <NumberNotes account={account} state={state} />
      {account.provider === 'meta' && <Analytics account={account} />}
    </>
  );
}
