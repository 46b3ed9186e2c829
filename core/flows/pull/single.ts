import { appendSegments } from '../../ocpi/urls.ts';
import { openAccount } from './account.ts';
import type { PageHead } from './page-head.ts';
import { createPageSource, type Tries } from './page-source.ts';
import type { PullOutcome, PullPorts, PullRun, SingleOrder } from './ports.ts';
import { problemOf } from './walk.ts';

const NO_HEAD: PageHead = { findings: [] };

/** Pulls one object, EVSE or connector from its owner (digest 6.1) and stores it as a page of one. */
export async function pullOne(ports: PullPorts, run: PullRun, order: SingleOrder): Promise<PullOutcome> {
  const { link, module, version, endpoint, target, within, list } = order;
  const account = openAccount(ports, run, undefined);
  const books = account.stretch(0);
  const source = createPageSource({ ports, run, order, noticed: books.notice, waiting: account.wait });
  const url = appendSegments(endpoint, ...target.path);
  const tries: Tries = { failed: 0 };
  const end = (ok: boolean, reason: string): PullOutcome => {
    run.tell({
      step: target.path.join('/'),
      ok,
      exchangeIds: books.exchangeIds(),
      reason,
      findings: books.findings(),
    });
    return { ok, summary: `${target.path.join('/')} of ${link.name}: ${reason}`, version, pull: account.tally(0) };
  };
  for (;;) {
    const fetched = await source.fetch({ operation: target.operation, url, tries, signal: run.signal });
    if (!fetched.ok) return end(false, fetched.reason);
    const { answer, body, head } = fetched;
    const stored = await ports.ingest.store({
      linkId: link.id,
      runId: run.runId,
      module,
      version,
      ...(list === undefined ? {} : { list }),
      page: 0,
      body: body.bytes,
      ...(body.contentEncoding === undefined ? {} : { contentEncoding: body.contentEncoding }),
      shape: 'one',
      ...(within.length === 0 ? {} : { within }),
      seenAt: ports.clock.now(),
    });
    const problem = problemOf(stored, head.status, version);
    books.take({
      exchangeIds: answer.exchangeIds,
      position: { by: 'offset', offset: 0, overlap: 0 },
      next: undefined,
      head: NO_HEAD,
      stored,
      findings: [...answer.findings, ...(problem?.findings ?? [])],
      ...(problem === undefined ? {} : { failed: true }),
    });
    if (problem === undefined) {
      if (stored.data !== 'object') return end(false, `${answer.reason}, and data is no object`);
      return end(true, stored.added > 0 ? 'new' : stored.changed > 0 ? 'changed' : 'unchanged');
    }
    const reason = await source.again(problem, problem.reason, { tries, signal: run.signal });
    if (run.signal.aborted) return end(false, 'cancelled');
    if (reason !== undefined) return end(false, reason);
  }
}
