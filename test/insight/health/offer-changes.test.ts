import { expect, it } from 'vitest';
import { offerChanges, sameOffer } from '../../../core/insight/health/offer-changes.ts';

const endpoint = (identifier: string, role: string, url = `https://example.org/${identifier}/${role}?key=secret`) => ({
  ...{ identifier, role, url },
});

it('names what is new, gone or elsewhere, without its URL; in another order it is the same', () => {
  const before = { at: 0, version: '2.2.1', endpoints: [endpoint('cdrs', 'SENDER'), endpoint('tokens', 'RECEIVER')] };
  const moved = endpoint('cdrs', 'SENDER', 'https://example.org/elsewhere?key=secret');
  const after = { at: 1000, version: '2.2.1', endpoints: [moved, endpoint('sessions', 'SENDER')] };
  expect(sameOffer(before, { ...before, endpoints: before.endpoints.toReversed() })).toBe(true);
  const changes = offerChanges([before, after], 500);
  expect(changes).toEqual([
    {
      ...{ at: 1000, what: 'endpoints' },
      sentence:
        'Endpoints became others at 1970-01-01T00:00:01Z: cdrs SENDER has another URL, sessions SENDER is new, tokens RECEIVER is gone.',
    },
  ]);
  expect(offerChanges([before, after], 1000)).toEqual([]);
  expect(offerChanges([before], 0)).toEqual([]);
});
