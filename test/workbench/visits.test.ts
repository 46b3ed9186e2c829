import { expect, it } from 'vitest';
import { createVisits } from '../../core/workbench/visits.ts';

let tokens = 0;
const newVisits = () => createVisits({ idOf: token => `id of ${token}`, newToken: () => `visit-${++tokens}` });
const candidate = (token: string) => [{ token, form: 'base64' as const }];

it('a visit admits one request, of nobody, and no second one', () => {
  const visits = newVisits();
  const { token } = visits.begin();
  expect(visits.authenticate(candidate('another'))).toBeUndefined();
  expect(visits.authenticate(candidate(token))).toEqual({
    token: { id: `id of ${token}`, kind: 'A', state: 'active' },
    form: 'base64',
    registered: false,
    parties: [],
  });
  expect(visits.authenticate(candidate(token))).toBeUndefined();
});

it('a visit that is over admits nothing, and each step of it makes what was remembered of callers old', () => {
  const visits = newVisits();
  const seen = [visits.revision()];
  const { token, forget } = visits.begin();
  seen.push(visits.revision());
  forget();
  seen.push(visits.revision());
  expect(visits.authenticate(candidate(token))).toBeUndefined();
  expect(new Set(seen).size).toBe(3);
  forget();
  expect(visits.revision()).toBe(seen[2]);
});
