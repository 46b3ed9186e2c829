import type { Clock } from '../../clock.ts';
import { done, failed, type Outcome } from '../../contract/failure.ts';
import type {
  FaultHit,
  FaultKindView,
  FaultPack,
  FaultPreview,
  FaultRule,
  FaultRulesFile,
  FaultRuleText,
  FaultTrial,
} from '../../contract/fault.ts';
import type { ChangeFaultRule } from '../../contract/faults.ts';
import { type CheckedRule, checkRule, checkRulesFile } from '../../faults/check-rule.ts';
import { FAULT_PACKS } from '../../faults/packs.ts';
import type { HitsQuery } from '../../history/fault-hits.ts';
import type { KeptFaultRule, NewFaultRule } from '../../history/faults.ts';
import type { History } from '../../history/history.ts';
import { ciKey } from '../../ocpi/ci-string.ts';
import { viewKinds } from './kind-view.ts';
import { createPreviewing, ruleOf } from './previewing.ts';
import { askForProduction } from './production.ts';
import { viewRule } from './rule-view.ts';
import { suggestRules } from './suggesting.ts';
import { sendSample } from './trying.ts';

/** Which rules are meant: by id or name, or every one. */
export interface ChosenRules {
  readonly ids?: readonly number[] | undefined;
  readonly names?: readonly string[] | undefined;
  readonly all?: boolean | undefined;
}

interface Confirmable {
  readonly confirmed?: boolean | undefined;
}

/** Wrong on purpose, as the operator handles it (contract/faults.ts). */
export interface FaultDesk {
  kinds(): Promise<FaultKindView[]>;
  list(): FaultRule[];
  add(input: FaultRuleText & Confirmable): Outcome<FaultRule>;
  change(input: ChangeFaultRule): Outcome<FaultRule>;
  arm(input: ChosenRules & Confirmable & { readonly armed: boolean }): Outcome<FaultRule[]>;
  remove(chosen: ChosenRules): Outcome<FaultRule[]>;
  restart(chosen: ChosenRules): Outcome<FaultRule[]>;
  import(input: Confirmable & { readonly file?: unknown; readonly replace: boolean }): Outcome<FaultRule[]>;
  export(): FaultRulesFile;
  packs(): FaultPack[];
  load(input: Confirmable & { readonly pack: string; readonly link?: string | undefined }): Outcome<FaultRule[]>;
  preview(input: { readonly rule: FaultRuleText; readonly exchangeId?: number | undefined }): Outcome<FaultPreview>;
  try(input: { readonly rule: FaultRuleText; readonly patience: number }): Promise<Outcome<FaultTrial>>;
  suggest(exchangeId: number): Outcome<FaultRuleText[]>;
  hits(query: HitsQuery): FaultHit[];
}

export interface FaultDeskOptions {
  readonly history: History;
  readonly clock: Clock;
  readonly ownVersionsUrl: () => string | undefined;
  readonly onChange: () => void;
}

export function createFaultDesk({ history, clock, ownVersionsUrl, onChange }: FaultDeskOptions): FaultDesk {
  const { faults, links } = history;
  const hasLink = (name: string) => links.byName(name) !== undefined;
  const view = (kept: KeptFaultRule) => viewRule(kept, history);
  const previewing = createPreviewing({ history, ownVersionsUrl });

  const viewed = (ids: readonly number[]): FaultRule[] => {
    const wanted = new Set(ids);
    return faults
      .rules()
      .filter(({ id }) => wanted.has(id))
      .map(view);
  };

  /** Of one transaction; told of when it is stored. */
  const stored = <T>(work: () => T): Outcome<T> => {
    const outcome = history.transaction(work);
    if (outcome.ok) onChange();
    return outcome;
  };

  const chosen = ({ ids = [], names = [], all }: ChosenRules): Outcome<readonly KeptFaultRule[]> => {
    const rules = faults.rules();
    if (all === true) return done(rules);
    const found = new Set<KeptFaultRule>();
    for (const id of ids) {
      const rule = rules.find(one => one.id === id);
      if (rule === undefined) return missing(`with id ${id}`);
      found.add(rule);
    }
    for (const name of names) {
      const rule = rules.find(one => ciKey(one.name) === ciKey(name));
      if (rule === undefined) return missing(`"${name}"`);
      found.add(rule);
    }
    return done(rules.filter(rule => found.has(rule)));
  };

  const taken = (except?: KeptFaultRule) =>
    new Set(faults.rules().flatMap(rule => (rule.id === except?.id ? [] : [ciKey(rule.name)])));

  interface Adding extends Confirmable {
    readonly pack: string | null;
    /** Removed in the same transaction. */
    readonly instead: readonly KeptFaultRule[];
    readonly pathOf: (at: number) => string;
  }

  /** All of them, or none. */
  const addAll = (checked: readonly CheckedRule[], adding: Adding): Outcome<FaultRule[]> => {
    const texts = checked.map(({ text }) => text);
    const asked = askForProduction(texts, { links: links.list(), confirmed: adding.confirmed });
    if (asked !== undefined) return asked;
    const gone = new Set(adding.instead);
    const names = new Set(faults.rules().flatMap(rule => (gone.has(rule) ? [] : [ciKey(rule.name)])));
    for (const [at, { name }] of texts.entries()) {
      if (name === undefined) continue;
      if (names.has(ciKey(name))) return nameTaken(`${adding.pathOf(at)}name: `, name);
      names.add(ciKey(name));
    }
    const rules = texts.map((text): NewFaultRule => {
      const name = text.name ?? freeName(text.kind, names);
      names.add(ciKey(name));
      return { ...text, name, pack: adding.pack, reachesProduction: adding.confirmed === true };
    });
    const ids = stored(() => {
      faults.remove(adding.instead.map(({ id }) => id));
      return rules.map(faults.insert);
    });
    return ids.ok ? done(viewed(ids.value)) : ids;
  };

  return {
    kinds: viewKinds,
    list: () => faults.rules().map(view),
    add({ confirmed, ...text }) {
      const checked = checkRule(text, { path: '', hasLink });
      if (!checked.ok) return checked;
      const added = addAll([checked.value], { confirmed, pack: null, instead: [], pathOf: () => '' });
      if (!added.ok) return added;
      const [rule] = added.value;
      if (rule === undefined) throw new Error('a rule that was added is there');
      return done(rule);
    },
    change({ id, before, confirmed, ...patch }) {
      const found = chosen({ ids: [id] });
      if (!found.ok) return found;
      const [kept] = found.value;
      if (kept === undefined) throw new Error('a rule that was found is there');
      if (typeof before === 'number' && (before === id || !faults.rules().some(one => one.id === before))) {
        return failed(
          'INVALID_INPUT',
          `before: there is no other rule with id ${before}`,
          'wb fault list --json has the ids.',
        );
      }
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const checked = checkRule({ ...textOf(kept), ...given }, { path: '', hasLink });
      if (!checked.ok) return checked;
      const { text } = checked.value;
      const { name = kept.name } = text;
      if (taken(kept).has(ciKey(name))) return nameTaken('name: ', name);
      const isMovedOnly = Object.keys(given).length === 0;
      const asked = isMovedOnly ? undefined : askForProduction([text], { links: links.list(), confirmed });
      if (asked !== undefined) return asked;
      const changed = stored(() => {
        const reachesProduction = isMovedOnly ? kept.reachesProduction : confirmed === true;
        if (!isMovedOnly) faults.update(id, { ...text, name, pack: kept.pack, reachesProduction });
        if (before !== undefined) faults.move(id, before ?? undefined);
      });
      if (!changed.ok) return changed;
      const [rule] = viewed([id]);
      if (rule === undefined) throw new Error('a rule that was changed is there');
      return done(rule);
    },
    arm({ armed, confirmed, ...which }) {
      const found = chosen(which);
      if (!found.ok) return found;
      const wanted = found.value.map(rule => ({ ...rule, armed }));
      const asked = askForProduction(wanted, { links: links.list(), confirmed });
      if (asked !== undefined) return asked;
      const changed = stored(() => {
        for (const { id, position: _, createdAt: __, ...rule } of wanted) {
          faults.update(id, { ...rule, reachesProduction: rule.reachesProduction || (armed && confirmed === true) });
        }
      });
      return changed.ok ? done(viewed(wanted.map(({ id }) => id))) : changed;
    },
    remove(which) {
      const found = chosen(which);
      if (!found.ok) return found;
      const gone = found.value.map(view);
      const removed = stored(() => faults.remove(gone.map(({ id }) => id)));
      return removed.ok ? done(gone) : removed;
    },
    restart(which) {
      const found = chosen(which);
      if (!found.ok) return found;
      const ids = found.value.map(({ id }) => id);
      const restarted = stored(() => faults.restart(ids));
      return restarted.ok ? done(viewed(ids)) : restarted;
    },
    import({ file, replace, confirmed }) {
      const checked = checkRulesFile(file, { hasLink });
      if (!checked.ok) return checked;
      const instead = replace ? faults.rules() : [];
      return addAll(checked.value, { confirmed, pack: null, instead, pathOf: at => `rules[${at}].` });
    },
    export: () => ({ ocpiWorkbenchFaults: 1, rules: faults.rules().map(textOf) }),
    packs: () => [...FAULT_PACKS],
    load({ pack: wanted, link, confirmed }) {
      const said = wanted.trim().toLowerCase();
      const pack = FAULT_PACKS.find(({ name, title }) => name === said || title.toLowerCase() === said);
      if (pack === undefined) {
        return failed(
          'INVALID_INPUT',
          `there is no pack "${wanted}"`,
          `Any of ${FAULT_PACKS.map(one => one.name).join(', ')}.`,
        );
      }
      const { name } = pack;
      const rules = pack.rules.map(rule => (link === undefined ? rule : { ...rule, scope: { ...rule.scope, link } }));
      const checked = checkRulesFile({ ocpiWorkbenchFaults: 1, rules }, { hasLink });
      if (!checked.ok) return checked;
      const instead = faults.rules().filter(rule => rule.pack === name);
      return addAll(checked.value, { confirmed, pack: name, instead, pathOf: at => `rules[${at}].` });
    },
    preview({ rule, exchangeId }) {
      const checked = checkRule(rule, { path: '', hasLink });
      return checked.ok ? previewing(checked.value, exchangeId) : checked;
    },
    try: async ({ rule, patience }) => {
      const checked = checkRule(rule, { path: '', hasLink });
      return checked.ok ? done(await sendSample(ruleOf(checked.value), { clock, patience })) : checked;
    },
    suggest(exchangeId) {
      const exchange = history.exchanges.get(exchangeId);
      if (exchange === undefined) {
        return failed('NOT_FOUND', `there is no exchange ${exchangeId}`, 'wb exchanges lists the newest.');
      }
      return done(suggestRules(exchange));
    },
    hits: faults.hits,
  };
}

function missing(which: string): Outcome<never> {
  return failed('NOT_FOUND', `there is no fault rule ${which}`, 'wb fault list names them.');
}

function nameTaken(path: string, name: string): Outcome<never> {
  return failed(
    'NAME_TAKEN',
    `${path}there is a fault rule "${name}" already`,
    'Choose another name, or leave it out.',
  );
}

/** `envelope.data-null`, `envelope.data-null 2`, ... */
function freeName(kind: string, taken: ReadonlySet<string>): string {
  let name = kind;
  for (let number = 2; taken.has(ciKey(name)); number++) name = `${kind} ${number}`;
  return name;
}

/** What of a rule belongs to no database. */
function textOf({
  name,
  kind,
  parameters,
  scope,
  when,
  seed,
  armed,
  reachesRegistration,
}: KeptFaultRule): FaultRuleText {
  return { name, kind, parameters, scope, when, seed, armed, reachesRegistration };
}
