import { t } from '../../shared/i18n/i18n.ts';
import type { NewCallFilled } from '../../shared/ipc/programs.ts';

/** What the agent should know about a number that another program named. */
export function newCallRemarks(
  { unknownFrom, extension, several }: Partial<NewCallFilled>,
  /** The number as it is shown, if New call stayed where it is. */
  quiet?: string,
): readonly string[] {
  return [
    quiet !== undefined && t('links.quiet', { number: quiet }),
    unknownFrom !== undefined && t('links.unknownFrom', { from: unknownFrom }),
    extension !== undefined && t('links.extension', { extension }),
    several === true && t('links.several'),
  ].filter((remark) => remark !== false);
}
