import { useEffect } from 'react';
import { t } from '../../shared/i18n/i18n.ts';
import { useSnapshot } from '../state/snapshot-store.ts';
import { show, toast } from '../state/ui.ts';

/** What was shown already: everything is mounted again when the language changes. */
const shown = { start: false, invitation: 0 };

/** Shows the start page on a first start, and when an invitation's link is opened. A call is never disturbed. */
export function useInvitation(): void {
  const firstStart = useSnapshot(({ app }) => app.firstStart === true);
  const opened = useSnapshot(({ app }) => app.invitation?.id ?? 0);
  const isBusy = useSnapshot(({ calls }) => calls.some(({ phase }) => phase.name !== 'ended'));
  useEffect(() => {
    if (!firstStart || shown.start) return;
    shown.start = true;
    show('start');
  }, [firstStart]);
  useEffect(() => {
    if (opened <= shown.invitation) return;
    shown.invitation = opened;
    if (isBusy) toast('info', () => t('invitation.waits'), 'invitation');
    else show('start');
    // oxlint-disable-next-line react/exhaustive-deps -- only when it is opened
  }, [opened]);
}
