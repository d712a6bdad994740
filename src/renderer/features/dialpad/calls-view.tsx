import { parsePhone } from '../../../shared/lib/phone.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { act } from '../../state/act.ts';
import { engagedCall, useSnapshot } from '../../state/desk.ts';
import { useUi } from '../../state/ui.ts';
import { words } from '../../words.ts';
import { callBlock } from './call-block.ts';
import { Cockpit } from './cockpit.tsx';
import { NumberEntry } from './number-entry.tsx';
import { Teaching } from './teaching.tsx';
import { usePermission } from './use-permission.ts';
import css from './calls-view.module.css';

/** Typing settles before the provider is asked, because it counts these questions. */
const SETTLE_MS = 350;

/** Calling somebody: the number on one side, what is allowed towards it on the other. */
export function CallsView() {
  const { accounts, calls, settings, connection } = useSnapshot((snapshot) => snapshot);
  const { entry, accountId } = useUi();
  const country = entry.country ?? settings.defaultCountry;
  const account = accounts.find(({ id }) => id === accountId) ?? accounts[0];
  const parsed = parsePhone(entry.text, country);
  const number = parsed.ok ? parsed.number : undefined;
  const digits = number?.e164.slice(1);
  const settled = useDebounced(digits, SETTLE_MS);
  const permission = usePermission(account?.id, settled);
  const block = callBlock({
    account,
    connection,
    busy: engagedCall(calls) !== undefined,
    problem: parsed.ok ? undefined : parsed.problem,
    permission: settled === digits ? permission.data : undefined,
    lookingUp: settled !== digits || permission.isLoading,
  });
  const dial = () => {
    if (block === undefined && account && digits !== undefined) {
      void act('calls.dial', { accountId: account.id, to: digits });
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
        block={block}
        onDial={dial}
      />
      <div className={css.side}>
        {number && account ? (
          <Cockpit key={number.e164} account={account} number={number} lookup={permission} />
        ) : (
          <Teaching />
        )}
      </div>
    </div>
  );
}
