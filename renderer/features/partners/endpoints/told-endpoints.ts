import { LinkEndpoint } from '../../../../core/contract/link.ts';

/** The endpoints of a version details answer, as its body's text has them; undefined where it holds none. */
export function endpointsIn(body: string | null): LinkEndpoint[] | undefined {
  const data = dataOf(body);
  const listed = isRecord(data) ? data['endpoints'] : undefined;
  if (!Array.isArray(listed)) return undefined;
  return listed.flatMap(entry => {
    const parsed = LinkEndpoint.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
}

/** The version numbers of a versions answer; undefined where it is none. */
export function versionsIn(body: string | null): string[] | undefined {
  const data = dataOf(body);
  if (!Array.isArray(data)) return undefined;
  return data.flatMap(entry => (isRecord(entry) && typeof entry['version'] === 'string' ? [entry['version']] : []));
}

function dataOf(body: string | null): unknown {
  if (body === null) return undefined;
  try {
    const read: unknown = JSON.parse(body);
    return isRecord(read) ? read['data'] : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
