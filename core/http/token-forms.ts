/** One way in which a token may be written: what stands on the wire, before any escaping of the place it stands in. */
export interface WrittenToken {
  /** `raw`, `base64`, `base64+lf`, `base64url`, `base64-unpadded`, `double-base64`, ... */
  readonly form: string;
  readonly text: string;
}

type Writer = (token: string) => string;

const base64: Writer = text => Buffer.from(text, 'utf8').toString('base64');
const unpadded: Writer = text => text.replace(/=+$/, '');
const urlSafe: Writer = text => text.replaceAll('+', '-').replaceAll('/', '_');

/**
 * Every form a token is looked for in, most likely first. Besides the forms that an Authorization header is read in
 * (T1, T2) those that a partner's own mistakes make of it: `echo | base64 | base64`, a CR LF from a text editor.
 */
const FORMS: Readonly<Record<string, Writer>> = {
  raw: token => token,
  base64,
  'base64+lf': token => base64(`${token}\n`),
  'base64+crlf': token => base64(`${token}\r\n`),
  'base64-unpadded': token => unpadded(base64(token)),
  base64url: token => urlSafe(unpadded(base64(token))),
  'base64url-padded': token => urlSafe(base64(token)),
  'double-base64': token => base64(base64(token)),
  'base64+lf-unpadded': token => unpadded(base64(`${token}\n`)),
  'base64url+lf': token => urlSafe(unpadded(base64(`${token}\n`))),
  'double-base64-unpadded': token => unpadded(base64(base64(token))),
  'double-base64+lf': token => base64(`${base64(`${token}\n`)}\n`),
  'double-base64-inner+lf': token => base64(base64(`${token}\n`)),
};

/** All written forms of a token; of two that read the same only the first is kept. */
export function writtenForms(token: string): WrittenToken[] {
  const seen = new Set<string>();
  const forms: WrittenToken[] = [];
  for (const [form, write] of Object.entries(FORMS)) {
    const text = write(token);
    if (seen.has(text)) continue;
    seen.add(text);
    forms.push({ form, text });
  }
  return forms;
}

/** Writes a token in a form by its name; undefined for a name that is none. */
export function writeForm(token: string, form: string): string | undefined {
  return Object.hasOwn(FORMS, form) ? FORMS[form]?.(token) : undefined;
}
