/** The body of an answer, as bytes to be recorded and to be sent. */
export interface ReplyBody {
  readonly bytes: Buffer;
  /** The same as text when it is nothing but ASCII: it then leaves in one write with the head. */
  readonly ascii?: string;
}

export function textBody(text: string): ReplyBody {
  const bytes = Buffer.from(text);
  return bytes.length === text.length ? { bytes, ascii: text } : { bytes };
}

export const NO_BODY: ReplyBody = { bytes: Buffer.alloc(0), ascii: '' };
