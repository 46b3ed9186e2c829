import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExchangeSummary } from '../../../../core/contract/exchange.ts';
import type { FaultKindView, FaultRuleText } from '../../../../core/contract/fault.ts';
import { entryById } from '../../../../core/ocpi/catalogue.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { SuggestField } from '../../../ui/suggest-field.tsx';
import { localTime } from '../../../ui/time-format.ts';
import { type Fitting, fittingExchanges } from './fitting-exchanges.ts';

export interface MessageFieldProps {
  readonly kind: FaultKindView;
  readonly rule: FaultRuleText | undefined;
  readonly exchangeId: number | undefined;
  readonly onExchange: (id: number | undefined) => void;
}

/** Looked through for those that fit. */
const LOOKED_AT = 200;

/** The stored exchange the rule is tried on: the newest that fit are offered, any id can be typed. */
export function MessageField({ kind, rule, exchangeId, onExchange }: MessageFieldProps) {
  const t = useTexts('faults');
  const words = operationWords(useTexts('traffic'));
  const client = useClient();
  const [typed, setTyped] = useState(exchangeId === undefined ? '' : String(exchangeId));
  const scope = rule?.scope ?? {};
  const module = scope.module ?? (scope.operation && entryById(scope.operation)?.module);
  const conditions = {
    ...(scope.link !== undefined && { link: scope.link }),
    ...(module !== undefined && { module }),
    ...(scope.direction !== undefined && ({ direction: scope.direction === 'answer' ? 'in' : 'out' } as const)),
  };
  const newest = useQuery({
    queryKey: [...keys.exchanges, 'page', 'faults', conditions],
    queryFn: ({ signal }) => client.exchanges.page({ ...conditions, limit: LOOKED_AT }, { signal }),
    placeholderData: previous => previous,
  }).data?.rows;
  const fitting: Fitting = { directions: kind.directions, operations: kind.operations, scope };
  const said = ({ at, link, operation, httpStatus }: ExchangeSummary) =>
    [localTime(new Date(at)).slice(0, 8), link, words(operation), httpStatus].filter(Boolean).join(' · ');
  const id = /^#?([1-9]\d{0,14})$/.exec(typed.trim())?.[1];
  return (
    <SuggestField
      label={t('onMessage')}
      placeholder={t('onSample')}
      value={typed}
      onChange={text => {
        setTyped(text);
        const found = /^#?([1-9]\d{0,14})$/.exec(text.trim())?.[1];
        if (found !== undefined) onExchange(Number(found));
        else if (text.trim() === '') onExchange(undefined);
      }}
      error={typed.trim() === '' || id !== undefined ? undefined : t('problem-id')}
      suggestions={fittingExchanges(newest ?? [], fitting).map(row => ({ value: String(row.id), hint: said(row) }))}
    />
  );
}
