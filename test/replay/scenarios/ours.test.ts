import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Scenario, scenarioSchema } from '../../../core/contract/scenario.ts';
import { entryById } from '../../../core/ocpi/catalogue.ts';
import { recordingOfScenario } from '../../../core/replay/scenarios/compile.ts';
import { readScenario } from '../../../core/replay/scenarios/read-scenario.ts';
import { ourScenarios, SCENARIO_TEXTS } from '../../../core/replay/scenarios/scenarios.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const each = ourScenarios().map(scenario => [scenario.name, scenario] as const);

describe('the scenarios that come with the workbench', () => {
  it.each(each)('%s has nothing to be told of', (name, scenario) => {
    expect(readScenario(SCENARIO_TEXTS.get(name) ?? '')).toEqual({ scenario, problems: [] });
  });

  it.each(each)('%s has bodies without any finding, in each version', (_, scenario) => {
    for (const version of scenario.versions) {
      for (const part of scenario.parts) {
        const made = recordingOfScenario({ scenario, version, part, set: {} });
        if (!made.ok) throw new Error(made.failure.message);
        expect(made.value.notes).toEqual([]);
        for (const step of made.value.steps) {
          if (step.kind === 'flow' || step.spoken.request.text === undefined) continue;
          const check = entryById(step.spoken.operation)?.request?.[version];
          const checked = check?.(JSON.parse(step.spoken.request.text), { version });
          expect([step.spoken.operation, checked?.findings]).toEqual([step.spoken.operation, []]);
          expect(step.spoken.request.text).not.toContain('{{');
        }
      }
    }
  });

  it('come through JSON as they are', () => {
    for (const scenario of ourScenarios()) {
      expect(Scenario.parse(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
      expect(readScenario(JSON.stringify(scenario)).scenario).toEqual(scenario);
    }
  });

  it('have names of their own, and each kind of flow is there', () => {
    const names = ourScenarios().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const wanted = ['charge', 'start-refused', 'authorize-blocked', 'reservation-used', 'cdr-credit', 'tariff-change'];
    const others = ['out-of-order', 'patch-storm', 'ad-hoc-card', 'registration', 'rotation', 'charge-by-card'];
    expect(names).toEqual(expect.arrayContaining([...wanted, ...others]));
  });
});

it('publishes the schema of a scenario as it is in force', () => {
  const published = readFileSync(join(root, 'docs', 'scenario.schema.json'), 'utf8');
  // Written anew by: wb scenarios schema > docs/scenario.schema.json
  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(scenarioSchema())));
});
