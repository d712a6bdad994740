import { createHash } from 'node:crypto';
import { type HttpReply, json } from '../http/server.ts';

interface KeptFile {
  type: string;
  content: Buffer;
}

export const fileReply = ({ type, content }: KeptFile): HttpReply => ({
  kind: 'file',
  type,
  content,
});

/**
 * Where a file is (docs/providers/meta.md#files).
 *
 * @vendor documented meta-answers/media
 */
export const mediaReply = (id: string, { type, content }: KeptFile, url: string): HttpReply =>
  json(200, {
    messaging_product: 'whatsapp',
    url,
    mime_type: type,
    sha256: createHash('sha256').update(content).digest('hex'),
    file_size: content.length,
    id,
  });
