import type { Scenario } from '../../../../core/contract/scenario.ts';

const LONGEST_NAME = 60;

const SHORT = {
  scenario: 1,
  name: 'my-scenario',
  title: 'My scenario',
  about: 'What it shows.',
  versions: ['2.1.1', '2.2.1', '2.3.0'],
  parts: ['emsp'],
  ids: { location: 'location' },
  values: {},
  steps: [
    { from: 'emsp', do: 'locations.list', at: 0, expect: { http: 200, ocpi: 1000 } },
    { from: 'emsp', do: 'locations.get', at: 2, params: { location_id: '{{location}}' } },
  ],
} as const;

/** A short one that can be run, under a name nobody has. */
export function newScenario(taken: ReadonlySet<string>): string {
  return laidOut({ ...SHORT, name: freeName(SHORT.name, taken) });
}

/** The same under another name. A text that cannot be read stays as it is: the editor tells what is wrong with it. */
export function copyOf(text: string, taken: ReadonlySet<string>): string {
  const value = parsed(text);
  if (value === undefined) return text;
  // Where its schema lies is said from where the original lies.
  const { $schema: _, ...rest } = value;
  const { name, title } = rest;
  return laidOut({
    ...rest,
    ...(typeof name === 'string' && { name: freeName(`${name}-copy`, taken) }),
    ...(typeof title === 'string' && { title: `${title} (copy)`.slice(0, 100) }),
  });
}

/** `name`, or `name-2`: the first that is free. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const named = (at: number) => {
    const ending = at === 1 ? '' : `-${at}`;
    return `${name.slice(0, LONGEST_NAME - ending.length)}${ending}`;
  };
  let at = 1;
  while (taken.has(named(at))) at += 1;
  return named(at);
}

function laidOut(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function parsed(text: string): Partial<Record<keyof Scenario, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
