import { Button } from '@mantine/core';
import { IconArrowsLeftRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { DiffPair, LogDiff } from '../../../../core/contract/log-diff.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import compare from './compare.module.css';
import { statusWords } from './pair-columns.tsx';

export interface PairDetailsProps {
  readonly pair: DiffPair;
  readonly diff: LogDiff;
}

/** Both exchanges of a pair, and what is not the same in them, side by side. */
export function PairDetails({ pair, diff }: PairDetailsProps) {
  const t = useTexts('logs');
  const { no, a, b, by, differences } = pair;
  return (
    <div className={compare['details']}>
      <Panel
        title={t('pairNo', { no })}
        actions={
          a !== null &&
          b !== null && (
            <Button
              variant="default"
              leftSection={<IconArrowsLeftRight size={13} aria-hidden />}
              renderRoot={props => <Link to="/traffic/compare" search={{ left: a.id, right: b.id }} {...props} />}
            >
              {t('sideBySide')}
            </Button>
          )
        }
      >
        <div className={compare['pair']}>
          <Side side={a} name={diff.a.name} letter="A" />
          <Side side={b} name={diff.b.name} letter="B" />
        </div>
        {by !== null && <p className={compare['by']}>{t(`by-${by}`)}</p>}
      </Panel>
      <Panel title={t('columnDiffers')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard. */}
        <div className={compare['scroll']} tabIndex={0}>
          <table className={compare['differences']} aria-label={t('columnDiffers')}>
            <thead>
              <tr>
                <th scope="col">{t('columnWhere')}</th>
                <th scope="col">A</th>
                <th scope="col">B</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ layer, where, a: left, b: right, meaning }) => (
                <tr key={`${layer} ${where} ${meaning}`}>
                  <th scope="row">
                    <Chip tone={layer === 'missing' || layer === 'extra' ? 'warn' : 'plain'}>
                      {t(`layer-${layer}`)}
                    </Chip>
                    {where !== '' && <Mono wrap>{where}</Mono>}
                    <p lang="en">{meaning}</p>
                  </th>
                  <td>
                    <Mono wrap>{left}</Mono>
                  </td>
                  <td>
                    <Mono wrap>{right}</Mono>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </div>
  );
}

interface SideProps {
  readonly side: DiffPair['a'];
  readonly name: string;
  readonly letter: string;
}

function Side({ side, name, letter }: SideProps) {
  const t = useTexts('logs');
  return (
    <div className={compare['one']}>
      <p className={compare['name']}>
        <strong>{letter}</strong> {name}
      </p>
      {side === null ? (
        <p>{t('absentHere')}</p>
      ) : (
        <>
          <p>
            <Link to="/traffic" search={{ exchange: side.id }}>
              {t('recordedExchange', { id: side.id })}
            </Link>
          </p>
          <p>
            <Mono>
              <TimeText at={side.at} withDate />
            </Mono>
          </p>
          <p>
            <span lang="en">{side.words}</span> <Mono>{statusWords(side)}</Mono>
          </p>
        </>
      )}
    </div>
  );
}
