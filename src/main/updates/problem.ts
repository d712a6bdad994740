import type { UpdateFailure } from '../../shared/ipc/updates.ts';

/** What went wrong with an update. The message is for the log. */
export class UpdateProblem extends Error {
  readonly why: UpdateFailure;

  constructor(why: UpdateFailure, message: string) {
    super(message);
    this.name = 'UpdateProblem';
    this.why = why;
  }
}

const DISK = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EPERM']);

/** The failure that an error of the updater means. */
export function failureOf(error: unknown): UpdateFailure {
  if (error instanceof UpdateProblem) return error.why;
  const code = String(Object(error).code ?? '');
  if (code === 'ERR_CHECKSUM_MISMATCH' || code === 'ERR_UPDATER_INVALID_SIGNATURE')
    return 'not-ours';
  return DISK.has(code) ? 'disk' : 'unreachable';
}
