/** Why the console's file cannot be used. Calls ring all the same; writes wait in memory. */
export type StorageTrouble =
  | 'full'
  /** Another program has locked it. */
  | 'locked'
  | 'read-only'
  /** The system denies access: permissions, or something else has its name. */
  | 'no-access'
  | 'disk'
  /** Its folder is missing. */
  | 'missing'
  /** It was moved or deleted while in use. */
  | 'removed'
  /** New files were damaged, too. */
  | 'wears-out'
  /** A later version of Ringdesk wrote it. */
  | 'newer'
  /** It is encrypted, and the system's key store does not give out its key. */
  | 'no-key';

export interface StorageView {
  /** Of the file. */
  path: string;
  /** `why` in the system's words; `since` Unix ms. */
  trouble?: { kind: StorageTrouble; why: string; since: number } | undefined;
  /** With a key from the system's key store. */
  isEncrypted: boolean;
  /** Its folder is another computer's. */
  isOnNetwork: boolean;
  /** When the newest copy of it was made and checked, Unix ms. */
  copiedAt?: number | undefined;
  /** How many writes are waiting in memory. */
  waiting: number;
  /**
   * The last damaged file that was moved away. `progress` (0–1) while its calls are rescued, then
   * how many `calls` came back.
   */
  setAside?:
    | {
        path: string;
        at: number;
        /** It happened in this run of the console. */
        isNews?: boolean | undefined;
        progress?: number | undefined;
        calls?: number | undefined;
        failed?: string | undefined;
      }
    | undefined;
  /** Rows that cannot be read, e.g. `setting theme`. */
  leftOut: readonly string[];
}
