import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { t } from '../../shared/i18n/i18n.ts';
import { decodeText } from '../../shared/lib/decode-text.ts';
import { messageOf } from '../log.ts';
import { Refusal } from '../refusal.ts';
import { parseProfile, type Profile } from './profile-schema.ts';

/**
 * Reads a profile file.
 *
 * @throws Refusal that names each wrong field
 */
export function readProfile(file: string): Profile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw invalid(file, [`the file cannot be read: ${messageOf(error)}`]);
  }
  const decoded = decodeText(bytes);
  if (!decoded.ok) {
    throw invalid(file, [t(`files.notText.${decoded.error}`, { name: basename(file) })]);
  }
  return readProfileText(file, decoded.value);
}

/**
 * The same of a file that was read already.
 *
 * @throws Refusal that names each wrong field
 */
export function readProfileText(file: string, text: string): Profile {
  const parsed = parseProfile(text);
  if (!parsed.ok) throw invalid(file, parsed.error);
  return parsed.value;
}

function invalid(file: string, problems: readonly string[]): Refusal {
  return new Refusal({
    code: 'profile-invalid',
    message: t('files.invalid', { name: basename(file) }),
    details: problems,
  });
}
