import { IncomingCard } from '../features/incoming/incoming-card.tsx';
import { useNow } from '../lib/use-now.ts';
import { act } from '../state/act.ts';
import { engagedCall, useSnapshot } from '../state/desk.ts';
import { words } from '../words.ts';
import { ringsToShow } from './rings.ts';
import css from './ring-popup.module.css';

/** The small window: the call that has rung longest, and how many more there are. */
export function RingPopup() {
  const { calls, settings } = useSnapshot((snapshot) => snapshot);
  const rings = ringsToShow(calls, useNow(250));
  const call = rings.find(({ phase }) => phase.name === 'ringing') ?? rings[0];
  const more = rings.filter(({ id, phase }) => id !== call?.id && phase.name === 'ringing').length;
  return (
    <main className={css.popup}>
      <h1 className="visually-hidden">{words.incomingCall}</h1>
      {call && (
        <IncomingCard
          key={call.id}
          fill
          call={call}
          busy={engagedCall(calls) !== undefined}
          shortcuts={settings}
          onAccept={() => void act('calls.accept', { callId: call.id })}
          onDecline={() => void act('calls.decline', { callId: call.id })}
        />
      )}
      {more > 0 && <p className={css.more}>{words.moreRing(more)}</p>}
    </main>
  );
}
