import { t } from '../../shared/i18n/i18n.ts';
import { parseJson } from '../../shared/lib/parse-json.ts';
import { repeatedKey } from '../../shared/lib/repeated-key.ts';
import type { Result } from '../../shared/lib/result.ts';

/**
 * Parses JSON that people write by hand. A name that is there twice is a problem: the parser would take the last and
 * drop the other without a word.
 */
export function parseJsonText(text: string): Result<unknown, string> {
  const parsed = parseJson(text);
  if (!parsed.ok) return { ok: false, error: t('profile.notJson', { why: parsed.error }) };
  const twice = repeatedKey(text);
  return twice ? { ok: false, error: t('profile.twice', { ...twice }) } : parsed;
}
