import { describe, expect, it } from 'vitest';
import { failedLayer } from '../../core/ocpi/failed-layer.ts';

describe('which layer says why an exchange failed', () => {
  it.each([
    ['timeout', null, null, 'network', 'timeout'],
    ['cut', 200, null, 'network', 'cut'],
    ['complete', 404, null, 'http', '404'],
    ['complete', 200, 2001, 'ocpi', '2001'],
    ['complete', 404, 2003, 'ocpi', '2003'],
    ['answered', 400, 2001, 'ocpi', '2001'],
    ['complete', 500, 3001, 'ocpi', '3001'],
    ['complete', 401, 4001, 'ocpi', '4001'],
    ['complete', 200, 401, 'ocpi', '401'],
    // The envelope has to have a code; HTTP says more.
    ['complete', 401, 2000, 'http', '401'],
    ['complete', 500, 3000, 'http', '500'],
    ['complete', 401, 2001, 'http', '401'],
    ['answered', 405, 2002, 'http', '405'],
    // Nothing but the generic code.
    ['complete', 200, 2000, 'ocpi', '2000'],
    ['complete', 200, 3000, 'ocpi', '3000'],
    // HTTP says failure, OCPI says success.
    ['complete', 503, 1000, 'http', '503'],
  ] as const)('%s, HTTP %s, OCPI %s: %s %s', (ended, http, ocpi, layer, code) => {
    expect(failedLayer({ ended, http, ocpi })).toEqual({ layer, code });
  });
});
