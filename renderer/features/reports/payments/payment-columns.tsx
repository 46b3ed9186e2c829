import type { PaymentMatch } from '../../../../core/contract/money.ts';
import { moneyText } from '../../../bill/amount-text.ts';
import { PAYMENT_TONES } from '../../../bill/payment-view.tsx';
import { LinkName } from '../../../links/link-name.tsx';
import type { Texts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import type { Column } from '../../../ui/table/table-row.tsx';
import { Moment } from '../moment.tsx';

export interface PaymentColumnOptions {
  readonly t: Texts<'reports'>;
  readonly bill: Texts<'bill'>;
  readonly language: string;
  readonly production: ReadonlySet<string>;
  readonly room: number;
}

const OUT = {
  all: new Set<string>(),
  some: new Set(['terminal', 'invoice']),
  few: new Set(['terminal', 'invoice', 'link', 'at']),
} as const;

/** Columns of payments at terminals. */
export function paymentColumns(options: PaymentColumnOptions): readonly Column<PaymentMatch>[] {
  const { room } = options;
  const out = OUT[room === 0 || room >= 1200 ? 'all' : room >= 640 ? 'some' : 'few'];
  return allColumns(options).filter(({ id }) => !out.has(id));
}

function allColumns({ t, bill, language, production }: PaymentColumnOptions): readonly Column<PaymentMatch>[] {
  const words = { unknown: t('ownData'), production: t('production') };
  const money = (amount: string | null | undefined, currency: string | null) =>
    typeof amount === 'string' && <Mono>{`${moneyText(amount, language)} ${currency ?? ''}`}</Mono>;
  return [
    {
      id: 'at',
      header: t('column-at'),
      width: 138,
      cell: ({ at }) => <Moment at={at} />,
    },
    {
      id: 'state',
      header: t('column-state'),
      width: 96,
      cell: ({ state }) => <Chip tone={PAYMENT_TONES[state]}>{bill(`payment-${state}`)}</Chip>,
    },
    {
      id: 'link',
      header: t('column-link'),
      width: 104,
      cell: ({ link }) => <LinkName link={link} production={link !== null && production.has(link)} words={words} />,
    },
    {
      id: 'reference',
      header: t('column-reference'),
      cell: ({ reference }) => (
        <Mono {...(reference !== null && { title: reference })}>{reference ?? bill('noReference')}</Mono>
      ),
    },
    { id: 'terminal', header: bill('paymentTerminal'), width: 120, cell: ({ terminal }) => <Mono>{terminal}</Mono> },
    {
      id: 'preauthorized',
      header: t('column-preauthorized'),
      width: 104,
      align: 'end',
      cell: ({ preauthorized, currency }) => money(preauthorized, currency),
    },
    {
      id: 'billed',
      header: t('column-billed'),
      width: 104,
      align: 'end',
      cell: ({ billed, currency }) => money(billed?.after ?? billed?.before, currency),
    },
    {
      id: 'captured',
      header: t('column-captured'),
      width: 104,
      align: 'end',
      cell: ({ confirmation, currency }) =>
        money(confirmation?.captured?.after ?? confirmation?.captured?.before, currency),
    },
    {
      id: 'invoice',
      header: bill('paymentInvoice'),
      width: 110,
      cell: ({ invoice }) => <Mono>{invoice?.reference ?? invoice?.id}</Mono>,
    },
    {
      id: 'problem',
      header: t('column-sentence'),
      cell: ({ problems }) => {
        const text = problems.map(({ sentence }) => sentence).join(' ');
        return (
          <span lang="en" title={text}>
            {text}
          </span>
        );
      },
    },
  ];
}
