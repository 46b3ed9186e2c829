/** Requests for the fuzzer: good ones, mutated in one to four ways, or nothing but noise. Decided by seed and number. */
export interface Mutant {
  readonly bytes: Buffer;
  /** What the client does after sending. */
  readonly ending: 'wait' | 'half-close' | 'reset';
}

interface Chance {
  /** An integer from 0 to `below` - 1. */
  below(below: number): number;
  of<T>(values: readonly [T, ...T[]]): T;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'FETCH'] as const;
const TARGETS = [
  '/ocpi/versions',
  '/ocpi/2.1.1',
  '/ocpi/2.2.1',
  '/ocpi/2.2.1/credentials',
  '/ocpi/2.3.0/credentials/',
  '/ocpi/2.2.1/receiver/tokens/NL/ABC/1',
  '/ocpi/%zz/%00',
  '/ocpi/../../etc/passwd',
  '/ocpi/versions?a=b&a=%ff#x',
  'http://other.example/ocpi/versions',
  '*',
  '//',
  '/\\ocpi',
] as const;
const HEADERS = [
  'Content-Type: application/json',
  'Content-Type: text/xml',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip, chunked',
  'Expect: 100-continue',
  'Expect: 42',
  'Connection: close',
  'Connection: Upgrade\r\nUpgrade: h2c',
  'Authorization: Token',
  'Authorization: Basic Og==',
  'Authorization: Token \xff\xfe',
  'X-Request-ID: \xe9\xe9',
  'X-Request-ID:',
  'X-Correlation-ID: a\r\nX-Correlation-ID: b',
  'OCPI-to-party-id: ABCDEFGH',
  'OCPI-from-country-code: N',
  'Content-Encoding: br',
  ' folded: header',
  'no colon',
  'X-Null: \0',
] as const;
const BODIES = [
  '',
  '{}',
  '[]',
  'null',
  '"text"',
  '{"token":null,"url":5,"roles":{}}',
  '{"token":"a","url":"http://x.example/","roles":[{"role":"CPO","country_code":"NL","party_id":"ABC"}]}',
  '{"token":"\\ud800","url":"x"}',
  `${'['.repeat(5_000)}`,
  '<html></html>',
  '\xef\xbb\xbf{}',
  '5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n',
  'zz\r\nnot a chunk\r\n',
  `{"token":"${'t'.repeat(3_000)}"}`,
] as const;
const ENDINGS = ['wait', 'wait', 'wait', 'wait', 'wait', 'wait', 'half-close', 'reset'] as const;

export function mutant({ seed, number, token }: { seed: number; number: number; token: string }): Mutant {
  const chance = chanceOf(seed, number);
  const requests = chance.below(5) === 0 ? 1 + chance.below(3) : 1;
  const parts = Array.from({ length: requests }, () =>
    chance.below(12) === 0 ? noise(chance) : written(chance, token),
  );
  let bytes: Buffer = Buffer.concat(parts);
  for (let round = Math.max(0, chance.below(6) - 2); round > 0; round--) bytes = mutated(bytes, chance);
  return { bytes, ending: chance.of(ENDINGS) };
}

function written(chance: Chance, token: string): Buffer {
  const method = chance.below(3) > 0 ? chance.of(['GET', 'POST', 'PUT']) : chance.of(METHODS);
  const target = chance.below(3) > 0 ? chance.of(['/ocpi/versions', '/ocpi/2.2.1/credentials']) : chance.of(TARGETS);
  const body = chance.below(2) === 0 ? '' : chance.of(BODIES);
  const lines = [`${method} ${target} HTTP/1.${chance.below(8) === 0 ? 0 : 1}`];
  if (chance.below(10) > 0) lines.push('Host: localhost');
  if (chance.below(4) > 0) lines.push(`Authorization: Token ${chance.below(2) === 0 ? token : btoa(token)}`);
  for (let more = Math.max(0, chance.below(5) - 2); more > 0; more--) lines.push(chance.of(HEADERS));
  if (body !== '' && chance.below(8) > 0) lines.push(`Content-Length: ${body.length}`);
  if (chance.below(60) === 0) lines.push(`X-Padding: ${'p'.repeat(20_000)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
}

function noise(chance: Chance): Buffer {
  return Buffer.from(Array.from({ length: 1 + chance.below(300) }, () => chance.below(256)));
}

function mutated(bytes: Buffer, chance: Chance): Buffer {
  const at = chance.below(bytes.length + 1);
  const length = chance.below(Math.min(40, bytes.length - at + 1));
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(at + length);
  switch (chance.below(6)) {
    case 0:
      return before;
    case 1:
      return Buffer.concat([before, after]);
    case 2:
      return Buffer.concat([before, bytes.subarray(at, at + length), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([before, noise(chance).subarray(0, 8), after]);
    case 4:
      return Buffer.concat([before, Buffer.from(chance.of(['\r\n', '\n', '\r', '\0', ' ', '%', '\t', ':'])), after]);
    default: {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << chance.below(8));
      return flipped;
    }
  }
}

/** mulberry32, begun anew for every number, so that each request can be repeated alone. */
function chanceOf(seed: number, number: number): Chance {
  let state = (seed ^ Math.imul(number + 1, 0x9e3779b1)) >>> 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((((mixed ^ (mixed >>> 14)) >>> 0) * limit) / 2 ** 32) | 0;
  };
  return { below, of: values => values[below(values.length)] ?? values[0] };
}
