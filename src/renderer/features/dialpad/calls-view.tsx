import { traitsOf } from '../../../shared/providers/media-path.ts';
import { t } from '../../../shared/i18n/i18n.ts';
import { type ReactNode, useState } from 'react';
import type { AccountView } from '../../../shared/ipc/account.ts';
import { dialCountry, type ParsedPhone, parsePhone, phoneOf } from '../../../shared/lib/phone.ts';
import { isDialLink, type LinkProblem, parseDialLink } from '../../../shared/links/dial-link.ts';
import { callBlock } from '../../state/call-block.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { useNow } from '../../lib/use-now.ts';
import { act } from '../../state/requests.ts';
import { engagedCall, useSnapshot } from '../../state/snapshot-store.ts';
import { show, useUi } from '../../state/ui.ts';
import { type FactsLookup, useFacts } from '../../state/use-facts.ts';
import { Callee } from './callee.tsx';
import { chosen, type DialChoice, DialOptions, forwardProblem } from './dial-options.tsx';
import { NumberEntry } from './number-entry.tsx';
import { useContact } from './use-people.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import css from './calls-view.module.css';

/** Waits until typing pauses, because the provider counts these lookups. In ms. */
const SETTLE_MS = 350;

interface CallsViewProps {
  /** Renders the cockpit, which is another feature; passed in by the app. */
  cockpit: (props: {
    account: AccountView;
    party: { waId: string };
    lookup: FactsLookup;
  }) => ReactNode;
}

/** Places a call: the number on one side, the cockpit on the other. */
export function CallsView({ cockpit }: CallsViewProps) {
  const { accounts, calls, settings, connection } = useSnapshot((snapshot) => snapshot);
  const { entry, accountId } = useUi();
  const account = accounts.find(({ id }) => id === accountId) ?? accounts[0];
  const country = entry.country ?? dialCountry(account, settings);
  const { parsed, linkProblem } = readEntry(entry, country);
  const number = parsed.ok ? parsed.value.number : undefined;
  const digits = number?.e164.slice(1);
  const settled = useDebounced(digits, SETTLE_MS);
  const lookup = useFacts(account?.id, settled === undefined ? undefined : { waId: settled });
  const known = useContact(settled);
  const now = useNow(1000);
  const [options, setOptions] = useState<DialChoice>({ forwardTo: '', record: 'usual' });
  const external = account !== undefined && !traitsOf(account.path).isSpokenHere;
  const block = callBlock({
    account,
    connection,
    busy: engagedCall(calls) !== undefined,
    problem: parsed.ok ? undefined : parsed.error,
    facts: settled === digits ? lookup.facts : undefined,
    failed: settled === digits && lookup.error !== null,
    now,
  });
  const wrong = external ? forwardProblem(options, account) : undefined;
  const dial = () => {
    if (block === undefined && wrong === undefined && account && digits !== undefined) {
      void act('calls.dial', {
        accountId: account.id,
        to: digits,
        ...(external && chosen(options, account)),
      });
    }
  };
  return (
    <div className={css.view}>
      <h1 className="visually-hidden">{t('common.call')}</h1>
      <NumberEntry
        accounts={accounts}
        account={account}
        country={number?.country ?? country}
        parsed={parsed}
        linkProblem={linkProblem}
        block={wrong ?? block}
        onDial={dial}
      >
        {external && <DialOptions account={account} value={options} onChange={setOptions} />}
      </NumberEntry>
      <div className={css.side}>
        {number && account && digits !== undefined ? (
          <>
            <Callee number={number} known={settled === digits ? known : undefined} />
            {cockpit({ account, party: { waId: digits }, lookup })}
          </>
        ) : (
          <FirstSteps />
        )}
      </div>
    </div>
  );
}

/** The number in the field. A link is read as strictly as one that another program opens. */
function readEntry(
  { text, named }: { text: string; named?: string | undefined },
  country: string,
): { parsed: ParsedPhone; linkProblem?: LinkProblem } {
  if (named !== undefined)
    return { parsed: { ok: true, value: { number: phoneOf(named), hint: undefined } } };
  if (!isDialLink(text)) return { parsed: parsePhone(text, country) };
  const link = parseDialLink(text);
  if (link.ok) return { parsed: parsePhone(link.value.number, country) };
  return { parsed: { ok: false, error: 'not-a-number' }, linkProblem: link.error };
}

/** Shown beside an empty number field: what it does, and whom to call in the demo. */
function FirstSteps() {
  const demo = useSnapshot(({ app }) => app.workspace === 'demo');
  return (
    <Empty
      icon="phone"
      title={demo ? t('dialpad.firstDemoCallTitle') : t('dialpad.firstCallTitle')}
      text={demo ? t('dialpad.firstDemoCall') : t('dialpad.firstCall')}
    >
      {demo && (
        <Button look="accent" icon="people" onClick={() => show('demo')}>
          {t('dialpad.openDemo')}
        </Button>
      )}
    </Empty>
  );
}
