import { z } from 'zod';
import { nuid } from '@nats-io/transport-node';
import { deliveryRow, plainRow, readRows, type RowStore, type TableRow } from '../table-rows.ts';
import { UNUSED } from '../store.ts';
import { changeBirth, checkWhole } from './birth.ts';
import type { CommandLog } from './command-log.ts';
import type { JetStream } from './jetstream.ts';
import type { Projection } from './projection.ts';

/** The most rows in one command, and about the most bytes of them. */
const ROWS = 500;
const BYTES = 1_000_000;

/** Those that the commands of the agents' stream write. */
const AGENT_TABLES: ReadonlySet<string> = new Set(['agents', 'invitations', 'wrap_up_forms']);

const stub = z.object({ id: z.number(), headers: z.string() });
const stubHeaders = z.object({ 'stream-sequence': z.string() });
const kept = z.object({
  accountId: z.string(),
  receivedAt: z.number(),
  headers: z.record(z.string(), z.string()),
  problems: z.array(z.object({ path: z.string(), why: z.string() })),
  unused: z.enum(UNUSED).optional(),
});

interface NatsRowsPorts {
  jetStream: JetStream;
  projection: Projection;
  commands: CommandLog;
  epoch: string;
  close: () => Promise<void>;
}

/**
 * The rows of a store in NATS: those of its projection, with deliveries and epoch from the server.
 */
export function natsRows({
  jetStream,
  projection,
  commands,
  epoch,
  close,
}: NatsRowsPorts): RowStore {
  const { manager, names } = jetStream;

  /** The projection has only the delivery's place in the stream. */
  const wholeDelivery = async (row: TableRow['row']): Promise<TableRow | undefined> => {
    const { id, headers } = stub.parse(row);
    const sequence = Number(stubHeaders.parse(JSON.parse(headers))['stream-sequence']);
    const message =
      sequence === 0 ? null : await manager.streams.getMessage(names.deliveries, { seq: sequence });
    if (!message) return undefined;
    const delivery = kept.parse(JSON.parse(message.header.get('Delivery')));
    return {
      table: 'deliveries',
      row: {
        id,
        account_id: delivery.accountId,
        received_at: delivery.receivedAt,
        headers: JSON.stringify(delivery.headers),
        body: message.data,
        problems: delivery.problems.length === 0 ? null : JSON.stringify(delivery.problems),
        unused: delivery.unused ?? null,
      },
    };
  };

  const keepDelivery = async (row: TableRow['row']): Promise<TableRow> => {
    const {
      id,
      account_id: accountId,
      received_at: receivedAt,
      ...fields
    } = deliveryRow.parse(row);
    const { headers, problems } = kept.pick({ headers: true, problems: true }).parse({
      headers: JSON.parse(fields.headers),
      problems: fields.problems === null ? [] : JSON.parse(fields.problems),
    });
    const unused = fields.unused ?? undefined;
    const delivery = { accountId, receivedAt, headers, body: fields.body, problems, unused };
    const sequence = await commands.keepDelivery(delivery, nuid.next());
    return {
      table: 'deliveries',
      row: {
        id,
        account_id: accountId,
        received_at: receivedAt,
        headers: JSON.stringify({ 'stream-sequence': String(sequence) }),
        problems: null,
        unused: unused ?? null,
      },
    };
  };

  return {
    async isEmpty() {
      const [log, agents] = await Promise.all([
        manager.streams.info(names.log),
        manager.streams.info(names.agents),
      ]);
      return log.state.last_seq === 0 && agents.state.last_seq === 0;
    },
    async *rows() {
      await checkWhole(jetStream);
      // What other relays write from now on is not part of it.
      await commands.close();
      for (const one of readRows(projection.db)) {
        if (one.table === 'deliveries') {
          const whole = await wholeDelivery(one.row);
          if (whole) yield whole;
        } else if (one.table === 'meta' && one.row['key'] === 'epoch') {
          yield { ...one, row: { ...one.row, value: epoch } };
        } else yield one;
      }
    },
    async load(rows) {
      await changeBirth(jetStream, { isHalfCopied: true });
      const pages = {
        log: new Page('import', commands),
        agents: new Page('agent-import', commands),
        // Apart, so that a person can be erased from them.
        people: new Page('agent-import', commands),
      };
      for await (const one of rows) {
        if (one.table === 'meta' && one.row['key'] === 'epoch') {
          await changeBirth(jetStream, { epoch: String(one.row['value']) });
        } else if (one.table === 'person_fact') {
          await pages.people.add(one);
        } else if (AGENT_TABLES.has(one.table)) {
          await pages.agents.add(one);
        } else {
          if (one.table === 'meta' && one.row['key'] === 'head') {
            // Later cursors must come after it.
            await changeBirth(jetStream, { cursorBase: Number(one.row['value']) });
          }
          await pages.log.add(one.table === 'deliveries' ? await keepDelivery(one.row) : one);
        }
      }
      await pages.agents.send();
      await pages.people.send();
      await pages.log.send();
      await changeBirth(jetStream, { isHalfCopied: false });
    },
    close,
  };
}

/** Rows that are sent in one command. */
class Page {
  readonly #kind: 'import' | 'agent-import';
  readonly #commands: CommandLog;
  #rows: TableRow[] = [];
  #bytes = 0;

  constructor(kind: 'import' | 'agent-import', commands: CommandLog) {
    this.#kind = kind;
    this.#commands = commands;
  }

  async add(row: TableRow): Promise<void> {
    this.#rows.push(row);
    this.#bytes += JSON.stringify(row).length;
    if (this.#rows.length >= ROWS || this.#bytes >= BYTES) await this.send();
  }

  async send(): Promise<void> {
    if (this.#rows.length === 0) return;
    const rows = z.array(plainRow).parse(this.#rows);
    [this.#rows, this.#bytes] = [[], 0];
    await this.#commands.ask({ kind: this.#kind, rows }, nuid.next());
  }
}
