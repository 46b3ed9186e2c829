import { type Failure, failed, type Outcome } from '../contract/failure.ts';
import type { Link } from '../contract/link.ts';
import { patiently } from '../flows/registration/patience.ts';
import type { FlowResult, RegistrationPorts, RunContext } from '../flows/registration/ports.ts';
import {
  allowedMethods,
  type CredentialsMethod,
  receiveCredentials,
  receiveUnregistration,
} from '../flows/registration/receiver.ts';
import type { History } from '../history/history.ts';
import { finding } from '../ocpi/findings.ts';
import type { Registrar, RegistrarAnswer, RegistrarCall, RegistrarCallWithCredentials } from '../server/registrar.ts';
import type { Callers } from './callers.ts';
import type { PlatformDesk } from './platform.ts';
import type { DrivenRun, RunDesk } from './run-desk.ts';
import { StorageTrouble } from './storage.ts';

export interface RegistrarOptions {
  readonly history: History;
  readonly platform: PlatformDesk;
  readonly callers: Callers;
  readonly runs: RunDesk;
  readonly ports: RegistrationPorts;
}

/** What stands behind our credentials endpoint: the receiving half of the registration, each call a run. */
export function createRegistrar({ history, platform, callers, runs, ports }: RegistrarOptions): Registrar {
  const linkOf = (call: RegistrarCall): Link => {
    const link = call.caller.linkId === undefined ? undefined : history.links.get(call.caller.linkId);
    if (link === undefined) throw new Error('an authenticated caller has a link');
    return link;
  };

  const refusal = (call: RegistrarCall, method: CredentialsMethod): RegistrarAnswer | undefined => {
    // A visit of our own (`visits.ts`): there is nobody to register.
    if (call.caller.linkId === undefined) return { kind: 'not-allowed', allow: [], message: 'Only versions are open.' };
    const link = linkOf(call);
    const allow = allowedMethods(link, call.caller.token);
    if (allow.includes(method)) return undefined;
    const again = method === 'POST' && allow.includes('PUT');
    return {
      kind: 'not-allowed',
      allow: [...allow],
      linkId: link.id,
      message: again
        ? 'This connection is registered already. Use PUT to update it, or ask for a new token A to register anew.'
        : call.caller.token.kind === 'A'
          ? 'Token A only opens a registration: use POST.'
          : 'This connection is not registered.',
      findings: again
        ? [
            finding('registration.post-while-registered', {
              met: 'POST of credentials on a registered link',
              expected: 'PUT; or POST with a fresh token A, of a new invitation',
            }),
          ]
        : [],
    };
  };

  const begin = (call: RegistrarCall, kind: 'registration' | 'update' | 'unregistration'): Outcome<DrivenRun> => {
    const { id } = linkOf(call);
    return call.exchangeId === undefined
      ? failed('OPERATION_FAILED', 'the exchange could not be recorded', 'See why exchanges are not being stored.')
      : runs.begin({ kind, linkId: id, initiator: 'them' });
  };

  /** Begins to put everything back as it was; what it returns ends the run once that is done and the answer is out. */
  const takeBack = ({
    undo,
    run,
    result,
  }: {
    undo: Undo;
    run: DrivenRun;
    result: FlowResult;
  }): (() => Promise<void>) => {
    const undoing = patiently(undo, { clock: ports.clock, signal: run.context.signal });
    return async () => {
      const undone = await undoing;
      run.end(
        undone.ok
          ? result
          : { ok: false, summary: `${result.summary}; it could not be taken back: ${undone.failure.message}` },
      );
    };
  };

  /** What becomes of a change whose answer is on its way. */
  const settling =
    ({ undo, run, result }: { undo: Undo; run: DrivenRun; result: FlowResult }) =>
    (delivered: boolean) => {
      if (delivered) run.end(result);
      else void takeBack({ undo, run, result: NOT_DELIVERED })();
    };

  const receive = async (call: RegistrarCallWithCredentials, method: 'POST' | 'PUT'): Promise<RegistrarAnswer> => {
    const refused = refusal(call, method);
    if (refused !== undefined) return refused;
    const link = linkOf(call);
    const begun = begin(call, method === 'POST' ? 'registration' : 'update');
    if (!begun.ok) return { ...notNow(begun.failure), linkId: link.id };
    const run = begun.value;
    const { runId } = run.context;
    const facts = { linkId: link.id, runId };
    const undo = ports.snapshot(link.id);
    try {
      const answer = await receiveCredentials(ports, whileConnected(run.context, call.signal), {
        linkId: link.id,
        version: call.version,
        credentials: call.credentials,
        method,
        exchangeId: call.exchangeId ?? 0,
      });
      const { result } = answer;
      if (answer.kind === 'refused') {
        const settled = takeBack({ undo, run, result });
        return { kind: 'refused', http: 200, ocpi: answer.ocpi, message: answer.message, settled, ...facts };
      }
      return {
        kind: 'credentials',
        credentials: answer.credentials,
        ...facts,
        settled: settling({ undo, run, result }),
      };
    } catch (error) {
      const stored = error instanceof StorageTrouble ? error : undefined;
      const detail = error instanceof Error ? error.message : String(error);
      const summary = stored === undefined ? `a defect of the workbench: ${detail}` : detail;
      const settled = takeBack({ undo, run, result: { ok: false, summary } });
      if (stored !== undefined) return { ...notNow(stored.failure), settled, ...facts };
      void settled();
      throw error;
    }
  };

  const endRegistration = (call: RegistrarCall): RegistrarAnswer => {
    const refused = refusal(call, 'DELETE');
    if (refused !== undefined) return refused;
    const { id } = linkOf(call);
    const begun = begin(call, 'unregistration');
    if (!begun.ok) return { ...notNow(begun.failure), linkId: id };
    const run = begun.value;
    const facts = { linkId: id, runId: run.context.runId };
    const undo = ports.snapshot(id);
    try {
      const result = receiveUnregistration(ports, run.context, { linkId: id, exchangeId: call.exchangeId ?? 0 });
      return { kind: 'done', ...facts, settled: settling({ undo, run, result }) };
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      run.end({ ok: false, summary: detail });
      if (!(error instanceof StorageTrouble)) throw error;
      return { ...notNow(error.failure), ...facts };
    }
  };

  return {
    get: call => {
      const refused = refusal(call, 'GET');
      if (refused !== undefined) return refused;
      const entry = callers.entryOf(call.caller);
      const token = entry === undefined ? undefined : history.tokens.valueOf(entry.row);
      if (token === undefined) throw new Error('the token of an authenticated caller is readable');
      const link = linkOf(call);
      return { kind: 'credentials', credentials: platform.credentialsFor(link, call.version, token), linkId: link.id };
    },
    post: call => receive(call, 'POST'),
    put: call => receive(call, 'PUT'),
    delete: async call => endRegistration(call),
  };
}

type Undo = ReturnType<RegistrationPorts['snapshot']>;

const NOT_DELIVERED: FlowResult = {
  ok: false,
  summary: 'the answer did not reach the partner: everything is as it was before',
};

/** What the partner is told when it is no fault of its own; why in detail is for our operator only. */
function notNow({ code }: Failure): RegistrarAnswer {
  const message =
    code === 'BUSY'
      ? 'Another change of this registration is under way. Please try again when it has ended.'
      : 'Nothing can be stored here at the moment; nothing was changed. Please try again later.';
  return { kind: 'refused', http: 200, ocpi: 3000, message };
}

/** A partner that has gone takes no answer any more: calling it back would be in vain. */
function whileConnected(context: RunContext, connected: AbortSignal): RunContext {
  const { signal } = context;
  return { ...context, signal: signal === undefined ? connected : AbortSignal.any([signal, connected]) };
}
