import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { PageMet, PageStored, PageToRead } from '../../contract/ingest.ts';
import { DETECTOR_VERSION } from '../../ocpi/findings.ts';
import { valueTableOf } from './field-values.ts';
import { findingsFromText, findingsToText } from './finding-text.ts';
import { createItemJudge, type Judged, type NewText } from './item-judging.ts';
import { digestsOf, newsOf } from './item-news.ts';
import { createItemParser } from './item-parsing.ts';
import type { ObjectKind } from './kinds.ts';
import type { FindingTally } from './page-findings.ts';
import type { PreparedItems } from './page-preparing.ts';
import type { PageContent } from './page-reading.ts';
import { OUTCOME } from './stored-row.ts';
import { createTextReader } from './text-blocks.ts';

export interface PageJudged {
  /** One for each key, in the order of the page. */
  readonly objects: readonly Judged[];
  readonly counts: Counts;
  readonly oldestUpdate?: number;
  readonly newestUpdate?: number;
  readonly fingerprint: string;
  readonly first?: string;
  readonly last?: string;
}

export type Counts = {
  -readonly [Key in
    | 'items'
    | 'added'
    | 'changed'
    | 'unchanged'
    | 'again'
    | 'unusable'
    | 'movedOnly'
    | 'changedSilently']: PageStored[Key];
};

export const NOTHING_COUNTED: Readonly<Counts> = {
  items: 0,
  added: 0,
  changed: 0,
  unchanged: 0,
  again: 0,
  unusable: 0,
  movedOnly: 0,
  changedSilently: 0,
};

type PageFacts = Omit<PageToRead, 'body'> & PageMet;

export interface PageToJudge {
  readonly page: PageFacts;
  readonly kind: ObjectKind;
  /** Undefined where nothing of the list is stored yet. */
  readonly listId: number | undefined;
  readonly content: PageContent;
  readonly items: PreparedItems;
  /** Whose objects are that do not say so themselves. */
  readonly linkParty: string | undefined;
  readonly tally: FindingTally;
}

/** `digests`: of the texts of its items. */
type Judging = PageToJudge & { readonly digests: readonly string[] };

/**
 * Compares a page that was read with what is stored, without writing. Undefined where an item that has to be parsed after
 * all is not JSON, and so the whole page is not.
 */
export type JudgePage = (page: PageToJudge) => PageJudged | undefined;

export function createPageJudge(database: Database): JudgePage {
  const judge = createItemJudge(database, createTextReader(database));

  /** Undefined: not JSON. Nearly always it was looked into before; not where what was stored then was replaced meanwhile. */
  const newText = (input: Judging, index: number, json: () => unknown): NewText | undefined => {
    const { content, items } = input;
    const { offsets, stride } = content.items;
    const text = {
      bytes: content.bytes.subarray(offsets[index * stride], offsets[index * stride + 1]),
      hash: input.digests[index] as string,
    };
    if (items.looked[index] === 1) {
      const lastUpdated = items.lastUpdated[index] as number;
      return {
        ...text,
        lastUpdated: Number.isNaN(lastUpdated) ? null : lastUpdated,
        values: { table: items.values, object: index },
        findings: items.findings[index] ?? null,
      };
    }
    const parsed = json();
    if (parsed === undefined) return undefined;
    const { lastUpdated, values, findings } = newsOf(parsed, input);
    const alone = { table: valueTableOf(values), object: 0 };
    return { ...text, lastUpdated, values: alone, findings: findingsToText(findings) };
  };

  /** Undefined: not JSON. */
  const judgeItem = (input: Judging, index: number, json: () => unknown): Judged | undefined => {
    const { page, listId, items, digests, tally } = input;
    const { version, runId, page: number } = page;
    const judged = judge({
      listId,
      version,
      runId,
      page: number,
      json,
      key: items.keys[index] as string,
      digest: digests[index] as string,
      text: () => newText(input, index, json),
    });
    const told = judged?.text ? { findings: judged.text.findings, detector: DETECTOR_VERSION } : judged?.stored;
    if (told) tally.add(findingsFromText(told.findings, told.detector), pointerOf(page, index));
    return judged;
  };

  return asked => {
    const { page, content, items, tally } = asked;
    const { count } = content.items;
    const digests = items.digests ?? digestsOf(content);
    const input: Judging = { ...asked, digests };
    const parse = createItemParser(content);
    const counts: Counts = { ...NOTHING_COUNTED, items: count };
    const objects = new Map<string, Judged>();
    for (let index = 0; index < count; index++) {
      const key = items.keys[index] as string;
      if (key === '') {
        counts.unusable++;
        tally.add(findingsFromText(items.findings[index] ?? null, DETECTOR_VERSION), pointerOf(page, index));
        continue;
      }
      const judged = judgeItem(input, index, () => parse(index));
      if (!judged) return undefined;
      if (objects.has(key)) counts.again++;
      // Of an object that stands on a page twice the last one counts.
      objects.set(key, judged);
    }
    for (const judged of objects.values()) tallyUp(judged, counts);
    const updates = [...objects.values()].flatMap(({ text, stored }) => {
      const moment = text ? text.lastUpdated : stored?.lastUpdated;
      return moment === null || moment === undefined ? [] : [moment];
    });
    const [first] = digests;
    const last = digests.at(-1);
    return {
      objects: [...objects.values()],
      counts,
      ...(updates.length > 0 ? { oldestUpdate: least(updates), newestUpdate: -least(updates.map(at => -at)) } : {}),
      fingerprint: fingerprintOf(items.keys),
      ...(first === undefined || last === undefined ? {} : { first, last }),
    };
  };
}

function pointerOf({ shape }: PageFacts, index: number): string {
  return shape === 'list' ? `/data/${index}` : '/data';
}

export function fingerprintOf(keys: readonly string[]): string {
  return hash('sha256', keys.join('\n\n'), 'hex').slice(0, 32);
}

function tallyUp({ outcome, again }: Judged, counts: Counts): void {
  if (again) counts.again++;
  else if (outcome === OUTCOME.added) counts.added++;
  else if (outcome === OUTCOME.unchanged) counts.unchanged++;
  else counts.changed++;
  if (again) return;
  if (outcome === OUTCOME.movedOnly) counts.movedOnly++;
  if (outcome === OUTCOME.changedSilently) counts.changedSilently++;
}

/** Without spreading: a page may hold more numbers than a call may have arguments. */
function least(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => Math.min(left, right));
}
