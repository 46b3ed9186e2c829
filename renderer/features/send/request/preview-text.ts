import type { SendPreview } from '../../../../core/contract/sending.ts';

/** The request as text: start line, headers in their order, body. */
export function previewText({ method, url, headers, body }: SendPreview): string {
  const target = url.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
  const head = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`), ''];
  return body === null ? head.join('\n') : [...head, body].join('\n');
}

const ABOUT_THE_ADDRESS = new Set(['party.mismatch', 'id.mismatch', 'id.case']);

/** What is wrong beside the body, which the editor judges: method, URL, headers, and an object that is not the addressed one. */
export function findingsBeside(findings: SendPreview['findings']): SendPreview['findings'] {
  return findings.filter(
    ({ code, pointer }) =>
      code.startsWith('request.') || ABOUT_THE_ADDRESS.has(code) || (pointer !== '' && !pointer.startsWith('/')),
  );
}
