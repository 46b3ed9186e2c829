import { describe, expect, it } from 'vitest';
import type { LinkView } from '../../../core/contract/links.ts';
import { unpullable } from '../../../renderer/links/pullable.ts';

const endpoint = { identifier: 'locations', role: 'SENDER', url: 'https://partner.example/locations' };

function why(
  state: LinkView['state'],
  version: '2.2.1' | undefined,
  endpoints: LinkView['endpoints'],
  importedLog: number | null = null,
) {
  const link: Partial<LinkView> = { state, endpoints, importedLog, ...(version === undefined ? {} : { version }) };
  return unpullable(link as LinkView, 'locations');
}

describe('why nothing can be pulled of a link', () => {
  it('is said by what would have to change', () => {
    expect(why('new', undefined, [])).toBe('not-registered');
    expect(why('suspended', '2.2.1', [endpoint])).toBe('suspended');
    expect(why('adopted', undefined, [])).toBe('not-read');
    expect(why('registered', '2.2.1', [{ ...endpoint, role: 'RECEIVER' }])).toBe('not-offered');
    expect(why('registered', '2.2.1', [endpoint])).toBeUndefined();
    expect(why('registered', '2.2.1', [endpoint], 1)).toBe('imported');
  });
});
