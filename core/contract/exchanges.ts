import { oc } from '@orpc/contract';
import * as z from 'zod';
import {
  CurlCommand,
  ExchangeCount,
  ExchangeCountInput,
  ExchangeFilter,
  ExchangePage,
  ExchangePageInput,
  ExchangeSummary,
  ExchangeView,
  ImportedTraffic,
  ImportTraffic,
  RelatedExchanges,
  Resend,
  UploadTraffic,
} from './exchange.ts';
import { failures } from './failures.ts';

const exchanges = oc.errors(failures);
const byId = z.object({ id: z.int().positive() });

export const exchangesContract = {
  list: exchanges.input(ExchangeFilter).output(z.array(ExchangeSummary)),
  /** By position, for tables of any length. */
  page: exchanges.input(ExchangePageInput).output(ExchangePage),
  count: exchanges.input(ExchangeCountInput).output(ExchangeCount),
  get: exchanges.input(byId).output(ExchangeView),
  related: exchanges.input(byId).output(RelatedExchanges),
  /** Sends a recorded request again, on its link, as a new exchange; answers when that one has ended. */
  resend: exchanges.input(Resend).output(z.object({ id: z.int() })),
  /** A curl command that sends the same. The token stands in it only where `withToken` asks for it. */
  curl: exchanges.input(byId.extend({ withToken: z.boolean().default(false) })).output(CurlCommand),
  /** Null takes the note away. */
  note: exchanges.input(byId.extend({ text: z.string().max(4000).nullable() })).output(ExchangeSummary),
  /** One piece of a long file; `upload` goes with the next one, and with `import`. */
  upload: exchanges.input(UploadTraffic).output(z.object({ upload: z.string() })),
  /** Traffic recorded elsewhere, to be read here. */
  import: exchanges.input(ImportTraffic).output(ImportedTraffic),
};
