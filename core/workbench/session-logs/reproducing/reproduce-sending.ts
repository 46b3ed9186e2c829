import type { ReproducedRequest } from '../../../contract/reproduction.ts';
import { readEnvelope } from '../../../ocpi/envelope.ts';
import { headerValue, type RawHeaders } from '../../../ocpi/raw-headers.ts';
import type { ExchangeLine } from '../../../session-log/format/records.ts';
import type { KnownResult } from '../../../session-log/reproduce/known-request.ts';
import type { Match } from '../../../session-log/reproduce/matching.ts';
import { answeredAfter, MESSAGE_IDS } from '../../../session-log/reproduce/planned-answer.ts';
import { planResult } from '../../../session-log/reproduce/planned-result.ts';
import { responseUrlOf } from '../../../session-log/reproduce/result-pairing.ts';
import type { ReproductionAsked } from './reproduce-answering.ts';
import type { Recording } from './reproduce-reading.ts';
import type { ResultSender, ResultSent } from './reproduce-results.ts';

/** A request that was matched. */
export interface Answered {
  readonly asked: ReproductionAsked;
  /** As text. */
  readonly body: string;
  readonly match: Match;
}

export interface ReproductionSendingParts {
  readonly recording: Pick<Recording, 'side' | 'spool'>;
  readonly atOnce: boolean;
  readonly results: ResultSender;
  /** Tokens in the place of their placeholders. */
  readonly written: (text: string) => string;
  readonly told: (request: Omit<ReproducedRequest, 'no' | 'at'>) => void;
  readonly onTrouble: (what: string, error: unknown) => void;
}

/** Sends what the recorded side sent because of a request. */
export interface ReproductionSending {
  /** Resolves when the answer may leave: what was sent before it then has been sent now. */
  because(line: ExchangeLine, answered: Answered): Promise<void>;
}

export function createReproductionSending(parts: ReproductionSendingParts): ReproductionSending {
  const { recording, atOnce, results, written, told } = parts;
  const { side, spool } = recording;
  const due = new Map<number, KnownResult[]>();
  for (const result of side.results) due.set(result.of, [...(due.get(result.of) ?? []), result]);

  const send = async (recorded: ExchangeLine, sending: Sending): Promise<ResultSent | undefined> => {
    const { url, command, answered, afterMs } = sending;
    const { request, operation, id } = recorded;
    const about = { kind: 'callback', method: request.method, operation, recordedId: id } as const;
    if (url === undefined) {
      told({ ...about, url: '', status: null, differences: [sending.missing] });
      return undefined;
    }
    const outgoing = planResult(recorded, {
      url,
      command,
      written,
      instead: answered.match.instead,
      messageIds: messageIdsOf(answered.asked.headers),
    });
    const sent = await results.send(outgoing, atOnce ? 0 : afterMs);
    if (sent === undefined) return undefined;
    const then = recorded.response?.status ?? null;
    const differences = sent.problem === '' ? [] : [sent.problem];
    if (sent.problem === '' && then !== null && sent.status !== then) {
      differences.push(`It was answered with ${sent.status}, then with ${then}.`);
    }
    told({ ...about, url, status: sent.status, differences });
    return sent;
  };

  /** Its versions and their details, one behind the other: where the details lie is told by the list. */
  const look = async (
    command: ExchangeLine,
    { answered, looks }: { answered: Answered; looks: readonly KnownResult[] },
  ) => {
    const versionsUrl = memberOf(answered.body, 'url');
    let list: unknown;
    let passed = 0;
    for (const { place, afterMs } of looks) {
      const recorded = await spool.line(place);
      const isList = recorded.operation === 'versions.list';
      const sent = await send(recorded, {
        url: isList ? versionsUrl : detailsUrl(list, recorded.version),
        missing: isList
          ? 'The credentials name no versions URL to look at.'
          : `The versions name no URL of ${recorded.version ?? 'the version'} to look at.`,
        command,
        answered,
        afterMs: afterMs - passed,
      });
      passed = afterMs;
      if (isList && sent?.response !== undefined) list = readEnvelope(sent.response.body).view?.data;
    }
  };

  return {
    because: async (command, answered) => {
      const all = due.get(command.id) ?? [];
      if (all.length === 0) return;
      const guarded = (work: Promise<unknown>) =>
        work.catch((error: unknown) => parts.onTrouble('sending what was recorded', error));
      const looks = all.filter(({ kind }) => kind === 'look').sort((left, right) => left.afterMs - right.afterMs);
      const before: Promise<unknown>[] = looks.length > 0 ? [guarded(look(command, { answered, looks }))] : [];
      const url = responseUrlOf(answered.asked.url, answered.body);
      const missing = 'The request names no response_url to send this to.';
      for (const { kind, place, afterMs } of all) {
        if (kind === 'look') continue;
        const sending = spool.line(place).then(line => send(line, { url, missing, command, answered, afterMs }));
        if (afterMs < answeredAfter(command) && atOnce) before.push(guarded(sending));
        else void guarded(sending);
      }
      await Promise.all(before);
    },
  };
}

interface Sending {
  readonly url: string | undefined;
  /** What is told where there is no URL. */
  readonly missing: string;
  readonly command: ExchangeLine;
  readonly answered: Answered;
  readonly afterMs: number;
}

function detailsUrl(list: unknown, version: string | undefined): string | undefined {
  if (!Array.isArray(list)) return undefined;
  for (const entry of list as readonly unknown[]) {
    if (typeof entry !== 'object' || entry === null || !('version' in entry) || !('url' in entry)) continue;
    if (entry.version === version && typeof entry.url === 'string') return entry.url;
  }
  return undefined;
}

/** Message ids of a request, by the names of their headers in lower case. */
export function messageIdsOf(headers: RawHeaders): Map<string, string> {
  const ids = new Map<string, string>();
  for (const name of MESSAGE_IDS) {
    const value = headerValue(headers, name);
    if (value !== undefined) ids.set(name, value);
  }
  return ids;
}

/** A member of a JSON object that is a text. */
export function memberOf(body: string, name: string): string | undefined {
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== 'object' || json === null) return undefined;
    const value: unknown = (json as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
