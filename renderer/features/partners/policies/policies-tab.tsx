import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { PolicyLine } from '../../../../core/contract/decisions.ts';
import type { Policy } from '../../../../core/contract/policy.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Panel } from '../../../ui/panel.tsx';
import type { LinkPart } from '../link/link-page.tsx';
import { useGuard } from '../link/use-guard.tsx';
import styles from './policies-tab.module.css';
import { ModuleRow, PolicyRow } from './policy-row.tsx';

/** What a partner is answered: by module and operation, each change at once. */
export function PoliciesTab({ link, doing }: LinkPart) {
  const t = useTexts('decisions');
  const client = useClient();
  const queries = useQueryClient();
  const guard = useGuard();
  const { name } = link;
  const key = [...keys.link(name), 'policies'];
  const lines = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => client.decisions.policies({ name }, { signal }),
  });
  if (lines.data === undefined) {
    return lines.error === null ? (
      <p className={styles['loading']} aria-busy>
        {t('loading')}
      </p>
    ) : (
      <div className={styles['loading']}>
        <FailureNote failure={failureOf(lines.error)} onRetry={() => void lines.refetch()} />
      </div>
    );
  }
  if (lines.data.length === 0) return <EmptyState title={t('noPolicies')} text={t('noPoliciesText')} />;
  const question = { title: t('confirmTitle', { name }), text: t('confirmText'), action: t('confirmAction') };
  const set = async (operation: string, policy: Policy | null) => {
    await doing.run(async () => {
      const changed = await guard(link, question, confirmed =>
        client.decisions.setPolicy({ name, operation, policy, confirmed }),
      );
      if (changed !== undefined) queries.setQueryData<readonly PolicyLine[]>(key, changed);
    });
  };
  return (
    <Panel title={t('policiesTitle')}>
      <p className={styles['told']}>{t('policiesText')}</p>
      <div className={styles['scrolled']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('columnOperation')}</th>
              <th scope="col">{t('columnAnswer')}</th>
              <th scope="col">{t('columnResult')}</th>
              <th scope="col">{t('columnLater')}</th>
              <th scope="col">{t('columnSeconds')}</th>
              <th scope="col">{t('columnOtherwise')}</th>
            </tr>
          </thead>
          {[...Map.groupBy(lines.data, ({ module }) => module)].map(([module, ofModule]) => (
            <tbody key={module}>
              <ModuleRow module={module} lines={ofModule} onSet={policy => set(module, policy)} />
              {ofModule.map(line => (
                <PolicyRow key={line.operation} line={line} onSet={policy => set(line.operation, policy)} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </Panel>
  );
}
