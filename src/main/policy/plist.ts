import plist from 'plist';
import { t } from '../../shared/i18n/i18n.ts';
import type { Result } from '../../shared/lib/result.ts';

/** Reads a property list in XML, as macOS keeps managed preferences. */
export function readPlist(text: string): Result<unknown, string> {
  // The parser takes a file that was cut off as an empty one.
  if (!/<\/plist>\s*$/.test(text)) return { ok: false, error: t('policy.notAPlist') };
  try {
    // A payload may bring keys of the management itself, which are not ours to judge.
    const value = plist.parse(text);
    return { ok: true, value: typeof value === 'object' && value !== null ? ours(value) : value };
  } catch {
    return { ok: false, error: t('policy.notAPlist') };
  }
}

function ours(read: object): object {
  return Object.fromEntries(Object.entries(read).filter(([key]) => !/^(Payload|PFC_)/.test(key)));
}
