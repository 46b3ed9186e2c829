import type { Scenario, ScenarioProblem } from '../../contract/scenario.ts';

type FormError = NonNullable<ReturnType<typeof Scenario.safeParse>['error']>;
type Issue = FormError['issues'][number];

/** What does not have the form of a scenario, one sentence each, in the order in which it stands in the text. */
export function formProblems(error: FormError, value: unknown): ScenarioProblem[] {
  return error.issues.flatMap(issue => problemsOf(issue, issue.path, value));
}

function problemsOf(issue: Issue, path: readonly PropertyKey[], value: unknown): ScenarioProblem[] {
  if (issue.code === 'invalid_union') {
    const meant = meantOf(issue, valueAt(value, path));
    if (meant !== undefined) return meant.flatMap(one => problemsOf(one, [...path, ...one.path], value));
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key =>
      problem([...path, key], 'there is nothing of this name here; see docs/scenario.schema.json'),
    );
  }
  if (issue.code === 'invalid_key') {
    const [why] = issue.issues;
    return [
      problem(
        path,
        `the name ${JSON.stringify(String(path.at(-1)))} cannot be used: ${why?.message ?? 'it is invalid'}`,
      ),
    ];
  }
  return [problem(path, sentenceOf(issue, valueAt(value, path)))];
}

/** Of a step that is neither a request nor a flow: what is wrong with it as the one that it looks like. */
function meantOf(issue: Extract<Issue, { code: 'invalid_union' }>, met: unknown): readonly Issue[] | undefined {
  const isFlow = typeof met === 'object' && met !== null && 'flow' in met && !('do' in met);
  return typeof met === 'object' ? (isFlow ? issue.errors.at(-1) : issue.errors[0]) : undefined;
}

function sentenceOf(issue: Issue, met: unknown): string {
  if (met === undefined) return 'it is missing';
  if (issue.code === 'invalid_value') return `${JSON.stringify(met)} is none of ${issue.values.join(', ')}`;
  const shown = JSON.stringify(met);
  return `${issue.message} (${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown})`;
}

function problem(path: readonly PropertyKey[], message: string): ScenarioProblem {
  return { where: path.map(step => `/${String(step)}`).join(''), message, severity: 'error' };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, step) =>
      typeof inside === 'object' && inside !== null ? (inside as Record<PropertyKey, unknown>)[step] : undefined,
    value,
  );
}
