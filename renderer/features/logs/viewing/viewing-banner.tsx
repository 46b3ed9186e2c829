import { Button, Progress } from '@mantine/core';
import { IconEye, IconRepeat } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { LogViewing } from '../../../../core/contract/session-log.ts';
import { useClient } from '../../../bridge/client.ts';
import { keys } from '../../../bridge/keys.ts';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { shareOf } from '../../../ui/share.ts';
import { stillHere } from '../../../ui/still-here.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import { useReproduce } from '../reproduce/use-reproduce.ts';
import { useViewing } from '../use-logs.ts';
import banner from './viewing-banner.module.css';

/** On every screen, where a file is looked at and nothing else: whose it is, how far it was read, what is wrong with it. */
export function ViewingBanner() {
  const viewing = useViewing().data;
  return viewing === undefined || viewing === null ? null : <Banner viewing={viewing} />;
}

function Banner({ viewing }: { readonly viewing: LogViewing }) {
  const t = useTexts('logs');
  const numbers = new Intl.NumberFormat(useLanguage());
  const { name, about, state, problem, exchanges, total, logId } = viewing;
  const share = shareOf({ done: exchanges, total });
  return (
    <section className={banner['banner']} aria-label={t('viewing')}>
      <IconEye size={16} aria-hidden />
      <p className={banner['words']}>
        {t('lookingAt')}{' '}
        {logId === null ? (
          <strong>{name}</strong>
        ) : (
          <Link to="/logs/$log" params={{ log: String(logId) }}>
            <strong>{name}</strong>
          </Link>
        )}
        {about !== null && (
          <span className={banner['written']}>
            {' '}
            ({t('writtenAt')} <TimeText at={about.writtenAt} withDate />)
          </span>
        )}
        {'. '}
        <span className={banner['safe']}>{t('nothingTouched')}</span>
      </p>
      {state === 'reading' && (
        <span className={banner['read']}>
          <span role="status">
            {total === null
              ? t('readSoFar', { number: numbers.format(exchanges) })
              : t('readOf', { done: numbers.format(exchanges), total: numbers.format(total) })}
          </span>
          <Progress
            className={banner['bar'] ?? ''}
            value={share ?? 100}
            animated={share === undefined}
            aria-label={t('readingFile')}
          />
        </span>
      )}
      {state !== 'failed' && logId !== null && <Reproduce logId={logId} reading={state === 'reading'} />}
      {problem !== '' && (
        <p className={banner['problem']} role="alert" lang="en">
          {problem}
        </p>
      )}
    </section>
  );
}

/** One click where there is one partner; else which one is chosen on the log's page. */
function Reproduce({ logId, reading }: { readonly logId: number; readonly reading: boolean }) {
  const t = useTexts('logs');
  const client = useClient();
  const queries = useQueryClient();
  const go = useNavigate();
  const { doing, start } = useReproduce();
  const reproduce = async () => {
    const here = stillHere();
    const log = await doing.run(() =>
      queries.fetchQuery({ queryKey: [...keys.logs, 'one', logId], queryFn: () => client.logs.get({ logId }) }),
    );
    if (log === undefined || !here()) return;
    const [only] = log.links;
    if (log.links.length === 1 && only !== undefined) await start({ source: { logId }, link: only.name });
    else await go({ to: '/logs/$log', params: { log: String(logId) } });
  };
  return (
    <>
      <Button
        variant="default"
        disabled={reading}
        loading={doing.busy}
        leftSection={<IconRepeat size={14} aria-hidden />}
        onClick={() => void reproduce()}
      >
        {t('reproducePartner')}
      </Button>
      {doing.failure !== undefined && (
        <div className={banner['failure']}>
          <FailureNote failure={doing.failure} />
        </div>
      )}
    </>
  );
}
