import { faultKindNamed } from '../../../core/faults/catalogue.ts';
import { chance } from '../../../core/faults/chance.ts';
import type { Draft, Message } from '../../../core/faults/draft.ts';
import type { Facts, Memory } from '../../../core/faults/kind.ts';
import { type Firing, workOn } from '../../../core/faults/plan.ts';
import { entryById } from '../../../core/ocpi/catalogue.ts';
import type { RawHeaders } from '../../../core/ocpi/raw-headers.ts';
import type { Version } from '../../../core/ocpi/versions.ts';
import { ruleOf } from '../made.ts';

/** 2026-05-04T10:00:00Z. */
export const NOW = Date.UTC(2026, 4, 4, 10);

/** A message that is about to cross, and the request it belongs to. */
export interface Crossing {
  readonly operation: string;
  readonly version?: Version;
  /** JSON text: of an answer the data, of a request the body. */
  readonly json?: string;
  /** The whole body, where it is no envelope around `json`. */
  readonly body?: string;
  readonly headers?: RawHeaders;
  readonly status?: number;
  readonly params?: Readonly<Record<string, string>>;
  /** Absolute of requests; the path and query of a request that is answered. */
  readonly url?: string;
  readonly from?: string;
}

export interface Played {
  readonly applied: boolean;
  readonly did: string;
  readonly draft: Draft;
  /** The body that is sent. */
  readonly text: string;
  /** What is left of it, without the envelope around it. */
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number | undefined;
  readonly url: string;
  /** The query as whoever answers sees it. */
  readonly query: string;
}

const bytes = new TextEncoder();
const END = ',"status_code":1000,"timestamp":"2026-05-04T10:00:00Z"}';

export function envelope(data: string): string {
  return `{"data":${data}${END}`;
}

/** One rule over the exchanges of one link: what it remembers goes from one to the next. */
export class Playing {
  private readonly kept = new Map<string, string>();
  private readonly kind: string;
  private readonly parameters: unknown;
  private readonly seed: string;
  private hits = 0;

  constructor(kind: string, parameters: unknown = {}, seed = '1') {
    this.kind = kind;
    this.parameters = parameters;
    this.seed = seed;
  }

  /** We are asked, and answer. */
  answer(crossing: Crossing): Played {
    const { operation, json = 'null', status = 200, headers = [], url = '/ocpi/2.2.1/sender/locations' } = crossing;
    const body = crossing.body ?? envelope(json);
    const request = { method: methodOf(operation), url, headers: [], body: new Uint8Array() };
    const message: Message = { side: 'answer', status, statusText: '', headers, body: bytes.encode(body) };
    return this.play(message, factsOf(crossing, { direction: 'answer', request }));
  }

  /** We ask. */
  send(crossing: Crossing): Played {
    const { operation, json = '', headers = [], url = 'https://partner.example/ocpi/emsp/2.2.1/sessions' } = crossing;
    const body = bytes.encode(crossing.body ?? json);
    const request = { method: methodOf(operation), url, headers, body };
    return this.play({ side: 'send', ...request }, factsOf(crossing, { direction: 'send', request }));
  }

  /** An exchange in the rule's scope that is not hit. */
  observe(direction: Facts['direction'], crossing: Crossing): void {
    const { operation, json = '', url = '', headers = [] } = crossing;
    const request = { method: methodOf(operation), url, headers, body: bytes.encode(json) };
    this.kindHere().observe?.(factsOf(crossing, { direction, request }), this.memory());
  }

  private kindHere() {
    const kind = faultKindNamed(this.kind);
    if (kind === undefined) throw new Error(`there is no kind ${this.kind}`);
    return kind;
  }

  private memory(): Memory {
    return {
      get: key => this.kept.get(key),
      set: (key, value) => void (value === undefined ? this.kept.delete(key) : this.kept.set(key, value)),
    };
  }

  private play(message: Message, facts: Facts): Played {
    const kind = this.kindHere();
    const parameters = kind.parameters.parse(this.parameters) as Record<string, unknown>;
    kind.observe?.(facts, this.memory());
    const firing: Firing = { rule: ruleOf({ name: 'rule', kind, parameters, seed: this.seed }), hit: ++this.hits };
    const work = workOn({
      chosen: [firing],
      facts,
      link: 'partner',
      memory: () => this.memory(),
      token: which => `token-${which}`,
      onBug: (_rule, error) => {
        throw error;
      },
    });
    const ask = { query: facts.request.url.split('?')[1] ?? '' };
    const asked = message.side === 'answer' ? work.before(ask) : { ask };
    const { draft, firings } = work.alter('answer' in asked ? asked.answer : message);
    return read(draft, { query: 'ask' in asked ? asked.ask.query : '', firings });
  }
}

/** One exchange of one rule. */
export function played(
  kind: string,
  crossing: Crossing & { readonly direction: Facts['direction'] },
  parameters?: unknown,
) {
  const playing = new Playing(kind, parameters);
  return crossing.direction === 'answer' ? playing.answer(crossing) : playing.send(crossing);
}

function read(
  draft: Draft,
  { query, firings }: { query: string; firings: readonly { readonly applied: boolean; readonly did: string }[] },
): Played {
  const { message } = draft;
  const text = new TextDecoder().decode(message.body);
  const [firing] = firings;
  return {
    applied: firing?.applied ?? false,
    did: firing?.did ?? '',
    draft,
    text,
    data: message.side === 'answer' ? dataIn(text) : text,
    headers: Object.fromEntries(message.headers),
    status: message.side === 'answer' ? message.status : undefined,
    url: message.side === 'send' ? message.url : '',
    query,
  };
}

/** The text between the envelope's beginning and end, where it is as it was. */
function dataIn(text: string): string {
  return text.startsWith('{"data":') && text.endsWith(END) ? text.slice(8, -END.length) : text;
}

function methodOf(operation: string): string {
  return entryById(operation)?.method ?? 'GET';
}

function factsOf(
  { operation, version = '2.2.1', params = {}, from }: Crossing,
  { direction, request }: Pick<Facts, 'direction' | 'request'>,
): Facts {
  const entry = entryById(operation);
  if (entry === undefined) throw new Error(`there is no operation ${operation}`);
  return {
    direction,
    operation,
    entry,
    version,
    request,
    params,
    ownVersionsUrl: 'https://workbench.example/ocpi/versions',
    ...(from !== undefined && { from }),
    now: NOW,
  };
}

/** What the first number of a hit falls on, for tests that compare with it. */
export function firstDraw(name: string, seed = '1'): number {
  return chance({ seed, rule: 'rule', link: 'partner', hit: 1, name });
}
