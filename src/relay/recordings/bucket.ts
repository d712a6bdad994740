import { AwsClient } from 'aws4fetch';
import { reasonOf } from '../log.ts';

/** A bucket that speaks S3, as `recording.s3` of the config names it. */
export interface BucketOptions {
  /** Its address, without the bucket's name. */
  endpoint: string;
  region: string;
  bucket: string;
  /** What the names of the relay's files begin with. */
  prefix: string;
  accessKeyId: string;
  key: string;
}

/** A bucket did not do what was asked. */
class BucketFailure extends Error {
  override readonly name = 'BucketFailure';
  /** The HTTP status, if there was an answer. */
  readonly status: number | undefined;

  constructor(what: string, status?: number) {
    super(status === undefined ? what : `${what} (HTTP status ${status})`);
    this.status = status;
  }
}

const WITHIN_MS = 10 * 60_000;
/** Half a day of both sides. */
const MOST_BYTES = 500_000_000;

/** Files in a bucket, addressed by path, which every store that speaks S3 understands. */
export class Bucket {
  readonly #client: AwsClient;
  readonly #root: string;

  constructor({ endpoint, region, bucket, prefix, accessKeyId, key }: BucketOptions) {
    this.#client = new AwsClient({
      accessKeyId,
      secretAccessKey: key,
      service: 's3',
      region,
      // The caller tries again.
      retries: 0,
    });
    this.#root = `${endpoint.replace(/\/+$/, '')}/${bucket}/${prefix}`;
  }

  /** @throws BucketFailure */
  async put(name: string, content: Uint8Array<ArrayBuffer>): Promise<void> {
    // Its hash is signed with it, so that a damaged upload is refused.
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', content)).toString('hex');
    await this.#ask('PUT', name, {
      body: content,
      headers: { 'x-amz-content-sha256': hash, 'content-type': 'application/octet-stream' },
    });
  }

  /** @returns undefined if there is no such file
   * @throws BucketFailure
   */
  async get(name: string): Promise<Uint8Array | undefined> {
    const answer = await this.#ask('GET', name, {}, [404]);
    if (answer.status === 404) return undefined;
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of unbroken(answer.body)) {
      size += part.length;
      if (size > MOST_BYTES) throw new BucketFailure('GET: larger than any recording');
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  /** Deleting what is not there is no error. @throws BucketFailure */
  async remove(name: string): Promise<void> {
    await this.#ask('DELETE', name, {}, [404]);
  }

  async #ask(
    method: 'PUT' | 'GET' | 'DELETE',
    name: string,
    init: RequestInit,
    also: readonly number[] = [],
  ): Promise<Response> {
    let answer: Response;
    try {
      answer = await this.#client.fetch(`${this.#root}${encodeURIComponent(name)}`, {
        ...init,
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(WITHIN_MS),
      });
    } catch (error) {
      throw new BucketFailure(`${method}: ${reasonOf(error)}`);
    }
    if (answer.ok || also.includes(answer.status)) return answer;
    await answer.body?.cancel();
    throw new BucketFailure(`${method} was refused`, answer.status);
  }
}

/** A connection that breaks is a failure of the bucket. */
async function* unbroken(body: ReadableStream<Uint8Array> | null): AsyncIterable<Uint8Array> {
  try {
    yield* body ?? [];
  } catch (error) {
    throw new BucketFailure(`GET: ${reasonOf(error)}`);
  }
}
