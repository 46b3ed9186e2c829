import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ImportedLog } from '../../../../core/contract/session-log.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { printToken } from '../../../ui/filter-text.ts';
import { Mono } from '../../../ui/mono.tsx';
import { useReproduce } from '../reproduce/use-reproduce.ts';
import page from './log.module.css';

/** The links it stands under here, and the ways to what is said over each. */
export function LogLinks({ log }: { readonly log: ImportedLog }) {
  const t = useTexts('logs');
  const { doing, start } = useReproduce();
  const { links, logId } = log;
  if (links.length === 0) return <p className={page['none']}>{t('noLinks')}</p>;
  return (
    <>
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
      <div className={page['scroll']} tabIndex={0}>
        <table className={page['table']} aria-label={t('linksTitle')}>
          <thead>
            <tr>
              <th scope="col">{t('linkHere')}</th>
              <th scope="col">{t('linkThere')}</th>
              <th scope="col">{t('linkShow')}</th>
              <th scope="col">{links.length > 1 && t('reproduceTitle')}</th>
            </tr>
          </thead>
          <tbody>
            {links.map(({ name, was }) => {
              const search = { q: printToken({ name: 'link', value: name }) };
              return (
                <tr key={name}>
                  <th scope="row">
                    <Link to="/partners/link/$name" params={{ name }}>
                      {name}
                    </Link>
                  </th>
                  <td>
                    <Mono wrap>{was}</Mono>
                  </td>
                  <td>
                    <span className={page['ways']}>
                      <Link to="/traffic" search={search}>
                        {t('toTraffic')}
                      </Link>
                      <Link to="/transactions" search={search}>
                        {t('toTransactions')}
                      </Link>
                      <Link to="/errors" search={search}>
                        {t('toErrors')}
                      </Link>
                      {links.length > 1 && (
                        <Link to="/replay" search={{ source: `link:${name}` }}>
                          {t('replay')}
                        </Link>
                      )}
                    </span>
                  </td>
                  <td>
                    {links.length > 1 && (
                      <Button
                        variant="default"
                        disabled={doing.busy}
                        onClick={() => void start({ source: { logId }, link: name })}
                      >
                        {t('reproducePartner')}
                      </Button>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
