import { describe, expect, test } from 'vitest';
import { answerText, exchangeLine, objectLine, ruleLine, runLine, sessionText } from '../support/lines.ts';
import { bodyAfter, JSON_TYPE, redacted, TOKEN, withNote } from './support.ts';

describe('everywhere else', () => {
  const uid = '04A1B2C3D4E5F6';
  const contract = 'NL-ACM-C12345678-X';
  const known = exchangeLine(1, {
    request: {
      method: 'PUT',
      url: '/',
      headers: [],
      body: { text: sessionText(1, { cdr_token: { uid, contract_id: contract } }) },
    },
  });

  test('a value has one pseudonym throughout the file, in the case in which it is written', () => {
    const { records } = redacted([
      withNote(`Driver of ${contract} (${contract.toLowerCase()}) with ${uid}`, 5),
      known,
      exchangeLine(2, {
        operation: 'tokens.get',
        request: { method: 'GET', url: `/tokens/${uid.toLowerCase()}`, headers: [] },
      }),
      exchangeLine(3, {
        correlationId: `session-of-${uid}`,
        requestId: `x${uid}y`,
        findings: [
          {
            severity: 'warning',
            code: 'id.case',
            pointer: '/uid',
            met: uid,
            expected: `${uid.toLowerCase()}, as in the URL`,
            section: '',
          },
        ],
        response: {
          status: 404,
          statusText: `No ${uid}`,
          headers: [['X-Token', uid]],
          body: { text: answerText(undefined, { status_message: `unknown token ${uid}` }) },
        },
        faults: {
          firings: [
            {
              rule: 'r',
              ruleId: 1,
              kind: 'k',
              parameters: { uid: [uid] },
              hit: 1,
              did: `uid ${uid} was left out`,
              applied: true,
            },
          ],
          intended: {
            start: `PUT /tokens/${uid}`,
            headers: [],
            body: { text: sessionText(1, { cdr_token: { uid } }) },
          },
          wire: [`head of ${uid}`],
        },
      }),
      runLine(1, {
        steps: [{ step: 'push', ok: false, exchangeIds: [], reason: `Token ${uid} was refused.`, findings: [] }],
        result: {
          summary: `${contract} failed`,
          asked: { operation: 'tokens.authorize', results: [], detail: { token: { uid } } },
        },
      }),
      ruleLine({ name: `only ${uid}`, details: { scope: { object: uid }, parameters: { value: uid } } }),
      objectLine({
        module: 'tokens',
        text: JSON.stringify(TOKEN),
        revisions: [{ version: '2.2.1', text: JSON.stringify(TOKEN), seenAt: 0, replacedAt: 1 }],
      }),
    ]);
    const all = records.map(record => JSON.stringify(record)).join('\n');
    expect(all.toLowerCase()).not.toContain(uid.toLowerCase());
    expect(all.toLowerCase()).not.toContain('c12345678-x');
    const pseudonym = /"uid\\":\\"([^"\\]+)/.exec(JSON.stringify(records[1]))?.[1] ?? '';
    expect(all.split(pseudonym).length - 1).toBeGreaterThan(13);
    expect(all).toContain(`/tokens/${pseudonym.toLowerCase()}`);
    expect(all).toContain(`x${pseudonym}y`);
  });

  test('the next file has other pseudonyms', () => {
    const [one] = redacted([known], { key: 'one' }).records;
    const [same] = redacted([known], { key: 'one' }).records;
    const [other] = redacted([known], { key: 'two' }).records;
    expect(same).toEqual(one);
    expect(other?.request.body?.text).not.toBe(one?.request.body?.text);
  });

  test('e-mail addresses and phone numbers are known by their shape', () => {
    const note = 'Call +31 6 1234-5678 or mail jan.de.vries+ev@mail.example.com (+31612345678).';
    const after = redacted([withNote(note)]).records[0]?.note ?? '';
    expect(after).toMatch(
      /^Call \+\d\d \d \d{4}-\d{4} or mail [a-z]{3}\.[a-z]{2}\.[a-z]{5}\+[a-z]{2}@[a-z]{4}\.[a-z]{7}\.com \(\+\d{11}\)\.$/,
    );
    expect(after).not.toMatch(/jan|vries|1234/);
    const [written = '', plain = ''] = after.match(/\+\d[\d -]*\d/g) ?? [];
    expect(written.replace(/\D/g, '')).toBe(plain.replace(/\D/g, ''));
  });

  test('coordinates, moments and amounts are no phone numbers', () => {
    const text = answerText({ latitude: '+52.3702157', at: '2026-03-02T10:00:00+01:00', kwh: 12345678.5 });
    expect(bodyAfter(text)).toBe(text);
  });

  test('values under escapes: JSON, JSON in JSON, percent signs, references of HTML, blanks as plus signs', () => {
    const name = 'Jörg Müller-Öz';
    const records = [
      exchangeLine(1, {
        request: { method: 'PUT', url: '/', headers: [], body: { text: JSON.stringify({ driver: { name } }) } },
      }),
      ...[
        `{"x":"J\\u00f6rg M\\u00fcller-\\u00D6z"}`,
        JSON.stringify({ x: JSON.stringify({ y: name }) }),
        JSON.stringify({ x: `{"driver":{"name":${JSON.stringify(`${name} Senior`)}}}` }),
        encodeURIComponent(name),
        encodeURIComponent(encodeURIComponent(name)),
        'J&#246;rg M&#xfc;ller-&#xD6;z',
      ].map((text, at) => exchangeLine(at + 2, { request: { method: 'PUT', url: '/', headers: [], body: { text } } })),
      exchangeLine(20, {
        request: { method: 'GET', url: `/x?name=${encodeURIComponent(name).replace('%20', '+')}`, headers: [] },
      }),
    ];
    const after = redacted(records).records.map(({ request }) => `${request.url} ${request.body?.text ?? ''}`);
    for (const text of after) {
      expect(text).not.toMatch(/M\\*(u00fc|ü|%C3%BC|%25C3%25BC|&#xfc;)ller/i);
      expect(text).not.toMatch(/rg[ +%]/);
    }
    expect(after[1]).toMatch(
      /^\/ \{"x":"[A-Z]\\u00[0-9a-f]{2}[a-z]{2} [A-Z]\\u00[0-9a-f]{2}[a-z]{4}-\\u00[0-9A-F]{2}[a-z]"\}$/,
    );
    expect(
      after.map(
        (text, at) => text.length - `${records[at]?.request.url} ${records[at]?.request.body?.text ?? ''}`.length,
      ),
    ).toEqual(after.map(() => 0));
    expect(JSON.parse(JSON.parse(after[3]?.slice(2) ?? '').x)).toEqual({
      driver: { name: expect.stringContaining(' ') },
    });
  });

  test('a value that findings quote shortened, and one that a cut body ends in', () => {
    const long = `NL-ACM-C${'7'.repeat(40)}1X`;
    const { records } = redacted([
      exchangeLine(1, {
        request: {
          method: 'PUT',
          url: '/',
          headers: [],
          body: { text: sessionText(1, { cdr_token: { uid, contract_id: long } }) },
        },
      }),
      exchangeLine(2, {
        findings: [
          {
            severity: 'error',
            code: 'x',
            pointer: '',
            met: `contract ${long.slice(0, 30)}… (50 characters)`,
            expected: '',
            section: '',
          },
        ],
      }),
      exchangeLine(3, {
        request: {
          method: 'PUT',
          url: '/',
          headers: [],
          body: { text: `{"a":1,"cdr_token":{"uid":"${uid.slice(0, 10)}`, length: 900 },
        },
      }),
      exchangeLine(4, {
        request: { method: 'PUT', url: '/', headers: [], body: { text: '{"cdr_token":{"uid":"99887766' } },
      }),
    ]);
    expect(records[1]?.findings?.[0]?.met).toMatch(/^contract NL-ACM-C\d{22}… \(50 characters\)$/);
    expect(records[1]?.findings?.[0]?.met).not.toContain('77777');
    expect(records[2]?.request.body).toEqual({ text: expect.not.stringContaining(uid.slice(0, 6)), length: 900 });
    expect(records[3]?.request.body?.text).not.toContain('99887766');
  });

  test('broken JSON, forms and markup', () => {
    for (const text of [
      `{uid: '${uid}', contract_id: "${contract}"}`,
      `{"cdr_token":{"contract_id":"${contract}","uid":"${uid}"},,}}{"uid":"${uid}"}`,
      `{"contract_id":"${contract}" "uid":"${uid}" "x":[1,2}`,
      `uid=${uid}&contract_id=${encodeURIComponent(contract)}&x=1`,
      `<token><uid>${uid}</uid><contract_id>${contract}</contract_id></token>`,
      `<p>No contract_id: ${contract}, token_uid=${uid}</p>`,
    ]) {
      const after = bodyAfter(text);
      expect(after).not.toContain(uid);
      expect(after).not.toContain('12345678');
      expect(after.replace(/[A-Z0-9]/gi, 'x')).toBe(text.replace(/[A-Z0-9]/gi, 'x'));
    }
  });
});

describe('bounds', () => {
  test('a value shorter than five characters goes at its typed places only', () => {
    const { records } = redacted([
      exchangeLine(1, {
        request: {
          method: 'PUT',
          url: '/',
          headers: [],
          body: { text: '{"cdr_token":{"uid":"1000"},"status_code":1000,"kwh":1000}' },
        },
      }),
      withNote('1000 Wh'),
    ]);
    expect(records[0]?.request.body?.text).toMatch(
      /^\{"cdr_token":\{"uid":"(?!1000)\d{4}"\},"status_code":1000,"kwh":1000\}$/,
    );
    expect(records[1]?.note).toBe('1000 Wh');
  });

  test('digits of a value inside of amounts and longer words stay', () => {
    const text = JSON.stringify({
      cdr_token: { uid: '12345' },
      kwh: 12345,
      cost: 12345.5,
      at: '912345',
      note: 'of 12345.',
    });
    const read = JSON.parse(bodyAfter(text));
    expect(read).toMatchObject({ kwh: 12345, cost: 12345.5, at: '912345' });
    expect(read.note).toBe(`of ${read.cdr_token.uid}.`);
  });

  test('words that the protocol is written with stay, though somebody is called so', () => {
    const text = answerText({
      cdr_token: { uid: 'ACCEPTED', visual_number: 'locations' },
      result: 'ACCEPTED',
      module: 'locations',
    });
    const read = JSON.parse(bodyAfter(text)).data;
    expect(read).toMatchObject({ result: 'ACCEPTED', module: 'locations' });
    expect(read.cdr_token.uid).toMatch(/^(?!ACCEPTED)[A-Z]{8}$/);
  });

  test('where a shape has no room for another value the pseudonym is longer, and it is said', () => {
    const digits = '0123456789'.split('').map(uid => ({ uid }));
    const line = exchangeLine(1, {
      request: { method: 'PUT', url: '/', headers: [], body: { text: JSON.stringify({ tokens: digits }) } },
    });
    const { records, redaction } = redacted([line]);
    const made = (JSON.parse(records[0]?.request.body?.text ?? '') as { tokens: { uid: string }[] }).tokens.map(
      ({ uid }) => uid,
    );
    expect(new Set([...made, ...digits.map(({ uid }) => uid)]).size).toBe(20);
    expect(redaction.notes()[0]).toContain('so short that the pseudonym had to be longer');
  });

  test('what holds nothing to replace is handed back as it is', () => {
    const line = exchangeLine(1, { request: { method: 'GET', url: '/ocpi/versions', headers: [JSON_TYPE] } });
    expect(redacted([line]).records[0]).toBe(line);
  });
});

test('counts tell values and places of each kind, with an example', () => {
  const line = (id: number) =>
    exchangeLine(id, { request: { method: 'PUT', url: '/', headers: [], body: { text: sessionText(id) } } });
  const { redaction } = redacted([line(1), line(2)]);
  expect(redaction.counts()).toEqual([
    {
      group: 'personal',
      kind: 'token uid',
      values: 1,
      places: 2,
      example: { from: 'TOKEN1', to: expect.stringMatching(/^[A-Z]{5}\d$/) },
    },
    {
      group: 'personal',
      kind: 'contract id',
      values: 1,
      places: 2,
      example: { from: 'NL-ACM-C00000001-X', to: expect.stringMatching(/^NL-ACM-C\d{8}-[A-Z]$/) },
    },
  ]);
});
