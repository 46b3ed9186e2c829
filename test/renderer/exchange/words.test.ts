import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../core/ocpi/catalogue.ts';
import { VERSIONS } from '../../../core/ocpi/versions.ts';
import { endedWords, httpWords } from '../../../renderer/exchange/ended-words.ts';
import { operationWords } from '../../../renderer/exchange/operation-words.ts';
import { traffic as en } from '../../../renderer/texts/en/traffic.ts';
import { traffic as sv } from '../../../renderer/texts/sv/traffic.ts';
import type { Texts } from '../../../renderer/texts/use-texts.ts';

/** Texts as the page has them, values filled in. */
const speaking =
  (texts: Readonly<Record<string, string>>): Texts<'traffic'> =>
  (key, values = {}) =>
    (texts[key] ?? `no text ${key}`).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));

describe('operations in words', () => {
  it('has words for everything in the catalogue, in both languages', () => {
    for (const texts of [en, sv]) {
      const words = operationWords(speaking(texts));
      for (const { id } of VERSIONS.flatMap(version => catalogue(version))) expect(words(id)).toMatch(/^.+, .+$/);
    }
  });

  it('speaks of the unknown, and passes on what it never heard of', () => {
    const words = operationWords(speaking(en));
    expect(words('unknown')).toBe('not recognised');
    expect(words('rockets.launch')).toBe('rockets.launch');
    expect(words('locations.list')).toBe('locations, list');
  });
});

describe('how an exchange ended, in words', () => {
  const t = speaking(en);

  it('names what is known of each end, and what to try', () => {
    expect(endedWords({ ended: 'cut', endedDetails: { received: 120, announced: 4096 } }, t)).toMatchObject({
      sentence: 'The connection was closed after 120 of 4096 bytes of the answer.',
    });
    expect(endedWords({ ended: 'timeout', endedDetails: { phase: 'first-byte', afterMs: 60_000 } }, t).sentence).toBe(
      'Connected and asked, but not one byte of an answer within 1 min 00 s.',
    );
    expect(endedWords({ ended: 'refused', endedDetails: { detail: 'connect ECONNREFUSED 127.0.0.1:9' } }, t)).toEqual({
      sentence: 'The connection was refused: nothing listens there.',
      details: 'connect ECONNREFUSED 127.0.0.1:9',
      advice: expect.stringContaining('Check the port'),
    });
    expect(endedWords({ ended: 'dns', endedDetails: { host: 'ocpi.acme.example' } }, t).sentence).toContain(
      'ocpi.acme.example',
    );
    const tls = { code: 'CERT_HAS_EXPIRED', explained: 'It has expired.', advice: 'Renew it.' };
    expect(endedWords({ ended: 'tls', endedDetails: tls }, t)).toEqual({
      sentence: 'It has expired.',
      details: 'CERT_HAS_EXPIRED',
      advice: 'Renew it.',
    });
    expect(endedWords({ ended: 'eaten', endedDetails: {} }, t).sentence).toContain('eaten');
  });

  it('explains HTTP statuses between partners, rare ones by their class', () => {
    expect(httpWords(401, t)).toContain('token');
    expect(httpWords(418, t)).toBe(en['http-4xx']);
    expect(httpWords(599, t)).toBe(en['http-5xx']);
    expect(httpWords(201, t)).toBe(en['http-2xx']);
    expect(httpWords(302, t)).toBe(en['http-3xx']);
  });
});
