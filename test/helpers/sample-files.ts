/** The first bytes of files, as their formats begin. */
export const beginnings = {
  jpeg: bytes('\u00FF\u00D8\u00FF\u00E0\u0000\u0010JFIF'),
  png: bytes('\u0089PNG\r\n\u001A\n\u0000\u0000\u0000\rIHDR'),
  webp: bytes('RIFF\u0024\u0000\u0000\u0000WEBPVP8 '),
  opus: bytes(`OggS${'\u0000'.repeat(24)}OpusHead`),
  theora: bytes(`OggS${'\u0000'.repeat(24)}\u0080theora`),
  mp3: bytes('ID3\u0004\u0000'),
  mp3Frame: bytes('\u00FF\u00FB\u0090\u0000'),
  aac: bytes('\u00FF\u00F1\u0050\u0080'),
  m4a: bytes('\u0000\u0000\u0000\u0020ftypM4A \u0000'),
  mp4: bytes('\u0000\u0000\u0000\u0020ftypisom\u0000'),
  heic: bytes('\u0000\u0000\u0000\u0020ftypheic\u0000'),
  amr: bytes('#!AMR\n'),
  gif: bytes('GIF89a'),
  svg: bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  xml: bytes('<?xml version="1.0"?><svg/>'),
  html: bytes('<!doctype html><script>alert(1)</script>'),
  pdf: bytes('%PDF-1.7'),
  exe: bytes('MZ\u0090\u0000'),
  elf: bytes('\u007FELF'),
  zip: bytes('PK\u0003\u0004'),
  nothing: new Uint8Array(),
} as const;

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
