import { z } from 'zod';
import { erasure } from '../../../shared/protocol/erasure.ts';
import type { Db } from '../../../sqlite/migrate.ts';
import { JsonSetting } from '../json-settings.ts';

const kept = erasure.extend({
  /** This console has carried it out. */
  isDone: z.boolean(),
  /** But for what is on legal hold. */
  isHeld: z.boolean().optional(),
});
/** An erasure that this console knows of. */
export type KeptErasure = z.infer<typeof kept>;

/**
 * Erasures, carried out or not. Among the settings, because these are the first to come back from a damaged file: what a
 * rescue brings back of an erased person is erased again.
 */
export function erasuresSetting(db: Db): JsonSetting<readonly KeptErasure[]> {
  return new JsonSetting<readonly KeptErasure[]>(db, 'erasures', z.array(kept).readonly(), []);
}

/** Until when calls were deleted because of their age, Unix ms. */
export function deadlineSetting(db: Db): JsonSetting<number | undefined> {
  return new JsonSetting(db, 'retention-deadline', z.number().optional(), undefined);
}
