import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { FaultKindView, FaultPack, FaultRule } from '../../../../core/contract/fault.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { operationWords } from '../../../exchange/operation-words.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import type { FaultDesk } from '../fault-desk.ts';
import { occasionWords, scopeWords } from '../rule-words.ts';
import { useConfirmed } from '../use-confirmed.ts';
import styles from './packs.module.css';

export interface PackCardProps {
  readonly pack: FaultPack;
  readonly desk: FaultDesk;
  readonly kinds: readonly FaultKindView[];
  /** Its rules among those that are there. */
  readonly loaded: readonly FaultRule[];
  /** For this partner only; empty: for every one. */
  readonly link: string;
  readonly onRules: () => void;
}

/** One pack: what it is like to talk to such a partner, and the rules that make it so. */
export function PackCard({ pack, desk, kinds, loaded, link, onRules }: PackCardProps) {
  const t = useTexts('faults');
  const operation = operationWords(useTexts('traffic'));
  const queries = useQueryClient();
  const confirmed = useConfirmed();
  const doing = useDoing();
  const change = (act: () => Promise<unknown>) =>
    doing.run(async () => {
      await act();
      await queries.invalidateQueries({ queryKey: desk.queryKey });
    });
  const load = () =>
    change(() => confirmed(yes => desk.calls.load({ pack: pack.name, ...(link !== '' && { link }), confirmed: yes })));
  const remove = () => change(() => desk.calls.remove({ ids: loaded.map(({ id }) => id) }));
  /** Only what is not so anyway. */
  const narrowed = ({ scope, when }: FaultPack['rules'][number]) =>
    [
      ...(Object.keys(scope).length === 0 ? [] : [scopeWords(scope, { t, operation })]),
      ...(Object.keys(when).length === 0 ? [] : [occasionWords(when, t)]),
    ].join(' · ');
  const titleOf = (kind: string) => kinds.find(one => one.kind === kind)?.title ?? kind;
  return (
    <li className={styles['card']}>
      <h2 className={styles['title']} lang="en">
        {pack.title}
        {loaded.length > 0 && <Chip tone="fault">{t('packLoaded')}</Chip>}
      </h2>
      <p className={styles['meaning']} lang="en">
        {pack.meaning}
      </p>
      <ul className={styles['rules']}>
        {pack.rules.map((rule, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pack never changes.
          <li key={at}>
            <span lang="en">{titleOf(rule.kind)}</span> <span className={styles['when']}>{narrowed(rule)}</span>
          </li>
        ))}
      </ul>
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <div className={styles['foot']}>
        <Button
          variant={loaded.length === 0 ? 'filled' : 'default'}
          loading={doing.busy}
          onClick={() => void load()}
          aria-label={t(loaded.length === 0 ? 'loadPackNamed' : 'loadAgainNamed', { pack: pack.title })}
        >
          {t(loaded.length === 0 ? 'loadPack' : 'loadAgain')}
        </Button>
        {loaded.length > 0 && (
          <>
            <Button variant="default" onClick={onRules}>
              {t('showRules')}
            </Button>
            <Button
              variant="default"
              color="red"
              onClick={() => void remove()}
              aria-label={t('removePackNamed', { pack: pack.title })}
            >
              {t('removePack')}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
