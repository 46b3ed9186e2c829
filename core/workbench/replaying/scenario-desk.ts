import { done, failed, type Outcome } from '../../contract/failure.ts';
import { Scenario, type ScenarioProblem, type ScenarioSummary } from '../../contract/scenario.ts';
import type { History } from '../../history/history.ts';
import { readScenario } from '../../replay/scenarios/read-scenario.ts';
import { ourScenarios, SCENARIO_TEXTS } from '../../replay/scenarios/scenarios.ts';

/** Flows between two parties, written down: ours, and the operator's. */
export interface ScenarioDesk {
  /** Ours first, each by name. */
  list(): ScenarioSummary[];
  get(name: string): Outcome<{ scenario: Scenario; text: string; ours: boolean }>;
  check(text: string): ScenarioProblem[];
  save(text: string): Outcome<ScenarioSummary>;
  remove(name: string): Outcome<ScenarioSummary[]>;
}

export interface ScenarioDeskParts {
  readonly history: Pick<History, 'scenarios' | 'transaction'>;
  readonly onChange: () => void;
}

export function createScenarioDesk({ history, onChange }: ScenarioDeskParts): ScenarioDesk {
  const { scenarios, transaction } = history;

  const list = () => {
    const kept = scenarios.list().flatMap(({ text }) => {
      const scenario = kindly(text);
      return scenario === undefined ? [] : [summaryOf(scenario, false)];
    });
    return [
      ...ourScenarios()
        .map(scenario => summaryOf(scenario, true))
        .sort(byName),
      ...kept,
    ];
  };
  const missing = (name: string) =>
    failed('NOT_FOUND', `there is no scenario "${name}"`, 'Name one of those that are listed.');

  return {
    list,
    get: name => {
      const known = ourScenarios().find(scenario => scenario.name === name);
      if (known !== undefined) {
        return done({ scenario: known, text: SCENARIO_TEXTS.get(name) ?? '', ours: true });
      }
      const text = scenarios.get(name);
      const scenario = text === undefined ? undefined : kindly(text);
      return text === undefined || scenario === undefined ? missing(name) : done({ scenario, text, ours: false });
    },
    check: text => readScenario(text).problems,
    save: text => {
      const { scenario, problems } = readScenario(text);
      if (scenario === undefined) {
        const [first] = problems.filter(({ severity }) => severity === 'error');
        const where = first === undefined || first.where === '' ? '' : `${first.where}: `;
        return failed(
          'INVALID_INPUT',
          `this is no scenario: ${where}${first?.message ?? 'nothing in it can be read'}`,
          'Correct what is named.',
        );
      }
      const { name } = scenario;
      if (SCENARIO_TEXTS.has(name)) {
        return failed(
          'NAME_TAKEN',
          `${name} comes with the workbench and cannot be changed`,
          'Give yours another name.',
        );
      }
      const stored = transaction(() => scenarios.put(name, text));
      if (!stored.ok) return stored;
      onChange();
      return done(summaryOf(scenario, false));
    },
    remove: name => {
      if (SCENARIO_TEXTS.has(name)) {
        return failed('INVALID_INPUT', `${name} comes with the workbench and stays`, 'Only your own can be removed.');
      }
      const removed = transaction(() => scenarios.remove(name));
      if (!removed.ok) return removed;
      if (!removed.value) return missing(name);
      onChange();
      return done(list());
    },
  };
}

/** By its form alone: what was found well enough to be kept is there, whatever is checked since. */
function kindly(text: string): Scenario | undefined {
  const parsed = Scenario.safeParse(JSON.parse(text.replace(/^\ufeff/, '')));
  return parsed.success ? parsed.data : undefined;
}

function byName(left: ScenarioSummary, right: ScenarioSummary): number {
  return left.name < right.name ? -1 : 1;
}

function summaryOf({ name, title, about, versions, parts, steps }: Scenario, ours: boolean): ScenarioSummary {
  return { name, title, about, versions, parts, steps: steps.length, ours };
}
