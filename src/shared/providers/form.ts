/** Fields and one file of a request. Names and types are our own, so nothing in them needs escaping. */
export interface Form {
  fields: Readonly<Record<string, string>>;
  file: { name: string; type: string; bytes: Uint8Array };
}

/** Cannot be in a field of ours; that it is in a file by chance is out of the question. */
const BOUNDARY = 'ringdesk-4f1d2c7a9b3e8065d1c4';

/** A form as `multipart/form-data` (RFC 7578). */
export function encodeForm({ fields, file }: Form): {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
} {
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head =
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\n` +
    `Content-Type: ${file.type}\r\n\r\n`;
  const before = ascii(parts.join('') + head);
  const after = ascii(`\r\n--${BOUNDARY}--\r\n`);
  const bytes = new Uint8Array(before.length + file.bytes.length + after.length);
  bytes.set(before);
  bytes.set(file.bytes, before.length);
  bytes.set(after, before.length + file.bytes.length);
  return { type: `multipart/form-data; boundary=${BOUNDARY}`, bytes };
}

const ascii = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
