import type { PageStored } from '../../contract/ingest.ts';
import type { Finding } from '../../ocpi/findings.ts';

/** As many kinds of findings are told apart on one page; a page that is wrong in more ways is told by codes alone. */
const MOST_KINDS = 200;

/** Counts findings that say the same of different objects. */
export interface FindingTally {
  /** `before`: put in front of each pointer. */
  add(findings: readonly Finding[], before?: string): void;
  counted(): PageStored['findings'];
}

/** The same is: the same code, severity, and place when the numbers in it are left out. The first one is the example. */
export function createFindingTally(): FindingTally {
  const kinds = new Map<string, { readonly finding: Finding; count: number }>();
  return {
    add(findings, before = '') {
      for (const finding of findings) {
        const { severity, code, pointer } = finding;
        const place = `${severity} ${code} ${pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')}`;
        const known = kinds.get(place) ?? (kinds.size < MOST_KINDS ? undefined : kinds.get(`${severity} ${code}`));
        if (known) known.count++;
        else {
          const key = kinds.size < MOST_KINDS ? place : `${severity} ${code}`;
          kinds.set(key, { finding: before === '' ? finding : { ...finding, pointer: before + pointer }, count: 1 });
        }
      }
    },
    counted: () => [...kinds.values()],
  };
}
