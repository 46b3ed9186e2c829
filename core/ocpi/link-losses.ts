import { type Finding, finding } from './findings.ts';

/** What a Link lost of the request: date filters and page size, where it is one with an offset that can be compared. */
export function lostByLink(asked: string, next: string): Finding[] {
  const before = new URL(asked).searchParams;
  const after = new URL(next).searchParams;
  // A Link without an offset is the partner's own way of paging: its filters may stand in a cursor.
  if (!after.has('offset')) return [];
  const pointer = 'header:Link';
  const findings: Finding[] = [];
  for (const name of ['date_from', 'date_to', 'limit']) {
    const wanted = before.get(name);
    const kept = after.get(name);
    if (wanted === null || sameValue(wanted, kept)) continue;
    const code = name === 'limit' ? 'paging.link.limit-lost' : 'paging.link.filters-lost';
    const met = kept === null ? `no ${name}` : `${name}=${kept}`;
    findings.push(finding(code, { pointer, met, expected: `${name}=${wanted}` }));
  }
  return findings;
}

/** The same moment may be written in another way. */
function sameValue(wanted: string, kept: string | null): boolean {
  if (kept === null || wanted === kept) return wanted === kept;
  const [left, right] = [Date.parse(wanted), Date.parse(kept)];
  return /^\d{4}-/.test(wanted) && !Number.isNaN(left) && left === right;
}
