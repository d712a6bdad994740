import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallRecord } from '../../../../../src/main/history/call-record.ts';
import { columns, exactIsoOf } from '../../../../../src/main/history/export/columns.ts';
import { csvHead, recordLine } from '../../../../../src/main/history/export/csv.ts';
import { csvText } from '../../../../../src/shared/lib/csv.ts';
import { jsonLine } from '../../../../../src/main/history/export/json-lines.ts';
import { parseCsv } from '../../../../helpers/csv.ts';

const record = (more: Partial<CallRecord> = {}): CallRecord => ({
  seq: 1,
  id: 'support/wacid.1',
  direction: 'inbound',
  outcome: 'answered',
  party: { waId: '4915112345678', name: 'Mia' },
  accountId: 'support',
  accountLabel: 'Support',
  accountNumber: '+16315553601',
  createdAt: Date.UTC(2026, 2, 1, 13, 5, 9),
  connectedAt: Date.UTC(2026, 2, 1, 13, 5, 14),
  endedAt: Date.UTC(2026, 2, 1, 14, 5, 20),
  talkSeconds: 3_606,
  unseen: false,
  endReason: { kind: 'customer-hung-up' },
  tags: [],
  teamNotes: [],
  parts: [],
  ...more,
});

/** The cells of one record by column name. */
function cells(more: Partial<CallRecord> = {}): Record<string, string> {
  const [names = [], values = []] = parseCsv(
    csvHead(columns, 'comma').slice(1) + recordLine(record(more), columns, 'comma'),
  );
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

describe('CSV', () => {
  test('begins with the byte order mark', () => {
    expect(csvHead(columns, 'comma').startsWith('\uFEFFcall_id,')).toBe(true);
  });

  test('V6 writes exact numbers, and readable and exact times', () => {
    const row = cells();
    expect(row).toMatchObject({
      phone: '4915112345678',
      phone_e164: '+4915112345678',
      account_number: '16315553601',
      ring_seconds: '5',
      talk_seconds: '3606',
      talk_time: '1:00:06',
      end_reason: 'customer-hung-up',
    });
    expect(row['started_at']).toMatch(/^2026-03-0[12]T\d\d:\d\d:09[+-]\d\d:\d\d$/);
    expect(Date.parse(row['started_at'] ?? '')).toBe(record().createdAt);
    expect(row['started_local']).toMatch(/^2026-03-0[12] \d\d:\d\d:09$/);
  });

  test('V6 quotes text but not numbers, so that readers can tell them apart', () => {
    const quality = { packetsReceived: 9, packetsLost: 1, packetsSent: 9, mos: 4.3 };
    for (const name of ['007', '1/2', 'TRUE', '1E5', '4.3']) {
      const line = recordLine(
        record({ party: { name, waId: '5511987654321' }, quality }),
        columns,
        'comma',
      );
      expect(line).toContain(`,"${name}","5511987654321","+5511987654321",`);
      expect(line).toContain(',4.3,1,9,');
    }
  });

  test('X1 separates cells by semicolons where decimals have a comma', () => {
    const quality = { packetsReceived: 9, packetsLost: 1, packetsSent: 9, mos: 4.3 };
    expect(csvHead(columns, 'semicolon')).toContain(';phone;phone_e164;');
    expect(recordLine(record({ quality }), columns, 'semicolon')).toContain(';4,3;1;9;');
    expect(recordLine(record({ quality }), columns, 'tab')).toContain('\t4.3\t1\t9\t');
  });

  test('has columns for transfers', () => {
    const callOffer = { callId: 'a', why: 'transfer', from: 'Bob', note: 'refund', deadlineAt: 0 };
    const transfers = [
      { at: 1, to: 'Cy', end: 'declined' },
      { at: 2, to: 'Dee', note: 'knows it', end: 'accepted' },
    ] as const;
    const endReason = { kind: 'transferred', to: 'Dee' } as const;
    const parts = [{ id: 'h', createdAt: 0, endReason, transfers }];
    expect(
      cells({ parts, endReason, wholeSeconds: 90, callOffer: { ...callOffer, why: 'transfer' } }),
    ).toMatchObject({
      handed_over_by: 'Bob',
      handover_note: 'refund',
      handed_over_to: 'Dee',
      handed_over_note: 'knows it',
      whole_call_seconds: '90',
    });
  });

  test('leaves unknown values empty', () => {
    expect(cells({ party: {}, connectedAt: undefined, talkSeconds: undefined })).toMatchObject({
      phone: '',
      phone_e164: '',
      customer_name: '',
      answered_at: '',
      talk_time: '',
      mos: '',
    });
  });

  test('has the provider’s reason of the end', () => {
    const error = { code: '138006', message: 'No permission', details: 'ask', transient: false };
    expect(cells({ endReason: { kind: 'failed', error } })['end_detail']).toBe(
      'No permission ask (138006)',
    );
    expect(cells({ endReason: { kind: 'answered-elsewhere', by: 'Bob' } })['end_detail']).toBe(
      'Bob',
    );
  });

  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n',
    ' =1',
    '＝1',
    '＋1',
    '－1',
    '＠a',
    '\u200B=1',
    '|cmd',
    '%0A',
  ])('%j cannot be a formula', (name) => {
    expect(cells({ party: { name } })['customer_name']).toBe(`'${name}`);
  });

  test.each(['Mia', 'a=b', '1-2', 'Ana, "the" one', 'two\r\nlines', 'ñ 日本'])(
    '%j is unchanged',
    (name) => {
      expect(cells({ party: { name } })['customer_name']).toBe(name);
    },
  );

  test('any text is read back unchanged, or with its guard', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (values) => {
        const line = `${values.map((value) => csvText(value)).join(',')}\r\n`;
        const [row = []] = parseCsv(line);
        expect(row.map((cell, i) => (cell === `'${values[i]}` ? cell.slice(1) : cell))).toEqual(
          values,
        );
        for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
      { numRuns: 2_000 },
    );
  });

  test('column names are unique', () => {
    const names = columns.map((column) => column.name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('JSON Lines', () => {
  test('write one object per line, with the timeline', () => {
    const line = jsonLine(record({ party: { name: 'two\nlines' } }), [
      { at: record().createdAt, from: 'provider', kind: 'offer' },
    ]);
    expect(line.endsWith('}\n')).toBe(true);
    expect(line.trimEnd()).not.toContain('\n');
    expect(JSON.parse(line)).toMatchObject({
      id: 'support/wacid.1',
      party: { name: 'two\nlines' },
      account: { id: 'support', label: 'Support', number: '+16315553601' },
      createdAt: exactIsoOf(record().createdAt),
      ringSeconds: 5,
      timeline: [{ from: 'provider', kind: 'offer', at: exactIsoOf(record().createdAt) }],
    });
  });
});
