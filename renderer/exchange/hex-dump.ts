const ROW = 16;

/** `00000010  7b 22 …  {"…`: offset, bytes, and what of them is printable ASCII. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += ROW) {
    const row = bytes.subarray(at, at + ROW);
    const hex = Array.from(row, byte => byte.toString(16).padStart(2, '0')).join(' ');
    const text = Array.from(row, byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(ROW * 3 - 1)}  ${text}`);
  }
  return lines.join('\n');
}

/** Bytes of Base64 text; of what is none, nothing. */
export function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
