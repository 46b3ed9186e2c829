import type { AnswerMessage, Draft } from '../draft.ts';
import type { Asked, Facts } from '../kind.ts';
import { type Content, errorContent, HTML_TYPE, JSON_TYPE, newAnswer, statusPhrase, withAnswer } from './answers.ts';
import type { RefusalBody } from './parameters.ts';

/** How a partner says no. */
export interface Refusal {
  readonly status: number;
  readonly body: RefusalBody;
  /** Of the envelope, where there is one. */
  readonly ocpi?: number;
  /** What it says in words; the status phrase unless given. */
  readonly message?: string;
  readonly headers?: readonly (readonly [string, string])[];
}

/** The body of a refusal; undefined: none. */
export function refusalContent({ status, body, ocpi, message }: Refusal, now: number): Content | undefined {
  const words = message ?? statusPhrase(status);
  switch (body) {
    case 'envelope':
      return errorContent(ocpi ?? usualCode(status), words, now);
    case 'framework':
      return { text: JSON.stringify({ detail: words }), type: JSON_TYPE };
    case 'html':
      return htmlContent(`${status} ${words}`);
    case 'none':
      return undefined;
  }
}

/** The page that a proxy shows. */
export function htmlContent(title: string): Content {
  const written = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const text =
    `<!DOCTYPE html>\r\n<html>\r\n<head><title>${written}</title></head>\r\n` +
    `<body>\r\n<center><h1>${written}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return { text, type: HTML_TYPE };
}

/** The answer before anything is worked out: nothing is done. */
export function refuse(refusal: Refusal, facts: Facts, did: string): Asked {
  const { status, headers } = refusal;
  const content = refusalContent(refusal, facts.now);
  return { answer: newAnswer({ status, content, ...(headers && { headers }) }, facts), did };
}

/** The answer in place of the one that was worked out: what was asked for is done. */
export function refuseAfterwards(draft: Draft, message: AnswerMessage, refusal: Refusal, now: number): Draft {
  const { status, headers } = refusal;
  const content = refusalContent(refusal, now);
  return withAnswer(draft, message, { status, content, ...(headers && { headers }) });
}

/** `HTTP 500 with an envelope that says 3000`. */
export function refusalWords({ status, body, ocpi }: Refusal): string {
  switch (body) {
    case 'envelope':
      return `HTTP ${status} with an envelope that says ${ocpi ?? usualCode(status)}`;
    case 'framework':
      return `HTTP ${status} with {"detail": ...}`;
    case 'html':
      return `HTTP ${status} with an HTML page`;
    case 'none':
      return `HTTP ${status} without a body`;
  }
}

/** The code that says in OCPI what the HTTP status says. */
function usualCode(status: number): number {
  if (status < 400) return 1000;
  return status < 500 ? 2000 : 3000;
}
