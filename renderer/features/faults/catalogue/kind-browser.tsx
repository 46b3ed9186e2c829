import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Sides } from '../../../ui/sides.tsx';
import { caseTitle } from '../case-list.tsx';
import type { PartProps } from '../faults-page.tsx';
import styles from './catalogue.module.css';
import { KindDetails } from './kind-details.tsx';
import { foundKinds } from './kind-search.ts';

/** Every kind of fault, by family; one of them beside it with what it does to a message. */
export function KindBrowser({ desk, kinds, rules, search, to }: PartProps) {
  const t = useTexts('faults');
  const list = useRef<HTMLDivElement>(null);
  const asked = search.q ?? '';
  const groups = foundKinds(kinds, asked, {
    family: family => t(`family-${family}`),
    failureCase: number => caseTitle(t, number),
  });
  const found = groups.flatMap(group => group.kinds);
  const chosen = found.find(({ kind }) => kind === search.kind) ?? found[0];
  // One may have been led here.
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, []);
  const choose = (kind: string) => to({ ...search, tab: 'catalogue', kind }, true);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = found.findIndex(({ kind }) => kind === chosen?.kind);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: found.length - 1 }[event.key];
    const kind = next === undefined ? undefined : found[Math.max(0, Math.min(next, found.length - 1))];
    if (kind === undefined) return;
    event.preventDefault();
    choose(kind.kind);
    list.current?.querySelectorAll<HTMLElement>('[role=option]')[found.indexOf(kind)]?.focus();
  };
  return (
    <Sides
      storageKey="faults-catalogue"
      initial={380}
      label={t('kindShown')}
      left={
        <div className={styles['side']}>
          <search className={styles['search']}>
            <TextInput
              aria-label={t('searchKinds')}
              placeholder={t('searchKindsHint')}
              leftSection={<IconSearch size={14} aria-hidden />}
              value={asked}
              onChange={event => {
                const q = event.currentTarget.value;
                to({ ...search, tab: 'catalogue', q: q === '' ? undefined : q }, true);
              }}
            />
            <p className={styles['count']} role="status">
              {t('kindsFound', { count: found.length })}
            </p>
          </search>
          {found.length === 0 ? (
            <EmptyState title={t('noKindTitle')} text={t('noKindText')} />
          ) : (
            <div className={styles['list']} role="listbox" aria-label={t('kinds')} ref={list} onKeyDown={onKeyDown}>
              {groups.map(group => (
                // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields.
                <div key={group.family} role="group" aria-label={t(`family-${group.family}`)}>
                  <div className={styles['family']} aria-hidden>
                    {t(`family-${group.family}`)}
                  </div>
                  {group.kinds.map(({ kind, title, cases }) => (
                    <button
                      key={kind}
                      type="button"
                      role="option"
                      aria-selected={kind === chosen?.kind}
                      tabIndex={kind === chosen?.kind ? 0 : -1}
                      className={styles['kind']}
                      onClick={() => choose(kind)}
                      onDoubleClick={() => to({ new: kind })}
                    >
                      <span className={styles['kindTitle']} lang="en">
                        {title}
                      </span>
                      {cases.length > 0 && (
                        <span className={styles['kindCases']}>{cases.map(number => `#${number}`).join(' ')}</span>
                      )}
                    </button>
                  ))}
                </div>
              ))}
            </div>
          )}
        </div>
      }
      right={
        chosen === undefined ? null : (
          <KindDetails
            key={chosen.kind}
            desk={desk}
            kind={chosen}
            used={rules.filter(({ kind }) => kind === chosen.kind)}
            onUse={() => to({ new: chosen.kind })}
            onRule={rule => to({ rule })}
          />
        )
      }
    />
  );
}
