import { useEffect } from 'react';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { useSetUp } from './set-up-state.ts';

/** Notices the first practice call, and the first real ring, whichever view is open. */
export function useFirstCalls(): void {
  const { app, calls, now } = useSnapshot((snapshot) => snapshot);
  const isDemo = app.workspace === 'demo';
  const practised = isDemo && calls.some(({ connectedAt }) => connectedAt !== undefined);
  const ring =
    app.workspace === 'profile'
      ? calls.find(({ direction, shownAs }) => direction === 'inbound' && shownAs === 'ring')
      : undefined;
  useEffect(() => {
    if (practised) useSetUp.setState({ practised: true });
  }, [practised]);
  useEffect(() => {
    if (!ring || useSetUp.getState().firstRing) return;
    const seconds = Math.max(1, Math.ceil((now - ring.createdAt) / 1000));
    useSetUp.setState({ firstRing: { label: ring.account.label, seconds }, step: 'call' });
    // oxlint-disable-next-line react/exhaustive-deps -- the moment at which it began to ring
  }, [ring?.id]);
}
