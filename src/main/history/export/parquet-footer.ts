import { ByteWriter, type ParquetWriter } from 'hyparquet-writer';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';

/** Thrift's header of a list of structs with fifteen or more; their number follows. */
const MANY_STRUCTS = 0xfc;
const MAGIC = Buffer.from('PAR1');

/**
 * The end of a Parquet file, which says where each column of each group of rows is. It grows with the file, and as the
 * library's objects it would take ten times as much memory as the bytes that are kept here.
 */
export class ParquetFooter {
  readonly #writer: ParquetWriter;
  readonly #groups: Uint8Array[] = [];
  readonly #empty: Uint8Array;
  /** Where the list of groups begins in it. */
  readonly #listAt: number;

  constructor(writer: ParquetWriter) {
    this.#writer = writer;
    this.#empty = this.#metadata(0n);
    const one = this.#metadata(0n, [{ columns: [], total_byte_size: 0n, num_rows: 0n }]);
    // They differ in the list alone, whose header comes first.
    this.#listAt = one.findIndex((byte, at) => byte !== this.#empty[at]);
  }

  /** Takes over what the writer knows of the groups that it has written since the last time. */
  take(): void {
    const { row_groups: groups, pendingIndexes } = this.#writer;
    // Indexes are of columns with several pages, which these are too short for.
    pendingIndexes.length = 0;
    const behind = this.#empty.length - this.#listAt - 1;
    for (const group of groups.splice(0)) {
      const one = this.#metadata(0n, [group]);
      this.#groups.push(one.slice(this.#listAt + 1, one.length - behind));
    }
  }

  /** The rest of the file. */
  bytes(): Uint8Array {
    const none = this.#metadata(this.#writer.num_rows);
    const listAt = this.#listAt + none.length - this.#empty.length;
    const list = new ByteWriter();
    if (this.#groups.length > 0) {
      // A reader takes this form of a short list as well.
      list.appendUint8(MANY_STRUCTS);
      list.appendVarInt(this.#groups.length);
    } else list.appendUint8(0);
    const metadata = Buffer.concat([
      none.subarray(0, listAt),
      list.getBytes(),
      ...this.#groups,
      none.subarray(listAt + 1),
    ]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(metadata.length);
    return Buffer.concat([metadata, length, MAGIC]);
  }

  /** What the library writes of so many rows in these groups, without its length. */
  #metadata(rows: bigint, groups: ParquetWriter['row_groups'] = []): Uint8Array {
    const { schema, createdBy } = this.#writer;
    const bytes = new ByteWriter();
    writeMetadata(bytes, {
      version: 2,
      schema,
      row_groups: groups,
      created_by: createdBy,
      num_rows: rows,
      metadata_length: 0,
    });
    return bytes.getBytes().slice(0, -4);
  }
}
