import type { Clock } from '../../clock.ts';
import type { AtWork, FaultEngine, Met } from '../../faults/at-work.ts';
import { chance } from '../../faults/chance.ts';
import { choose, indexRules, notItsTurn, type RuleIndex } from '../../faults/choose.ts';
import type { WantedToken } from '../../faults/kind.ts';
import { type Firing, workOn } from '../../faults/plan.ts';
import type { Rule } from '../../faults/rule.ts';
import { holds, idleByTime, type Sort } from '../../faults/scope.ts';
import type { FaultPlace } from '../../history/fault-counts.ts';
import type { History } from '../../history/history.ts';
import { readyRule } from './ready-rule.ts';

export interface FaultEngineOptions {
  readonly history: Pick<History, 'faults' | 'links' | 'tokens'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** At least one rule fired. */
  readonly onFired: () => void;
}

/** Link 0: nobody knows whose exchange it is. */
const NOBODY = 0;

/** Chooses among the rules that are kept; what they count is kept with the exchange (core/history/fault-counts.ts). */
export function createFaultEngine({ history, clock, onTrouble, onFired }: FaultEngineOptions): FaultEngine {
  const { faults, links } = history;
  let revision = { rules: {}, links: {} };
  let index: RuleIndex = indexRules([]);
  let refusing: readonly Rule[] = [];

  /** Rules and links change seldom: they are sorted out anew only then. */
  const current = (): RuleIndex => {
    const now = { rules: faults.revision(), links: links.revision() };
    if (now.rules !== revision.rules || now.links !== revision.links) {
      revision = now;
      const rules = faults.rules().flatMap(kept => readyRule(kept) ?? []);
      index = indexRules(rules);
      // Nobody knows yet who connects: it may be a production partner.
      const production = links.list().some(({ environment }) => environment === 'production');
      refusing = rules.filter(
        rule => rule.armed && refusesConnections(rule) && (rule.reachesProduction || !production),
      );
    }
    return index;
  };

  const sortOf = ({ linkId, facts }: Met): Sort => {
    const link = linkId === undefined ? undefined : links.get(linkId);
    return {
      direction: facts.direction,
      link: link && { name: link.name, isProduction: link.environment === 'production' },
      version: facts.version,
      operation: facts.operation,
      entry: facts.entry,
    };
  };

  /** Counts it as met, and says whether it is the rule's turn. */
  const turn = (rule: Rule, { place, link, now }: { place: FaultPlace; link: string; now: number }): Firing[] => {
    const { met, fired } = faults.tally(place);
    const hit = met + 1;
    const fires = notItsTurn({ rule, link, hit, fired }) === undefined;
    faults.count(place, fires ? now : undefined);
    if (fires) onFired();
    return fires ? [{ rule, hit }] : [];
  };

  const tell = ({ kind, id, name }: Rule, { linkId = NOBODY, facts }: Met) => {
    try {
      kind.observe?.(facts, faults.memory({ ruleId: id, linkId }));
    } catch (error) {
      onTrouble(`the fault "${name}" (${kind.kind}) failed`, error);
    }
  };

  return {
    connect() {
      current();
      for (const rule of refusing) {
        const now = clock.now();
        if (idleByTime(rule, now) !== undefined) continue;
        const [firing] = turn(rule, { place: { ruleId: rule.id, linkId: NOBODY }, link: '', now });
        if (firing === undefined) continue;
        const { parameters, kind, seed, name, id } = rule;
        const draw = (what: string) => chance({ seed, rule: name, link: '', hit: firing.hit, name: what });
        const refusal = kind.refuseHandshake?.({ parameters, draw });
        if (refusal === undefined) continue;
        const { by, did } = refusal;
        return {
          by,
          firing: { rule: name, ruleId: id, kind: kind.kind, parameters, hit: firing.hit, did, applied: true },
        };
      }
      return undefined;
    },
    meet(met): AtWork | undefined {
      const { linkId = NOBODY, facts, party } = met;
      const key = `${facts.direction} ${linkId} ${facts.version ?? ''} ${facts.operation}`;
      const candidates = current().candidates(key, () => sortOf(met));
      if (candidates.length === 0) return undefined;
      const link = links.nameOf(linkId) ?? '';
      const placeOf = (rule: Rule) => ({ ruleId: rule.id, linkId });
      const counted = (rule: Rule) => turn(rule, { place: placeOf(rule), link, now: facts.now });
      const choices = choose(candidates, { facts, party });
      for (const { rule, how } of choices) if (how !== 'later') tell(rule, met);
      const chosen = choices.flatMap(({ rule, how }) => (how === 'meets' ? counted(rule) : []));
      const later = choices.flatMap(({ rule, how }) => (how === 'later' ? [rule] : []));
      if (chosen.length === 0 && later.length === 0) return undefined;
      return workOn({
        chosen,
        ...(later.length > 0 && {
          chooseLater: ({ body }) => later.filter(({ scope }) => holds(body, scope.object ?? '')).flatMap(counted),
        }),
        facts,
        link,
        memory: rule => faults.memory(placeOf(rule)),
        token: which => tokenOf(history, { linkId, which }),
        onBug: (rule, error) => onTrouble(`the fault "${rule.name}" (${rule.kind.kind}) failed`, error),
      });
    },
  };
}

/** Of a connection nothing is known that the rest of a scope could ask for. */
function refusesConnections({ kind, scope }: Rule): boolean {
  const { direction, from: _, until: __, ...rest } = scope;
  return kind.refuseHandshake !== undefined && direction !== 'send' && Object.keys(rest).length === 0;
}

/** A token of the link, as a kind asks for it; of several that fit the newest. */
function tokenOf(
  { tokens }: Pick<History, 'tokens'>,
  { linkId, which }: { readonly linkId: number; readonly which: WantedToken },
): string | undefined {
  const direction = which === 'incoming' ? 'incoming' : 'outgoing';
  const found = tokens
    .ledger(linkId)
    .filter(token => token.direction === direction && token.readable)
    .findLast(({ kind, state }) => {
      if (which === 'A') return kind === 'A';
      if (which === 'previous') return kind !== 'A' && (state === 'previous' || state === 'retired');
      return state === 'active';
    });
  return found === undefined ? undefined : tokens.valueOf(found.row);
}
