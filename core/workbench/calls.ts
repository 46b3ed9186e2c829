import * as z from 'zod';
import type { Call } from '../client/call.ts';
import type { Link, LinkSettings } from '../contract/link.ts';
import type { FlowAnswer, FlowCall } from '../flows/registration/ports.ts';
import type { History } from '../history/history.ts';
import { DEFAULT_WIRE_SETTINGS, type WireSettings } from '../http/wire.ts';
import { entryById } from '../ocpi/catalogue.ts';
import { withTrailingSlash } from '../ocpi/urls.ts';

/** The wire of a link: its own settings over the defaults. */
export function wireSettingsOf(settings: LinkSettings): WireSettings {
  const { timeouts, bodyLimit } = DEFAULT_WIRE_SETTINGS;
  const { proxy, ca, clientCertificate, clientKey } = settings;
  return {
    ...(proxy === undefined ? {} : { proxy }),
    ...(ca === undefined ? {} : { ca }),
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    ...(clientKey === undefined ? {} : { clientKey }),
    timeouts: {
      connect: settings.connectTimeout ?? timeouts.connect,
      firstByte: settings.firstByteTimeout ?? timeouts.firstByte,
      body: settings.bodyTimeout ?? timeouts.body,
      total: settings.totalTimeout ?? timeouts.total,
    },
    bodyLimit: settings.bodyLimit ?? bodyLimit,
  };
}

/** URLs that the partner gave are followed byte for byte; what we put behind its endpoints ends as it wants it (T11). */
export function urlFor({ settings }: Pick<Link, 'settings'>, call: Pick<FlowCall, 'operation' | 'url'>): string {
  if (settings.trailingSlash !== true) return call.url;
  const entry = entryById(call.operation);
  return entry?.base === 'endpoint' && entry.path.length > 0 ? withTrailingSlash(call.url) : call.url;
}

const PAGE_BODY = { name: 'history.page-body', standard: 64 * 1024 } as const;

/** Bytes of a pulled page that are recorded with its exchange: its objects are kept one by one. */
export function pageBodyKept({ settings }: Pick<History, 'settings'>): number {
  return settings.get(PAGE_BODY.name, z.int().positive()) ?? PAGE_BODY.standard;
}

export interface FlowCallOptions {
  readonly call: Call;
  readonly history: History;
  readonly now: () => number;
}

/** A flow's call over the link's wire; notes the use of the token, and ends the one it replaced (T8). */
export function bindCall({ call, history, now }: FlowCallOptions): (call: FlowCall) => Promise<FlowAnswer> {
  const noteUse = ({ link, token }: FlowCall, answer: FlowAnswer) => {
    const { tokens } = history;
    const outgoing = tokens.ledger(link.id).filter(({ direction }) => direction === 'outgoing');
    const used = outgoing.findLast(({ state, row }) => state !== 'retired' && tokens.valueOf(row) === token.value);
    if (used === undefined) return;
    tokens.markUsed(used.row, token.form, now());
    if (!answer.ok || used.state !== 'active') return;
    const ended = outgoing.filter(({ state }) => state === 'previous');
    if (ended.length === 0) return;
    history.transaction(() => {
      for (const { row } of ended) tokens.setState(row, 'retired');
    });
  };
  return async flowCall => {
    const { link, ...request } = flowCall;
    const url = urlFor(link, request);
    const answer = await call({ ...request, url, linkId: link.id, settings: wireSettingsOf(link.settings) });
    noteUse(flowCall, answer);
    return answer;
  };
}
