import type { KnownResult, LinePlace } from './known-request.ts';
import { plainPath, targetOf } from './origins.ts';

interface Command {
  readonly id: number;
  readonly startedAt: number;
}

interface Result extends Command {
  readonly place: LinePlace;
}

interface Registration extends Command {
  readonly endedAt: number;
  /** Of ours, which begins in the recording as it is written down and leaves a moment later: by so much its end may be told too early. */
  readonly mayLast?: number;
}

interface Open extends Omit<Registration, 'mayLast'> {
  until: number;
}

/** Finds for what was sent because of a request that request: for what was posted to a response_url the one that had named it. */
export interface ResultPairing {
  asked(command: Command, responseUrl: string): void;
  told(result: Result, url: string): void;
  /** A POST or PUT of credentials: what comes while it is open was brought about by it. */
  registered(registration: Registration): void;
  looked(look: Result): void;
  /** Whoever registered asked on: the answer was there by then. */
  wentOn(at: number): void;
  /** Whether some request named it already. */
  expects(url: string): boolean;
  results(): KnownResult[];
}

/**
 * Lines may come in either order, since a result may be there before the answer is. A response_url that is named again and
 * again belongs to the last one that named it before the result came.
 */
export function createResultPairing(): ResultPairing {
  const commands = new Map<string, Command[]>();
  const told: { readonly key: string; readonly result: Result }[] = [];
  const registrations: Open[] = [];
  const looks: Result[] = [];
  return {
    asked: (command, responseUrl) => {
      const key = keyOf(responseUrl);
      const list = commands.get(key);
      if (list === undefined) commands.set(key, [command]);
      else list.push(command);
    },
    told: (result, url) => told.push({ key: keyOf(url), result }),
    expects: url => commands.has(keyOf(url)),
    registered: ({ mayLast = 0, ...registration }) =>
      registrations.push({ ...registration, until: registration.endedAt + mayLast }),
    looked: look => looks.push(look),
    wentOn: at => {
      const last = registrations.at(-1);
      if (last !== undefined && at >= last.endedAt) last.until = Math.min(last.until, at);
    },
    results: () => [
      ...told.flatMap(({ key, result }) => {
        const named = commands.get(key)?.filter(command => command.startedAt <= result.startedAt) ?? [];
        return pairedWith(latest(named), result, 'result');
      }),
      ...looks.flatMap(look => {
        const open = registrations.filter(one => one.startedAt <= look.startedAt && look.startedAt <= one.until);
        return pairedWith(latest(open), look, 'look');
      }),
    ],
  };
}

function latest(commands: readonly Command[]): Command | undefined {
  return commands.reduce<Command | undefined>(
    (last, one) => (last === undefined || one.startedAt >= last.startedAt ? one : last),
    undefined,
  );
}

function pairedWith(
  command: Command | undefined,
  { id, startedAt, place }: Result,
  kind: KnownResult['kind'],
): KnownResult[] {
  return command === undefined ? [] : [{ kind, id, of: command.id, afterMs: startedAt - command.startedAt, place }];
}

/** The URL in a command's body (digest 6.6), or in the query of what asks for a charging profile (6.7). */
export function responseUrlOf(url: string, body: string): string | undefined {
  const queried = new URLSearchParams(targetOf(url).query).get('response_url');
  if (queried !== null) return queried;
  if (!body.includes('response_url')) return undefined;
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== 'object' || json === null || !('response_url' in json)) return undefined;
    return typeof json.response_url === 'string' ? json.response_url : undefined;
  } catch {
    return undefined;
  }
}

/** Its last segments and its query: what stands in front is seen differently by the two sides of a proxy. */
function keyOf(url: string): string {
  const { path, query } = targetOf(url);
  return `${plainPath(path).split('/').slice(-3).join('/')}?${query}`;
}
