import type { LiveCall } from '../../../shared/ipc/model.ts';
import { displayPhone } from '../../../shared/lib/phone.ts';
import { clockTime } from '../../lib/format.ts';
import { partyName, partyNumber } from '../../lib/party.ts';
import { useNow } from '../../lib/use-now.ts';
import { classes } from '../../lib/classes.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Country } from '../../ui/country.tsx';
import { bridgedWords, contactWords, elsewhereWords, endWords, words } from '../../words.ts';
import { CostMeter } from './cost-meter.tsx';
import css from './call-card.module.css';

interface BridgedCardProps {
  call: LiveCall;
  onDismiss: () => void;
  /** Opens the person's page. */
  onContact?: (() => void) | undefined;
}

/** A call that is spoken somewhere else: watched here, and never hung up from here. */
export function BridgedCard(props: BridgedCardProps) {
  const { call, onDismiss } = props;
  const { phase, party } = call;
  const now = useNow(500);
  const name = partyName(party);
  const over = phase.name === 'ended';
  const talking = phase.name === 'bridged' && phase.stage === 'talking';
  const number = party.name === undefined ? '' : partyNumber(party);
  return (
    <article
      className={classes(css.card, talking && css.up, over && css.over)}
      aria-label={`${words.call}: ${name}`}
    >
      <div className={css.who}>
        <Avatar
          party={party}
          size="large"
          label={contactWords.openContact}
          onOpen={props.onContact}
        />
        <div className={css.person}>
          <h2 className={classes(css.name, 'selectable')}>{name}</h2>
          <p className={css.line}>
            {number !== '' && <span className="num selectable">{number}</span>}
            {call.country !== undefined && <Country code={call.country} short />}
            <span className={css.ours} title={displayPhone(call.account.number)}>
              {call.direction === 'inbound' ? words.on : words.from} {call.account.label}
            </span>
          </p>
        </div>
        <div className={css.side}>
          <output className={css.state}>
            {talking && call.connectedAt !== undefined && (
              <time className={css.timer} aria-hidden="true">
                {clockTime((now - call.connectedAt) / 1000)}
              </time>
            )}
            <span className={css.what}>{stateWords(call)}</span>
          </output>
          {call.direction === 'outbound' && <CostMeter call={call} now={now} />}
        </div>
      </div>
      {!over && (
        <div className={css.actions}>
          <p className={css.next}>{elsewhereWords.note}</p>
          <span className={css.gap} />
          <Button icon="close" onClick={onDismiss}>
            {words.dismiss}
          </Button>
        </div>
      )}
    </article>
  );
}

function stateWords(call: LiveCall): string {
  const { phase } = call;
  switch (phase.name) {
    case 'bridged':
      return bridgedWords[phase.stage];
    case 'ended':
      return endWords(phase.reason, partyName(call.party)).what;
    default:
      return elsewhereWords.beginning;
  }
}
