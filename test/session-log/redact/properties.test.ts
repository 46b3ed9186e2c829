import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryById } from '../../../core/ocpi/catalogue.ts';
import type { Finding } from '../../../core/ocpi/findings.ts';
import { VERSIONS, type Version } from '../../../core/ocpi/versions.ts';
import { createWorld } from '../../../core/sandbox/world/world.ts';
import type { ExchangeLine } from '../../../core/session-log/format/records.ts';
import { runs } from '../../support/runs.ts';
import { exchangeLine } from '../support/lines.ts';
import { ALL_GROUPS, everyReading, redacted } from './support.ts';

const world = createWorld({ seed: 'redaction', locations: 200, now: Date.UTC(2026, 2, 2) });
const MODULES = ['locations', 'sessions', 'cdrs', 'tariffs', 'tokens'] as const;
const PUT: Readonly<Record<(typeof MODULES)[number], string>> = {
  locations: 'locations.put',
  sessions: 'sessions.put',
  cdrs: 'cdrs.post',
  tariffs: 'tariffs.put',
  tokens: 'tokens.put',
};

const objects = fc
  .record({ module: fc.constantFrom(...MODULES), version: fc.constantFrom(...VERSIONS), nth: fc.nat() })
  .map(({ module, version, nth }) => ({
    module,
    version,
    text: world.text(module, nth % world.counts[module], version),
  }));

const put = (text: string, changes: Partial<ExchangeLine> = {}): ExchangeLine =>
  exchangeLine(1, { request: { method: 'PUT', url: '/', headers: [], body: { text } }, ...changes });

function findingsOf(
  text: string,
  operation: string,
  version: Version,
): Pick<Finding, 'code' | 'pointer' | 'severity'>[] {
  const check = entryById(operation)?.request?.[version];
  if (check === undefined) throw new Error(`${operation} has no body in ${version}`);
  return check(JSON.parse(text), { version }).findings.map(({ code, pointer, severity }) => ({
    code,
    pointer,
    severity,
  }));
}

describe('whatever the world sends', () => {
  test('findings, lengths and names stay what they were', () => {
    fc.assert(
      fc.property(objects, fc.constantFrom(['personal'] as const, ALL_GROUPS), ({ module, version, text }, groups) => {
        const operation = PUT[module];
        const line = put(text, { operation, version });
        const [once] = redacted([line], { groups }).records;
        const after = once?.request.body?.text ?? '';
        expect(Buffer.byteLength(after)).toBe(Buffer.byteLength(text));
        expect(namesIn(JSON.parse(after))).toEqual(namesIn(JSON.parse(text)));
        expect(findingsOf(after, operation, version)).toEqual(findingsOf(text, operation, version));
      }),
      { numRuns: runs(200) },
    );
  });

  test('what is told of a driver stands nowhere any more', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), fc.constantFrom(...VERSIONS), (nths, version) => {
        const lines = nths.flatMap(nth => {
          const token = JSON.parse(world.text('tokens', nth % world.counts.tokens, version)) as Record<string, string>;
          const session = world.text('sessions', nth % world.counts.sessions, version);
          const { uid = '', visual_number = '' } = token;
          const contract = token['contract_id'] ?? token['auth_id'] ?? '';
          return [
            put(session, { note: `${contract} with ${uid}, printed ${visual_number}` }),
            put(JSON.stringify(token), { operation: 'tokens.put' }),
            put(JSON.stringify({ remark: `of ${encodeURIComponent(contract)}`, quoted: JSON.stringify(token) })),
          ];
        });
        const values = nths.flatMap(nth => {
          const token = JSON.parse(world.text('tokens', nth % world.counts.tokens, version)) as Record<string, string>;
          return ['uid', 'contract_id', 'auth_id', 'visual_number'].flatMap(name => token[name]?.toLowerCase() ?? []);
        });
        for (const line of redacted(lines).records) {
          const readings = everyReading(line).map(reading => reading.toLowerCase());
          for (const value of values.filter(({ length }) => length >= 5)) {
            expect(readings.filter(reading => reading.includes(value))).toEqual([]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('whatever the values', () => {
  /** Letters and digits of any script, with what separates them. */
  const value = fc.string({
    minLength: 5,
    maxLength: 30,
    unit: fc.constantFrom(...'abcXYZ0189-*._ äÖßñжЩ漢字'),
  });
  const writings: readonly ((text: string) => string)[] = [
    text => text,
    text => (folded(text.toUpperCase()) === folded(text) ? text.toUpperCase() : text),
    text => encodeURIComponent(text),
    text => JSON.stringify(text).slice(1, -1),
    text => Array.from(text, character => `&#${character.codePointAt(0)};`).join(''),
    text =>
      Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
        '',
      ),
  ];
  const folded = (text: string) => text.toLowerCase();

  test('two values never get one pseudonym, a value never its own, and lengths in bytes stay', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(value, { minLength: 1, maxLength: 20, selector: text => folded(text).trim() }),
        values => {
          const text = JSON.stringify({ driver: { notes: values } });
          const [line] = redacted([put(text)]).records;
          const after = line?.request.body?.text ?? '';
          const made = (JSON.parse(after) as { driver: { notes: string[] } }).driver.notes;
          const replaced = values
            .map((one, at) => [one, made[at] ?? ''] as const)
            .filter(([one]) => /[\p{L}\p{N}]/u.test(one));
          for (const [one, other] of replaced) {
            expect(folded(other)).not.toBe(folded(one));
            expect(Buffer.byteLength(other)).toBe(Buffer.byteLength(one));
            expect(Array.from(other, shapeOf)).toEqual(Array.from(one, shapeOf));
          }
          const different = replaced.filter(([one]) => room(one) > 1000);
          expect(new Set(different.map(([, other]) => folded(other).trim())).size).toBe(different.length);
        },
      ),
      { numRuns: runs(200) },
    );
  });

  test('a value is found under every escape, and what is around it stays byte for byte', () => {
    fc.assert(
      fc.property(
        value.filter(text => /[\p{L}\p{N}]{3}.*\d/u.test(text.trim()) && text === text.trim() && room(text) > 1e6),
        fc.nat(writings.length - 1),
        fc.constantFrom('"', ' ', '/', '>', ', '),
        (text, nth, around) => {
          const written = writings[nth]?.(text) ?? text;
          const known = put(JSON.stringify({ driver: { notes: text } }));
          const note = `x${around}${written}${around}y`;
          const [, line] = redacted([known, { ...known, id: 2, note }]).records;
          const after = line?.note ?? '';
          expect(everyReading({ ...exchangeLine(1), note: after }).map(folded)).not.toContainEqual(
            expect.stringContaining(folded(text)),
          );
          // A reference of HTML has as many digits as its character needs.
          if (!written.startsWith('&#')) expect(after).toHaveLength(note.length);
          expect(after.startsWith(`x${around}`) && after.endsWith(`${around}y`)).toBe(true);
        },
      ),
      { numRuns: runs(300) },
    );
  });

  test('broken bodies stay as broken as they were', () => {
    fc.assert(
      fc.property(
        objects,
        fc.nat(),
        fc.constantFrom('', '}', '"', ',', '\\', '\u0000'),
        ({ text, module }, cut, mark) => {
          const at = cut % text.length;
          const broken = text.slice(0, at) + mark + (mark === '' ? '' : text.slice(at + 1));
          const [line] = redacted([put(text), put(broken, { operation: PUT[module] })].slice(1)).records;
          const after = line?.request.body?.text ?? '';
          expect(isJson(after)).toBe(isJson(broken));
          expect(Buffer.byteLength(after)).toBe(Buffer.byteLength(broken));
          expect(after.replace(/[\p{L}\p{N}]/gu, 'x')).toBe(broken.replace(/[\p{L}\p{N}]/gu, 'x'));
        },
      ),
      { numRuns: runs(200) },
    );
  });

  test('no text makes it throw, and what is no value stays', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(0xffff), { maxLength: 100 }).map(codes => String.fromCharCode(...codes)),
        fc.json(),
        fc.webUrl({ withQueryParameters: true }),
        (text, json, url) => {
          const line = put(json, {
            note: text,
            request: { method: 'PUT', url, headers: [['X', text]], body: { text: json } },
          });
          const bytes = Buffer.from(text, 'utf16le').toString('base64');
          const odd = { ...line, response: { status: 200, statusText: text, headers: [], body: { base64: bytes } } };
          const [after] = redacted([line, odd], { groups: ['coordinates'] }).records;
          expect(after).toEqual(line);
          redacted([line, odd], { groups: ALL_GROUPS });
        },
      ),
      { numRuns: 100 },
    );
  });
});

function namesIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(namesIn);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value).map(([name, one]) => [name, namesIn(one)]);
}

function shapeOf(character: string): string {
  if (/[0-9]/.test(character)) return 'digit';
  if (/\p{Lu}/u.test(character) && character.length === 1 && character < '\u0080') return 'upper';
  return /[\p{L}\p{N}]/u.test(character) ? `letter of ${Buffer.byteLength(character)}` : character;
}

/** How many texts of this shape there are. */
function room(text: string): number {
  return Array.from(text).reduce((product, character) => product * (/[\p{L}\p{N}]/u.test(character) ? 10 : 1), 1);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
