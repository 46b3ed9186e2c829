import type { LinkView } from '../../../../core/contract/links.ts';
import { usePlatform } from '../../../bridge/queries.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { partyId } from '../list/partner-list.ts';
import styles from './parties-panel.module.css';

/** Who stands behind the link, and what each side told the other of itself. */
export function PartiesPanel({ link }: { readonly link: LinkView }) {
  const t = useTexts('partners');
  const current = usePlatform().data?.versionsUrl;
  const { parties, hubPartyId, offeredVersions, toldVersionsUrl } = link;
  const moved =
    toldVersionsUrl !== undefined && current !== undefined && current !== null && toldVersionsUrl !== current;
  return (
    <Panel title={t('party-title')}>
      {parties.length === 0 ? (
        <p className={styles['dim']}>{t('party-empty')}</p>
      ) : (
        <table className={styles['parties']}>
          <thead>
            <tr>
              <th scope="col">{t('party-id')}</th>
              <th scope="col">{t('party-role')}</th>
              <th scope="col">{t('party-name')}</th>
            </tr>
          </thead>
          <tbody>
            {parties.map(party => (
              <tr key={`${partyId(party)} ${party.role}`}>
                <th scope="row">
                  <Mono>{partyId(party)}</Mono>
                </th>
                <td>{party.role ?? <span className={styles['dim']}>{t('party-noRole')}</span>}</td>
                <td>{party.name}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {hubPartyId !== undefined && <p>{t('party-hub', { party: hubPartyId })}</p>}
      <dl className={styles['facts']}>
        <dt>{t('settings-versionsUrl')}</dt>
        <dd>{link.versionsUrl === undefined ? t('unknown') : <Mono wrap>{link.versionsUrl}</Mono>}</dd>
        {offeredVersions.length > 0 && (
          <>
            <dt>{t('party-offered')}</dt>
            <dd>
              <Mono>{offeredVersions.join(', ')}</Mono>
            </dd>
          </>
        )}
        {toldVersionsUrl !== undefined && (
          <>
            <dt>{t('party-told')}</dt>
            <dd>
              <Mono wrap>{toldVersionsUrl}</Mono>
            </dd>
          </>
        )}
      </dl>
      {moved && <p className={styles['moved']}>{t('party-toldOld', { told: toldVersionsUrl, current })}</p>}
    </Panel>
  );
}
