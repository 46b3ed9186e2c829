import { systemClock } from '../../../core/clock.ts';
import type { LinkParty } from '../../../core/contract/link.ts';
import type { JsonObject } from '../../../core/ocpi/json-value.ts';
import type { Asking, Decided } from '../../../core/server/deciding.ts';
import type { LaterResult } from '../../../core/server/later-results.ts';
import type { AnsweringParts } from '../../../core/server/modules/asked.ts';
import { authorizeResponder } from '../../../core/server/modules/authorize.ts';
import { chargingPreferencesResponder } from '../../../core/server/modules/charging-preferences.ts';
import { chargingProfilesResponder } from '../../../core/server/modules/charging-profiles.ts';
import { commandsResponder } from '../../../core/server/modules/commands.ts';
import type { OwnData } from '../../../core/server/own-data.ts';
import type { Simulation } from '../../../core/server/simulation.ts';
import { ask, request } from '../../support/raw-client.ts';
import { AUTHORIZATION, house } from '../house.ts';

export interface Given {
  /** What is decided; the simulation answers unless said. */
  readonly said?: Decided | ((asking: Asking) => Decided | Promise<Decided>);
  /** Somebody is asked: the exchange is opened first. */
  readonly asks?: boolean;
  readonly simulation?: Partial<Simulation>;
  /** Own objects by `module/id`. */
  readonly own?: Readonly<Record<string, JsonObject>>;
  readonly parties?: readonly LinkParty[];
}

export interface Answered {
  readonly status: number;
  readonly json: { readonly data?: unknown; readonly status_code: number; readonly status_message: string };
  /** HTTP status, OCPI status. */
  readonly codes: readonly [number, number];
}

function never(): never {
  throw new Error('nobody simulates this');
}

/** A server that answers what partners ask for, everything behind it told by the test; literal bytes in front of it. */
export async function askedHouse({ said, asks = false, simulation, own = {}, parties = [] }: Given = {}) {
  const posted: LaterResult[] = [];
  const questions: string[] = [];
  const data: Pick<OwnData, 'get'> = {
    get: ({ module, id, type }) => {
      const object = own[`${module}/${id}`];
      return object === undefined || (type !== undefined && object['type'] !== type)
        ? undefined
        : JSON.stringify(object);
    },
  };
  const parts: AnsweringParts = {
    deciding: {
      asks: () => asks,
      decide: (asking, words) => {
        questions.push(words());
        if (typeof said === 'function') return said(asking);
        return said ?? { answer: 'simulate' };
      },
    },
    simulation: () => ({ command: never, profile: never, preferences: never, authorize: never, ...simulation }),
    results: { judge: () => [], post: result => posted.push(result) },
    clock: systemClock,
  };
  const issuer = { countryCode: 'NL', partyId: 'WBX', name: 'Workbench' };
  const token = { id: 'id', kind: 'C', state: 'active' } as const;
  const { port, recorder, events } = await house({
    responders: [
      commandsResponder(parts),
      chargingProfilesResponder({ ...parts, data }),
      chargingPreferencesResponder(parts),
      authorizeResponder({ ...parts, clock: systemClock, data, issuer, newId: () => 'REFERENCE' }),
    ],
    authenticate: ([first]) =>
      first && { linkId: 1, linkName: 'volta', token, registered: true, parties, form: first.form },
  });
  const bytes = (method: string, path: string, body?: unknown, headers: readonly string[] = []) => {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    const typed = body === undefined ? [] : ['Content-Type: application/json'];
    return request(`${method} /ocpi/${path}`, [AUTHORIZATION, ...typed, ...headers], text);
  };
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    headers: readonly string[] = [],
  ): Promise<Answered> => {
    const { status, body: answer } = await ask({ port }, bytes(method, path, body, headers));
    const json = JSON.parse(answer) as Answered['json'];
    return { status, json, codes: [status, json.status_code] };
  };
  /** Findings of the newest exchange. */
  const found = () => recorder.exchanges.at(-1)?.findings.map(({ code }) => code) ?? [];
  /** The results posted so far, once there are so many. */
  const results = async (count: number) => {
    for (let waited = 0; posted.length < count && waited < 1000; waited += 5) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    return posted;
  };
  return { port, bytes, send, found, results, posted, questions, recorder, events };
}
