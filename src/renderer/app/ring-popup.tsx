import { t } from '../../shared/i18n/i18n.ts';
import { isCalling } from '../../shared/call/view.ts';
import { isInRingWindow } from '../../shared/ipc/ring-window.ts';
import { IncomingCard } from '../features/incoming/incoming-card.tsx';
import { useUi, wordsOf } from '../state/ui.ts';
import { engagedCall, keysFor, useSnapshot } from '../state/snapshot-store.ts';
import { classes } from '../lib/classes.ts';
import { useOwnDrag } from './use-own-drag.ts';
import css from './ring-popup.module.css';

/** The ring window: the call that has been ringing longest, and how many others are ringing. */
export function RingPopup() {
  const snapshot = useSnapshot((all) => all);
  const { calls, app } = snapshot;
  const isOurs = app.dragsRingWindow === true;
  const drag = useOwnDrag(isOurs);
  const rings = calls.filter(isInRingWindow);
  const call = rings.find(isCalling) ?? rings[0];
  const failure = useFailure(call?.id);
  const more = rings.filter((other) => other.id !== call?.id && isCalling(other)).length;
  return (
    <main className={classes(css.popup, isOurs ? css.held : css.dragged)} {...drag}>
      <h1 className="visually-hidden">{t('ring.incomingCall')}</h1>
      {call && (
        <IncomingCard
          key={call.id}
          fill
          failure={failure}
          call={call}
          busy={engagedCall(calls) !== undefined}
          shortcuts={keysFor(call, snapshot)}
        />
      )}
      {more > 0 && <p className={css.more}>{t('ring.moreRing', { count: more })}</p>}
    </main>
  );
}

/** Why the last press on this call failed; this window has no toasts. */
function useFailure(callId: string | undefined): string | undefined {
  return useUi(({ toasts }) => {
    if (callId === undefined) return undefined;
    const about = JSON.stringify(callId);
    const failure = toasts.findLast(({ tone, topic }) => tone === 'bad' && topic?.includes(about));
    if (!failure) return undefined;
    const { what, next } = wordsOf(failure);
    return [what, next].filter(Boolean).join('. ');
  });
}
