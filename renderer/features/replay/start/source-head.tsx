import { Link } from '@tanstack/react-router';
import type { ReplayPlan, ReplaySource } from '../../../../core/contract/replay.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Mono } from '../../../ui/mono.tsx';
import { useScenario } from '../use-replays.ts';
import styles from './start.module.css';

export interface SourceHeadProps {
  readonly source: ReplaySource;
  readonly earlier: { readonly runId: number; readonly title: string } | undefined;
  readonly plan: ReplayPlan | undefined;
}

/** What is replayed, with a way to it. */
export function SourceHead({ source, earlier, plan }: SourceHeadProps) {
  const t = useTexts('replay');
  const title = plan?.title ?? earlier?.title;
  return (
    <header className={styles['head']}>
      <h2 className={styles['title']} lang={title === undefined ? undefined : 'en'}>
        {title ?? t(`kind-${source.kind}`)}
      </h2>
      <Origin source={source} />
      {earlier !== undefined && (
        <p>
          <Link to="/replay/$run" params={{ run: String(earlier.runId) }}>
            {t('asReplay', { id: earlier.runId })}
          </Link>
        </p>
      )}
    </header>
  );
}

function Origin({ source }: { readonly source: ReplaySource }) {
  const t = useTexts('replay');
  const about = useScenario(source.kind === 'scenario' ? source.name : undefined).data?.scenario.about;
  switch (source.kind) {
    case 'scenario':
      return (
        <>
          {about !== undefined && about !== '' && <p lang="en">{about}</p>}
          <p>
            <Link to="/replay/scenarios/$name" params={{ name: source.name }}>
              {t('showScenario')}
            </Link>
          </p>
        </>
      );
    case 'transaction':
      return (
        <p>
          <Link to="/transactions/$id" params={{ id: String(source.id) }}>
            {t('showTransaction', { id: source.id })}
          </Link>
        </p>
      );
    case 'link':
      return (
        <p>
          {t('trafficOf')}{' '}
          <Link to="/traffic" search={{ q: `link:${source.name}` }}>
            <Mono wrap>{source.name}</Mono>
          </Link>
        </p>
      );
    case 'exchanges': {
      const [first] = source.ids;
      return (
        <p>
          {t('exchangeCount', { count: source.ids.length })}{' '}
          <Link to="/traffic" search={{ exchange: first }}>
            {t('showFirst')}
          </Link>
        </p>
      );
    }
    case 'object':
      return (
        <p>
          <Mono wrap>{`${source.link} / ${source.module} / ${source.key}`}</Mono>
        </p>
      );
    case 'written':
    case 'file':
      return (
        <p>
          <Mono wrap>{source.name}</Mono>
        </p>
      );
    case 'again':
      return null;
  }
}
