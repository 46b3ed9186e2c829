import { defaultForm, formFindings, readAuthorization, type WrittenForm } from '../../ocpi/authorization.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { headerValues } from '../../ocpi/raw-headers.ts';
import type { Reading } from '../reading.ts';

const RESULTS: ReadonlySet<string> = new Set(['commands.result', 'chargingprofiles.result']);

/** The Authorization header of a request: whether there is one, how it is spelled, and in which form the token stands in it. */
export function authorizationFindings(reading: Reading): readonly Finding[] {
  const { observed, entry, token } = reading;
  const read = readAuthorization(headerValues(observed.request.headers, 'authorization'));
  if (read.kind === 'none') {
    if (entry === undefined) return [];
    const details = { pointer: 'header:Authorization', met: 'no header', expected: 'Token ...' };
    return RESULTS.has(entry.id) ? [finding('result.unauthenticated', details)] : read.findings;
  }
  if (token === undefined) return read.findings;
  return [...read.findings, ...formOf(token.form, reading)];
}

function formOf(form: string, { observed }: Reading): readonly Finding[] {
  const { version, direction, response } = observed;
  // A line feed is one in every version.
  if (/lf/.test(form)) return formFindings('base64+lf', version ?? '2.2.1');
  const plain = form === 'raw' || form === 'base64';
  if (!plain) return formFindings(form as WrittenForm, version ?? '2.2.1');
  if (version === undefined || form === defaultForm(version)) return [];
  const refused = response?.status === 401;
  // What we write ourselves is what the partner wants, unless it refuses it.
  if (direction === 'out') return refused && form === 'base64' ? formFindings(form, version) : [];
  // `raw` is also what stands for tokens that nobody knows; one that was let in is known.
  if (form === 'raw' && (refused || response === undefined)) return [];
  return formFindings(form, version);
}
