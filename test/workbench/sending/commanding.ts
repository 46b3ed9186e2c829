import type { Run } from '../../../core/contract/run.ts';
import type { CommandInput } from '../../../core/contract/sending.ts';
import type { Version } from '../../../core/ocpi/versions.ts';
import type { Action } from '../../support/partner/action.ts';
import { endOf } from '../../support/platform.ts';
import { ask, request } from '../../support/raw-client.ts';
import { type Met, says } from './meeting.ts';

export type Json = Record<string, unknown>;

export const ACCEPTED = { result: 'ACCEPTED', timeout: 5 };
/** As the version has it: 2.1.1 knows no timeout. */
export const accepted = (version: Version) => says(200, 1000, version === '2.1.1' ? { result: 'ACCEPTED' } : ACCEPTED);

let posts = 0;

/** What a partner posts: literal bytes with its token, unless told otherwise. */
export async function post(
  { partner, version }: Met,
  url: string,
  body: unknown,
  token = partner.relation.outgoing ?? '',
) {
  const { port, pathname } = new URL(url);
  const written = version === '2.1.1' ? token : Buffer.from(token).toString('base64');
  const ids = [`X-Request-ID: ${++posts}`, 'X-Correlation-ID: 1'];
  const routing = ['to-country-code: NL', 'to-party-id: WBX', 'from-country-code: DE', 'from-party-id: PRT'];
  const headers = [
    'Content-Type: application/json',
    ...(token === '' ? [] : [`Authorization: Token ${written}`]),
    ...(version === '2.1.1' ? [] : [...ids, ...routing.map(line => `OCPI-${line}`)]),
  ];
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await ask({ port: Number(port) }, request(`POST ${pathname}`, headers, text));
  return [answer.status, (JSON.parse(answer.body) as Json)['status_code']];
}

export const soon = () => new Promise(resolve => setTimeout(resolve, 2));

interface Commanded {
  readonly run: Run;
  readonly url: string;
  readonly body: Json;
}

interface Played {
  readonly answer: Action;
  /** With the response_url, before the answer leaves, or once it has come. */
  readonly before?: (url: string) => Promise<unknown>;
  readonly after?: (url: string) => Promise<unknown>;
}

/** Sends a command that the partner answers so; the run once it has ended. */
export async function commanded(met: Met, input: Omit<CommandInput, 'name'>, played: Played): Promise<Commanded> {
  const { us, name, at, partner } = met;
  const { answer, before, after } = played;
  let release = () => {};
  const held = new Promise<void>(resolve => {
    release = resolve;
  });
  const action = before !== undefined && answer.do === 'answer' ? { ...answer, after: held } : answer;
  met.answer('POST', at('commands', 'receiver', input.command), action);
  const count = partner.requests.length;
  const { runId } = await us.client.sending.command({ name, ...input });
  while (partner.requests.length === count) await soon();
  const body = JSON.parse(partner.requests[count]?.text ?? '{}') as Json;
  const url = String(body['response_url']);
  await before?.(url);
  release();
  if (after !== undefined) {
    while (!(await us.client.runs.get({ runId })).steps.some(({ step }) => step === 'request')) await soon();
    await after(url);
  }
  return { run: await endOf(us, { runId }), url, body };
}

export const foundOn = async ({ us, name }: Met) => {
  const [newest] = await us.client.exchanges.list({ link: name, direction: 'in', limit: 1 });
  return newest?.findings.map(({ code }) => code) ?? [];
};

export const START = { command: 'START_SESSION', location: 'LOC1', evse: 'E1' } as const;
