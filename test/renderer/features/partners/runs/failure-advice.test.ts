import { describe, expect, it } from 'vitest';
import type { ExchangeSummary } from '../../../../../core/contract/exchange.ts';
import { failureAdvice, type Retry } from '../../../../../renderer/features/partners/runs/failure-advice.ts';
import { exchange, link, run, step } from '../made.ts';

const ownVersions = ['2.1.1', '2.2.1', '2.3.0'] as const;

/** Advice for a run whose last step failed with this exchange. */
function adviceOn(name: string, ending: Partial<ExchangeSummary>, of: Parameters<typeof link>[0] = {}) {
  return failureAdvice({
    run: run([step(name, [1], { ok: false })], { state: 'failed' }),
    exchanges: [exchange(1, 0, ending)],
    link: link(of),
    ownVersions: [...ownVersions],
  });
}

const words = (retries: readonly Retry[] = []) =>
  retries.map(retry =>
    [retry.kind, 'form' in retry ? retry.form : 'version' in retry ? retry.version : ''].join(' ').trim(),
  );

const noAnswer = { httpStatus: null, ocpiStatus: null };

describe('what a registration failed of', () => {
  it.each([
    ['versions', { httpStatus: 401, ocpiStatus: 2001 }, 'unknown-token'],
    ['versions', { httpStatus: 403, ocpiStatus: null }, 'unknown-token'],
    ['versions', { httpStatus: 404, ocpiStatus: null }, 'not-found'],
    ['versions', { httpStatus: 302, ocpiStatus: null }, 'redirect'],
    ['versions', { httpStatus: 500, ocpiStatus: null }, 'http-5xx'],
    ['versions', { httpStatus: 400, ocpiStatus: null }, 'http-4xx'],
    ['versions', { ...noAnswer, ended: 'refused' }, 'refused'],
    ['versions', { ...noAnswer, ended: 'timeout' }, 'timeout'],
    ['versions', { ...noAnswer, ended: 'tls' }, 'tls'],
    ['versions', { ...noAnswer, ended: 'dns' }, 'dns'],
    ['versions', { ...noAnswer, ended: 'reset' }, 'reset'],
    ['versions', {}, 'no-versions'],
    ['version details', {}, 'unusable-details'],
    ['credentials', {}, 'unusable-credentials'],
    ['credentials', { httpStatus: 200, ocpiStatus: 3001, method: 'POST' }, 'ocpi-3001'],
    ['credentials', { httpStatus: 200, ocpiStatus: 3002, method: 'POST' }, 'ocpi-3002'],
    ['credentials', { httpStatus: 500, ocpiStatus: 3003, method: 'POST' }, 'ocpi-3003'],
    ['credentials', { httpStatus: 200, ocpiStatus: 2001, method: 'POST' }, 'ocpi-2xxx'],
    ['credentials', { httpStatus: 200, ocpiStatus: 3000, method: 'POST' }, 'ocpi-3xxx'],
    ['credentials', { httpStatus: 405, ocpiStatus: null, method: 'POST' }, 'already-registered'],
    ['credentials', { httpStatus: 405, ocpiStatus: null, method: 'PUT' }, 'not-registered'],
    ['credentials', { httpStatus: 200, ocpiStatus: null, ended: 'cut', method: 'POST' }, 'cut'],
  ] as const)('%s with %o: %s', (name, ending, kind) => {
    expect(adviceOn(name, ending)?.kind).toBe(kind);
  });

  it('is nothing while it runs and where it did not fail', () => {
    const input = { exchanges: [], link: link(), ownVersions: [...ownVersions] };
    expect(failureAdvice({ ...input, run: run([], { state: 'running' }) })).toBeUndefined();
    expect(failureAdvice({ ...input, run: run([]) })).toBeUndefined();
    expect(failureAdvice({ ...input, run: run([], { state: 'cancelled' }) })?.kind).toBe('cancelled');
    expect(failureAdvice({ ...input, run: run([], { state: 'interrupted' }) })?.kind).toBe('interrupted');
  });

  it('names the step and the exchange that tell it', () => {
    const told = failureAdvice({
      run: run([step('versions', [1]), step('credentials', [2, 3], { ok: false })], { state: 'failed' }),
      exchanges: [exchange(1, 0), exchange(2, 10, { httpStatus: 401 }), exchange(3, 20, { httpStatus: 401 })],
      link: link(),
      ownVersions: [...ownVersions],
    });
    expect([told?.step?.step, told?.exchange?.id]).toEqual(['credentials', 3]);
  });
});

describe('what to try after it', () => {
  it('is another token form than the one the link has', () => {
    expect(words(adviceOn('versions', { httpStatus: 401 })?.retries)).toEqual([
      'token',
      'form base64',
      'form raw',
      'again',
    ]);
    const fixed = adviceOn('versions', { httpStatus: 401 }, { settings: { tokenForm: 'base64', requiredModules: [] } });
    expect(fixed?.kind).toBe('token-form');
    expect(words(fixed?.retries)).toEqual(['form auto', 'form raw', 'token', 'again']);
  });

  it('is another version that both have, never the one that failed', () => {
    const retries = (offered?: readonly string[]) =>
      words(
        failureAdvice({
          run: run([step('credentials', [2], { ok: false })], { state: 'failed' }),
          exchanges: [
            exchange(1, 0, { operation: 'versions.details', version: '2.3.0' }),
            exchange(2, 10, { ocpiStatus: 3002 }),
          ],
          link: link(),
          ownVersions: [...ownVersions],
          offered,
        })?.retries,
      );
    expect(retries(['2.1.1', '2.2', '2.3.0', '9.9'])).toEqual(['version 2.2.1', 'version 2.1.1', 'again']);
    expect(retries()).toEqual(['version 2.2.1', 'version 2.1.1', 'again']);
    expect(retries(['2.3.0'])).toEqual(['again']);
  });

  it('is the settings for a certificate, and an invitation where the partner began', () => {
    expect(words(adviceOn('versions', { ...noAnswer, ended: 'tls' })?.retries)).toEqual(['settings', 'again']);
    expect(words(adviceOn('versions', { httpStatus: 500, ocpiStatus: null })?.retries)).toEqual(['again']);
    const theirs = failureAdvice({
      run: run([step('versions', [1], { ok: false })], { state: 'failed', initiator: 'them' }),
      exchanges: [exchange(1, 0, { ...noAnswer, ended: 'refused' })],
      link: link(),
      ownVersions: [...ownVersions],
    });
    expect(words(theirs?.retries)).toEqual(['invite']);
  });
});
