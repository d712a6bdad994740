import { t } from '../../shared/i18n/i18n.ts';
import type { OffFeature } from '../../shared/ipc/snapshot.ts';
import type { Settings } from '../../shared/ipc/settings.ts';
import { useSnapshotStore } from './snapshot-store.ts';

/** Why the agent cannot change a setting: the organisation has set it. Undefined if they can. */
export function useLock(setting: keyof Settings): string | undefined {
  const locked = useSnapshotStore(({ snapshot }) =>
    snapshot?.organisation?.locked.includes(setting),
  );
  return locked === true ? t('policy.locked') : undefined;
}

/** Why a feature is not there: the organisation turned it off. Undefined if it is. */
export function useOff(feature: OffFeature): string | undefined {
  const off = useSnapshotStore(({ snapshot }) => snapshot?.organisation?.off.includes(feature));
  return off === true ? t('policy.locked') : undefined;
}
