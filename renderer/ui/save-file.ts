export interface SavedText {
  readonly name: string;
  readonly text: string;
  /** `text/markdown`, `application/json`. */
  readonly type: string;
}

/** Long enough for the browser to have begun reading. */
const KEPT_MS = 10_000;

/** Hands a text over as a file, the way the browser or the window saves one. */
export function saveFile({ name, text, type }: SavedText): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
