import { describe, expect, it } from 'vitest';
import { done, type Outcome } from '../../../core/contract/failure.ts';
import type { LogRecord } from '../../../core/session-log/format/records.ts';
import type { ReadEnd, ReadLine } from '../../../core/session-log/read/read-log.ts';
import { createLogGroups } from '../../../core/workbench/session-logs/importing/import-groups.ts';
import type { IncomingRecord } from '../../../core/workbench/session-logs/importing/import-messages.ts';
import { BEGAN, linkLine, objectLine, ruleLine, runLine } from '../../session-log/support/lines.ts';

async function groupsOf(records: readonly LogRecord[]): Promise<IncomingRecord[][]> {
  async function* lines(): AsyncGenerator<ReadLine, Outcome<ReadEnd>> {
    yield* records;
    return done({ condition: 'whole', problem: '' } as ReadEnd);
  }
  const groups = createLogGroups(lines(), { at: Date.now() });
  const read: IncomingRecord[][] = [];
  for (;;) {
    const next = await groups.next();
    if (next.kind !== 'group') throw new Error(next.kind);
    read.push([...next.records]);
    if (next.end !== undefined) return read;
  }
}

const many = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at + 1));

describe('what is stored at once of a log', () => {
  it('is few runs where each of them is long', async () => {
    const step = (at: number) => ({ step: 'push', ok: true, exchangeIds: [at], reason: 'x'.repeat(400), findings: [] });
    const runs = many(12, at => runLine(at, { linkId: 1, steps: many(250, step) }));
    for (const group of await groupsOf(runs)) expect(group.length).toBeLessThanOrEqual(3);
  });

  it('is few links, and few rules where each of them is long', async () => {
    for (const group of await groupsOf(many(64, at => linkLine(at)))) expect(group.length).toBeLessThanOrEqual(16);
    const rules = many(12, at => ruleLine({ id: at, details: { text: 'x'.repeat(100_000) } }));
    for (const group of await groupsOf(rules)) expect(group.length).toBeLessThanOrEqual(3);
  });
});

describe('an object of a log', () => {
  it('was looked into when it is handed over to be stored: which of its texts are objects, and what it is called', async () => {
    const location = (name: string) => `{"country_code":"NL","party_id":"ACM","id":"LOC1","name":"${name}"}`;
    const revision = { version: '2.2.1', seenAt: BEGAN - 2000, replacedAt: BEGAN - 1000 };
    const [records = []] = await groupsOf([
      objectLine({ text: 'no JSON at all', revisions: [] }),
      objectLine({ text: '[]', revisions: [] }),
      objectLine({ module: 'nothing' }),
      objectLine({
        text: location('Here'),
        revisions: [
          { ...revision, text: 'no JSON' },
          { ...revision, text: location('There') },
        ],
        vanishedAt: BEGAN + 5000,
      }),
    ]);
    expect(records).toMatchObject([
      {
        kind: 'object',
        object: {
          module: 'locations',
          texts: [
            { version: '2.2.1', text: location('There'), at: BEGAN - 2000 },
            { version: '2.2.1', text: location('Here') },
          ],
          vanished: { id: 'LOC1', party: 'NL-ACM', at: BEGAN + 5000 },
        },
      },
    ]);
  });
});
