import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { LinkView } from '../../../../core/contract/links.ts';
import { ProductionChip } from '../../../links/production.tsx';
import { pullableLinks, unpullable } from '../../../links/pullable.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import type { ListCounts } from '../use-lists.ts';
import styles from './pull.module.css';
import { PULLED, type Pulled } from './pullable.ts';
import { usePulling } from './use-pulling.ts';

export interface PullDialogProps {
  readonly opened: boolean;
  readonly links: readonly LinkView[];
  readonly counts: ListCounts;
  readonly onClose: () => void;
}

/** Which links, what, and how much of it. */
export function PullDialog({ opened, links, counts, onClose }: PullDialogProps) {
  const t = useTexts('locations');
  return (
    <Dialog opened={opened} title={t('pullTitle')} size={680} onClose={onClose}>
      <PullForm links={links} counts={counts} onClose={onClose} />
    </Dialog>
  );
}

function PullForm({ links, counts, onClose }: Omit<PullDialogProps, 'opened'>) {
  const t = useTexts('locations');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { begin, beginning, refused } = usePulling();
  const pullable = pullableLinks(links, 'locations');
  // A production partner is asked only when somebody means it.
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(pullable.filter(({ environment }) => environment === 'test').map(({ name }) => name)),
  );
  const [modules, setModules] = useState<ReadonlySet<Pulled>>(() => new Set(['locations']));
  const [full, setFull] = useState(false);
  const orders = links
    .filter(({ name }) => chosen.has(name))
    .flatMap(link =>
      PULLED.filter(module => modules.has(module) && unpullable(link, module) === undefined).map(module => ({
        link: link.name,
        module,
        full,
      })),
    );
  const toggle = <Value,>(set: ReadonlySet<Value>, value: Value, on: boolean) => {
    const next = new Set(set);
    if (on) next.add(value);
    else next.delete(value);
    return next;
  };
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        void begin(orders).then(all => {
          if (all) onClose();
        });
      }}
    >
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t('columnLink')}</th>
            <th className={styles['number']}>{t('module-locations')}</th>
            <th className={styles['number']}>{t('module-tariffs')}</th>
          </tr>
        </thead>
        <tbody>
          {links.map(link => {
            const why = unpullable(link, 'locations');
            return (
              <tr key={link.name}>
                <td>
                  <span className={styles['name']}>
                    <Checkbox
                      label={link.name}
                      checked={chosen.has(link.name)}
                      disabled={why !== undefined}
                      onChange={event => setChosen(toggle(chosen, link.name, event.currentTarget.checked))}
                    />
                    {link.environment === 'production' && <ProductionChip />}
                    {why !== undefined && <span className={styles['dim']}>{t(`unpullable-${why}`)}</span>}
                  </span>
                </td>
                {PULLED.map(module => (
                  <td key={module} className={styles['number']}>
                    {numbers.format(counts.of(link.name, module))}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className={styles['options']}>
        {PULLED.map(module => (
          <Checkbox
            key={module}
            label={t(`module-${module}`)}
            checked={modules.has(module)}
            onChange={event => setModules(toggle(modules, module, event.currentTarget.checked))}
          />
        ))}
        <SegmentedControl
          aria-label={t('howMuch')}
          value={full ? 'full' : 'incremental'}
          onChange={value => setFull(value === 'full')}
          data={[
            { value: 'incremental', label: t('incremental') },
            { value: 'full', label: t('full') },
          ]}
        />
      </div>
      <p className={styles['hint']}>{full ? t('fullHint') : t('incrementalHint')}</p>
      {refused.map(({ link, module, failure }) => (
        <FailureNote key={`${link} ${module}`} failure={failure} />
      ))}
      <div className={styles['foot']}>
        <Link to="/health" search={{ tab: 'schedules' }} className={styles['schedules'] ?? ''}>
          {t('schedules')}
        </Link>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit" disabled={orders.length === 0 || beginning} loading={beginning}>
          {t('pull')}
        </Button>
      </div>
    </form>
  );
}
