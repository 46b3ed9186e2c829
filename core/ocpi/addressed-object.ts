import { ciEqual } from './ci-string.ts';
import { type Finding, finding } from './findings.ts';
import { isJsonObject } from './json-value.ts';

/** Where the last placeholder of a path is not simply called `id` in the object. */
const OWN_ID: Readonly<Record<string, string>> = { evse_uid: 'uid', token_uid: 'uid', terminal_id: 'terminal_id' };
const OWNER = ['country_code', 'party_id'] as const;

export interface AddressedObject {
  /** Of the catalogue entry: `['{country_code}', '{party_id}', '{location_id}']`. */
  readonly path: readonly string[];
  /** Values of its placeholders, percent-decoded once. */
  readonly params: Readonly<Record<string, string>>;
  /** The JSON value sent there. */
  readonly object: unknown;
}

/**
 * Compares the URL an object was put or patched at with what the object says of itself (digest 1.8, T17a, T22, T27). Fields
 * the object does not have are not missed here. `party.mismatch` is a warning and `id.mismatch` an error;
 * our server answers 2001 to both.
 */
export function addressFindings({ path, params, object }: AddressedObject): Finding[] {
  if (!isJsonObject(object)) return [];
  const findings: Finding[] = [];
  for (const name of OWNER) {
    const addressed = params[name];
    const named = object[name];
    if (addressed === undefined || typeof named !== 'string' || ciEqual(addressed, named)) continue;
    findings.push(
      finding('party.mismatch', { pointer: `/${name}`, met: named, expected: `${addressed}, as in the URL` }),
    );
  }
  const last = /^\{(.+)\}$/.exec(path.at(-1) ?? '')?.[1];
  if (last === undefined || OWNER.some(name => name === last)) return findings;
  const field = OWN_ID[last] ?? 'id';
  const addressed = params[last];
  const named = object[field];
  if (addressed === undefined || typeof named !== 'string' || addressed === named) return findings;
  const details = { pointer: `/${field}`, met: named, expected: `${addressed}, as in the URL` };
  findings.push(finding(ciEqual(addressed, named) ? 'id.case' : 'id.mismatch', details));
  return findings;
}
