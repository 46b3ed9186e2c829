import type { Clock } from '../../../clock.ts';
import type { ReproducedRequest } from '../../../contract/reproduction.ts';
import { playing } from '../../../faults/perform/play.ts';
import type { Play } from '../../../http/line.ts';
import { createSealer } from '../../../http/sealing.ts';
import { headerValue, headerValues, type RawHeaders } from '../../../ocpi/raw-headers.ts';
import type { ExchangeLine } from '../../../session-log/format/records.ts';
import { type BodyMeaning, bodyMeaning } from '../../../session-log/reproduce/body-meaning.ts';
import { answerOf } from '../../../session-log/reproduce/directory.ts';
import { readableBody } from '../../../session-log/reproduce/line-body.ts';
import { createMatching, type Match } from '../../../session-log/reproduce/matching.ts';
import { createMoving, targetOf } from '../../../session-log/reproduce/origins.ts';
import { type PlannedAnswer, planAnswer } from '../../../session-log/reproduce/planned-answer.ts';
import { createReproducedTokens, madeToken, tokenMarkOf } from '../../../session-log/reproduce/tokens.ts';
import { operationOf } from '../../../traffic-import/operation.ts';
import type { Recording } from './reproduce-reading.ts';
import type { ResultSender } from './reproduce-results.ts';
import { createReproductionSending, memberOf, messageIdsOf } from './reproduce-sending.ts';

/** A whole request to a reproduction. */
export interface ReproductionAsked {
  readonly method: string;
  /** Request target, as sent. */
  readonly url: string;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
}

/** What leaves for it. */
export interface ReproductionAnswer extends Pick<PlannedAnswer, 'status' | 'statusText' | 'headers' | 'keepAlive'> {
  readonly play: Play;
  /** Resolves when the answer may leave: what was told before it then is told before it now. */
  readonly ready: Promise<unknown>;
}

export interface ReproductionParts {
  readonly recording: Recording;
  readonly atOnce: boolean;
  /** For made tokens: others for each reproduction. */
  readonly seed: string;
  /** The token that calls have to carry first; made unless given. */
  readonly token: string | undefined;
  /** This server, where a request does not say how it was reached. */
  readonly localUrl: () => string;
  readonly clock: Clock;
  readonly results: ResultSender;
  /** Each request and what it got, and each thing told unasked; sealed. */
  readonly onRequest: (request: Omit<ReproducedRequest, 'no'>) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** Answers as the recorded side did. */
export interface ReproductionAnswering {
  readonly token: string;
  readonly known: number;
  asked(): number;
  answer(asked: ReproductionAsked): Promise<ReproductionAnswer>;
}

/** Recorded tokens that the first call has to stand for, where the recording has none. */
const NO_TOKEN = 'none';
/** Methods of credentials that give another token each time (digest 3.3). */
const REGISTERS = new Set(['POST', 'PUT']);
const TOKEN_LENGTH = 36;
const HOST = /^[A-Za-z0-9.-]+(?::\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::\d{1,5})?$/;

export function createReproductionAnswering(parts: ReproductionParts): ReproductionAnswering {
  const { recording, atOnce, clock, results } = parts;
  const { side, spool } = recording;
  const { redacted } = side;
  const first = side.firstToken ?? NO_TOKEN;
  const tokens = createReproducedTokens({
    seed: parts.seed,
    lengths: side.tokenLengths,
    ...(parts.token === undefined ? {} : { given: { id: first, token: parts.token } }),
  });
  const sealer = createSealer({ idOf: () => 'unknown', known: tokens.known });
  const matching = createMatching(recording.requests, {
    redacted,
    bodiesOf: requests => Promise.all(requests.map(async ({ place }) => meaningOf((await spool.line(place)).request))),
  });
  /** One after the other: which recorded request one is depends on those before it. */
  let turn: Promise<unknown> = Promise.resolve();
  /** Registrations that the recording has none for. */
  let registered = 0;

  const meaningOf = ({ headers, body }: ExchangeLine['request']): BodyMeaning =>
    bodyMeaning(readableBody(headers, body), { redacted });

  const originFor = (headers: RawHeaders) => {
    const host = headerValue(headers, 'host');
    return host !== undefined && HOST.test(host) ? `http://${host}` : parts.localUrl();
  };

  const matched = (asked: ReproductionAsked, body: string): Promise<Match | undefined> => {
    const { path, query } = targetOf(asked.url);
    const found = turn.then(() =>
      matching.match({
        method: asked.method,
        path,
        query,
        body: bodyMeaning(body, { redacted }),
        token: tokens.seen(headerValues(asked.headers, 'authorization')),
      }),
    );
    turn = found.catch(() => undefined);
    return found;
  };

  /** The token that whoever is served gives us stands for the one that was given then. */
  const learn = (line: ExchangeLine, body: string) => {
    if (!line.operation.startsWith('credentials.')) return;
    const then = tokenMarkOf(memberOf(readableBody(line.request.headers, line.request.body), 'token') ?? '');
    const now = memberOf(body, 'token') ?? '';
    if (then !== undefined && now !== '') tokens.learn(then.id, now);
  };

  const told = (request: Omit<ReproducedRequest, 'no' | 'at'>) =>
    parts.onRequest({
      ...request,
      at: new Date(clock.now()).toISOString(),
      url: sealer.text(request.url),
      differences: request.differences.map(sealer.text),
    });

  const sending = createReproductionSending({
    recording,
    atOnce,
    results,
    written: tokens.written,
    told,
    onTrouble: parts.onTrouble,
  });

  /** An answer that is not in the recording. */
  const unrecorded = (
    asked: ReproductionAsked,
    given: { operation: string; status: number; statusText: string; envelope: object; differences: readonly string[] },
  ): ReproductionAnswer => {
    const { operation, status, statusText, envelope, differences } = given;
    const body = Buffer.from(JSON.stringify({ ...envelope, timestamp: new Date(clock.now()).toISOString() }));
    told({
      kind: 'answer',
      method: asked.method,
      url: asked.url,
      operation,
      status,
      recordedId: null,
      differences: [...differences],
    });
    return {
      status,
      statusText,
      headers: [
        ['Content-Type', 'application/json'],
        ['Content-Length', String(body.length)],
        ...[...messageIdsOf(asked.headers)].map(([name, value]) => [name, value] as const),
      ],
      keepAlive: true,
      ready: Promise.resolve(),
      play: playing({
        steps: [{ do: 'head' }, ...(asked.method === 'HEAD' ? [] : [{ do: 'body', from: 0 } as const]), { do: 'end' }],
        body,
        clock,
      }),
    };
  };

  const unknown = (asked: ReproductionAsked): ReproductionAnswer =>
    unrecorded(asked, {
      operation: operationOf({ method: asked.method, url: asked.url, surely: false })?.entry.id ?? 'unknown',
      status: 404,
      statusText: 'Not Found',
      envelope: {
        status_code: 2000,
        status_message: 'The recording that is reproduced here knows no such request.',
      },
      differences: [`The recording knows no request like ${sealer.text(`${asked.method} ${asked.url}`)}.`],
    });

  /** Of how the recorded side is found and registered with, where that is not in the recording. */
  const madeUp = (asked: ReproductionAsked, body: string): ReproductionAnswer | undefined => {
    if (side.directory === undefined) return undefined;
    const { path } = targetOf(asked.url);
    const to = originFor(asked.headers);
    const token = REGISTERS.has(asked.method)
      ? madeToken(`${parts.seed} ${++registered}`, TOKEN_LENGTH)
      : tokens.of(first);
    const made = answerOf(side.directory, { method: asked.method, path }, { to, token });
    if (made === undefined) return undefined;
    const { operation, data } = made;
    if (REGISTERS.has(asked.method)) {
      // From now on it stands for the one that was recorded; and what is told unasked carries theirs.
      tokens.learn(first, token);
      const given = memberOf(body, 'token') ?? '';
      if (given !== '' && side.sentToken !== undefined) tokens.learn(side.sentToken, given);
    }
    const isKnown = tokens.seen(headerValues(asked.headers, 'authorization')).kind === 'known';
    return unrecorded(asked, {
      operation,
      status: 200,
      statusText: 'OK',
      envelope: { ...(data === undefined ? {} : { data }), status_code: 1000 },
      differences: [
        'The recording has no such request: the answer is made up of what the log says of the link.',
        ...(isKnown ? [] : ['It carries a token that nobody gave it here.']),
      ],
    });
  };

  return {
    token: tokens.of(first),
    known: matching.known,
    asked: matching.asked,
    answer: async asked => {
      const began = clock.elapsed();
      const body = readableBody(asked.headers, { base64: Buffer.from(asked.body).toString('base64') });
      const match = await matched(asked, body);
      if (match === undefined) return madeUp(asked, body) ?? unknown(asked);
      const line = await spool.line(match.known.place);
      learn(line, body);
      const plan = planAnswer(line, {
        atOnce,
        moved: createMoving(side.origins, originFor(asked.headers)),
        written: tokens.written,
        instead: match.instead,
        messageIds: messageIdsOf(asked.headers),
        now: clock.now(),
      });
      told({
        kind: 'answer',
        method: asked.method,
        url: asked.url,
        operation: line.operation,
        status: plan.status,
        recordedId: line.id,
        differences: [...match.differences, ...plan.differences],
      });
      const { status, statusText, headers, keepAlive, delayMs } = plan;
      const play: Play = (line, head) => {
        // What was told before the answer took a part of the time that it took then.
        const ms = delayMs - (clock.elapsed() - began);
        const steps = ms >= 1 ? [{ do: 'wait', ms } as const, ...plan.acts] : plan.acts;
        return playing({ steps, body: plan.body, clock })(line, head);
      };
      return { status, statusText, headers, keepAlive, play, ready: sending.because(line, { asked, body, match }) };
    },
  };
}
