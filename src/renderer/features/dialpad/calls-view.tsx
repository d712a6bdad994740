import { type ReactNode, useState } from 'react';
import type { AccountView } from '../../../shared/ipc/model.ts';
import { parsePhone } from '../../../shared/lib/phone.ts';
import { callBlock } from '../../state/call-block.ts';
import { classes } from '../../lib/classes.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { useNow } from '../../lib/use-now.ts';
import { act } from '../../state/act.ts';
import { engagedCall, useSnapshot } from '../../state/desk.ts';
import { useUi } from '../../state/ui.ts';
import { type FactsLookup, useFacts } from '../../state/use-facts.ts';
import { Country } from '../../ui/country.tsx';
import { words } from '../../words.ts';
import { chosen, type DialChoice, DialOptions, forwardProblem } from './dial-options.tsx';
import { NumberEntry } from './number-entry.tsx';
import { Teaching } from './teaching.tsx';
import css from './calls-view.module.css';

/** Typing settles before the provider is asked, because it counts these questions. */
const SETTLE_MS = 350;

interface CallsViewProps {
  /** What is allowed towards a number; another feature's, put here by the app. */
  cockpit: (props: {
    account: AccountView;
    party: { waId: string };
    lookup: FactsLookup;
  }) => ReactNode;
}

/** Calling somebody: the number on one side, what is allowed towards it on the other. */
export function CallsView({ cockpit }: CallsViewProps) {
  const { accounts, calls, settings, connection } = useSnapshot((snapshot) => snapshot);
  const { entry, accountId } = useUi();
  const country = entry.country ?? settings.defaultCountry;
  const account = accounts.find(({ id }) => id === accountId) ?? accounts[0];
  const parsed = parsePhone(entry.text, country);
  const number = parsed.ok ? parsed.number : undefined;
  const digits = number?.e164.slice(1);
  const settled = useDebounced(digits, SETTLE_MS);
  const lookup = useFacts(account?.id, settled === undefined ? undefined : { waId: settled });
  const now = useNow(1000);
  const [options, setOptions] = useState<DialChoice>({ forwardTo: '', record: 'usual' });
  const bridged = account?.capabilities.media === 'bridged';
  const block = callBlock({
    account,
    connection,
    busy: engagedCall(calls) !== undefined,
    problem: parsed.ok ? undefined : parsed.problem,
    facts: settled === digits ? lookup.facts : undefined,
    failed: settled === digits && lookup.error !== null,
    now,
  });
  const wrong = bridged ? forwardProblem(options, account) : undefined;
  const dial = () => {
    if (block === undefined && wrong === undefined && account && digits !== undefined) {
      void act('calls.dial', {
        accountId: account.id,
        to: digits,
        ...(bridged && chosen(options, account)),
      });
    }
  };
  return (
    <div className={css.view}>
      <h1 className="visually-hidden">{words.call}</h1>
      <NumberEntry
        accounts={accounts}
        account={account}
        country={number?.country ?? country}
        problem={parsed.ok ? undefined : parsed.problem}
        display={number?.display}
        block={wrong ?? block}
        onDial={dial}
      >
        {bridged && <DialOptions account={account} value={options} onChange={setOptions} />}
      </NumberEntry>
      <div className={css.side}>
        {number && account && digits !== undefined ? (
          <>
            <header className={css.person}>
              <h2 className={classes(css.title, 'num', 'selectable')}>{number.display}</h2>
              {number.country !== undefined && <Country code={number.country} />}
            </header>
            {cockpit({ account, party: { waId: digits }, lookup })}
          </>
        ) : (
          <Teaching />
        )}
      </div>
    </div>
  );
}
