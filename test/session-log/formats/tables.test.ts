import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogTable } from '../../../core/contract/session-log.ts';
import { csvLine } from '../../../core/session-log/formats/csv.ts';
import { type TableItem, tableFormat } from '../../../core/session-log/formats/tables.ts';
import { exchangeLine, linkLine, objectLine, runLine } from '../support/lines.ts';

const linkName = (id: number) => (id === 1 ? 'acme' : undefined);

function written(table: LogTable, format: 'jsonl' | 'csv', items: readonly TableItem[]): string {
  const lines = tableFormat(table, format, linkName);
  return lines.begin() + items.map(item => lines.lines(item)).join('');
}

/** RFC 4180, read by hand. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (const [, quoted, plain = ''] of line.matchAll(cell)) cells.push(quoted?.replaceAll('""', '"') ?? plain);
  return cells;
}

describe('CSV', () => {
  it('gives any text back but for what stands before a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), texts => {
        const read = cellsOf(csvLine(texts));
        expect(read).toEqual(texts.map(text => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)));
      }),
    );
  });

  it.each(['=1+1', '+49 30', '-2', '@SUM(A1)', '\tx', '\rx'])('never begins a cell as a formula: %j', text => {
    expect(cellsOf(csvLine([text]))).toEqual([`'${text}`]);
  });

  it('leaves numbers as they are, negative ones too, and nothing empty', () => {
    expect(csvLine([-1.5, 0, true, null, undefined, ''])).toBe('-1.5,0,true,,,\r\n');
  });

  it('has a header row whose columns stay', () => {
    const head = (table: LogTable) => written(table, 'csv', []).trimEnd();
    expect({
      exchanges: head('exchanges'),
      findings: head('findings'),
      runs: head('runs'),
      objects: head('objects'),
      transactions: head('transactions'),
      links: head('links'),
    }).toEqual({
      exchanges:
        'id,at,direction,link,operation,method,url,httpStatus,ocpiStatus,ended,durationMs,requestId,correlationId,module,version,runId,fromParty,toParty,note,findings,faults,requestBytes,responseBytes,pinned',
      findings: 'exchangeId,at,link,operation,severity,code,pointer,met,expected,section',
      runs: 'id,kind,link,initiator,state,startedAt,endedAt,steps,failedStep,reason,summary',
      objects: 'link,module,list,version,seenAt,vanishedAt,revisions,object',
      transactions:
        'id,link,version,side,startedAt,updatedAt,state,open,session,cdr,reference,token,location,evse,connector,kwh,cost,currency,exchanges,problem',
      links:
        'name,organisation,environment,state,readOnly,versionsUrl,version,offeredVersions,parties,endpoints,profile',
    });
  });
});

describe('tables', () => {
  it('take of the records what is theirs', () => {
    const items = [linkLine(), runLine(), exchangeLine(), objectLine()];
    const count = (table: LogTable) => written(table, 'jsonl', items).split('\n').length - 1;
    expect([count('links'), count('runs'), count('exchanges'), count('objects'), count('findings')]).toEqual([
      1, 1, 1, 1, 0,
    ]);
  });

  it('name links, not their numbers', () => {
    expect(JSON.parse(written('exchanges', 'jsonl', [exchangeLine()]))).toMatchObject({ link: 'acme' });
    expect(JSON.parse(written('runs', 'jsonl', [runLine()]))).toMatchObject({ link: 'acme' });
    expect(JSON.parse(written('objects', 'jsonl', [objectLine()]))).toMatchObject({ link: 'acme' });
  });

  it('have each finding on a line of its own, with the exchange it is about', () => {
    const finding = { severity: 'error' as const, code: 'a.b', pointer: '/x', met: '1', expected: '2', section: '1.1' };
    const lines = written('findings', 'jsonl', [exchangeLine(7, { findings: [finding, { ...finding, code: 'a.c' }] })]);
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toMatchObject([
      { exchangeId: 7, link: 'acme', code: 'a.b' },
      { exchangeId: 7, link: 'acme', code: 'a.c' },
    ]);
  });

  it('are JSON also where a number of an object was a token', () => {
    const revision = { version: '2.2.1', text: '{"token":{token:abc:raw:8}}', seenAt: 1, replacedAt: 2 };
    const text = '{"token":{token:abc:raw:6},"name":"x"}';
    const line = written('objects', 'jsonl', [objectLine({ text, revisions: [revision] })]);
    expect(JSON.parse(line)).toMatchObject({ object: text, revisions: [{ object: revision.text }] });
    const sealed = '{"token":"{token:abc:raw:6}"}';
    expect(JSON.parse(written('objects', 'jsonl', [objectLine({ text: sealed })]))).toMatchObject({
      object: { token: '{token:abc:raw:6}' },
    });
  });

  it('keep the digits of numbers in objects as they were sent, on one line', () => {
    const text = '{\n  "id": "T",\r\n  "price": 0.10\n}';
    const line = written('objects', 'jsonl', [objectLine({ text, revisions: [] })]);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(line).toContain('"price": 0.10');
    expect(JSON.parse(line)).toMatchObject({ object: { id: 'T', price: 0.1 }, revisions: [] });
  });
});
