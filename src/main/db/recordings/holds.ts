import { z } from 'zod';
import type { Db } from '../../../sqlite/migrate.ts';
import { JsonSetting } from '../json-settings.ts';

/**
 * Hashes of calls that the relay has put on legal hold. Among the settings, because these are the first to come back from
 * a damaged file, before anything is deleted by age.
 */
export function holdsSetting(db: Db): JsonSetting<readonly string[]> {
  return new JsonSetting<readonly string[]>(db, 'legal-holds', z.array(z.string()).readonly(), []);
}
