import type { Clock, Deadline } from '../clock.ts';
import {
  type Decide,
  type DecisionOption,
  type PendingDecision,
  type PolicyLine,
  SetPolicy,
} from '../contract/decisions.ts';
import { done, failed, type Outcome } from '../contract/failure.ts';
import type { Link } from '../contract/link.ts';
import { Policies, Policy } from '../contract/policy.ts';
import type { History } from '../history/history.ts';
import { type CatalogueEntry, catalogue } from '../ocpi/catalogue.ts';
import { type Decidable, decidable, mayAnswer } from '../ocpi/decidable.ts';
import { moduleOf } from '../ocpi/modules.ts';
import { VERSIONS, type Version } from '../ocpi/versions.ts';
import type { Asking, Decided, Deciding } from '../server/deciding.ts';
import { askFirst, type LinkDesk } from './link-desk.ts';
import type { PlatformDesk } from './platform.ts';

/** What partners are answered, as the operator handles it. */
export interface DecisionDesk {
  /** Those that wait now, the most urgent first. */
  pending(): PendingDecision[];
  decide(input: Decide): Outcome<number>;
  policies(name: string): Outcome<PolicyLine[]>;
  setPolicy(input: SetPolicy): Outcome<PolicyLine[]>;
  readonly deciding: Deciding;
  /**
   * From now on this operation of this link is answered so, whatever its policies say; what is not said is as they say. They
   * stay as they are. Returns the function that ends that; of several the last one holds.
   */
  meanwhile(of: { readonly linkId: number; readonly operation: string; readonly policy: Partial<Policy> }): () => void;
  /** Everybody who waits is answered as foreseen for nobody deciding; from now on nobody is asked, if this is the `last` time. */
  settle(last?: 'last'): void;
}

export interface DecisionDeskOptions {
  readonly history: Pick<History, 'links' | 'transaction'>;
  readonly links: Pick<LinkDesk, 'find'>;
  readonly platform: Pick<PlatformDesk, 'config'>;
  readonly clock: Clock;
  /** Catalogue ids that our server answers in a version. */
  readonly served: (version: Version) => ReadonlySet<string>;
  readonly busyWith: (linkId: number) => number | undefined;
  /** Somebody waits, or waits no more. */
  readonly onChange: () => void;
}

interface Waiting {
  readonly shown: Omit<PendingDecision, 'link'>;
  readonly linkId: number;
  readonly of: Decidable;
  answer(decided: Decided): void;
}

interface Overlaid {
  readonly linkId: number;
  readonly operation: string;
  readonly policy: Partial<Policy>;
}

interface Question {
  readonly exchangeId: number;
  readonly policy: Policy;
  readonly of: Decidable;
  readonly words: () => string;
}

const YES: Decided = { answer: 'accept' };
const NO: Decided = { answer: 'reject' };
const SIMULATED: Decided = { answer: 'simulate' };

export function createDecisionDesk(options: DecisionDeskOptions): DecisionDesk {
  const { history, links, clock, onChange } = options;
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let closed = false;

  const overlaid: Overlaid[] = [];
  const policyOf = ({ entry, caller, version }: Pick<Asking, 'entry' | 'caller'> & Partial<Asking>) => {
    if (caller.linkId === undefined) return undefined;
    const link = history.links.get(caller.linkId);
    const set = link?.settings.policies?.[entry.id];
    const over = overlaid.findLast(({ linkId, operation }) => linkId === caller.linkId && operation === entry.id);
    if (over === undefined) return set;
    const spoken = version ?? link?.version;
    const usual = spoken === undefined ? undefined : decidable(entry.id, spoken)?.usual;
    return Policy.parse({
      answer: usual ?? 'accept',
      ...(over.policy.answer === undefined ? set : {}),
      ...over.policy,
    });
  };

  const ask = ({ caller, entry, body, signal }: Asking, { exchangeId, policy, of, words }: Question) => {
    const { promise, resolve } = Promise.withResolvers<Decided>();
    const id = ++asked;
    const askedAt = clock.now();
    const gone = () => waiting.get(id)?.answer(NO);
    const late: Deadline = clock.deadline(policy.seconds * 1000, () => waiting.get(id)?.answer(defaultOf(policy)));
    waiting.set(id, {
      linkId: caller.linkId ?? 0,
      of,
      shown: {
        id,
        exchangeId,
        operation: entry.id,
        words: entry.words,
        asked: words(),
        body: body?.view ?? null,
        options: optionsOf(of),
        later: [...of.later],
        askedAt,
        dueAt: askedAt + policy.seconds * 1000,
        otherwise: policy.otherwise,
      },
      answer: decided => {
        waiting.delete(id);
        late.cancel();
        signal.removeEventListener('abort', gone);
        onChange();
        resolve(decided);
      },
    });
    signal.addEventListener('abort', gone, { once: true });
    onChange();
    // A peer that has gone already will not be told anything.
    if (signal.aborted) gone();
    return promise;
  };

  const deciding: Deciding = {
    asks: request => policyOf(request)?.answer === 'ask',
    decide(request, words) {
      const { entry, version, exchangeId } = request;
      const of = version === undefined ? undefined : decidable(entry.id, version);
      if (of === undefined) return YES;
      const policy = policyOf(request);
      if (policy === undefined) return of.usual === 'simulate' ? SIMULATED : YES;
      if (policy.answer === 'simulate') return of.kind === 'object' ? YES : SIMULATED;
      if (policy.answer !== 'ask') return said(policy.answer, policy);
      // Asked is only who has an exchange to show: the policy may have come between the request and this.
      if (closed || exchangeId === undefined) return defaultOf(policy);
      return ask(request, { exchangeId, policy, of, words });
    },
  };

  const linesOf = (link: Link): PolicyLine[] => {
    const { policies = {} } = link.settings;
    return answerable(link, options).map(({ entry, of }) => {
      const set = policies[entry.id];
      return {
        operation: entry.id,
        module: entry.module,
        words: entry.words,
        set: set !== undefined,
        policy: set ?? Policy.parse({ answer: of.usual }),
        options: optionsOf(of),
        later: [...of.later],
        simulates: of.kind !== 'object',
      };
    });
  };

  return {
    deciding,
    pending: () =>
      Array.from(waiting.values(), ({ shown, linkId }) => ({
        ...shown,
        link: history.links.nameOf(linkId) ?? String(linkId),
      })).sort((left, right) => left.dueAt - right.dueAt || left.id - right.id),
    decide(input) {
      const one = waiting.get(input.id);
      if (one === undefined) {
        return failed(
          'NOT_FOUND',
          `no call waits under ${input.id}: it was decided, its time was over, or the partner has gone`,
          'wb decide lists those that wait.',
        );
      }
      const wrong = problemOf(input, { of: one.of, operation: one.shown.operation });
      if (wrong !== undefined) return wrong;
      one.answer(said(input.answer, input));
      return done(input.id);
    },
    policies(name) {
      const found = links.find(name);
      return found.ok ? done(linesOf(found.value)) : found;
    },
    setPolicy(input) {
      const { name, operation, policy, confirmed } = SetPolicy.parse(input);
      const found = links.find(name);
      if (!found.ok) return found;
      const link = found.value;
      const meant = meantBy(operation, answerable(link, options));
      if (!meant.ok) return meant;
      for (const { entry, of } of meant.value) {
        const wrong = policy === null ? undefined : problemOf(policy, { of, operation: entry.id });
        if (wrong !== undefined) return wrong;
      }
      const busy = options.busyWith(link.id);
      if (busy !== undefined) {
        return failed('BUSY', `run ${busy} is busy with ${link.name}`, 'Wait for it to end, or cancel it.');
      }
      const asked = askFirst(link, confirmed, `what it is answered to ${operation} changes`);
      if (asked !== undefined) return asked;
      const changed = changedPolicies(link.settings.policies ?? {}, { meant: meant.value, policy });
      const { policies: _, ...settings } = link.settings;
      const next = Object.keys(changed).length === 0 ? settings : { ...settings, policies: changed };
      const stored = history.transaction(() => history.links.update(link.id, { settings: next }));
      return stored.ok ? done(linesOf(stored.value)) : stored;
    },
    meanwhile(one) {
      overlaid.push(one);
      return () => void overlaid.splice(overlaid.indexOf(one), 1);
    },
    settle(last) {
      if (last !== undefined) closed = true;
      for (const { shown, answer } of [...waiting.values()]) answer(defaultOf(shown));
    },
  };
}

interface Answerable {
  readonly entry: CatalogueEntry;
  readonly of: Decidable;
}

/** What our server answers in the version of the link and is ours to choose, in the order of the catalogue. */
function answerable(link: Link, { platform, served }: DecisionDeskOptions): Answerable[] {
  const { versions } = platform.config();
  const version = link.version ?? VERSIONS.findLast(offered => versions.includes(offered)) ?? '2.2.1';
  const answered = served(version);
  return catalogue(version).flatMap(entry => {
    const of = answered.has(entry.id) ? decidable(entry.id, version) : undefined;
    return of === undefined ? [] : [{ entry, of }];
  });
}

/** One operation, or all of a module. */
function meantBy(operation: string, all: readonly Answerable[]): Outcome<readonly Answerable[]> {
  const one = all.filter(({ entry }) => entry.id === operation.toLowerCase());
  const module = moduleOf(operation);
  const meant = one.length > 0 ? one : all.filter(({ entry }) => entry.module === module);
  if (meant.length > 0) return done(meant);
  const modules = [...new Set(all.map(({ entry }) => entry.module))];
  return failed(
    'INVALID_INPUT',
    `"${operation}" is nothing that this link can ask of us and that is ours to choose`,
    `A module (${modules.join(', ')}) or one of its operations: wb policy LINK lists them.`,
  );
}

function changedPolicies(
  before: Policies,
  { meant, policy }: { readonly meant: readonly Answerable[]; readonly policy: Policy | null },
): Policies {
  const changed = new Map(Object.entries(before));
  for (const { entry } of meant) {
    if (policy === null) changed.delete(entry.id);
    else changed.set(entry.id, policy);
  }
  return Policies.parse(Object.fromEntries(changed));
}

interface Wanted {
  readonly answer: Policy['answer'];
  readonly result?: string | undefined;
  readonly later?: string | undefined;
}

/** Why an answer cannot be given to an operation; undefined where it can. */
function problemOf(
  { answer, result, later }: Wanted,
  { of, operation }: { readonly of: Decidable; readonly operation: string },
): Outcome<never> | undefined {
  if (answer === 'simulate' && of.kind === 'object') {
    return failed('INVALID_INPUT', `${operation} has nothing to be simulated`, 'Any of accept, reject, ask.');
  }
  if (result !== undefined && (answer === 'accept' || answer === 'reject') && !mayAnswer(of, answer, result)) {
    const may = answer === 'accept' ? of.yes : of.no;
    return failed('INVALID_INPUT', `${operation} cannot ${answer} with "${result}"`, `Any of ${may.join(', ')}.`);
  }
  if (result !== undefined && (answer === 'ask' || answer === 'simulate')) {
    return failed('INVALID_INPUT', `who is told to ${answer} cannot be given a result`, 'Leave the result out.');
  }
  if (later === undefined) return undefined;
  if (answer !== 'accept') {
    return failed('INVALID_INPUT', 'something follows an accepted call only', 'Leave out what follows.');
  }
  if (of.later.includes(later)) return undefined;
  const may = of.later.length === 0 ? 'Nothing follows it.' : `Any of ${of.later.join(', ')}.`;
  return failed('INVALID_INPUT', `"${later}" cannot follow ${operation}`, may);
}

function said(answer: 'accept' | 'reject', { result, later }: Omit<Wanted, 'answer'>): Decided {
  return { answer, ...(result !== undefined && { result }), ...(later !== undefined && { later }) };
}

function defaultOf({ otherwise }: Pick<Policy, 'otherwise'>): Decided {
  return otherwise === 'accept' ? YES : NO;
}

function optionsOf({ yes, no }: Decidable): DecisionOption[] {
  return [
    ...yes.map(result => ({ answer: 'accept', result }) as const),
    ...no.map(result => ({ answer: 'reject', result }) as const),
  ];
}
