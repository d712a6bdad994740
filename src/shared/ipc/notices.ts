export interface Notice {
  id: string;
  kind: 'info' | 'warning' | 'error';
  code: NoticeCode;
  /** For `{placeholders}` of the catalogue's sentence. */
  values: Record<string, string>;
  at: number;
}

export type NoticeCode =
  | 'calls-interrupted'
  | 'export-failed'
  | 'softphone-restarted'
  | 'relay-log-incomplete'
  | 'rights-changed'
  | 'profile-invalid'
  | 'policy-wrong'
  | 'policy-over-profile'
  | 'file-trouble'
  | 'folder-read-only'
  | 'storage-trouble'
  | 'storage-set-aside'
  | 'storage-left-out'
  | 'storage-network'
  | 'microphone-denied'
  | 'provider-error'
  | 'permission-granted'
  | 'permission-declined'
  | 'callback-due'
  | 'still-waits'
  | 'number-restricted'
  | 'number-warned'
  | 'number-fact'
  | 'webhooks-late'
  | 'relay-clock-behind'
  | 'shortcut-taken'
  | 'screen-pop-failed'
  | 'tray-missing'
  | 'transfer-reverted'
  | 'team-message';
