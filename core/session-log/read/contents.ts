import { done, failed, type Outcome } from '../../contract/failure.ts';
import type { LogAbout, LogContents } from '../../contract/session-log.ts';
import { createCounting } from '../format/counting.ts';
import type { ExchangeLine, LinkLine, RuleLine } from '../format/records.ts';
import type { Wholeness } from './line-reader.ts';
import type { ReadLine } from './read-log.ts';

/** Counts what a log holds, line by line. */
export interface Tally {
  add(line: ReadLine): void;
  contents(name: string, end: Wholeness & { readonly bytes: number }): Outcome<LogContents>;
}

type FoundCode = LogContents['findings'][number];

/** Of links, rules and codes each: no workbench has as many, and a file that was made to have them fills no memory. */
const MOST_LISTED = 10_000;
const WORSE: Readonly<Record<FoundCode['severity'], number>> = { note: 0, warning: 1, error: 2 };

export function createTally(): Tally {
  const counting = createCounting();
  const links = new Map<number, { link: LinkLine['link']; exchanges: number }>();
  const rules = new Map<string, { name: string; kind: string; fired: number }>();
  const codes = new Map<string, FoundCode>();
  let about: LogAbout | undefined;

  const addExchange = ({ link, findings = [], faults }: ExchangeLine) => {
    const of = link === undefined ? undefined : links.get(link);
    if (of !== undefined) of.exchanges++;
    for (const { code, severity } of findings) {
      const known = codes.get(code);
      if (known === undefined) setWithin(codes, code, { code, severity, count: 1 });
      else {
        known.count++;
        if (WORSE[severity] > WORSE[known.severity]) known.severity = severity;
      }
    }
    for (const { rule, kind } of faults?.firings ?? []) {
      const known = rules.get(rule);
      if (known === undefined) setWithin(rules, rule, { name: rule, kind, fired: 1 });
      else known.fired++;
    }
  };
  const addRule = ({ name, kind }: RuleLine) => {
    if (!rules.has(name)) setWithin(rules, name, { name, kind, fired: 0 });
  };
  return {
    add(line) {
      if (line.type === 'odd') return;
      if (line.type === 'ocpilog') {
        const { type: _type, ...rest } = line;
        about = rest;
        return;
      }
      counting.line(line);
      if (line.type === 'exchange') addExchange(line);
      else if (line.type === 'rule') addRule(line);
      else if (line.type === 'link') setWithin(links, line.id, { link: line.link, exchanges: 0 });
    },
    contents(name, { condition, problem, bytes }) {
      if (about === undefined) return failed('INVALID_INPUT', `${name} has no first line`, 'Have it exported again.');
      return done({
        name,
        bytes,
        about,
        condition,
        problem,
        ...counting.now(),
        links: [...links.values()].map(({ link, exchanges }) => ({
          name: link.name,
          organisation: link.organisation,
          version: link.version ?? null,
          exchanges,
        })),
        rules: [...rules.values()],
        findings: [...codes.values()].sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1)),
      });
    },
  };
}

function setWithin<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  if (map.size < MOST_LISTED || map.has(key)) map.set(key, value);
}
