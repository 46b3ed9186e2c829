export interface SavedText {
  readonly name: string;
  readonly text: string;
  /** `text/markdown`, `application/json`. */
  readonly type: string;
}

/** Long enough for the browser to have begun reading. */
const KEPT_MS = 10_000;
/** What is large is read for as long as it is written. */
const KEPT_BYTES_MS = 60_000;

/** Hands a text over as a file, the way the browser or the window saves one. */
export function saveFile({ name, text, type }: SavedText): void {
  save(name, new Blob([text], { type: `${type};charset=utf-8` }), KEPT_MS);
}

/** The same of bytes. */
export function saveBytes(name: string, bytes: Blob): void {
  save(name, bytes, KEPT_BYTES_MS);
}

function save(name: string, content: Blob, keptMs: number): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
}
