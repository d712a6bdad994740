import type { RecordingFailure } from '../shared/recording/state.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const READ_ONLY = new Set(['EROFS', 'EACCES', 'EPERM']);

/** What an error of the system means for a recording. */
export function failureOf(error: unknown): RecordingFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (FULL.has(code)) return 'disk-full';
  return READ_ONLY.has(code) ? 'read-only' : 'disk';
}
