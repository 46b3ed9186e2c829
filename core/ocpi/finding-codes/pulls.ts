import type { KnownFinding } from './known-finding.ts';

/** Findings that only a whole pull can make: they compare pages with each other, or with what was asked for. */
export const PULL_FINDINGS = {
  'paging.link.loop': {
    severity: 'error',
    section: '1.6, T39',
    meaning: 'The Link header leads to a page that was asked for already.',
    advice: 'Followed blindly it never ends. The last page has no Link; every other one names the page behind it.',
  },
  'paging.link.filters-lost': {
    severity: 'warning',
    section: '1.6',
    meaning: 'The Link header dropped or changed a date filter of the request.',
    advice: 'It has to keep the filters of the original request; as it stands the pages behind it hold other objects.',
  },
  'paging.link.limit-lost': {
    severity: 'note',
    section: '1.6, T39',
    meaning: 'The Link header dropped or changed the page size without X-Limit saying so.',
    advice: 'Harmless while every page has a Link; page sizes jump.',
  },
  'paging.link.missing': {
    severity: 'warning',
    section: '1.6',
    meaning: 'X-Total-Count says that more follows, but there is no usable Link to it.',
    advice: 'Required on every page but the last. The pull went on with offsets of its own.',
  },
  'paging.link.on-empty-page': {
    severity: 'note',
    section: '1.6, T39',
    meaning: 'An empty page still has a Link to a next one.',
    advice: 'The pull ended there; a client that trusts the Link goes on asking.',
  },
  'paging.offset-ignored': {
    severity: 'error',
    section: '1.6',
    meaning: 'Another offset brought the same page once more.',
    advice: 'The parameter is probably ignored; clients that page with it never end, or read the first page only.',
  },
  'paging.page-repeated': {
    severity: 'error',
    section: '1.6',
    meaning: 'A page with another URL holds the same objects as the one before it.',
    advice: 'The Link moves on, the list does not: look at how the offset of the Link is read.',
  },
  'paging.date-from-ignored': {
    severity: 'warning',
    section: '1.6',
    meaning: 'Objects came that were updated before the date_from asked for.',
    advice: 'The filter is probably ignored, so that every pull is a full one; it compares last_updated, inclusive.',
  },
  'paging.date-to-ignored': {
    severity: 'warning',
    section: '1.6',
    meaning: 'Objects came that were updated after the date_to asked for.',
    advice: 'The filter is probably ignored; it compares last_updated, exclusive.',
  },
  'paging.count.drifts': {
    severity: 'note',
    section: '1.6, T39',
    meaning: 'X-Total-Count changed from one page to the next.',
    advice: 'Objects came or went meanwhile. Where it dropped, the page was asked for again with a smaller offset.',
  },
  'paging.count.untrue': {
    severity: 'warning',
    section: '1.6, T39',
    meaning: 'X-Total-Count is not the number of objects that can be listed.',
    advice: 'It counts the objects that fit the filters and that this caller may see, whatever offset and limit are.',
  },
  'paging.items-twice': {
    severity: 'warning',
    section: '1.6',
    meaning: 'The pages of one list hold the same objects more than once.',
    advice: 'The order has to be stable between pages; oldest created first is the best practice.',
  },
  'paging.items-skipped': {
    severity: 'warning',
    section: '1.6',
    meaning: 'All pages together hold fewer objects than X-Total-Count says.',
    advice: 'Either objects are skipped between pages (an unstable order), or the count includes some that are hidden.',
  },
  'paging.shifted': {
    severity: 'note',
    section: '1.6',
    meaning: 'Objects moved to earlier pages while the list was read; the pages in question were asked for again.',
    advice: 'Nothing was lost. An order by creation, or date_to in the request, keeps pages where they are.',
  },
  'paging.unsettled': {
    severity: 'warning',
    section: '1.6',
    meaning: 'The list kept changing while it was read, so that nobody can tell whether it was read whole.',
    advice: 'Pull again when less is going on, or with a beginning and an end; nothing was taken for vanished.',
  },
  'paging.limit.capped': {
    severity: 'note',
    section: '1.6',
    meaning: 'Pages are smaller than the limit asked for.',
    advice: 'Allowed: the own maximum belongs into X-Limit. Ask for that many from the start.',
  },
  'paging.limit.untrue': {
    severity: 'warning',
    section: '1.6, T39',
    meaning: 'X-Limit does not agree with the size of the pages.',
    advice: 'It is the most objects a page may hold; clients compute offsets with it.',
  },
  'paging.list.self-addressed': {
    severity: 'warning',
    section: '1.10',
    meaning: 'The list is empty and the routing headers name the same party as sender and as addressee.',
    advice: 'Probably no empty list but a request that reached nobody: to names the other party, from our own.',
  },
  'paging.data.none': {
    severity: 'warning',
    section: '1.4, 1.9',
    meaning: 'A list was asked for and data is absent or null.',
    advice: 'Taken as an empty list; send an empty array.',
  },
  'objects.updated-without-change': {
    severity: 'note',
    section: '1.8, 6.1',
    meaning: 'last_updated of objects moved although nothing else changed.',
    advice: 'Every such object is pulled again by everybody. Touch last_updated only with a change.',
  },
  'objects.changed-without-update': {
    severity: 'warning',
    section: '1.8, 6.1',
    meaning: 'Objects changed although their last_updated stayed the same.',
    advice: 'Incremental pulls miss such changes; the change of an EVSE or connector belongs into its parents too.',
  },
  'retry-after.unusable': {
    severity: 'note',
    section: '1.5',
    meaning: 'Retry-After holds neither seconds nor a date.',
    advice: 'Write whole seconds, or a date as HTTP has it; our own waiting times were used.',
  },
  'paging.page-failed': {
    severity: 'warning',
    section: '1.6',
    meaning: 'One page of a list failed while others were answered.',
    advice: 'As a rule one object on it breaks the whole page. Ask for it in smaller pages to find which.',
  },
  'locations.vanished': {
    severity: 'warning',
    section: '6.1',
    meaning:
      'Locations or EVSEs that were listed are no longer in the list, without ever having had the status REMOVED.',
    advice:
      'They are removed with the status REMOVED; what only vanishes stays with everybody who does not compare whole lists.',
  },
  'id.case-changed': {
    severity: 'warning',
    section: 'T27',
    meaning: 'An id came back in other upper and lower case than it was sent in.',
    advice:
      'Ids compare without regard to case, but are kept and echoed as they came; a system on the way rewrites them.',
  },
} as const satisfies Record<string, KnownFinding>;
