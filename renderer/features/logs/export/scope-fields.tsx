import { CloseButton, NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { LinkView } from '../../../../core/contract/links.ts';
import { readIds } from '../../../exchange/id-ranges.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { DateField } from '../../../ui/date-field.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import type { TokenKind } from '../../../ui/filter-text.ts';
import { Mono } from '../../../ui/mono.tsx';
import styles from '../logs.module.css';
import type { ExportSearch } from '../search.ts';
import exporting from './export.module.css';
import { AGES, barOf, fieldMoment, type Period, periodOf, tokenOf, withBar, withTokens } from './scope.ts';

export interface ScopeFieldsProps {
  readonly search: ExportSearch;
  readonly to: (change: Partial<ExportSearch>) => void;
  readonly links: readonly LinkView[];
  readonly kinds: readonly TokenKind[];
}

/** Which exchanges, and what belongs to them: all that is said here holds at once. */
export function ScopeFields({ search, to, links, kinds }: ScopeFieldsProps) {
  const t = useTexts('logs');
  const { q = '', ids, transaction, run } = search;
  const narrow = (text: string) => to({ q: text === '' ? undefined : text });
  const link = tokenOf(q, 'link', kinds) ?? '';
  const bar = kinds.filter(({ name }) => name !== 'link' && name !== 'since' && name !== 'until');
  const known = links.some(({ name }) => name === link);
  return (
    <fieldset className={exporting['group']}>
      <legend>{t('scope')}</legend>
      {ids !== undefined && (
        <Chosen onRemove={() => to({ ids: undefined })} label={t('withoutSelection')}>
          {t('selectionOf', { count: readIds(ids)?.length ?? 0 })} <Mono wrap>{shortened(ids)}</Mono>
        </Chosen>
      )}
      {transaction !== undefined && (
        <Chosen onRemove={() => to({ transaction: undefined })} label={t('withoutTransaction')}>
          {typeof transaction === 'string' ? (
            t('onlyTransaction', { id: transaction })
          ) : (
            <Link to="/transactions/$id" params={{ id: String(transaction) }}>
              {t('onlyTransaction', { id: transaction })}
            </Link>
          )}
        </Chosen>
      )}
      {run !== undefined && (
        <Chosen onRemove={() => to({ run: undefined })} label={t('withoutRun')}>
          {t('onlyRun', { id: run })}
        </Chosen>
      )}
      <NativeSelect
        label={t('partner')}
        value={link}
        onChange={event => narrow(withTokens(q, { link: event.currentTarget.value || undefined }, kinds))}
        data={[
          { value: '', label: t('allPartners') },
          ...(link === '' || known ? [] : [{ value: link, label: link }]),
          ...links.map(({ name }) => ({ value: name, label: name })),
        ]}
      />
      <PeriodFields q={q} kinds={kinds} onNarrow={narrow} />
      <div>
        <p className={styles['label']}>{t('further')}</p>
        <FilterBar
          value={barOf(q, kinds)}
          tokens={bar}
          label={t('further')}
          placeholder={t('furtherPlaceholder')}
          onChange={text => narrow(withBar(q, text, kinds))}
        />
      </div>
    </fieldset>
  );
}

/** A selection may have thousands of numbers. */
const LONGEST = 60;

function shortened(ids: string): string {
  return ids.length <= LONGEST ? ids : `${ids.slice(0, LONGEST)}…`;
}

interface ChosenProps {
  readonly onRemove: () => void;
  /** What the cross does. */
  readonly label: string;
  readonly children: ReactNode;
}

function Chosen({ onRemove, label, children }: ChosenProps) {
  return (
    <p className={exporting['chosen']}>
      <span>{children}</span>
      <CloseButton size="xs" aria-label={label} title={label} onClick={onRemove} />
    </p>
  );
}

interface PeriodFieldsProps {
  readonly q: string;
  readonly kinds: readonly TokenKind[];
  readonly onNarrow: (q: string) => void;
}

function PeriodFields({ q, kinds, onNarrow }: PeriodFieldsProps) {
  const t = useTexts('logs');
  // Chosen, but no moment set yet: nothing in the filter says so.
  const [between, setBetween] = useState(false);
  const told = periodOf(q, kinds);
  const period: Period = told === '' && between ? 'between' : told;
  const choose = (next: string) => {
    const chosen = (['', 'between', ...AGES] as const).find(one => one === next) ?? '';
    setBetween(chosen === 'between');
    if (chosen === 'between') {
      // An age becomes the moment it meant.
      const since = fieldMoment(tokenOf(q, 'since', kinds), Date.now());
      onNarrow(withTokens(q, { since: since === '' ? undefined : since }, kinds));
      return;
    }
    onNarrow(withTokens(q, { since: chosen === '' ? undefined : chosen, until: undefined }, kinds));
  };
  const moment = (name: 'since' | 'until') => (
    <DateField
      kind="moment"
      label={t(name)}
      value={fieldMoment(tokenOf(q, name, kinds), Date.now())}
      // What is no moment stands in the filter as well: nothing is exported until it is one.
      onChange={value => onNarrow(withTokens(q, { [name]: value || undefined }, kinds))}
    />
  );
  return (
    <>
      <NativeSelect
        label={t('period')}
        value={period}
        onChange={event => choose(event.currentTarget.value)}
        data={[
          { value: '', label: t('period-all') },
          ...AGES.map(age => ({ value: age, label: t(`period-${age}`) })),
          { value: 'between', label: t('period-between') },
        ]}
      />
      {period === 'between' && (
        <div className={exporting['moments']}>
          {moment('since')}
          {moment('until')}
        </div>
      )}
    </>
  );
}
