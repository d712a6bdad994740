/** The formats of exported call records; each is also the end of the file's name. */
export const exportFormats = ['xlsx', 'csv', 'jsonl', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What separates the cells of a CSV file. */
export const csvSeparators = ['comma', 'semicolon', 'tab'] as const;
export type CsvSeparator = (typeof csvSeparators)[number];
/** Where lists are separated by semicolons, decimals use a comma. */
export const csvDialects: Readonly<Record<CsvSeparator, { separator: string; decimal: string }>> = {
  comma: { separator: ',', decimal: '.' },
  semicolon: { separator: ';', decimal: ',' },
  tab: { separator: '\t', decimal: '.' },
};

/** After which an export repeats by itself. */
export const exportPeriods = ['day', 'week', 'month'] as const;
export type ExportPeriod = (typeof exportPeriods)[number];

/** The columns of a table of calls, in its order; docs/export.md says what each holds. */
export const exportColumns = [
  'call_id',
  'provider_call_id',
  'direction',
  'outcome',
  'account',
  'account_number',
  'customer_name',
  'phone',
  'phone_e164',
  'customer_id',
  'started_at',
  'started_local',
  'answered_at',
  'ended_at',
  'ring_seconds',
  'talk_seconds',
  'talk_time',
  'end_reason',
  'end_detail',
  'button_payload',
  'mos',
  'packets_lost',
  'packets_received',
  'jitter_ms',
  'rtt_ms',
  'handed_over_by',
  'handover_note',
  'handed_over_to',
  'handed_over_note',
  'whole_call_seconds',
  'note',
  'team_notes',
  'disposition',
  'tags',
  'voicemail',
] as const;
export type ExportColumn = (typeof exportColumns)[number];
