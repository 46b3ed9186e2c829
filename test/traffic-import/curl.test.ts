import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraffic } from '../../core/traffic-import/read-file.ts';
import { shellCommands } from '../../core/traffic-import/shell-words.ts';
import { bodyText, tellAll, tellOne } from './telling.ts';

describe('curl commands', () => {
  it('as a browser copies them: lines continued, quotes inside quotes, data and compression', () => {
    const told = tellOne(
      readTraffic(
        `curl 'https://cpo.example/ocpi/2.2.1/receiver/tokens/NL/TNM/1' \\
  -X 'PUT' \\
  -H 'accept: application/json' \\
  -H $'x-note: it\\'s \\u00fc' \\
  -H 'empty;' \\
  --data-raw $'{"uid":"O\\'Hara\\n"}' \\
  --compressed`,
        'auto',
      ),
    );
    expect(told.request).toMatchObject({
      method: 'PUT',
      url: 'https://cpo.example/ocpi/2.2.1/receiver/tokens/NL/TNM/1',
      headers: [
        ['accept', 'application/json'],
        ['x-note', "it's ü"],
        ['empty', ''],
        ['Accept-Encoding', 'deflate, gzip, br, zstd'],
        ['Content-Type', 'application/x-www-form-urlencoded'],
      ],
    });
    expect(bodyText(told.request)).toBe('{"uid":"O\'Hara\n"}');
    expect(told.response).toBeUndefined();
  });

  it('as Windows has them, with a caret before everything', () => {
    const told = tellOne(
      readTraffic(
        'curl ^"https://cpo.example/ocpi/versions?a=1^&b=2^" ^\r\n  -H ^"Authorization: Token abc^" ^\r\n  --data-raw ^"{^\\^"a^\\^":1}^"',
        'auto',
      ),
    );
    expect(told.request.url).toBe('https://cpo.example/ocpi/versions?a=1&b=2');
    expect(told.request.headers?.[0]).toEqual(['Authorization', 'Token abc']);
    expect(bodyText(told.request)).toBe('{"a":1}');
  });

  it.each([
    ['curl x.example', 'GET', 'http://x.example', undefined],
    ['curl -sSLd a=1 -d b=2 https://x.example', 'POST', 'https://x.example', 'a=1&b=2'],
    ['curl -XDELETE --url https://x.example', 'DELETE', 'https://x.example', undefined],
    ['curl -I https://x.example', 'HEAD', 'https://x.example', undefined],
    [
      'curl -G -d a=1 --data-urlencode "b=c d" https://x.example?z=0',
      'GET',
      'https://x.example?z=0&a=1&b=c%20d',
      undefined,
    ],
    [`curl --json '{"a":1}' https://x.example`, 'POST', 'https://x.example', '{"a":1}'],
    ["printf '%s' 'a\nb' | curl --data-binary @- https://x.example", 'POST', 'https://x.example', 'a\nb'],
    ["curl --data-binary @- https://x.example <<'END'\n{\n}\nEND\n", 'POST', 'https://x.example', '{\n}\n'],
    ['$ curl https://x.example  # the list', 'GET', 'https://x.example', undefined],
    ['TOKEN=1; curl "https://x.example/$TOKEN" 2>/dev/null | jq .', 'GET', 'https://x.example/$TOKEN', undefined],
  ])('are understood: %j', (text, method, url, body) => {
    const told = tellOne(readTraffic(text, 'auto'));
    expect([told.request.method, told.request.url, bodyText(told.request)]).toEqual([method, url, body]);
  });

  it('say what options stand for headers unless a line says otherwise', () => {
    const told = tellOne(
      readTraffic(
        "curl -u 'me:secret' -A agent -b a=1 -e https://r.example --json '{}' -H 'Accept:' x.example",
        'auto',
      ),
    );
    expect(told.request.headers).toEqual([
      ['Authorization', 'Basic bWU6c2VjcmV0'],
      ['User-Agent', 'agent'],
      ['Referer', 'https://r.example'],
      ['Cookie', 'a=1'],
      ['Content-Type', 'application/json'],
    ]);
  });

  it('may be several in one text, with what cannot be read left out by line', () => {
    const { exchanges, skipped } = tellAll(
      readTraffic(
        '# first\ncurl https://a.example && curl https://b.example\n\ncurl -F file=@x https://c.example\ncurl -d @body.json https://d.example\ncurl -s\ncurl ftp://e.example\n',
        'curl',
      ),
    );
    expect(exchanges.map(({ request }) => request.url)).toEqual(['https://a.example', 'https://b.example']);
    expect(skipped).toEqual([
      { where: 'line 4', reason: 'forms of several parts (-F) are not read' },
      { where: 'line 5', reason: 'its body stands in body.json, which is not here' },
      { where: 'line 6', reason: 'the command names no URL' },
      { where: 'line 7', reason: '"ftp://e.example" is no HTTP URL' },
    ]);
  });
});

describe('words of a shell', () => {
  it('are the same again however they were quoted', () => {
    const single = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
    const double = (word: string) => `"${word.replaceAll(/[\\"$`]/g, '\\$&')}"`;
    const word = fc.string({ unit: 'grapheme', maxLength: 20 }).filter(text => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.boolean()), { minLength: 1, maxLength: 6 }), words => {
        const text = `curl ${words.map(([one, twice]) => (twice ? double(one) : single(one))).join(' ')}`;
        expect(shellCommands(text)).toEqual([{ words: ['curl', ...words.map(([one]) => one)], line: 1, piped: false }]);
      }),
    );
  });

  it('end with the text where a quote is never closed', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), text => Array.isArray(shellCommands(text))));
    expect(shellCommands("curl 'x")).toEqual([{ words: ['curl', 'x'], line: 1, piped: false }]);
  });
});
