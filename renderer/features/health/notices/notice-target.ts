import { linkOptions } from '@tanstack/react-router';
import type { Notice } from '../../../../core/contract/health.ts';
import { printToken } from '../../../ui/filter-text.ts';
import { partySegment } from '../location-address.ts';

/** Where a notice leads: to what it is about. */
export function targetOf({ kind, link, party, location }: Notice) {
  const ofLink = linkOptions({ to: '/health/links/$name', params: { name: link } });
  switch (kind) {
    case 'evse-out-of-order':
    case 'evse-inoperative':
    case 'evse-stuck':
    case 'availability-low':
      return location === null
        ? ofLink
        : linkOptions({
            to: '/health/locations/$link/$party/$id',
            params: { link, party: partySegment(party ?? ''), id: location },
          });
    case 'token-old':
      return linkOptions({ to: '/partners/link/$name', params: { name: link }, search: { tab: 'tokens' } });
    case 'version-changed':
    case 'endpoints-changed':
      return linkOptions({ to: '/partners/link/$name', params: { name: link }, search: { tab: 'endpoints' } });
    case 'error-rate':
      return linkOptions({ to: '/errors', search: { q: printToken({ name: 'link', value: link }) } });
    case 'silent':
    case 'pull-old':
    case 'pull-failed':
    case 'slow':
    case 'callbacks-overdue':
      return ofLink;
  }
}
