import { oc } from '@orpc/contract';
import * as z from 'zod';
import { ExchangeFilter, ExchangeSummary, ExchangeView } from './exchange.ts';
import { failures } from './failures.ts';

export const exchangesContract = {
  list: oc.errors(failures).input(ExchangeFilter).output(z.array(ExchangeSummary)),
  get: oc
    .errors(failures)
    .input(z.object({ id: z.int().positive() }))
    .output(ExchangeView),
};
