import type { CheckId } from '../../shared/checks/ids.ts';

/** The result of one check. */
export interface Finding {
  about: 'config' | 'port' | 'media' | 'clock' | 'store' | 'webhook' | CheckId;
  /** The number that it is about. */
  account?: string | undefined;
  how: 'good' | 'doubtful' | 'bad';
  says: string;
  /** What puts it right, for the admin. */
  repair?: string | undefined;
}
