import type { TroubleGroup } from '../../../../core/contract/errors.ts';

/** A group as the core gives it. */
export function group(of: Partial<TroubleGroup> = {}): TroubleGroup {
  return {
    link: 'volta',
    module: 'locations',
    layer: 'http',
    code: '401',
    failed: true,
    direction: 'out',
    versions: ['2.2.1'],
    count: 1,
    onPurpose: 0,
    first: '2026-11-20T10:00:00.000Z',
    last: '2026-11-21T10:00:00.000Z',
    newestId: 1,
    fresh: false,
    overTime: [0, 1, 0, 0],
    ...of,
  };
}
