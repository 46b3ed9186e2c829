import type * as z from 'zod';
import { type FaultPack, FaultRuleText } from '../contract/fault.ts';

type RuleInput = z.input<typeof FaultRuleText>;

/** Rules of a pack draw from one seed: loaded anew it plays the same again. */
function pack({
  rules,
  ...about
}: Omit<FaultPack, 'rules'> & { readonly rules: readonly Omit<RuleInput, 'seed'>[] }): FaultPack {
  return { ...about, rules: rules.map(rule => FaultRuleText.parse({ ...rule, seed: about.name })) };
}

const badDayAtAHub = pack({
  name: 'bad-day-at-a-hub',
  title: 'A bad day at a hub',
  meaning:
    'A hub that caps its pages, loses parties behind it now and then, and has one among them that sends what nobody can read. Most requests still come through.',
  rules: [
    { name: 'hub: pages capped', kind: 'hub.page-cap' },
    { name: 'hub: one broken party', kind: 'hub.broken-party', when: { probability: 0.5 } },
    { name: 'hub: receiver not connected', kind: 'hub.receiver-not-connected', when: { probability: 0.05 } },
    { name: 'hub: receiver timed out', kind: 'hub.receiver-timeout', when: { probability: 0.05 } },
    {
      name: 'hub: unknown receiver as 401',
      kind: 'hub.unknown-receiver',
      parameters: { status: 401 },
      when: { probability: 0.02 },
    },
    {
      name: 'hub: slow',
      kind: 'transport.delay',
      parameters: { ms: 800, spread: 700, distribution: 'uniform' },
      scope: { direction: 'answer' },
      when: { probability: 0.3 },
    },
    { name: 'hub: pushes out of order', kind: 'push.out-of-order', when: { probability: 0.1 } },
    {
      name: 'hub: routing headers lost',
      kind: 'headers.routing-missing',
      scope: { direction: 'answer' },
      when: { probability: 0.2 },
    },
  ],
});

const frameworkDefaults = pack({
  name: 'framework-defaults',
  title: 'Framework defaults',
  meaning:
    'A partner whose web framework answers for it: errors are {"detail"}, ids are in lower case, dates end with +00:00, null stands where a field could be missing, and ids of requests are lost.',
  rules: [
    {
      name: 'framework: ids in lower case',
      kind: 'object.id-case',
      parameters: { object: 'all', every: true, to: 'lower' },
      scope: { direction: 'answer' },
    },
    {
      name: 'framework: +00:00',
      kind: 'object.date-with-offset',
      parameters: { object: 'all', every: true },
      scope: { direction: 'answer' },
    },
    { name: 'framework: nulls', kind: 'object.optional-null', parameters: { object: 'all' } },
    {
      name: 'framework: 422 with detail',
      kind: 'envelope.framework-body',
      parameters: { status: 422 },
      when: { probability: 0.1 },
    },
    {
      name: 'framework: 403 with detail',
      kind: 'envelope.framework-body',
      parameters: { status: 403, detail: 'Forbidden' },
      when: { probability: 0.03 },
    },
    { name: 'framework: an HTML page', kind: 'envelope.html-page', when: { probability: 0.03 } },
    { name: 'framework: no ids on errors', kind: 'headers.ids-missing', parameters: { onlyErrors: true } },
    { name: 'framework: Link None', kind: 'paging.link-none', when: { probability: 0.1 } },
  ],
});

const flakyNetwork = pack({
  name: 'flaky-network',
  title: 'Flaky network',
  meaning:
    'A connection that is slow, drips, and breaks now and then, in the middle of an answer too. About one exchange in six is hit; the others are slower than usual.',
  rules: [
    { name: 'network: slow', kind: 'transport.delay', parameters: { ms: 400, spread: 200, distribution: 'normal' } },
    { name: 'network: very slow', kind: 'transport.delay', parameters: { ms: 8_000 }, when: { probability: 0.03 } },
    {
      name: 'network: drips',
      kind: 'transport.dribble',
      parameters: { perSecond: 2_000 },
      when: { probability: 0.05 },
    },
    {
      name: 'network: cut',
      kind: 'transport.cut',
      parameters: { at: 200 },
      scope: { direction: 'answer' },
      when: { probability: 0.03 },
    },
    { name: 'network: reset', kind: 'transport.reset', when: { probability: 0.03 } },
    { name: 'network: closed', kind: 'transport.close', when: { probability: 0.02 } },
    {
      name: 'network: silence',
      kind: 'transport.hang',
      parameters: { ms: 60_000 },
      scope: { direction: 'answer' },
      when: { probability: 0.01 },
    },
  ],
});

const pagingFromHell = pack({
  name: 'paging-from-hell',
  title: 'Paging from hell',
  meaning:
    'Lists whose pages do not fit together: small pages, Links that lose filters or lead elsewhere, totals that drift, objects twice or never. Whoever pulls them has to look at what comes, not at what is promised.',
  rules: [
    { name: 'paging: small pages', kind: 'paging.capped', parameters: { most: 7 } },
    { name: 'paging: totals drift', kind: 'paging.total-drifts', when: { probability: 0.5 } },
    { name: 'paging: pages shift', kind: 'paging.page-shifts', when: { probability: 0.2 } },
    { name: 'paging: an object twice', kind: 'paging.item-twice', when: { probability: 0.3 } },
    { name: 'paging: an object skipped', kind: 'paging.item-skipped', when: { probability: 0.1 } },
    { name: 'paging: filters lost', kind: 'paging.filters-lost', when: { probability: 0.3 } },
    { name: 'paging: relative Link', kind: 'paging.link-relative', when: { probability: 0.2 } },
    { name: 'paging: Link on the last page', kind: 'paging.link-on-last', when: { probability: 0.5 } },
    {
      name: 'paging: X-Limit lies',
      kind: 'paging.limit-lies',
      parameters: { limit: 1000 },
      when: { probability: 0.5 },
    },
    { name: 'paging: a bad object', kind: 'object.unusable', when: { probability: 0.1 } },
  ],
});

const lateAndDouble = pack({
  name: 'late-and-double-callbacks',
  title: 'Late and double callbacks',
  meaning:
    'Commands and charging profiles whose results come before the answer, too late, twice, wrapped, or not at all, and which promise them sooner than they can. Two in five go as they should.',
  rules: [
    // Who is kept back is not sent again: so the rules are tried in this order, and each passes over what one before it did.
    { name: 'callbacks: never', kind: 'async.never', when: { probability: 0.1 } },
    { name: 'callbacks: late', kind: 'async.late', when: { probability: 0.15 } },
    { name: 'callbacks: twice', kind: 'async.twice', when: { probability: 0.25 } },
    { name: 'callbacks: wrapped', kind: 'async.wrapped', when: { probability: 0.15 } },
    { name: 'callbacks: before the answer', kind: 'async.before-answer', when: { probability: 0.2 } },
    {
      name: 'callbacks: short deadline',
      kind: 'async.deadline-short',
      parameters: { seconds: 2 },
      when: { probability: 0.3 },
    },
    { name: 'callbacks: wrong token', kind: 'async.wrong-token', when: { probability: 0.05 } },
  ],
});

const sessionThatLies = pack({
  name: 'session-that-lies',
  title: 'A session that lies',
  meaning:
    'A CPO whose charging cannot be trusted: sessions start after TIMEOUT, kWh fall, charging periods overlap, the CDR comes before the end of its session, under an id that was there before, and with another total than it should have.',
  rules: [
    { name: 'session: TIMEOUT, and then it starts', kind: 'async.timeout-then-session', when: { probability: 0.5 } },
    { name: 'session: kWh fall', kind: 'money.kwh-falls', when: { everyNth: 4 } },
    { name: 'session: CDR before the end', kind: 'money.cdr-early', when: { probability: 0.7 } },
    { name: 'session: CDR with an id that was there', kind: 'money.cdr-duplicate-id', when: { everyNth: 3 } },
    {
      name: 'session: total that is not the sum',
      kind: 'money.total-off',
      parameters: { by: 0.5 },
      when: { probability: 0.3 },
    },
    { name: 'session: one step too many', kind: 'money.step-size', when: { probability: 0.3 } },
    {
      name: 'session: periods overlap',
      kind: 'money.periods-overlap',
      scope: { module: 'cdrs' },
      when: { probability: 0.2 },
    },
    { name: 'session: periods told again', kind: 'push.periods-again', when: { probability: 0.3 } },
  ],
});

/** Rules that belong together. */
export const FAULT_PACKS: readonly FaultPack[] = [
  badDayAtAHub,
  frameworkDefaults,
  flakyNetwork,
  pagingFromHell,
  lateAndDouble,
  sessionThatLies,
];
