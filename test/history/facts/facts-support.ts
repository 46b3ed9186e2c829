import { afterEach } from 'vitest';
import type { PulledModule } from '../../../core/contract/objects.ts';
import { readCharges } from '../../../core/history/facts/charge-reading.ts';
import type { ChargeConditions } from '../../../core/history/facts/charge-scan.ts';
import { type DifferencesAsked, readDifferences } from '../../../core/history/facts/difference-reading.ts';
import { type Facts, openFacts } from '../../../core/history/facts/facts.ts';
import type { FailedStart } from '../../../core/history/facts/failed-starts.ts';
import { type ReportAsked, readReport } from '../../../core/history/facts/report-reading.ts';
import type { History } from '../../../core/history/history.ts';
import type { Version } from '../../../core/ocpi/versions.ts';
import { newFile, newLink, openAt } from '../folder.ts';

const opened = new Set<Facts>();
afterEach(() => {
  for (const facts of opened) facts.close();
  opened.clear();
});

export interface Told {
  readonly history: History;
  readonly file: string;
  /** Pulled of link 1 unless said. */
  tell(
    module: PulledModule,
    objects: readonly object[],
    more?: { readonly linkId?: number; readonly version?: Version },
  ): Promise<void>;
}

let runs = 0;

/** A database with two links, of parties NL-TNM and NL-OTH. */
export async function openTold(file = newFile()): Promise<Told> {
  const history = await openAt(file);
  for (const [name, partyId] of [
    ['first', 'TNM'],
    ['second', 'OTH'],
  ] as const) {
    if (history.links.byName(name) === undefined)
      history.links.insert(newLink(name, { parties: [{ countryCode: 'NL', partyId }] }));
  }
  return {
    history,
    file,
    async tell(module, objects, { linkId = 1, version = '2.2.1' } = {}) {
      const body = Buffer.from(JSON.stringify({ data: objects, status_code: 1000, timestamp: '2026-03-01T12:00:00Z' }));
      const runId = ++runs;
      const stored = await history.objects.ingest.store({
        ...{ linkId, module, version, body, runId, page: 0, shape: 'list' as const, seenAt: 1_790_000_000_000 },
      });
      if (stored.items !== objects.length) throw new Error(`${stored.items} of ${objects.length} were stored`);
    },
  };
}

export interface FollowedFacts {
  readonly facts: Facts;
  follow(): void;
  report(asked?: Partial<ReportAsked>, failed?: readonly FailedStart[]): ReturnType<typeof readReport>;
  charges(asked?: Partial<ChargeConditions> & { offset?: number; limit?: number }): ReturnType<typeof readCharges>;
  differences(asked?: Partial<DifferencesAsked>): ReturnType<typeof readDifferences>;
  close(): void;
}

/** The facts of a database, all of them followed. */
export function openFollowed({ file, history: { databaseId } }: Pick<Told, 'file' | 'history'>): FollowedFacts {
  const facts = openFacts({ file, databaseId });
  opened.add(facts);
  const follow = () => {
    const { broken, isMore } = facts.following().follow(() => true);
    if (broken.length > 0 || isMore) throw new Error(`not all was followed: ${JSON.stringify(broken)}`);
  };
  follow();
  const page = { offset: 0, limit: 1000 };
  const pause = () => {};
  const around = { linkName: facts.linkName, pause };
  return {
    facts,
    follow,
    report: (asked, failed) =>
      readReport(
        facts.connection(),
        { source: 'cdrs', by: 'day', order: 'key', descending: false, ...page, ...asked },
        { linkName: facts.linkName, linkParty: facts.linkParty, pause, failedStarts: () => failed },
      ),
    charges: asked => readCharges(facts.connection(), { source: 'cdrs', ...page, ...asked }, around),
    differences: asked => readDifferences(facts.connection(), { now: 1e15, ...page, ...asked }, around),
    close() {
      opened.delete(facts);
      facts.close();
    },
  };
}
