import { ciEqual } from '../../ocpi/ci-string.ts';
import { type Finding, finding } from '../../ocpi/findings.ts';
import { describeJson, isJsonObject } from '../../ocpi/json-value.ts';
import type { OfferedVersion } from '../../ocpi/version-list.ts';
import { atLeast22, type Version } from '../../ocpi/versions.ts';

/** T42: the role of the credentials endpoint means nothing, and partners stumble over it all the same. */
export function credentialsRoleFindings(data: unknown, version: Version): Finding[] {
  const endpoints = isJsonObject(data) ? data['endpoints'] : undefined;
  if (!atLeast22(version) || !Array.isArray(endpoints)) return [];
  const listed = endpoints.flatMap((endpoint: unknown, at) => {
    if (!isJsonObject(endpoint)) return [];
    const { identifier, role } = endpoint as { readonly identifier?: unknown; readonly role?: unknown };
    return typeof identifier === 'string' && ciEqual(identifier, 'credentials') ? [{ role, at }] : [];
  });
  const [first] = listed;
  if (first === undefined || (listed.length === 1 && first.role === 'SENDER')) return [];
  const met = listed.map(({ role }) => (role === undefined ? 'no role' : describeJson(role))).join(' and ');
  const pointer = `/data/endpoints/${first.at}/role`;
  return [finding('version-details.credentials-role', { pointer, met, expected: 'SENDER, once' })];
}

/** Versions that are mistaken for others (T10), and those they are mistaken for. */
const LOOK_ALIKES: readonly (readonly [string, string])[] = [
  ['2.1', '2.1.1'],
  ['2.2', '2.2.1'],
  ['2.3', '2.3.0'],
];

/** One of them is listed and the other is not. */
export function lookAlikeFindings(view: readonly OfferedVersion[]): Finding[] {
  const numbers = view.map(({ version }) => version);
  return LOOK_ALIKES.filter(([short, meant]) => numbers.includes(short) && !numbers.includes(meant)).map(
    ([short, meant]) => {
      const pointer = `/data/${numbers.indexOf(short)}/version`;
      return finding('versions.look-alike', { pointer, met: short, expected: meant });
    },
  );
}
