import type { FaultFiring } from '../contract/fault.ts';
import type { AtWork } from './at-work.ts';
import { chance } from './chance.ts';
import { type AnswerMessage, type Draft, draftOf, type Message } from './draft.ts';
import type { Ask, Facts, Memory, Using } from './kind.ts';
import type { Rule } from './rule.ts';

/** A rule that fires at an exchange. */
export interface Firing {
  readonly rule: Rule;
  readonly hit: number;
}

export interface WorkOptions {
  /** In the order of the rules. */
  readonly chosen: readonly Firing[];
  /** Those that had to see what the answer holds: which of them fire, in the order of the rules. */
  readonly chooseLater?: (answer: Message) => readonly Firing[];
  readonly facts: Facts;
  /** Name of the link; empty where nobody knows it. */
  readonly link: string;
  readonly memory: (rule: Rule) => Memory;
  readonly token: Using<unknown>['token'];
  /** A kind threw: the message goes on as it was. */
  readonly onBug: (rule: Rule, error: unknown) => void;
}

/** Takes one exchange through the rules that fire at it, one after the other. */
export function workOn(options: WorkOptions): AtWork {
  const { facts, link, onBug } = options;
  let chosen = options.chosen;
  /** What each rule did before the answer was worked out. */
  const asked = new Map<Rule, string>();
  /** The rule that gave the answer before it was worked out: it is as that rule wants it. */
  let answeredBy: Rule | undefined;

  const using = ({ rule, hit }: Firing): Using<unknown> => ({
    parameters: rule.parameters,
    facts,
    draw: name => chance({ seed: rule.seed, rule: rule.name, link, hit, name }),
    memory: options.memory(rule),
    token: options.token,
  });
  const told = ({ rule, hit }: Firing, { did, applied }: { did: string; applied: boolean }): FaultFiring => ({
    rule: rule.name,
    ruleId: rule.id,
    kind: rule.kind.kind,
    parameters: rule.parameters,
    hit,
    did,
    applied,
  });
  const guarded = <T>(rule: Rule, work: () => T): { readonly result: T } | { readonly error: unknown } => {
    try {
      return { result: work() };
    } catch (error) {
      onBug(rule, error);
      return { error };
    }
  };

  const before = (ask: Ask): { readonly ask: Ask } | { readonly answer: AnswerMessage } => {
    let current = ask;
    for (const firing of chosen) {
      const { kind } = firing.rule;
      if (kind.before === undefined) continue;
      const done = guarded(firing.rule, () => kind.before?.(current, using(firing)));
      if ('error' in done || done.result === undefined) continue;
      asked.set(firing.rule, done.result.did);
      if ('answer' in done.result) {
        answeredBy = firing.rule;
        return { answer: done.result.answer };
      }
      current = done.result.ask;
    }
    return { ask: current };
  };

  const alter = (message: Message) => {
    const more = options.chooseLater?.(message) ?? [];
    if (more.length > 0) chosen = [...chosen, ...more].sort((left, right) => left.rule.position - right.rule.position);
    let draft = draftOf(message);
    const firings = chosen.map(firing => {
      const altered = alterOnce(firing, draft);
      draft = altered.draft;
      return altered.firing;
    });
    return { draft, firings };
  };

  const alterOnce = (firing: Firing, draft: Draft): { readonly draft: Draft; readonly firing: FaultFiring } => {
    const { rule } = firing;
    const { kind } = rule;
    const first = asked.get(rule);
    const kept = (did: string, applied: boolean) => ({ draft, firing: told(firing, { did, applied }) });
    if (kind.alter === undefined || rule === answeredBy) {
      return first === undefined ? kept('there was nothing to change in what was asked', false) : kept(first, true);
    }
    const done = guarded(rule, () => kind.alter?.(draft, using(firing)));
    if ('error' in done || done.result === undefined) {
      const why = 'error' in done && done.error instanceof Error ? done.error.message : 'no reason given';
      return kept(`it failed, and nothing was changed: ${why}`, false);
    }
    const { result } = done;
    if ('nothing' in result) return first === undefined ? kept(result.nothing, false) : kept(first, true);
    const did = first === undefined ? result.did : `${first}; ${result.did}`;
    return { draft: result.draft, firing: told(firing, { did, applied: true }) };
  };

  return { before, alter };
}
